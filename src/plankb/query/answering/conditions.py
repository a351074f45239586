"""The conditions of a query, each a test of one fact: what `ask` answers passes all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from plankb import quantities, rules
from plankb.model import ROLES, Citation, Deadline, Fact, Number, Plan, Project, Role, Target, Task
from plankb.name_forms import bare, without_number
from plankb.quantities import converted, split_unit
from plankb.query.asked import BASIS
from plankb.query.library import Library
from plankb.query.model import AnyAnswer, Period, Understood, ValueRange, Who
from plankb.query.normalise.names import pieces
from plankb.query.recognise.sections import has_number, is_numbered
from plankb.query.vocabulary import Vocabulary, is_of_level, short_place
from plankb.register import normal

if TYPE_CHECKING:
    from plankb.ledger import Entry


def allowed_plans(query: Understood, plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """The plans that a query searches."""
    if not (query.plans or query.not_plans or query.places or query.not_places or query.levels):
        return tuple(plans)
    return tuple(
        plan
        for plan in plans
        if (not query.plans or plan.id in query.plans)
        and plan.id not in query.not_plans
        and (not query.places or plan.jurisdiction in query.places)
        and plan.jurisdiction not in query.not_places
        and (not query.levels or is_of_level(plan, query.levels))
    )


def is_in_time(fact: Fact, query: Understood) -> bool:
    """Whether a fact is set for the time asked for, and for none of those left out."""
    return in_period(fact, query.period) and not any(in_period(fact, period) for period in query.not_periods)


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


def role_of(task: Task, ids: Sequence[str]) -> Role | None:
    """The first role, lead before support before joint, that one of some bureaus has in a task."""
    return next((role for role in ROLES if set(ids) & set(bureaus_of(task, role))), None)


def takes_part(task: Task, who: Who, *, beside: int = 1) -> bool:
    """Whether a bureau (any of those that its name may mean) answers for a task in its role; where it is to be the only
    one, with as many others as are asked for together with it (`beside` counts them and itself)."""
    if who.collectives:
        return bool(set(who.collectives) & set(task.collective or ()))
    if who.sole and len(bureaus_of(task, who.role)) > beside:
        return False
    barred = bureaus_of(task, who.without) if who.without else ()
    return any(id_ in who.ids and id_ not in barred for id_ in bureaus_of(task, who.role))


def has_people(task: Task, query: Understood) -> bool:
    """Whether the bureaus of a query take part in a task: all of them together, else one of them."""
    wanted = [who for who in query.who if not who.excluded]
    if any(takes_part(task, who) for who in query.who if who.excluded):
        return False
    if not wanted:
        return True
    beside = len(wanted) if query.together else 1
    return (all if query.together else any)(takes_part(task, who, beside=beside) for who in wanted)


def is_of_nobody_known(query: Understood) -> bool:
    """Whether a query asks for bureaus that answer for nothing, so that no task has them."""
    wanted = [who for who in query.who if not who.excluded]
    absent = [who for who in wanted if not who.ids and not who.collectives]
    return bool(absent) and (query.together or len(absent) == len(wanted))


def lacks(task: Task, query: Understood) -> bool:
    """Whether a task lacks what the query says is missing."""
    empty = {
        "lead": not task.lead,
        "support": not task.support,
        "bureau": not (task.lead or task.support or task.joint or task.collective),
        "by": not task.by,
    }
    return all(empty[missing] for missing in query.missing if missing in empty)


def in_section(fact: Fact, asked: str | None, *, own: bool = True) -> bool:
    """Whether a fact stands in a section; `own` False leaves out the last heading, a task's own."""
    if asked is None:
        return True
    if is_numbered(asked):
        return has_number(fact.section, asked)
    named = not own and isinstance(fact, Task) and not _is_row(fact)
    path: Sequence[str] = fact.section[:-1] if named else fact.section
    return any(pieces(asked, bare(without_number(heading))) for heading in path)


def _is_row(task: Task) -> bool:
    """Whether a task is a row of a table, whose section has no heading of its own."""
    return not task.section or not pieces(bare(task.title), bare(without_number(task.section[-1])))


def fits_target(target: Target, query: Understood) -> bool:
    """The conditions that only targets have."""
    return (
        (query.value is None or in_range(target, query.value))
        and (query.unit is None or bare(target.unit or "") == bare(query.unit))
        and (query.nature is None or _is_of_nature(target, query.nature))
        and (query.baseline is None or (target.baseline is not None) == query.baseline)
        and not ("by" in query.missing and target.by)
        and (query.stretch is None or target.stretch == query.stretch)
        and (query.qualitative is None or (target.value is None) == query.qualitative)
        and (query.turn is None or _turns(target, query))
    )


def _turns(target: Target, query: Understood) -> bool:
    """Whether a target goes the way asked for: by its change, else by what it is called or its words say; which of them
    changes most is told by their changes alone."""
    if target.change is not None or query.aggregate in ("highest", "lowest"):
        return target.change == ("increase" if query.turn == "up" else "decrease")
    told = f"{target.indicator}，{target.qualitative or target.quote}"
    return rules.one("question_forms", "rises" if query.turn == "up" else "falls").search(told) is not None


def _is_of_nature(target: Target, nature: str) -> bool:
    return target.nature is not None if nature == "any" else target.nature == nature


