"""Tables put straight, so that what is above sees one head row with a cell for each column: where the file gives the
cells, heads of several rows joined, merged cells filled and title rows told apart; those that lie on their side (years
down and indicators across, or places across and indicators down) turned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from plankb import rules, times
from plankb.document.clean import Cell, Row, Table
from plankb.model import Span
from plankb.name_forms import squeezed

_MOST_HEADS = 3
_LONG = 40
"""A cell longer than this is no heading."""
_DIGITS = re.compile(r"\s*[≥≤><＞＜\[［(（]?\d[\d.,%％\]］)）]*\s*")
_LEAST = 2
"""How many years stand below one another at least."""


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


_BARE_YEAR = re.compile(r"^\s*((?:19|20)\d\d)\s*$")


@cache
def _rule(section: str) -> re.Pattern[str]:
    return rules.one("tables", section).regex


def upright(table: Table) -> Table:
    """A table whose rows are years (年份 | 森林覆盖率 | …) with each indicator a row and each year a column, one
    whose columns are places (指标 | 单位 | 东山县 | …) with a row for each place; any other as it is. The cells keep
    their spans."""
    if places := _places(table):
        return _by_place(table, places)
    if not _on_its_side(table):
        return table
    columns = list(zip(*(row.cells for row in table.rows), strict=True))
    across = all(_rule("place_across").fullmatch(squeezed(cell.text)) for cell in table.rows[0].cells[1:])
    names = replace(columns[0][0], text=rules.one("tables", "place_head" if across else "name_head").words[0])
    heads = _below_title([column[0] for column in columns[1:]])
    years = [replace(cell, text=_BARE_YEAR.sub(r"\1年", cell.text)) for cell in columns[0][1:]]
    rows = [(names, *years), *((head, *column[1:]) for head, column in zip(heads, columns[1:], strict=True))]
    return replace(table, rows=tuple(Row(tuple(cells), _span(cells)) for cells in rows))


def _places(table: Table) -> list[int]:
    """The columns of places, where a column of names and at most one of units stand before them and nothing else; none
    otherwise."""
    if len({len(row.cells) for row in table.rows}) != 1 or len(table.rows) < _LEAST:
        return []
    heads = [squeezed(cell.text) for cell in table.rows[0].cells]
    found = [at for at, head in enumerate(heads) if _rule("place_across").fullmatch(head)]
    rest = [head for at, head in enumerate(heads) if at not in found]
    named = rest and _rule("names_down").fullmatch(rest[0])
    units = all(_rule("unit_down").fullmatch(head) for head in rest[1:])
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


def _below_title(heads: list[Cell]) -> list[Cell]:
    """Headings without the title that stands over all of them (具体目标), and with a place that stood below what is
    measured before it (绿化率（%）东山县)."""
    shared = {match.group() if (match := _rule("over_all").match(head.text)) else "" for head in heads}
    start = len(shared.pop()) if len(shared) == 1 else 0
    said = (_rule("place_below").sub(r"\g<place>\g<name>", head.text[start:]) for head in heads)
    return [replace(head, text=text) for head, text in zip(heads, said, strict=True)]


def _on_its_side(table: Table) -> bool:
    widths = {len(row.cells) for row in table.rows}
    if len(widths) != 1 or widths.pop() < _LEAST or len(table.rows) <= _LEAST:
        return False
    head, *below = table.rows
    if not _rule("years_down").fullmatch(squeezed(head.cells[0].text)) or any(
        _is_year(cell) for cell in head.cells[1:]
    ):
        return False
    return all(cell.text for cell in head.cells) and all(_is_year(row.cells[0]) for row in below)


def _is_year(cell: Cell) -> bool:
    text = squeezed(cell.text)
    return any(time.last for time in times.find(text)) or bool(re.fullmatch(r"(?:19|20)\d\d", text))


def _span(cells: tuple[Cell, ...]) -> tuple[int, int]:
    return min(cell.span[0] for cell in cells), max(cell.span[1] for cell in cells)
