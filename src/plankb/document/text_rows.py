"""The lines and tables of a clean text that is kept without its document: cells between tabs, a row to a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from plankb.document.clean import Cell, Row

T = TypeVar("T")


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its offset."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def rows(text: str, *, one_width: bool = False) -> Iterator[Sequence[Row]]:
    """The rows of each table, which are the lines of cells that follow one another; with `one_width` a row of more or
    fewer cells than the first begins another table."""
    found: list[Row] = []
    for at, line in lines(text) if "\t" in text else ():
        row = Row(tuple(_cells(at, line)), (at, at + len(line))) if "\t" in line else None
        if found and (row is None or (one_width and len(row.cells) != len(found[0].cells))):
            yield found
            found = []
        if row is not None:
            found.append(row)
    if found:
        yield found


def _cells(at: int, line: str) -> Iterator[Cell]:
    """The cells of a line at an offset, without the spaces around their texts."""
    for words in line.split("\t"):
        bare = words.strip()
        start = at + words.find(bare)
        yield Cell(bare, (start, start + len(bare)))
        at += len(words) + 1


def headed(text: str, head_of: Callable[[Sequence[str]], T | None]) -> Iterator[tuple[T, Row]]:
    """Each row below a head that is wanted, of as many cells, with what `head_of` makes of the texts of that head
    (columns, as a rule); None from it means that a row is no such head. One table may hold several heads."""
    for table in rows(text):
        head: T | None = None
        width = 0
        for row in table:
            made = head_of(row.texts)
            if made is not None:
                head, width = made, len(row.cells)
            elif head is not None and len(row.cells) == width:
                yield head, row
