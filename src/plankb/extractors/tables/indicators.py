"""Targets of tables: indicator tables (a value for each target year) and the prose cells of task tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from plankb import rules, times
from plankb.document import Cell, Place, Row, Table
from plankb.extractors.records import Amount, Recorder, Stated
from plankb.extractors.tables.columns import Column, Layout, is_empty
from plankb.indicators import cell_names, coordination
from plankb.model import Baseline, Nature, Target
from plankb.quantities.cells import by_scope, values
from plankb.times import Time

_NOTE_DISTANCE = 200


class IndicatorTable:
    """Reads indicator tables that stand at one place."""

    def __init__(self, text: str, place: Place, recorder: Recorder, since: int | None) -> None:
        self._text = text
        self._place = place
        self._recorder = recorder
        self._since = since

    def read(self, table: Table, found: Layout) -> Iterator[Target]:
        """The targets of a table whose layout is that of indicators; none when it is about what has been."""
        goals = [index for index in found.all("goal") if self._is_goal(found.columns[index], found, table.caption)]
        if not goals or self._looks_back(found, goals) or self._is_past(table, found, goals):
            return
        bases = [i for i in (*found.all("base"), *found.all("goal")) if i not in goals]
        rates = [(index, time) for index in found.all("rate") if (time := self._time_of_rate(index, goals, found))]
        label = self._second_label(table)
        parents: list[tuple[str, str]] = []
        named_rows = [(row, name) for row in found.rows if (name := self._name(row, found)) is not None]
        for (row, name), said in zip(named_rows, _apart([name for _, name in named_rows]), strict=True):
            phrase, unit = cell_names.plain(said, self._unit(row, found))
            whole = cell_names.with_parent(phrase, unit, parents)
            parents.append((phrase, unit))
            for index in goals:
                named = self._named(whole, unit, index, table, found)
                by = self._by(found.columns[index], table) or _due(row, found)
                yield from self._cell(row, named, (name, row.cells[index]), index, by, found, bases, label)
            for index, time in rates:
                yield from self._rate(whole, (name, row.cells[index]), found.columns[index].heading, time)

    def _name(self, row: Row, found: Layout) -> Cell | None:
        """The cell that names what a row is about; None where it has none."""
        at = found.first("name")
        at = found.first("place") if at is None else at
        if at is None or not row.cells[at].text or is_empty(row.cells[at].text):
            return None
        adds_up = found.first("name") is not None and rules.one("tables", "total").fullmatch(row.cells[at].text)
        return None if adds_up else row.cells[at]

    def _named(self, phrase: str, unit: str, index: int, table: Table, found: Layout) -> tuple[str, str]:
        """(indicator, unit): where the rows are places, the column or the caption says what is measured."""
        if found.first("name") is not None:
            return self._beside_others(phrase, unit, index, found)
        measure, own = cell_names.of_heading(found.columns[index].heading)
        told, said = cell_names.of_caption(table.caption)
        return phrase + (measure or told), unit or own or said or self._unit_below(table)

    def _unit_below(self, table: Table) -> str:
        """The unit that a note right below a table says of its figures; "" without."""
        below = self._text[table.span[1] : table.span[1] + _NOTE_DISTANCE].lstrip().partition("\n")[0]
        noted = rules.one("tables", "unit_line").fullmatch(below)
        return noted["unit"] if noted else ""

    def _beside_others(self, phrase: str, unit: str, index: int, found: Layout) -> tuple[str, str]:
        """(indicator, unit) where several columns of one year each measure something of the row (数量, 比重)."""
        column = found.columns[index]
        years = [found.columns[at].time for at in found.all("goal")]
        if column.time is None or sum(time is not None and time.last == column.time.last for time in years) < 2:
            return phrase, unit
        measure, own = cell_names.of_heading(column.heading)
        itself = bool(rules.one("tables", "itself").fullmatch(measure))
        bare, in_name = cell_names.plain(phrase, "")
        return (bare, own or unit or in_name) if itself else (bare + measure, own or cell_names.unit_of(measure))

    def _is_goal(self, column: Column, found: Layout, caption: str) -> bool:
        """Whether a column of values lies ahead: a year before the plan's own is a base, where the plan's own is not
        known the first of several; not of a run of years for each of which the caption sets a goal."""
        if column.time is None:
            return True
        year = column.time.last or 0
        if column.time.past or column.time.base or (self._since is not None and year < self._since):
            return False
        years = [c.time.last for c in found.columns if c.role in ("base", "goal") and c.time and c.time.last]
        marked = (
            any(c.role == "base" for c in found.columns)
            or rules.one("tables", "goal_column").search(column.heading) is not None
        )
        marked = marked or (_follow_one_another(years) and bool(rules.one("tables", "sets_goals").search(caption)))
        return bool(self._since is not None or marked or len(years) < 2 or year != min(y for y in years if y))

    def _looks_back(self, found: Layout, goals: list[int]) -> bool:
        """Whether the table settles a plan that is over: it has what was reached for the target year itself."""
        ends = {found.columns[index].time.last for index in goals if found.columns[index].time}  # type: ignore[union-attr]
        return any(
            column.role == "base" and column.time is not None and column.time.last in ends for column in found.columns
        )

    def _is_past(self, table: Table, found: Layout, goals: list[int]) -> bool:
        """Whether the caption gives the time of all goals, and it is before the plan."""
        timed = any(found.columns[index].time for index in goals)
        years = [time.last for time in times.find(table.caption) if time.last]
        return not timed and self._since is not None and bool(years) and max(years) < self._since

    def _by(self, column: Column, table: Table) -> str | None:
        if column.time is not None:
            return str(column.time.last)
        named = [time for time in times.find(table.caption) if time.last and not time.base]
        plan = times.five_year_plan(table.caption)
        if named:
            return str(named[-1].last)
        return str(plan[1]) if plan else None

    def _second_label(self, table: Table) -> str | None:
        """What a value in brackets stands for, from the note below the table."""
        end = table.span[1]
        match = rules.pattern("tables", "notes.second").search(self._text[end : end + _NOTE_DISTANCE])
        return match["label"] if match else None

    def _cell(
        self, row: Row, named: tuple[str, str], pair: tuple[Cell, Cell], index: int, by: str | None, found: Layout,
        bases: list[int], label: str | None,
    ) -> Iterator[Target]:  # fmt: skip
        cell, time, (phrase, unit) = pair[1], found.columns[index].time, named
        if not cell.text or is_empty(cell.text) or rules.pattern("tables", "cells.unbinding").match(cell.text):
            return
        span = (min(pair[0].span[0], cell.span[0]), max(pair[0].span[1], cell.span[1]))
        stated = Stated(self._place, span, time, by, nature=self._nature(row, found))
        scoped = by_scope(cell.text, unit)
        for scope, value in scoped:
            amount = Amount(value.quantity, value.quantity.op, cell_names.change_of(phrase))
            yield self._recorder.number(scope + phrase, amount, stated)
        if scoped:
            return
        numbers, second = values(cell.text, unit)
        parts = cell_names.split(phrase, len(numbers))
        if not numbers:
            if found.first("name") is None:
                return  # rows of places say in words what else is there, not what is reached
            for part in parts:
                yield self._recorder.words(part, cell.text, stated)
            return
        matched = zip(parts, numbers, strict=True) if len(parts) == len(numbers) else (
            (part, number) for part in parts for number in numbers
        )  # fmt: skip
        base = self._baseline(row, _alike(bases, index, found), found)
        for part, value in matched:
            change = value.change or cell_names.change_of(part)
            part, base_year = cell_names.without_base(part)
            pairs = [(part, value.quantity, base), *([(label + part, second, None)] if second and label else [])]
            for title, quantity, baseline in pairs:
                yield self._recorder.number(title, Amount(quantity, quantity.op, change, base_year, baseline), stated)

    def _time_of_rate(self, index: int, goals: list[int], found: Layout) -> Time | None:
        """The time that a column of growth rates is for: its own, else that of the values beside it on its left; None
        where it speaks of no years ahead."""
        values = [at for at in (*found.all("base"), *found.all("goal")) if at < index]
        beside = found.columns[max(values)].time if values and max(values) in goals else None
        time = found.columns[index].time or beside
        year = (time.last or 0) if time and not time.past else 0
        return time if year and (self._since is None or year >= self._since) else None

    def _rate(self, phrase: str, pair: tuple[Cell, Cell], heading: str, time: Time) -> Iterator[Target]:
        """The growth rate of a row, a target of its own; what stands in brackets there is a difference or a sum."""
        match = rules.one("tables", "change.rate").search(heading)
        text = re.sub(r"\s", "", pair[1].text)
        numbers, _ = values(text, "%") if text[:1].isdigit() else ((), None)
        if not match or len(numbers) != 1:
            return
        span = (min(pair[0].span[0], pair[1].span[0]), max(pair[0].span[1], pair[1].span[1]))
        quantity = numbers[0].quantity
        stated = Stated(self._place, span, time)
        yield self._recorder.number(phrase + match[0], Amount(quantity, quantity.op), stated)

    def _unit(self, row: Row, found: Layout) -> str:
        at = found.first("unit")
        unit = re.sub(r"\s", "", row.cells[at].text) if at is not None else ""
        return "" if is_empty(unit) or unit == "无量纲" else unit

    def _nature(self, row: Row, found: Layout) -> Nature | None:
        """The nature of a row's indicator: from its own column, or from a column of kinds that says nothing else."""
        at = found.first("nature")
        said = rules.one("tables", "nature.alone")
        kinds = (row.cells[index].text for index in found.all("category"))
        text = row.cells[at].text if at is not None else next(filter(said.fullmatch, kinds), "")
        if rules.one("tables", "nature.binding").search(text):
            return "binding"
        return "expected" if rules.one("tables", "nature.expected").search(text) else None

    def _baseline(self, row: Row, bases: list[int], found: Layout) -> Baseline | None:
        for index in sorted(bases, reverse=True):
            main, _ = values(row.cells[index].text, "")
            if main:
                time = found.columns[index].time
                return Baseline(value=main[0].quantity.value, year=str(time.last) if time and time.last else None)
        return None


