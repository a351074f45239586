"""How many lines each row of a table takes, and which row stands on which line. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from rich.cells import cell_len

from plankb.tui.cells import clip, clip_middle, wrap

MOST_ROWS = 1_000
"""Rows of a table that is laid out row by row; of a longer one every row takes one line."""


class Heights:
    """The lines of rows: `heights` a row, None for one line each of `count` rows."""

    def __init__(self, count: int, heights: Sequence[int] | None = None) -> None:
        self._count = count
        self._tops = None if heights is None else [0, *accumulate(heights)]

    @property
    def total(self) -> int:
        """Lines of all rows."""
        return self._count if self._tops is None else self._tops[-1]

    def top(self, row: int) -> int:
        """The first line of a row."""
        return row if self._tops is None else self._tops[row]

    def height(self, row: int) -> int:
        """The lines of a row."""
        return 1 if self._tops is None else self._tops[row + 1] - self._tops[row]

    def row_at(self, line: int) -> int:
        """The row on a line; past the last line the number of rows."""
        if line >= self.total:
            return self._count
        return line if self._tops is None else bisect_right(self._tops, line) - 1


def most_lines(room: int, rows: int) -> int:
    """How many lines a row may take in a table of so many lines of room: no more than leave ten rows in view."""
    return 1 if rows > MOST_ROWS else max(1, min(4, room // min(max(rows, 1), 10)))


def lines_of(text: str, width: int, most: int, *, middle: bool = False) -> Iterator[str]:
    """A text in at most so many lines of a width; what does not fit is cut with an ellipsis, in its `middle` or end."""
    cut = clip_middle if middle else clip
    if most <= 1 or cell_len(text) <= width:
        yield cut(text, width)
        return
    starts = [line.start for line in wrap(text, width)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        if number == most - 1:
            yield cut(text[start:], width)
            return
        yield text[start:end]


def height_of(cells: Sequence[str], widths: Sequence[int], most: int) -> int:
    """The lines that a row takes: those of its longest cell."""
    if most <= 1:
        return 1
    wide = [(cell, width) for cell, width in zip(cells, widths, strict=True) if cell_len(cell) > width]
    return max((sum(1 for _ in lines_of(cell, width, most)) for cell, width in wide), default=1)
