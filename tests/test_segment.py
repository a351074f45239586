"""Segmentation keeps the text whole and shares nothing with jieba's own global tokenizer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import jieba
import platformdirs
import pytest

from plankb import segment
from plankb.segment import words
from tests.corpus import PLANS, clean_text


def test_words_joined_are_the_text() -> None:
    text = clean_text("ziyang-synergy").text
    assert "".join(words(text)) == text


def test_words_of_the_global_tokenizer_stay_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "_fast", lambda: None)
    jieba.add_word("建设城镇燃", freq=10**9)
    assert "建设城镇燃" not in words("新建设城镇燃气管道")


@pytest.mark.skipif(os.name != "posix", reason="no shared folders of this kind")
def test_a_cache_that_others_can_write_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "plankb"
    shared.mkdir()
    shared.chmod(0o777)
    (shared / "jieba.cache").write_bytes(b"prepared")
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(shared))
    monkeypatch.setattr(jieba.marshal, "load", lambda _: pytest.fail("the cache was loaded"))
    tokenizer = segment._tokenizer.__wrapped__()
    assert "".join(tokenizer.cut("绿色建筑", HMM=False)) == "绿色建筑"
    assert (shared / "jieba.cache").read_bytes() == b"prepared"


def test_the_fast_segmenter_cuts_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba", reason="the extra plankb[fast] is not installed")
    texts = [*(clean_text(plan).text for plan in PLANS), "VOCs、PM2.5、μg/m³ “十四五”\t1.5万吨\n", "", "㐂𠀋々〇ⅢＡ１"]
    fast = [words(text) for text in texts]
    monkeypatch.setattr(segment, "_fast", lambda: None)
    assert fast == [words(text) for text in texts]


def test_half_a_character_is_cut_too() -> None:
    assert "".join(words("绿色\ud800建筑")) == "绿色\ud800建筑"


def test_what_jieba_warns_of_as_it_is_loaded_does_not_reach_the_screen(tmp_path: Path) -> None:
    (tmp_path / "pkg_resources.py").write_text("import warnings\nwarnings.warn('old')\nraise ImportError\n")
    script = "from plankb import segment; segment._tokenizer()"
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert done.stderr == ""
