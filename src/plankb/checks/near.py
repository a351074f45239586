"""Hints: figures under names so near that they may be of one measure (报废汽车 and 报废机动车)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from plankb.checks import measured
from plankb.checks.compare import Placed, distinct, placed, same_level, specific
from plankb.checks.levels import satisfies
from plankb.checks.standing import comparable
from plankb.checks.wording import of_targets
from plankb.model import Conflict, Plan, Target


def near_names(plans: Mapping[str, Plan], targets: Iterable[Target]) -> Iterator[Conflict]:
    """One hint for the targets of several plans of a place, for one time and scope, whose near names have other
    levels; plans that name the measure alike are compared elsewhere."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for target in targets:
        if target.plan in plans and target.by and specific(target):
            one = placed(target, plans[target.plan])
            if one.place and one.level and one.place == one.home:
                change = (target.change, target.base_year if target.change else None, target.per)
                name = measured.nearly(one.indicator)
                groups[name, one.place, one.scope, target.by, change, one.level.unit].append(one)
    for members in groups.values():
        pairs = [pair for pair in combinations(members, 2) if _apart(*pair)]
        if pairs:
            facts = distinct([one for one in members if any(one in pair for pair in pairs)])
            yield of_targets("conflict", "info", facts, "E438")


def _apart(one: Placed, other: Placed) -> bool:
    if one.indicator == other.indicator or one.plan.id == other.plan.id or same_level(one, other):
        return False
    met = one.level and other.level and satisfies(one.level, other.level)
    return not met and comparable(one.plan, other.plan)
