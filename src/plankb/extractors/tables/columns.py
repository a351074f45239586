"""What the columns and rows of a table hold: headings understood, those of two rows read as one, and rows put in line
with their columns, cells that a merged cell swallowed put back. The rules are in `rules/tables.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plankb import quantities, rules, times
from plankb.document import Cell, Row, Table
from plankb.name_forms import squeezed
from plankb.times import Time

_SHORT_VALUE = 14
_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
_VALUE = re.compile(r"[—–-]+|(?!(?:19|20)\d\d$)[≥≤><＞＜]?\d[\d.,]*[%％]?")
"""What stands in the cells below headings."""
_BARE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[）)]?$|[（(])")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role, its heading as printed, and the time in its heading (None without one)."""

    role: str
    heading: str
    time: Time | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table and its body rows, each with as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def first(self, role: str) -> int | None:
        """The index of the first column of a role; None when there is none."""
        return next((index for index, column in enumerate(self.columns) if column.role == role), None)

    def all(self, role: str) -> tuple[int, ...]:
        """The indices of all columns of a role."""
        return tuple(index for index, column in enumerate(self.columns) if column.role == role)


def layout(table: Table) -> Layout | None:
    """The layout of a table; None when its first row is no row of headings. A table cut off after it has no rows."""
    head, body = _header(table.rows)
    if any(_VALUE.fullmatch(heading) for heading in head):
        return None
    columns = _of_places(tuple(_column(heading) for heading in head), body, table.caption)
    known = sum(column.role != "other" for column in columns)
    if len(columns) < 2 or known < max(2, len(columns) // 2):
        return None
    columns = _with_names(columns)
    return Layout(columns, _in_line(body, tuple(column.role for column in columns), exact=table.exact))


def continued(table: Table, before: Layout) -> Layout | None:
    """The layout of a table that a heading line cut off from the one before; None when it is a table of its own."""
    if any(len(row.cells) != len(before.columns) for row in table.rows):
        return None
    rows = _in_line(table.rows, tuple(column.role for column in before.columns), exact=table.exact)
    return Layout(before.columns, rows) if rows else None


def _header(rows: tuple[Row, ...]) -> tuple[list[str], tuple[Row, ...]]:
    """The headings, a second row of them joined to the first, and the rows below."""
    first = [squeezed(cell.text) for cell in rows[0].cells]
    if len(rows) < 2:
        return first, ()
    second = rows[1]
    said = [squeezed(cell.text) for cell in second.cells]
    wide = _spread(first, said) if len(rows) > 2 and not any(_VALUE.fullmatch(text) for text in said) else None
    if wide is not None:
        return wide, rows[2:]
    blank = sum(not cell.text for cell in second.cells)
    looks = all(not c.text or times.find(c.text) or _role(squeezed(c.text)) != "other" for c in second.cells)
    if len(second.cells) == len(first) and blank >= len(first) // 2 and looks and len(rows) > 2:
        return [a + squeezed(b.text) for a, b in zip(first, second.cells, strict=True)], rows[2:]
    return first, rows[1:]


def _role(heading: str) -> str:
    return next((rule.means for rule in rules.many("tables", "column") if rule.search(heading)), "other")


def _column(heading: str) -> Column:
    found = times.find(heading) or times.find(_BARE_YEAR.sub(r"\1年", heading))
    time = next((t for t in found if t.last is not None), None)
    role = _role(heading)
    if time is not None and role in ("other", "name", "content"):
        role = "goal"
    return Column(role, heading, time)


def _of_places(columns: tuple[Column, ...], rows: tuple[Row, ...], caption: str) -> tuple[Column, ...]:
    """Behind a column of places, in a table whose caption sets goals, what is measured of them are goals, and so are
    the figures under a heading that says no more than 任务 or 控制指标, or what the caption says."""
    said = [column.role for column in columns if column.role != "number"]
    told = {column.role for column in columns if not rules.one("tables", "names.part").match(column.heading)}
    if said[:1] != ["place"] or told & {"goal", "base"} or not rules.one("tables", "sets_goals").search(caption):
        return columns
    measure, aim = rules.one("tables", "names.measure"), rules.one("tables", "names.allotted")

    def is_goal(index: int, column: Column) -> bool:
        bare = _BRACKET.sub("", column.heading)
        if column.role == "other" and measure.search(bare):
            return True
        named = bare != column.heading or aim.fullmatch(bare) or aim.sub(bare) in caption
        return column.role in ("other", "name", "content") and bool(named) and _figures(rows, index)

    return tuple(
        replace(column, role="goal") if is_goal(index, column) else column for index, column in enumerate(columns)
    )


def _figures(rows: tuple[Row, ...], index: int) -> bool:
    """Whether the cells of a column are figures, as far as they say anything."""
    cells = [row.cells[index].text for row in rows if index < len(row.cells) and row.cells[index].text]
    return bool(cells) and all(_VALUE.fullmatch(cell) for cell in cells)


def _with_names(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """With one column of indicator names: of several the last before the first value, the others being its categories;
    where none is headed so, the last text column before the first value."""
    named = [index for index, column in enumerate(columns) if column.role == "name"]
    if named:
        first = next((i for i, column in enumerate(columns) if column.role in ("base", "goal")), len(columns))
        chosen = max((index for index in named if index < first), default=named[0])
        return tuple(
            Column("category", c.heading, c.time) if c.role == "name" and i != chosen else c
            for i, c in enumerate(columns)
        )
    values = [i for i, column in enumerate(columns) if column.role in ("base", "goal")]
    if not values or any(column.role in ("actor", "place") for column in columns):
        return columns
    texts = [i for i in range(values[0]) if columns[i].role in ("other", "content", "category")]
    if not texts:
        return columns
    return tuple(Column("name", c.heading, c.time) if i == texts[-1] else c for i, c in enumerate(columns))


def kind(found: Layout) -> str:
    """`indicators` (a value a column), `tasks` (rows of work with who and when), or `other`.

    A table of indicators may also say who answers for each: then it has a unit, a nature or a year's column of values.
    """
    named = (found.first("name") is not None or found.first("place") is not None) and bool(found.all("goal"))
    measured = bool(found.all("unit") or found.all("nature") or found.all("base"))
    timed = any(found.columns[index].time for index in found.all("goal"))
    if found.all("actor") and not (named and (measured or timed) and _holds_values(found)):
        return "tasks"
    if named:
        return "indicators"
    return "tasks" if found.first("content") is not None and found.all("deadline") else "other"


def _holds_values(found: Layout) -> bool:
    """Whether the goals are numbers or short words rather than sentences."""
    texts = [row.cells[index].text for row in found.rows for index in found.all("goal") if row.cells[index].text]
    return bool(texts) and sum(len(text) <= _SHORT_VALUE for text in texts) * 2 > len(texts)


def _in_line(body: Sequence[Row], roles: Sequence[str], *, exact: bool) -> tuple[Row, ...]:
    """Rows with a cell for each column, those of group titles left out. True cells (`exact`) stand where they belong; a
    guessed row that lacks its name goes on with that of the row above, as a merged cell does."""
    rows: list[Row] = []
    for row in body:
        whole = exact and len(row.cells) == len(roles)
        found = _with_words(row) if whole else _aligned(row, roles)
        if found is not None:
            rows.append(found if whole else _named_above(found, roles, rows))
    return tuple(rows)


def _spread(first: Sequence[str], second: Sequence[str]) -> list[str] | None:
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
        return bool(re.fullmatch(quantities.unit_pattern(), text)) or bool(is_empty(text) and text)
    if role in ("base", "goal"):
        return bool(re.search(r"\d", text) or is_empty(text))
    if role == "deadline":
        return bool(times.find(text)) or _looks_as(text, role)
    if role in ("name", "content"):
        return len(text) >= 4 and not text[0].isdigit()
    return _looks_as(text, role)


def _looks_as(text: str, role: str) -> bool:
    return any(rule.means == role and rule.search(text) for rule in rules.many("tables", "look"))


def is_empty(text: str) -> bool:
    """Whether the text of a cell says nothing."""
    return bool(rules.pattern("tables", "cells.empty").fullmatch(text))
