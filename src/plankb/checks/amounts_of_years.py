"""Amounts of single years beside the total that they add up to: neither is the other, but their sum can be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plankb import rules
from plankb.checks import levels
from plankb.checks.compare import Placed

_EQUAL = 1e-6
_FEW = 3
"""From how many years on in a row a list of amounts that rise and fall is one of yearly amounts."""


def marked(own: Sequence[Placed]) -> tuple[Placed, ...]:
    """The targets on one indicator, those known that are amounts of one year."""
    parts = {id(one) for series in _series(own) for one in series}
    return tuple(replace(one, yearly=True) if id(one) in parts or _says_so(one) else one for one in own)


def adds_up(one: Placed) -> bool:
    """Whether a target counts what comes to be over the years, so that amounts of years can be added."""
    if one.level is None or levels.relative(one.level) or one.target.change:
        return False
    return any(rule.search(one.target.indicator) for rule in rules.many("comparing", "adds_up"))


def _says_so(one: Placed) -> bool:
    target = one.target
    words = f"{target.indicator} {target.quote if len(target.quote) < 60 else ''}"
    return target.per == "year" or rules.union("comparing", "yearly").search(words) is not None


def _series(own: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Amounts of several years in one section of one plan: columns of a list of tasks, 2024年…，2025年…."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        if one.level and one.target.by and not levels.relative(one.level) and not one.target.change:
            groups[one.plan.id, one.scope, one.level.unit, one.target.section].append(one)
    for members in groups.values():
        years = sorted({one.target.by or "" for one in members})
        if len(years) > 1 and (all(map(adds_up, members)) or _rise_and_fall(members, years)):
            yield members


def _rise_and_fall(members: Sequence[Placed], years: Sequence[str]) -> bool:
    """Whether amounts of years that follow one another go neither up nor down all the way, as a level would."""
    if len(years) < _FEW or len(members) != len(years) or not all(year.isdecimal() for year in years):
        return False
    ordered = [one.level.value for one in sorted(members, key=lambda one: one.target.by or "") if one.level]
    return int(years[-1]) - int(years[0]) == len(years) - 1 and ordered not in (
        sorted(ordered),
        sorted(ordered, reverse=True),
    )


def wrong_totals(own: Sequence[Placed]) -> Iterator[tuple[Placed, list[Placed], float]]:
    """(total, the amounts of years up to its time, their sum) where a plan's total is not the sum of its years."""
    plans: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        if one.level and adds_up(one) and one.target.by:
            plans[one.plan.id, one.scope, one.level.unit].append(one)
    for members in plans.values():
        for series in _series([one for one in members if one.yearly]):
            for total in (one for one in members if not one.yearly):
                parts = _one_a_year([one for one in series if (one.target.by or "") <= (total.target.by or "")])
                added = sum(part.level.value for part in parts if part.level)
                if len(parts) > 1 and _misses(total, parts, added):
                    yield total, parts, added


def _one_a_year(parts: Sequence[Placed]) -> list[Placed]:
    """The parts where there is one for each year; [] where a year has several, whose sum nobody knows."""
    years = [one.target.by for one in parts]
    return sorted(parts, key=lambda one: one.target.by or "") if len(set(years)) == len(years) else []


def _misses(total: Placed, parts: Sequence[Placed], added: float) -> bool:
    """Whether a total cannot be the sum: it is less, or the years reach from the plan's first to the total's own."""
    if total.level is None or total.level.op != "=":
        return False
    gap = added - total.level.value
    if abs(gap) <= _EQUAL * max(added, total.level.value):
        return False
    start = (total.plan.period or total.plan.date or "")[:4]
    whole = parts[0].target.by == start and parts[-1].target.by == total.target.by
    return gap > 0 or (whole and len(parts) == int(total.target.by or 0) - int(start) + 1)
