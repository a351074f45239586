"""Reading grows in step with a text, whatever it repeats: work is counted in lines of the program, not in seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb import document
from plankb.kb.files import read_file
from tests.growth import work
from tests.text import clean

_HEAD = "关于印发工作方案的通知\n\n一、总体要求\n"
_SMALL = 800
_MOST = 2.6
"""Twice the text costs twice the work, and a little for what is done once."""


@pytest.mark.parametrize(
    "repeated",
    [
        "（",
        "）",
        "（一）",
        "2025年",
        "80%",
        "3100、",
        "市住建局牵头，",
        "由市交委、",
        "牵头单位：",
        "“《",
        "第一章 \n",
        "甲\t乙\t3\n",
        "1.1.",
        "1.\n",
        "28个、",
        "《某市绿道条例》、",
        "到2025年，建成公园10个，（市园林局牵头，市财政局配合）",
    ],
)
def test_twice_as_much_of_anything_is_twice_the_work(repeated: str, tmp_path: Path) -> None:
    texts = {size: tmp_path / f"{size}.txt" for size in (80, _SMALL, 2 * _SMALL)}
    for size, path in texts.items():
        path.write_text(_HEAD + repeated * (size // len(repeated)) + "。\n", encoding="utf-8")
    read_file(texts[80])  # what is made once is made

    small = work(lambda: read_file(texts[_SMALL]))
    assert work(lambda: read_file(texts[2 * _SMALL])) <= _MOST * small


_CHAPTER = """第{number}章 公园建设

{number}.1 新建公园。到2025年，新建公园{number}个。（市园林局牵头，市财政局配合）

项目\t数量\t单位
公园\t3\t个

完善步道。各区完善步道，补齐短板，方便群众出行。
"""


def test_twice_as_many_chapters_are_twice_the_work() -> None:
    """The form of a text and its headings are looked at once, not once for each part."""

    def read(chapters: int) -> object:
        text = _HEAD + "\n".join(_CHAPTER.format(number=number + 1) for number in range(chapters))
        return document.outline(clean(text))

    read(2)
    assert work(lambda: read(160)) <= 2.2 * work(lambda: read(80))