def asks_of_targets(query: Understood) -> bool:
    """Whether a query holds a condition that only targets can meet."""
    given = (query.value, query.unit, query.nature, query.stretch, query.qualitative, query.baseline, query.turn)
    return any(one is not None for one in given)


def has_size(project: Project, query: Understood) -> bool:
    """Whether one of a project's sizes lies in the range asked for and has the unit."""
    if query.value is None and query.unit is None:
        return True
    sizes = [(size.value, size.unit or "") for size in project.quantity]
    return any(
        (query.value is None or _lies_in(value, value, unit, query.value))
        and (query.unit is None or bare(unit) == bare(query.unit))
        for value, unit in sizes
    )


def is_document(citation: Citation, kind: str | None) -> bool:
    """Whether a document cited is of a kind (标准), by its title or number; what a plan is made on the ground of stands
    before its first heading, or under one that says so."""
    if kind is None:
        return True
    if kind == BASIS:
        return not citation.section or any(BASIS in heading for heading in citation.section)
    rule = next(rule for rule in rules.many("questions", "document_kind") if rule.means == kind)
    return any(rule.search(said) for said in (citation.title, citation.number or ""))


def is_issued_by(plan: Plan, query: Understood) -> bool:
    """Whether one of the bodies asked for issued a plan, and its title holds what the plan is to be on."""
    names = {normal(name) for who in query.who for name in (who.said, *who.names)}
    issuers = {normal(name) for name in (plan.issuer or "", *plan.issuers) if name}
    words = query.topic.words if query.topic else ()
    by_one = any(issuer == name or issuer.endswith(name) for issuer in issuers for name in names)
    return by_one and all(pieces(bare(word), bare(plan.title)) for word in words)


def of_plan_time(plan: Plan, query: Understood) -> bool:
    """Whether a plan was issued in the time asked for, or its period holds the year, or lies in the stretch."""
    if query.period is None or query.dated == "issued":
        return query.period is None or (plan.date is not None and _meets(plan.date, query.period))
    years = re.findall(r"\d{4}", plan.period or "")
    if not years:
        return False
    if query.period.years:
        return any(years[0] <= year <= years[-1] for year in query.period.years)
    first, last = (query.period.start or "")[:4], (query.period.end or "9")[:4]
    return first <= years[0] and str(years[-1]) <= last


def in_range(target: Target, wanted: ValueRange) -> bool:
    """Whether a target's value, its whole range, lies in a range and has its unit."""
    if target.value is None:
        return False
    return _lies_in(
        target.value, target.value if target.value_max is None else target.value_max, target.unit or "", wanted
    )


def _in_unit(value: Number, unit: str, wanted: str) -> Number | None:
    """A value in another unit of its kind (400兆瓦 are 40万千瓦); 亿 alone is of any unit. None where there is none."""
    magnitudes: dict[str, float] = quantities.magnitudes()
    if wanted in magnitudes:
        return value * split_unit(unit)[0] / magnitudes[wanted]
    return converted(value, unit, wanted)


def _lies_in(low: Number, high: Number, unit: str, wanted: ValueRange) -> bool:
    if wanted.unit and bare(wanted.unit) != bare(unit):
        first, last = _in_unit(low, unit, wanted.unit), _in_unit(high, unit, wanted.unit)
        if first is None or last is None:
            return False
        low, high = first, last
    return _is_between(low, high, wanted)


def in_bounds(count: int, wanted: ValueRange) -> bool:
    """Whether a count lies in a range."""
    return _is_between(count, count, wanted)


def _is_between(low: Number, high: Number, wanted: ValueRange) -> bool:
    above = wanted.low is None or (low > wanted.low if wanted.low_open else low >= wanted.low)
    below = wanted.high is None or (high < wanted.high if wanted.high_open else high <= wanted.high)
    return above and below


def is_of_place(target: Target, places: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a target speaks of a place by name (贵阳市绿色出行比例 in the province's plan)."""
    names = [name for name, full in vocabulary.place_names.items() if full in places and len(name) >= 2]
    names += [name for place in places if place not in names for name in (place, short_place(place))]
    return any(name in target.indicator or name in (target.scope or "") for name in names)


def day_asked(query: Understood) -> date:
    """The day for which a question asks how tasks stand."""
    return query.today or datetime.now().astimezone().date()


def meets_state(task: Task, query: Understood, library: Library) -> bool:
    """Whether a task stands as a query asks; True where it does not ask."""
    if query.state is None:
        return True
    entry = library.standing(day_asked(query)).get(task.id)
    return entry is not None and _stands(entry, query.state)


def _stands(entry: Entry, state: str) -> bool:
    match state:
        case "late":
            return entry.late
        case "open":
            return entry.state != "done"
        case "behind":
            return entry.state == "late"
        case "reported" | "unreported":
            return (entry.latest is None) == (state == "unreported")
    return entry.state == state


def reported(facts: Iterable[AnyAnswer], query: Understood, library: Library) -> int:
    """On how many tasks somebody has reported."""
    entries = library.standing(day_asked(query))
    known = (entries.get(fact.id) for fact in facts if isinstance(fact, Task))
    return sum(entry is not None and entry.latest is not None for entry in known)
