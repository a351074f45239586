"""The source of a cell, where one points at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plankb.exports import safe

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 30_000
_WIDTH, _LETTERS, _LINE = 320, 22, 18
"""Pixels of a comment's width, Chinese characters that a line of it takes, pixels a line."""


def comment(sheet: Worksheet, row: int, column: int, *lines: str) -> None:
    """A comment with room for all of its lines; none where all are empty."""
    text = safe.plain_text("\n".join(line for line in lines if line))[:_LONGEST]
    if text:
        height = 24 + _LINE * sum(-(-len(line) // _LETTERS) for line in text.splitlines())
        sheet.write_comment(row, column, text, {"author": "plankb", "width": _WIDTH, "height": height, "font_size": 9})
