"""`search` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plankb.cli.searching import window
from plankb.model import Passage
from tests.cli.conftest import run_plankb


def test_passages_as_text_and_as_lines_of_json(sample_kb: Path) -> None:
    text = run_plankb("search", "充电站", "--plan", "a", "--kb", sample_kb)
    assert "建设充电站PM2.5示范项目" in text.stdout
    assert "某市交通实施方案" in text.stdout
    lines = run_plankb("search", "充电站", "PM2.5", "--format", "jsonl", "--kb", sample_kb).stdout.splitlines()
    assert sorted(json.loads(line)["plan"] for line in lines) == ["a", "b", "c"]
    hit = json.loads(lines[0])
    assert [hit["text"][start:end] for start, end in hit["highlights"]] == ["充电站PM2.5"]


def test_nothing_found_is_said(sample_kb: Path) -> None:
    done = run_plankb("search", "航天飞机", "--kb", sample_kb)
    assert (done.returncode, done.stdout) == (0, "")
    assert "0" in done.stderr


@pytest.mark.parametrize("words", ["“三线", "(a", "，。", "x" * 10_000, "\x1b[31m\x00"])
def test_bad_words_are_one_line(sample_kb: Path, words: str) -> None:
    done = run_plankb("search", words, "--kb", sample_kb)
    assert done.returncode in (0, 2)
    assert (done.stdout, len(done.stderr.splitlines())) == ("", 1)
    assert "\x1b" not in done.stderr


def test_a_long_passage_is_shown_around_its_highlight() -> None:
    hit = Passage(plan="a", section=(), text="甲" * 300 + "氢" + "乙" * 300, span=(0, 601), highlights=((300, 301),))
    start, end = window(hit)
    assert start < 300 < end
    assert end - start < 200
