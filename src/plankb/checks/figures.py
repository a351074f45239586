"""Figures that plans tell of the time before them (截至2024年底，全市养老床位4.3万张; a column 2024年).

They are what plans start from. No fact holds them, so they are read from the text, as targets of the year they tell of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from plankb import indicators, quantities, rules
from plankb.checks import bases, located
from plankb.checks.compare import Placed, placed, specific
from plankb.checks.wording import of_targets
from plankb.document import text_rows
from plankb.in_force import comparable, years
from plankb.model import Conflict, Plan, Span, Target

_ITEM = re.compile(r"[^，、；：（）()]*$")
_YEAR = re.compile(r"20\d\d")
_UNIT = re.compile(r"[（(](?P<unit>[^（）()]{1,8})[）)]$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SHORTEST, _LONGEST, _BACK = 4, 30, 3
"""Characters of a name that says what is measured, and of one that is no clause; years before a plan that are its own
start."""


def unlike_figures(plans: Mapping[str, Plan], known: Sequence[Placed], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """Figures of one measure, place and year that differ beyond rounding: of several plans, or in one plan a table
    beside the text. Baselines of targets are figures too."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    found = [
        placed(figure, plans[plan])
        for plan, text in texts.items()
        if plan in plans
        for figure in told(plans[plan], text)
    ]
    starts = [bases.baseline(one) for one in known if one.target.baseline and one.target.value and not one.yearly]
    read_here = {one.target.id for one in found}
    for one in (*found, *starts):
        if one.level and one.place and one.target.by and specific(one.target) and not one.change:
            groups[one.indicator, one.place, one.scope, one.target.by, one.level.unit].append(one)
    for members in groups.values():
        of_one_kind = len({(one.plan.id, one.target.source) for one in members}) == 1
        pairs = [] if of_one_kind else [pair for pair in combinations(members, 2) if _apart(*pair)]
        for inside in (False, True):
            apart = [pair for pair in pairs if (pair[0].plan.id == pair[1].plan.id) is inside]
            if any(one.target.id in read_here for pair in apart for one in pair):  # baselines alone: compared elsewhere
                facts = _each_once(tuple(dict.fromkeys(one for pair in apart for one in pair)))
                yield of_targets("internal" if inside else "conflict", "warning", facts, "E436")


def _each_once(members: Sequence[Placed]) -> tuple[Placed, ...]:
    """One figure for each plan and level: a table says again, in another unit, what prose said."""
    kept: list[Placed] = []
    for one in members:
        if not any(one.plan.id == other.plan.id and bases.one_level(one.level, other.level) for other in kept):
            kept.append(one)
    return tuple(kept)


def _apart(one: Placed, other: Placed) -> bool:
    if bases.one_level(one.level, other.level) or one.home != other.home:
        return False
    if one.plan.id == other.plan.id:
        return one.target.source != other.target.source and bases.of_one_size(one.level, other.level)
    return comparable(one.plan, other.plan)


def told(plan: Plan, text: str, *, shortest: int = _SHORTEST) -> list[Target]:
    """The figures that a plan tells of the last years before its own first one; [] where that is not known. Names of
    fewer characters than `shortest` (产值 behind another thing) tell what is measured only beside a target."""
    span = years(plan)
    if span is None:
        return []
    found = []
    figures = [one for one in _figures(text) if one[-1] == "table" or len(one[1]) >= shortest]
    for number, (year, name, value, unit, start, end, source) in enumerate(figures):
        if span[0] - _BACK <= int(year) < span[0] and not rules.one("comparing", "no_figure").search(name):
            indicator = indicators.canonical(name)
            found.append(Target(
                id=f"{plan.id}-told{number}", plan=plan.id, section=(), quote=text[start:end], span=(start, end),
                indicator=name, indicator_id=indicator.id, scope=indicator.scope, op="=", value=value, unit=unit,
                normal=quantities.normal(value, unit), by=year, source=source,
            ))  # fmt: skip
    return found


_Figure = tuple[str, str, float, str, int, int, str]
"""Year, name, value, unit, where it starts and ends, and whether it stands in prose or a table."""


@located.kept(4_096)
def _figures(text: str) -> tuple[_Figure, ...]:
    """The figures of past years that a text tells, under names of any length; asked for more than once."""
    return (*_in_prose(text), *_in_tables(text))


def _in_prose(text: str) -> Iterator[_Figure]:
    for match in rules.pattern("draft_dates", "told").finditer(text):
        words = _YEAR.split(match["told"])[0]
        at = match.start("told")
        for quantity in quantities.find(words):
            item = _ITEM.search(words[: quantity.span[0]])
            name = _name(item.group(), 1) if item else ""
            if name and quantity.op == "=" and quantity.value_max is None and not quantity.unknown:
                start = at + (item.start() if item else 0)
                yield match["year"], name, float(quantity.value), quantity.unit, start, at + quantity.span[1], "prose"


@cache
def _frame() -> re.Pattern[str]:
    return rules.one("comparing", "figure_frame").regex


def _name(words: str, shortest: int = _SHORTEST) -> str:
    """The name before a figure without what leads it in and joins it: 全市共有养老床位达到; "" where it is none."""
    name, last = words.strip(), ""
    while name != last:
        last, name = name, _frame().sub("", name)
    return name if shortest <= len(name) <= _LONGEST else ""


def _in_tables(text: str) -> Iterator[_Figure]:
    """The columns of past years in tables whose head names years."""
    for head, row in text_rows.headed(text, _head_of_years):
        yield from _of_row(head, row.texts, row.span)


def _head_of_years(cells: Sequence[str]) -> Sequence[str] | None:
    named = any(_YEAR.match(cell) for cell in cells) and not any(_NUMBER.fullmatch(cell) for cell in cells)
    return cells if named else None


def _of_row(head: Sequence[str], cells: Sequence[str], span: Span) -> Iterator[_Figure]:
    first = next((cell for cell in cells if not _NUMBER.fullmatch(cell)), "")
    given = _UNIT.search(first)
    unit = given["unit"] if given else next((c for h, c in zip(head, cells, strict=True) if h.endswith("单位")), "")
    name = _name(_UNIT.sub("", first))
    for title, cell in zip(head, cells, strict=True):
        if (
            name
            and (year := _YEAR.match(title))
            and rules.pattern("draft_dates", "head_of_year").match(title)
            and _NUMBER.fullmatch(cell)
        ):
            yield year.group(), name, float(cell), unit, *span, "table"
