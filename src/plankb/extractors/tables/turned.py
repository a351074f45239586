"""Tables that lie on their side: years down and indicators across, or places across and indicators down."""

from __future__ import annotations

import re
from dataclasses import replace

from plankb import rules, times
from plankb.document import Cell, Row, Table

_LEAST = 2
"""How many years stand below one another at least."""


def upright(table: Table) -> Table:
    """A table whose rows are years (年份 | 森林覆盖率 | …) with each indicator a row and each year a column, one
    whose columns are places (指标 | 单位 | 东山县 | …) with a row for each place; any other as it is. The cells keep
    their spans."""
    if places := _places(table):
        return _by_place(table, places)
    if not _on_its_side(table):
        return table
    columns = list(zip(*(row.cells for row in table.rows), strict=True))
    names = replace(columns[0][0], text=rules.one("tables", "name_head").words[0])
    rows = [(names, *columns[0][1:]), *columns[1:]]
    return replace(table, rows=tuple(Row(tuple(cells), _span(cells)) for cells in rows))


def _places(table: Table) -> list[int]:
    """The columns of places, where a column of names and at most one of units stand before them and nothing else; none
    otherwise."""
    if len({len(row.cells) for row in table.rows}) != 1 or len(table.rows) < _LEAST:
        return []
    heads = [_bare(cell) for cell in table.rows[0].cells]
    found = [at for at, head in enumerate(heads) if rules.one("tables", "place_across").fullmatch(head)]
    rest = [head for at, head in enumerate(heads) if at not in found]
    named = rest and rules.one("tables", "names_down").fullmatch(rest[0])
    units = all(rules.one("tables", "unit_down").fullmatch(head) for head in rest[1:])
    return found if len(found) >= _LEAST and named and units and len(rest) <= _LEAST else []


def _by_place(table: Table, places: list[int]) -> Table:
    head, *below = table.rows
    unit = next((at for at in range(1, len(head.cells)) if at not in places), None)
    corner = replace(head.cells[0], text=rules.one("tables", "place_head").words[0])
    names = [row.cells[0] if unit is None else _with_unit(row.cells[0], row.cells[unit]) for row in below]
    rows = [(corner, *names), *((head.cells[at], *(row.cells[at] for row in below)) for at in places)]
    return replace(table, rows=tuple(Row(tuple(cells), _span(cells)) for cells in rows))


def _with_unit(name: Cell, unit: Cell) -> Cell:
    return replace(name, text=f"{name.text}（{unit.text}）") if unit.text.strip() else name


def _on_its_side(table: Table) -> bool:
    widths = {len(row.cells) for row in table.rows}
    if len(widths) != 1 or widths.pop() < _LEAST or len(table.rows) <= _LEAST:
        return False
    head, *below = table.rows
    if not rules.one("tables", "years_down").fullmatch(_bare(head.cells[0])) or any(
        _is_year(cell) for cell in head.cells[1:]
    ):
        return False
    return all(cell.text for cell in head.cells) and all(_is_year(row.cells[0]) for row in below)


def _is_year(cell: Cell) -> bool:
    text = _bare(cell)
    return any(time.last for time in times.find(text)) or bool(re.fullmatch(r"(?:19|20)\d\d", text))


def _bare(cell: Cell) -> str:
    return re.sub(r"\s", "", cell.text)


def _span(cells: tuple[Cell, ...]) -> tuple[int, int]:
    return min(cell.span[0] for cell in cells), max(cell.span[1] for cell in cells)
