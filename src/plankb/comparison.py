"""Targets compared: indicators down, plans across, differing values marked. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plankb import phrases
from plankb.errors import Language
from plankb.model import Target

DIFFERS, SAME = "≠", "＝"
"""What marks an indicator for which plans set other values, and one for which they do not."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator and the targets that each plan sets for it. `differs`: for one time, plans set other values."""

    indicator: str
    by_plan: Mapping[str, Sequence[Target]]
    differs: bool

    @property
    def mark(self) -> str:
        """≠ or ＝."""
        return DIFFERS if self.differs else SAME

    def said(self, plan: str, lang: Language = "zh") -> str:
        """What a plan sets, in short, with its times; "" where it sets nothing."""
        targets = self.by_plan.get(plan, ())
        values = (phrases.value(target, lang) + (f" {target.by}" if target.by else "") for target in targets)
        return "；".join(dict.fromkeys(values))


def compared(
    targets: Iterable[Target], *, least: int = 2, numeric: bool = False, places: Mapping[str, str | None] | None = None
) -> list[Compared]:
    """The indicators that `least` plans or more speak of; those that differ first, then those of most plans.

    With `numeric`, words alone do not count as speaking of one. `places` are the jurisdictions of the plans: only
    levels for one place can differ; without it all plans count as of one.
    """
    groups: dict[str, dict[str, list[Target]]] = defaultdict(lambda: defaultdict(list))
    for target in targets:
        if target.value is not None or (target.qualitative and not numeric):
            groups[target.indicator_id][target.plan].append(target)
    found = [
        Compared(next(iter(plans.values()))[0].indicator, dict(plans), _differs(plans.values(), places or {}))
        for plans in groups.values()
        if len(plans) >= least
    ]
    return sorted(found, key=lambda one: (not one.differs, -len(one.by_plan), one.indicator))


def plans_of(rows: Sequence[Compared]) -> list[str]:
    """The plans of a comparison, in the order of its columns."""
    return list(dict.fromkeys(plan for row in rows for plan in row.by_plan))


def _differs(plans: Iterable[Sequence[Target]], places: Mapping[str, str | None]) -> bool:
    """Whether two plans, each with one number for a time, have another number; words are not compared."""
    levels: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    for targets in plans:
        for target in targets:
            if target.value is not None:
                levels[places.get(target.plan), target.by, target.change, target.scope, target.per].add(_level(target))
    return any(len(values) > 1 for values in levels.values())


def _level(target: Target) -> tuple[object, ...]:
    normal = target.normal
    return (normal.value, normal.unit, target.value_max) if normal else (target.value, target.unit, target.value_max)
