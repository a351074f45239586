"""Tables that came as tabs or pipes: rows of cells with their place in the clean text.

A table is a run of row paragraphs. One that a page break cut in two (the next run starts with the same header row, or
follows at once) is one table. Nothing is said here about what a column means.
"""

from __future__ import annotations

from dataclasses import dataclass

from plankb.model import Span
from plankb.text import CleanText, Paragraph

_CAPTION = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and its span; an empty cell has an empty span where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `span` covers it without its line break."""

    cells: tuple[Cell, ...]
    span: Span

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in order, the repeated header rows of later pages left out; `caption` is the line before, "" when none."""

    caption: str
    rows: tuple[Row, ...]
    span: Span


def tables(clean: CleanText) -> tuple[Table, ...]:
    """All tables of a plan."""
    found: list[Table] = []
    caption = ""
    rows: list[Row] = []
    for paragraph in (*clean.paragraphs, None):
        if paragraph is not None and paragraph.kind == "row":
            row = _row(clean.text, paragraph)
            if not rows or row.texts != rows[0].texts:
                rows.append(row)
            continue
        if rows:
            found.append(Table(caption, tuple(rows), (rows[0].span[0], rows[-1].span[1])))
            rows = []
        if paragraph is not None:
            line = clean.text[paragraph.start : paragraph.end]
            caption = line if len(line) <= _CAPTION else ""
    return tuple(found)


def _row(text: str, paragraph: Paragraph) -> Row:
    cells = []
    start = paragraph.start
    for piece in text[paragraph.start : paragraph.end].split("\t"):
        left = start + len(piece) - len(piece.lstrip())
        stripped = piece.strip()
        cells.append(Cell(stripped, (left, left + len(stripped))))
        start += len(piece) + 1
    return Row(tuple(cells), (paragraph.start, paragraph.end))
