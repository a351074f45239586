"""Tables whose cells the file itself gives: heads of several rows joined, merged cells filled, title rows told apart.

What is above sees a table of one head row with a cell for each column, as if nothing had been merged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from plankb import rules
from plankb.document import Cell, Row, Table
from plankb.model import Span

_MOST_HEADS = 3
_LONG = 40
"""A cell longer than this is no heading."""
_DIGITS = re.compile(r"\s*[≥≤><＞＜\[［(（]?\d[\d.,%％\]］)）]*\s*")


def filled(table: Table) -> Table:
    """The table as if no cell were merged; one whose cells were guessed stays as it is."""
    if not table.exact or not table.rows:
        return table
    caption, rows = _title(table.caption, list(table.rows))
    heads, body = _heads(rows)
    first = _joined(heads)
    again = {row.texts for row in heads}
    whole = {cell.span: cell for row in table.rows for cell in row.cells if cell.text}
    below = [_filled(row, whole) for row in body if row.texts not in again]
    return Table(caption, (first, *below), table.span, exact=True)


def _title(caption: str, rows: list[Row]) -> tuple[str, list[Row]]:
    """The caption, and the rows below those that are one cell over the whole width."""
    while len(rows) > 1 and len(rows[0].cells) > 1 and rows[0].cells[0].columns == len(rows[0].cells):
        caption = rows[0].cells[0].text or caption
        rows = rows[1:]
    return caption, rows


def _heads(rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows of headings, and those below: as many as the tallest heading covers, or as stand below a wide one."""
    depth = max((cell.rows for cell in rows[0].cells if not cell.merged), default=1)
    wide = [cell for cell in rows[0].cells if 1 < cell.columns < len(rows[0].cells)]
    if depth == 1 and wide and len(rows) > 2 and _splits(rows[0], rows[1]):
        depth = 2
    depth = min(depth, _MOST_HEADS, len(rows) - 1) if len(rows) > 1 else 1
    while depth > 1 and not all(_may_head(cell) for cell in rows[depth - 1].cells):
        depth -= 1
    return rows[:depth], rows[depth:]


def _splits(upper: Row, lower: Row) -> bool:
    """Whether a row only says more below the wide headings of the one above it."""
    under: set[int] = set()
    for index, cell in enumerate(upper.cells):
        if cell.columns > 1:
            under.update(range(index, index + cell.columns))
    said = {index for index, cell in enumerate(lower.cells) if cell.text}
    return bool(said) and said <= under


def _may_head(cell: Cell) -> bool:
    return len(cell.text) <= _LONG and (
        bool(rules.pattern("tables", "cells.year").fullmatch(cell.text)) or not _DIGITS.fullmatch(cell.text)
    )


def _joined(heads: Sequence[Row]) -> Row:
    """One row of headings: what stands above a column, from top to bottom, each text once."""
    cells = []
    for column in range(len(heads[0].cells)):
        texts = [_said(row.cells[column]) for row in heads if column < len(row.cells)]
        said = dict.fromkeys(text for text in texts if text)
        cells.append(replace(heads[-1].cells[column], text="".join(said), rows=1, columns=1, merged=""))
    return Row(tuple(cells), (heads[0].span[0], heads[-1].span[1]))


def _said(cell: Cell) -> str:
    return cell.text or cell.merged


def _filled(row: Row, whole: Mapping[Span, Cell]) -> Row:
    """A row whose covered places hold what covers them; `merged` stays, to tell them from cells of their own."""
    cells = tuple(
        replace(cell, text=cell.merged, span=cell.merged_span, paragraphs=whole[cell.merged_span].paragraphs)
        if cell.merged and cell.merged_span
        else cell
        for cell in row.cells
    )
    return Row(cells, row.span)
