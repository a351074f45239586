"""Totals in tables: a row 合计 under its parts, a column 合计 beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from plankb import rules
from plankb.checks.amounts import number, plain, rounding
from plankb.checks.registry import Remark
from plankb.document import Cell, Row, Table

_NOTHING = re.compile(r"\A(?:[—–\-－/／]{1,2}|无|)\Z")
_SAME, _NOISE, _SURE = 1e-6, 1e-6, 2
"""How far numbers that are one may lie apart, as a share and as an amount; rows from which on all are exact."""
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")


def remarks(table: Table) -> Iterator[Remark]:
    """A row 合计 against the numbers above it, column by column; a column 合计 against those beside it."""
    yield from _total_column(table)
    width = len(table.rows[0].cells)
    above: list[Row] = []
    for row in table.rows[1:]:
        if len(row.cells) != width:
            return
        if _is_total(row):
            yield from _total_row(table.rows[0].texts, above, row)
            above = []
        elif not any(rules.one("checks", "sums.part_row").search(text) for text in row.texts[:3]):
            above.append(row)


def _is_total(row: Row) -> bool:
    """Whether a row adds up those above it; in brackets, or of so many years (五年合计), the word tells of one row."""
    return any(rules.one("checks", "sums.total_row").search(_ASIDE.sub("", text)) for text in row.texts[:3])


def _total_row(header: Sequence[str], above: Sequence[Row], total: Row) -> Iterator[Remark]:
    for column, cell in enumerate(total.cells):
        values = [_NOTHING.sub("0", row.texts[column].strip()) if _has_numbers(row) else "" for row in above]
        if _not_added().search(header[column]):
            continue
        if not _amount().fullmatch(cell.text) or not all(_amount().fullmatch(value) for value in values):
            continue
        summed = sum(map(number, values))
        apart = abs(summed - number(cell.text)) > rounding([cell.text, *values]) + 1e-9
        if len(values) > 1 and apart and not _holds_levels(values, number(cell.text)):
            yield _remark(cell, values, summed)


def _has_numbers(row: Row) -> bool:
    """Whether a row holds numbers of its own behind its name, so that what it leaves out is nothing."""
    return any(_amount().fullmatch(text) for text in row.texts[1:])


def _holds_levels(values: Sequence[str], total: float) -> bool:
    """Whether rows are sums of rows beside them, so that a part is counted at each level: 火电 above 燃煤, 燃气."""
    amounts = [*map(number, values)]
    if abs(sum(amounts) - 2 * total) <= _SAME * total:
        return True
    kept: list[float] = []
    for value in reversed(amounts):  # what a row adds up stands right behind it
        for many in range(2, len(kept) + 1):
            if abs(sum(kept[-many:]) - value) <= _SAME * max(value, 1.0):
                del kept[-many:]
                break
        kept.append(value)
    return abs(sum(kept) - total) <= _SAME * max(total, 1.0)


def _remark(total: Cell, terms: Sequence[str], summed: float) -> Remark:
    details: dict[str, object] = {"total": total.text, "terms": "+".join(terms), "sum": plain(summed), "unit": ""}
    return Remark(total.span, "E451", details)


def _total_column(table: Table) -> Iterator[Remark]:
    """Rows whose numbers do not add up to those of the column 合计, where those of the other rows do."""
    header = table.rows[0].texts
    totals = [
        column for column, text in enumerate(header) if rules.one("checks", "sums.total_column").fullmatch(text.strip())
    ]
    if len(totals) != 1:
        return
    found: list[tuple[float, float, Remark]] = []
    for row in table.rows[1:]:
        beside = [(column, text) for column, text in enumerate(row.texts) if column != totals[0]]
        values = [text for column, text in beside if _is_part(header, column, text)]
        printed = row.texts[totals[0]] if len(row.texts) == len(header) else ""
        if len(values) < 2 or not _amount().fullmatch(printed):
            continue
        summed = sum(map(number, values))
        gap = abs(summed - number(printed))
        found.append((gap, rounding([printed, *values]), _remark(row.cells[totals[0]], values, summed)))
    exact = sum(gap <= _NOISE for gap, _, _ in found)
    sure = (
        exact >= _SURE and exact >= len(found) - exact
    )  # where rows come to their sums to the last place, none is rounded
    apart = [remark for gap, slack, remark in found if gap > (_NOISE if sure else slack + _NOISE)]
    if len(found) - len(apart) >= len(apart):
        yield from apart


def _amount() -> re.Pattern[str]:
    return rules.pattern("checks", "parts.amount")


@cache
def _not_added() -> re.Pattern[str]:
    """Headers of columns whose numbers are not added up."""
    return rules.one("checks", "sums.not_added").regex


def _is_part(header: Sequence[str], column: int, text: str) -> bool:
    """Whether a cell holds a number that may be a part of the total: not a row's number, share or mean."""
    return bool(_amount().fullmatch(text)) and not _not_added().search(header[column])