def _follow_one_another(years: Sequence[int | None]) -> bool:
    """Whether years are a run, each one more than the one before."""
    known = sorted({year for year in years if year})
    return len(known) > 1 and known[-1] - known[0] == len(known) - 1


def _alike(bases: list[int], index: int, found: Layout) -> list[int]:
    """The columns of bases that measure what a column of goals does, where one year has several (标准量, 比重)."""
    years = [column.time.last for at in found.all("goal") if at not in bases and (column := found.columns[at]).time]
    if len(set(years)) == len(years):
        return bases
    measures = {at: cell_names.of_heading(found.columns[at].heading)[0] for at in (*bases, index)}
    return [at for at in bases if measures[at] == measures[index]] or bases


def _due(row: Row, found: Layout) -> str | None:
    """The year by which a row is to be done, as its column of deadlines says; None without."""
    at = found.first("deadline")
    due = [time.by for time in times.find(row.cells[at].text) if time.by] if at is not None else []
    return due[-1] if due else None


def _apart(cells: Sequence[Cell]) -> list[str]:
    """The names of rows, each its own: a cell over several rows that names as many (用电量及比重) is split."""
    found: list[str] = []
    for _, run in groupby(cells, key=lambda cell: cell.span):
        rows = list(run)
        parts = coordination.split_for(cell_names.plain(rows[0].text, "-")[0], len(rows)) if len(rows) > 1 else None
        found += [_of_first(parts, part) for part in parts] if parts else [cell.text for cell in rows]
    return found


def _of_first(parts: Sequence[str], part: str) -> str:
    """占能源消费比重 beside 可再生能源利用量 is the share of that."""
    return parts[0] + part if rules.pattern("tables", "names.of_first").match(part) and part is not parts[0] else part
