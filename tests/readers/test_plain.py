"""The encodings that Chinese plans come in."""

from __future__ import annotations

import pytest

from plankb.readers import plain
from plankb.readers.plain import decode
from tests import corpus

ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
SHORT = (
    "氢能",
    "市交委牵头",
    "一、总体要求",
    "绿色建筑占比达到100%",
    "到2025年，PM2.5浓度≤35微克/立方米。\r\n（市生态环境局负责）\r\n",
    "abc",
)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("plan", corpus.PLANS)
def test_a_plan_reads_the_same_in_every_encoding(plan: str, encoding: str) -> None:
    text = corpus.raw(plan).encode("gbk", errors="ignore").decode("gbk")
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", SHORT)
def test_a_few_words_are_enough_to_tell_the_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["減污降碳協同增效實施方案", "環境保護局負責，到2025年"])
def test_traditional_chinese_in_big5(text: str) -> None:
    assert decode(text.encode("big5")) == text


def test_characters_beyond_gbk_are_read_from_gb18030() -> None:
    text = "由㑇镇、𬭚矿区人民政府负责，市自然资源局配合"
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_cost_no_more_than_themselves(encoding: str) -> None:
    text = corpus.raw("guiyang-synergy")
    data = text.encode(encoding)
    read = decode(data[:1000] + b"\xff" + data[1000:])
    assert read[:300] == text[:300]
    assert read[-300:] == text[-300:]


def test_broken_bytes_are_told_with_their_line() -> None:
    text = "绵阳市水利方案\n\n" + "到2028年，治理河道120公里，新建泵站35座，改造水厂6座。\n" * 20
    data = text.encode("gb18030")
    (remark,) = plain.read(data[:30] + b"\xff" + data[30:]).remarks
    assert (remark.code, remark.details) == ("E153", {"count": 1, "line": 3})
    assert plain.read(data).remarks == ()


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(range(255, 0, -1)) * 40,
        b"\x7fELF" + b"\x00\x01\x02" * 500,
        "文字".encode() + b"\x00" * 200,
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="text"):
        decode(data)
