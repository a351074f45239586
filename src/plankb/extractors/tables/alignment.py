"""Rows put in line with their columns: cells that a merged cell swallowed are put back, and headings of two rows read
as one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from plankb import quantities, rules, times
from plankb.document import Cell, Row


@cache
def is_empty() -> re.Pattern[str]:
    """Matches the text of a cell that says nothing."""
    return rules.one("tables", "cells.empty").regex


@cache
def _looks_of() -> Mapping[str, rules.Rule]:
    return MappingProxyType({rule.means: rule for rule in rules.many("tables", "look")})


def in_line(body: Sequence[Row], roles: Sequence[str], *, exact: bool) -> tuple[Row, ...]:
    """Rows with a cell for each column, those of group titles left out. True cells (`exact`) stand where they belong; a
    guessed row that lacks its name goes on with that of the row above, as a merged cell does."""
    rows: list[Row] = []
    for row in body:
        whole = exact and len(row.cells) == len(roles)
        found = _with_words(row) if whole else _aligned(row, roles)
        if found is not None:
            rows.append(found if whole else _named_above(found, roles, rows))
    return tuple(rows)


def spread(first: Sequence[str], second: Sequence[str]) -> list[str] | None:
    """Headings of two rows as one: what stands above several columns is said of each, and a second row has cells only
    for those (2024年, blank, blank over 数量, 比重, 排名); None where the rows are not such."""
    starts = [index for index, text in enumerate(first) if text]
    ends = [*starts[1:], len(first)]
    groups = list(zip(starts, ends, strict=True))
    wide = [index for start, end in groups for index in range(start, end) if end - start > 1]
    said = [text for text in second if text]
    if not starts or starts[0] > 0 or not wide or len(said) != len(wide) or list(second[: len(said)]) != said:
        return None
    below = dict(zip(wide, said, strict=True))
    return [first[start] + below.get(index, "") for start, end in groups for index in range(start, end)]


def _with_words(row: Row) -> Row | None:
    return row if len({cell.text for cell in row.cells if cell.text}) > 1 else None


def _aligned(row: Row, roles: Sequence[str]) -> Row | None:
    """A row with a cell for each column: cells that a merged category swallowed are put back; None for a row of
    group titles."""
    filled = sum(bool(cell.text) for cell in row.cells)
    if filled < 3 and filled < len(roles):
        return None
    missing = len(roles) - len(row.cells)
    if missing < 0:
        return Row(row.cells[: len(roles)], row.span)
    if missing > 0:
        return _with_gap(row.cells, row, roles)
    kept = row.cells
    while kept and not kept[-1].text:
        kept = kept[:-1]
    moved = _with_gap(kept, row, roles)
    return moved if _looks(moved, roles) > _looks(row, roles) else row


def _with_gap(cells: tuple[Cell, ...], row: Row, roles: Sequence[str]) -> Row:
    """A row whose missing cells are put in at one place: where most of the others then look like their column."""
    missing = len(roles) - len(cells)
    if not missing:
        return Row(cells, row.span)
    gaps = range(len(cells) + 1)
    at = max(gaps, key=lambda gap: (_fit(cells, roles, gap, missing), -gap))
    place = cells[at].span[0] if at < len(cells) else row.span[1]
    return Row((*cells[:at], *[Cell("", (place, place))] * missing, *cells[at:]), row.span)


def _named_above(row: Row, roles: Sequence[str], above: Sequence[Row]) -> Row:
    """A row that has a unit and values of its own, with the name of the row above where it has none."""
    if "name" not in roles or "unit" not in roles or not above:
        return row
    at, unit = roles.index("name"), roles.index("unit")
    cell, own = row.cells[at], row.cells[unit]
    if cell.text or not own.text or own.text == above[-1].cells[unit].text:
        return row
    name = above[-1].cells[at]
    return replace(row, cells=(*row.cells[:at], name, *row.cells[at + 1 :]))


def _fit(cells: Sequence[Cell], roles: Sequence[str], gap: int, missing: int) -> int:
    """How many cells look like their column when `missing` cells are put in at `gap`."""
    return sum(
        _looks_like(cell.text, roles[index + (missing if index >= gap else 0)]) for index, cell in enumerate(cells)
    )


def _looks(row: Row, roles: Sequence[str]) -> int:
    return sum(bool(c.text) and _looks_like(c.text, role) for c, role in zip(row.cells, roles, strict=True))


def _looks_like(text: str, role: str) -> bool:
    if role == "unit":
        return bool(re.fullmatch(quantities.unit_pattern(), text)) or bool(is_empty().fullmatch(text) and text)
    if role in ("base", "goal"):
        return bool(re.search(r"\d", text) or is_empty().fullmatch(text))
    if role == "deadline":
        return bool(times.find(text)) or bool(_looks_of()[role].search(text))
    if role in ("name", "content"):
        return len(text) >= 4 and not text[0].isdigit()
    return role in _looks_of() and bool(_looks_of()[role].search(text))
