"""Targets compared: indicators down, plans across, differing values marked. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from plankb import phrases
from plankb.model import Target
from plankb.tui.sheet import Column, Sheet
from plankb.tui.words import Words

_DIFFERS = "≠"
_SAME = "＝"
_FIXED = 2
"""Columns before those of the plans."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator and the targets that each plan sets for it. `differs`: for one time, plans set other values."""

    indicator: str
    by_plan: Mapping[str, Sequence[Target]]
    differs: bool


def compared(targets: Iterable[Target]) -> list[Compared]:
    """The indicators that two plans or more speak of; those that differ first, then those of most plans."""
    groups: dict[str, dict[str, list[Target]]] = defaultdict(lambda: defaultdict(list))
    for target in targets:
        if target.value is not None or target.qualitative:
            groups[target.indicator_id][target.plan].append(target)
    found = [
        Compared(next(iter(plans.values()))[0].indicator, dict(plans), _differs(plans.values()))
        for plans in groups.values()
        if len(plans) > 1
    ]
    return sorted(found, key=lambda one: (not one.differs, -len(one.by_plan), one.indicator))


def plans_of(rows: Sequence[Compared]) -> list[str]:
    """The plans of a comparison, in the order of its columns."""
    return list(dict.fromkeys(plan for row in rows for plan in row.by_plan))


def targets_at(rows: Sequence[Compared], row: Compared, column: int) -> Sequence[Target]:
    """The targets in a cell of the comparison; () in one that has none."""
    plans = plans_of(rows)
    at = column - _FIXED
    return row.by_plan.get(plans[at], ()) if 0 <= at < len(plans) else ()


def comparison_sheet(rows: Sequence[Compared], say: Words, titles: Mapping[str, str]) -> Sheet[Compared]:
    """The comparison as a table; only plans that share an indicator have a column."""
    return Sheet(
        (
            Column[Compared](title=say("column.indicator"), cell=lambda row: row.indicator, width=24, grow=1),
            Column[Compared](
                title=_DIFFERS,
                cell=lambda row: _DIFFERS if row.differs else _SAME,
                width=2,
                tone=lambda row: "warn" if row.differs else "dim",
            ),
            *(_plan_column(plan, titles.get(plan, plan), say) for plan in plans_of(rows)),
        ),
        rows,
        frozen=_FIXED,
        by_cell=True,
        header=2,
    )


def _plan_column(plan: str, title: str, say: Words) -> Column[Compared]:
    return Column(
        title=title,
        cell=partial(_values, plan=plan, say=say),
        width=18,
        grow=2,
        tone=lambda row: "warn" if row.differs and plan in row.by_plan else None,
    )


def _values(row: Compared, *, plan: str, say: Words) -> str:
    said = (phrases.value(t, say.lang) + (f" {t.by}" if t.by else "") for t in row.by_plan.get(plan, ()))
    return "；".join(dict.fromkeys(said))


def _differs(plans: Iterable[Sequence[Target]]) -> bool:
    """Whether two plans, each with one number for a time, have another number; words are not compared."""
    levels: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    for targets in plans:
        for target in targets:
            if target.value is not None:
                levels[target.by, target.change, target.scope].add(_level(target))
    return any(len(values) > 1 for values in levels.values())


def _level(target: Target) -> tuple[object, ...]:
    normal = target.normal
    return (normal.value, normal.unit, target.value_max) if normal else (target.value, target.unit, target.value_max)
