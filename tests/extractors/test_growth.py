"""Reading grows in step with a text, whatever it repeats: work is counted in lines of the program, not in seconds."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from plankb.kb.files import read_file

_HEAD = "关于印发工作方案的通知\n\n一、总体要求\n"
_SMALL = 800
_MOST = 2.6
"""Twice the text costs twice the work, and a little for what is done once."""


def work(path: Path) -> int:
    """The lines of the program that run while a file is read."""
    lines = 0

    def count(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read_file(path)
    finally:
        sys.settrace(before)
    return lines


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
    ],
)
def test_twice_as_much_of_anything_is_twice_the_work(repeated: str, tmp_path: Path) -> None:
    texts = {size: tmp_path / f"{size}.txt" for size in (80, _SMALL, 2 * _SMALL)}
    for size, path in texts.items():
        path.write_text(_HEAD + repeated * (size // len(repeated)) + "。\n", encoding="utf-8")
    read_file(texts[80])  # what is made once is made

    small = work(texts[_SMALL])
    assert work(texts[2 * _SMALL]) <= _MOST * small
