"""The conditions of a query, each a test of one fact: what `ask` answers passes all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plankb.model import ROLES, Deadline, Fact, Plan, Role, Target, Task
from plankb.query.matching import bare, pieces
from plankb.query.model import Period, Understood, ValueRange, Who
from plankb.query.sections import has_number
from plankb.query.vocabulary import Vocabulary, without_number


def allowed_plans(query: Understood, plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """The plans that a query searches."""
    return tuple(
        plan
        for plan in plans
        if (not query.plans or plan.id in query.plans)
        and plan.id not in query.not_plans
        and (not query.places or plan.jurisdiction in query.places)
        and (not query.levels or plan.level in query.levels)
    )


def in_period(fact: Fact, period: Period | None) -> bool:
    """Whether a fact is set for a time: one of its years is named, or its last day lies in the stretch."""
    if period is None:
        return True
    return any(_meets(year, period) for year in years_of(fact)) or (
        isinstance(fact, Deadline) and _overlaps(fact, period)
    )


def years_of(fact: Fact) -> tuple[str, ...]:
    """The times by which a fact is due."""
    if isinstance(fact, Task):
        return fact.by
    if isinstance(fact, Target | Deadline):
        return (fact.by,) if fact.by else ()
    return ()


def _meets(by: str, period: Period) -> bool:
    if period.years:
        return by[:4] in period.years
    last = by if len(by) == 10 else f"{by[:4]}-12-31"
    return (period.start is None or last >= period.start) and (period.end is None or last <= period.end)


def _overlaps(deadline: Deadline, period: Period) -> bool:
    day = deadline.end or deadline.start
    if day is None:
        return False
    if period.years:
        return day[:4] in period.years
    return (period.start is None or day >= period.start) and (period.end is None or day <= period.end)


def bureaus_of(task: Task, role: Role | None = None) -> tuple[str, ...]:
    """The ids of a task's bureaus in a role, in print order; in any role for None."""
    names = [name for one in ([role] if role else ROLES) for name in getattr(task, one)]
    return tuple(dict.fromkeys(task.bureaus[name] for name in names if name in task.bureaus))


def takes_part(task: Task, who: Who) -> bool:
    """Whether a bureau (any of those that its name may mean) answers for a task in its role."""
    if who.collectives:
        return bool(set(who.collectives) & set(task.collective or ()))
    return any(id_ in who.ids for id_ in bureaus_of(task, who.role))


def has_people(task: Task, query: Understood) -> bool:
    """Whether the bureaus of a query take part in a task: all of them together, else one of them."""
    wanted = [who for who in query.who if not who.excluded]
    if any(takes_part(task, who) for who in query.who if who.excluded):
        return False
    if not wanted:
        return True
    return (all if query.together else any)(takes_part(task, who) for who in wanted)


def lacks(task: Task, query: Understood) -> bool:
    """Whether a task lacks what the query says is missing."""
    empty = {
        "lead": not task.lead,
        "bureau": not (task.lead or task.support or task.joint or task.collective),
        "by": not task.by,
    }
    return all(empty[missing] for missing in query.missing)


def in_section(fact: Fact, asked: str | None, *, own: bool = True) -> bool:
    """Whether a fact stands in a section; `own` False leaves out the last heading, a task's own."""
    if asked is None:
        return True
    if re.fullmatch(r"第\d+(?:章|节|部分|条|项)|(?:专栏|表)\d+", asked):
        return has_number(fact.section, asked)
    path: Sequence[str] = fact.section if own else fact.section[:-1]
    return any(pieces(asked, bare(without_number(heading))) for heading in path)


def fits_target(target: Target, query: Understood) -> bool:
    """The conditions that only targets have."""
    return (
        (query.value is None or in_range(target, query.value))
        and (query.unit is None or bare(target.unit or "") == bare(query.unit))
        and (query.nature is None or target.nature == query.nature)
        and (query.stretch is None or target.stretch == query.stretch)
        and (query.qualitative is None or (target.value is None) == query.qualitative)
    )


def in_range(target: Target, wanted: ValueRange) -> bool:
    """Whether a target's value, its whole range, lies in a range and has its unit."""
    if target.value is None or (wanted.unit and bare(wanted.unit) != bare(target.unit or "")):
        return False
    low, high = target.value, target.value if target.value_max is None else target.value_max
    above = wanted.low is None or (low > wanted.low if wanted.low_open else low >= wanted.low)
    below = wanted.high is None or (high < wanted.high if wanted.high_open else high <= wanted.high)
    return above and below


def is_of_place(target: Target, places: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a target speaks of a place by name (贵阳市绿色出行比例 in the province's plan)."""
    names = [name for name, full in vocabulary.place_names.items() if full in places and len(name) >= 2]
    return any(name in target.indicator or name in (target.scope or "") for name in names)
