"""What targets start from: baselines of one year that differ, and one change that is counted from different years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from plankb import rules
from plankb.checks.compare import Placed, placed
from plankb.checks.levels import Level
from plankb.in_force import comparable
from plankb.model import Measurement

_SIZE = 0.5
"""Share of the greater of two figures of one plan below which they are hardly of one thing."""
_ROUNDED = 0.006
"""Share of a level within which two printed figures are one that was rounded."""


_FIVE = 5
"""Years of a period of national planning, from whose start changes are counted where a plan does not say from when."""


def start_year(one: Placed) -> str | None:
    """The year that a change is counted from: as printed, else the last year before the five-year period that its time
    ends; None where neither tells."""
    by = one.target.by or ""
    if one.target.base_year or not by.isdecimal() or int(by) % _FIVE:
        return one.target.base_year
    return None if one.yearly else str(int(by) - _FIVE)


def baseline(one: Placed) -> Placed:
    """The baseline of a target as a target of its own; only for one that has a baseline."""
    base = one.target.baseline
    scale = one.level.value / float(one.target.value) if one.level and one.target.value and base else 1.0
    fields: dict[str, object] = {"id": f"{one.target.id}-baseline", "op": "=", "value_max": None, "baseline": None}
    fields |= {"value": base.value, "by": base.year} if base else {}
    if one.level and base:
        fields["normal"] = Measurement(value=base.value * scale, unit=one.level.unit)
    return placed(one.target.model_copy(update=fields), one.plan)


def unlike_baselines(own: Sequence[Placed]) -> Iterator[tuple[Placed, ...]]:
    """Baselines of one year, scope and unit whose levels differ beyond rounding, in plans that stand together."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        if one.target.baseline and one.target.baseline.year and one.target.value and not one.target.change:
            start = baseline(one)
            if start.level and not one.yearly:
                groups[start.scope, start.target.by, start.level.unit].append(start)
    for members in groups.values():
        apart = [pair for pair in combinations(members, 2) if _apart(*pair)]
        if apart:
            yield tuple(one for one in members if any(one in pair for pair in apart))


def _apart(one: Placed, other: Placed) -> bool:
    same_plan = one.plan.id == other.plan.id
    named_alike = one.target.indicator == other.target.indicator
    together = named_alike and of_one_size(one.level, other.level) if same_plan else comparable(one.plan, other.plan)
    return together and one.home == other.home and not one_level(one.level, other.level)


def of_one_size(one: Level | None, other: Level | None) -> bool:
    """Whether two levels lie so near that they may be of one thing: columns of a table that ran together do not."""
    low, high = sorted((abs(one.value), abs(other.value))) if one and other else (0.0, 0.0)
    return low >= _SIZE * high


def one_level(one: Level | None, other: Level | None) -> bool:
    """Whether two levels are one that was rounded."""
    if one is None or other is None:
        return True
    return abs(one.value - other.value) <= _ROUNDED * max(abs(one.value), abs(other.value))


def unlike_base_years(own: Sequence[Placed]) -> Iterator[tuple[Placed, ...]]:
    """Targets of several plans for one change by one time that name different years to count it from."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        if one.target.change and one.target.base_year and one.level and one.due:
            level = one.level
            groups[one.scope, one.due, one.target.change, level.unit, round(level.value, 6)].append(one)
    for members in groups.values():
        apart = [
            (one, other)
            for one, other in combinations(members, 2)
            if one.target.base_year != other.target.base_year and comparable(one.plan, other.plan)
        ]
        if apart:
            yield tuple(one for one in members if any(one in pair for pair in apart))


def base_years_below(own: Sequence[Placed], higher: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """(what a plan above asks of each place, the very change of a place's plan) that are counted from unlike years."""
    for asked in higher:
        each = rules.one("checks", "each_place").match(asked.target.scope or "")
        each = each or rules.union("comparing", "of_each").search(asked.target.indicator)
        for one in own if each and asked.target.base_year and asked.level else ():
            same = one.due == asked.due and one.scope == asked.scope and one.change == asked.change
            level = one.level is not None and asked.level is not None and one.level.unit == asked.level.unit
            if (
                same and level and one.target.change and one.target.base_year not in (None, asked.target.base_year)
                and one_level(one.level, asked.level) and comparable(one.plan, asked.plan)
            ):  # fmt: skip
                yield asked, one
