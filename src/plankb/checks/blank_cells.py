"""The one row of a table whose cell for the bureau is blank, where all others name one."""

from __future__ import annotations

from collections.abc import Iterator

from plankb import rules
from plankb.checks.registry import Remark
from plankb.document import Cell, Table

_ENOUGH = 3
"""Rows that name a bureau from which on a blank is taken for a slip."""


def remarks(table: Table) -> Iterator[Remark]:
    """A remark at the row for each column 责任单位 or 牵头单位 that has a single blank."""
    header, *rows = table.rows
    columns = [at for at, text in enumerate(header.texts) if rules.one("checks", "responsible_column").search(text)]
    for column in columns:
        whole = [row for row in rows if len(row.cells) == len(header.cells)]
        blank = [row for row in whole if _is_blank(row.cells[column])]
        answered = any(row.texts[other].strip() for row in blank for other in columns if other != column)
        if len(blank) != 1 or len(whole) - 1 < _ENOUGH or answered or sum(map(bool, blank[0].texts)) < 2:
            continue  # 合计, or a heading over rows, says one thing at most
        if not rules.one("checks", "sums.closing_row").search("".join(blank[0].texts[:2])):
            yield Remark(blank[0].span, "E394", {"column": header.texts[column].strip()})


def _is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell, nor in one that covers its place."""
    return not cell.text.strip() and not cell.merged
