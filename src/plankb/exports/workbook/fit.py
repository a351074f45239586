"""How much room text takes, in cells and in comments. Heights are written into the file: not every program works them
out when it opens one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from plankb.exports import safe

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LINE_HEIGHT = 13.5
"""Points a line of the sheets' font takes."""
MOST_LINES = 29
"""Lines in a row: a row of Excel is at most 409 points high."""
_WIDEST = 3
"""Units that no character goes beyond."""
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Points for a row of texts, each with the width of its column."""
    most = max((lines(text, width) for text, width in texts), default=1)
    return min(most, MOST_LINES + 1) * LINE_HEIGHT + 4


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width; a Chinese character is two units wide."""
    room = max(int(width) - 1, 2)
    room -= room % 2
    if "\n" not in text:
        # most cells hold a name or a number
        return 1 if _WIDEST * len(text) <= room else max(1, -(-_units(text) // room))
    return sum(max(1, -(-_units(line) // room)) for line in text.split("\n"))


def pieces(text: str, width: float) -> Sequence[str]:
    """A text cut at the ends of sentences into pieces that a row can show; one sentence too long stays whole."""
    if lines(text, width) <= MOST_LINES:
        return (text,)
    found = [""]
    for match in _SENTENCE.finditer(text):
        if found[-1] and lines(found[-1] + match.group(), width) > MOST_LINES:
            found.append("")
        found[-1] += match.group()
    return tuple(piece.strip("\n") for piece in found)


def _units(text: str) -> int:
    """Two for a character of three bytes (Chinese), one for one of a single byte."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass")) + 1) // 2


_LONGEST = 30_000
_WIDTH, _LETTERS, _LINE = 320, 22, 18
"""Pixels of a comment's width, Chinese characters that a line of it takes, pixels a line."""


def comment(sheet: Worksheet, row: int, column: int, *lines: str) -> None:
    """A comment with room for all of its lines; none where all are empty."""
    text = safe.plain_text("\n".join(line for line in lines if line))[:_LONGEST]
    if text:
        height = 24 + _LINE * sum(-(-len(line) // _LETTERS) for line in text.splitlines())
        sheet.write_comment(row, column, text, {"author": "plankb", "width": _WIDTH, "height": height, "font_size": 9})
