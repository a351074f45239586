"""Tables of web pages: which hold data and which lay out the page; the grid that rowspan and colspan make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from plankb import rules
from plankb.document import CellBlock, Chars, heading_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WIDEST, _HIGHEST = 200, 1000
"""More columns and rows than any cell reaches over; a damaged page may say anything."""
_COLUMNS = 200
"""More columns than any table has, however its cells reach over one another; what lies beyond stands in the last."""
_LONG, _PARAGRAPHS, _SECTIONS, _MOST_PARAGRAPHS = 600, 4, 2, 200
"""A cell holds a page, not a value: so many characters in so many paragraphs, or so many numbered sections."""
_HEAD_ROWS, _LONGEST_HEADING = 3, 20
_GROUPS = frozenset(("thead", "tbody", "tfoot"))


def is_layout(table: Element, *, inside: bool) -> bool:
    """Whether a table lays out text: it has no head and holds tables, or a cell that is a text of its own, or itself
    stands `inside` a cell of another."""
    if _has_head(table):
        return False
    if inside or next(table.iterdescendants("table"), None) is not None:
        return True
    return any(_holds_page(cell) for cell in table.iter("td", "th"))


def _has_head(table: Element) -> bool:
    """Whether one of the first rows is headings of columns."""
    return any(_is_head(row) for row in islice(_own(table, "tr"), _HEAD_ROWS))


def _is_head(row: Element) -> bool:
    said = [text for cell in islice(_own(row, "td", "th"), _COLUMNS) if (text := _short_text(cell)) != ""]
    known = sum(text is not None and _is_heading(text) for text in said)
    return known > 1 and known * 2 >= len(said)


def _is_heading(text: str) -> bool:
    return any(rules.one("text", f"{kind}.heading").fullmatch(text) for kind in ("grid", "stacked"))


def _own(parent: Element, *tags: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, not those of tables inside it."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _GROUPS:
            yield from (each for each in child if each.tag in tags)


def _short_text(cell: Element) -> str | None:
    """The text of a cell without white space; None where it is longer than a heading."""
    found = ""
    for text in cell.itertext():
        found += "".join(str(text).split())
        if len(found) > _LONGEST_HEADING:
            return None
    return found


def _holds_page(cell: Element) -> bool:
    """Whether a cell is a text of its own: long, in several paragraphs, or with sections that are numbered."""
    paragraphs = list(islice(cell.iter("p", "br", "div", "li"), _MOST_PARAGRAPHS))
    if len(paragraphs) >= _PARAGRAPHS and sum(len(text) for text in cell.itertext()) >= _LONG:
        return True
    lines = ((part.tail if part.tag == "br" else "".join(map(str, part.itertext()))) or "" for part in paragraphs)
    sections = (bool(heading_pattern().match(line.strip())) for line in lines)
    return sum(sections) >= _SECTIONS


class Grid:
    """The cells of a table under way."""

    def __init__(self) -> None:
        self._cells: list[CellBlock] = []
        self._until: dict[int, int] = {}
        """Column to the first row in which it is free again."""
        self._row = -1
        self._in_row = False
        self._open: tuple[int, int, int, int] | None = None
        """Column, rows, columns and source offset of the open cell."""
        self._paragraphs: list[Chars] = []

    def begin_row(self) -> None:
        """The next row."""
        self._row += 1
        self._in_row = True

    def end_row(self) -> bool:
        """The row is complete; whether there was one."""
        ended, self._in_row = self._in_row, False
        return ended

    def begin_cell(self, element: Element, at: int) -> bool:
        """The next cell, at an offset of the source; whether another stands before it in its row."""
        if not self._in_row:
            self.begin_row()
        column = 0
        while self._until.get(column, 0) > self._row and column < _COLUMNS:
            column += 1
        rows, columns = _span(element, "rowspan", _HIGHEST), _span(element, "colspan", _WIDEST)
        for taken in range(column, min(column + columns, _COLUMNS)):
            self._until[taken] = max(self._until.get(taken, 0), self._row + rows)
        before = any(cell.row == self._row for cell in self._cells[-1:])
        self._open = column, rows, columns, at + before
        self._paragraphs = []
        return before

    def add(self, paragraphs: Iterable[Chars]) -> None:
        """Paragraphs of the open cell."""
        self._paragraphs += paragraphs

    def end_cell(self) -> None:
        """The open cell is complete."""
        if self._open is not None:
            column, rows, columns, at = self._open
            self._cells.append(CellBlock(tuple(self._paragraphs), self._row, column, rows, columns, at))
        self._open = None

    def finish(self) -> tuple[CellBlock, ...]:
        """The cells, none reaching below the last row."""
        self.end_cell()
        return tuple(
            CellBlock(c.paragraphs, c.row, c.column, min(c.rows, self._row - c.row + 1), c.columns, c.at)
            for c in sorted(self._cells, key=lambda cell: (cell.row, cell.column))
        )


def _span(element: Element, name: str, most: int) -> int:
    value = element.get(name, "1").strip()
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() and len(value) < 6 else 1
