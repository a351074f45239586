"""Yearly amounts beside the text: 2028年全部建成 where a row of 2029年 still builds, 首年60个 where a table says 70."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules
from plankb.checks.amounts import counted, number, plain, scale
from plankb.checks.asked import pairs_of
from plankb.checks.registry import Draft, Remark
from plankb.document import Table
from plankb.model import Span, Target

_FEW, _NAMED, _NEAR, _EXACT, _REACH = 2, 0.6, 0.2, 1e-6, 30
"""Years that are a table; share of the pairs of characters of the shorter name; how far, as a share, a total may lie
from the sum of the years that is meant; characters behind an amount in which it is said when all is done."""
_YEAR = re.compile(r"^(20\d\d)年?度?$")
_UNIT = re.compile(r"[（(](?P<unit>[^（）()]{1,6})[）)]\s*$")
_NUMBER = re.compile(r"^\d[\d,]*(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class _Series:
    """What a column or row of a table counts, in which unit, and how many of it in each year with the cell's place."""

    name: str
    unit: str
    years: dict[int, tuple[float, Span]]

    @property
    def total(self) -> float:
        return sum(value for value, _ in self.years.values())


def all_of(draft: Draft) -> Iterator[Remark]:
    """Each amount of the text against the series of its name and unit; levels and running sums are no series."""
    amounts = [one for one in draft.targets if one.source == "prose" and one.value is not None and not one.change]
    for series in (*(one for table in draft.tables for one in _series(table)), *_respective(draft)):
        same = [one for one in amounts if _is_of(series, one)]
        totals = [one for one in same if _in_unit(series, one) >= max(v for v, _ in series.years.values())]
        for total in totals:
            fits = abs(_in_unit(series, total) - series.total) <= _EXACT * series.total
            if fits:
                yield from _still_done(draft, series, total)
                yield from _other_years(series, [one for one in same if one is not total])
        if totals and not any(abs(_in_unit(series, one) - series.total) <= _EXACT * series.total for one in totals):
            near = [one for one in totals if abs(_in_unit(series, one) - series.total) <= _NEAR * series.total]
            if _runs(series):
                continue
            if len(near) == 1 and near[0].op == "=" and _of_whole(series, near[0]):
                last = max(series.years)
                details: dict[str, object] = {"indicator": series.name, "sum": f"{plain(series.total)}{series.unit}"}
                details["listed"] = f"{near[0].value}{near[0].unit}"
                yield Remark(series.years[last][1], "E336", details, related=(near[0],))


def _series(table: Table) -> Iterator[_Series]:
    """The columns of a table whose rows are years, or the rows of one whose columns are."""
    rows = [row for row in table.rows if len(row.cells) == len(table.rows[0].cells)]
    grid = [[(cell.text.strip(), cell.span) for cell in row.cells] for row in rows]
    for cells in (grid, [list(column) for column in zip(*grid, strict=False)]):
        if len(cells) < _FEW or len(cells[0]) < _FEW:
            continue
        years = [(index, int(match[1])) for index, row in enumerate(cells) if (match := _YEAR.match(row[0][0]))]
        for column in range(1, len(cells[0])):
            head = cells[0][column][0]
            unit = _UNIT.search(head)
            values = {
                year: (number(cells[index][column][0]), cells[index][column][1])
                for index, year in years
                if index and _NUMBER.match(cells[index][column][0])
            }
            name = _UNIT.sub("", head)
            if unit and len(values) >= _FEW and not rules.one("checks", "sums.not_added").search(head):
                yield _Series(name, unit["unit"], values)


def _respective(draft: Draft) -> Iterator[_Series]:
    """2027—2029年分别改造管网130公里、150公里、140公里, as a table of these years would say it."""
    for match in rules.one("due", "respective").regex.finditer(draft.text):
        values = [*rules.one("due", "value").regex.finditer(draft.text, *match.span("values"))]
        units = {each["unit"] for each in values}
        if any(match.start() <= one.span[0] < match.end() for one in draft.targets):
            continue  # its amounts were read, and are added up elsewhere
        first, last = int(match["first"]), int(match["last"])
        if len(values) == last - first + 1 and len(units) == 1:
            years = {first + index: (number(each["value"]), match.span()) for index, each in enumerate(values)}
            yield _Series(match["name"], units.pop(), years)


def _is_of(series: _Series, one: Target) -> bool:
    """Whether an amount of the text is of what a series counts: its unit, and most of the shorter name."""
    if counted(one.unit or "") != counted(series.unit) or "累计" in series.name:
        return False
    first, second = pairs_of(series.name), pairs_of(one.indicator)
    least = min(len(first), len(second))
    return least > 0 and len(first & second) >= _NAMED * least


def _runs(series: _Series) -> bool:
    """Whether a series may count all since the first year: it only rises, to more than all before together."""
    values = [value for _, (value, _) in sorted(series.years.items())]
    return values == sorted(values) and values[-1] >= sum(values[:-1])


def _in_unit(series: _Series, one: Target) -> float:
    return float(one.value or 0) * scale(one.unit or "") / scale(series.unit)


def _of_whole(series: _Series, total: Target) -> bool:
    """Whether a total is of the years of a series, under its very name."""
    named = pairs_of(series.name) <= pairs_of(total.indicator)
    return named and total.by in (None, str(max(series.years)))


def _still_done(draft: Draft, series: _Series, total: Target) -> Iterator[Remark]:
    """12座，2028年入冬前全部投入运行, and a row of 2029年 that builds two more."""
    done = rules.one("due", "all_done").regex.match(draft.text, total.span[1], total.span[1] + _REACH)
    for year, (value, span) in sorted(series.years.items()) if done else ():
        if done and year > int(done["year"]) and value:
            details: dict[str, object] = {"name": series.name, "text": done.group().strip("，")}
            details["table"] = f"{year}年还有{plain(value)}{series.unit}"
            yield Remark(span, "E362", details, related=(total,))
            return


def _other_years(series: _Series, others: list[Target]) -> Iterator[Remark]:
    """其中2027年完成60个, and 70 in the row of that year."""
    for one in others if len(pairs_of(series.name)) >= _FEW else ():
        if rules.one("comparing", "own_total").search(one.quote):
            continue  # 共18家，其中2027年5家: a year of that total
        year = int(one.by) if one.by and one.by.isdecimal() else 0
        if year in series.years and _in_unit(series, one) < series.total:
            value, span = series.years[year]
            if abs(value - _in_unit(series, one)) > _EXACT * max(value, 1) and f"{year}年" in one.quote:
                details: dict[str, object] = {"name": f"{year}年{series.name}", "table": f"{plain(value)}{series.unit}"}
                details["text"] = f"{one.value}{one.unit}"
                yield Remark(span, "E361", details, related=(one,))
