"""Conflicts between tasks: one task led by different bureaus, or due at different times, in plans of one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from plankb import rules
from plankb.checks.compare import specific
from plankb.checks.wording import of_each
from plankb.in_force import annual, comparable, years
from plankb.model import Conflict, Deadline, Plan, Severity, Target, Task

_SHORTEST = 6
_ALIKE = 70.0
"""From which likeness (rapidfuzz ratio, 0..100) two titles name the same work."""


def task_conflicts(
    plans: Mapping[str, Plan], tasks: Sequence[Task], targets: Mapping[str, Target], deadlines: Sequence[Deadline] = ()
) -> Iterator[Conflict]:
    """The conflicts of tasks that carry the same title, or the same indicator, in plans of the same place."""
    due: dict[str, set[str]] = defaultdict(set)
    for deadline in deadlines:
        if deadline.of and deadline.end and deadline.bound in ("by", "during"):
            due[deadline.of].add(deadline.end)
    yield from _by_indicator(plans, tasks, targets)
    groups: dict[tuple[str, str], list[Task]] = defaultdict(list)
    common = rules.one("checks", "common_task")
    for task in tasks:
        plan = plans.get(task.plan)
        words = rules.one("checks", "title_noise").sub(task.title)
        if plan and plan.jurisdiction and len(words) >= _SHORTEST and not common.search(task.title):
            groups[plan.jurisdiction, words].append(task)
    for members in groups.values():
        if len({task.plan for task in members}) > 1:
            yield from _leads(plans, members)
            yield from _dates(plans, members, due)


def same_work(one: str, other: str) -> bool:
    """Whether two titles of tasks name the same work; titles that every plan has (加强组织领导) name none."""
    from rapidfuzz import fuzz

    first, second = map(rules.one("checks", "title_noise").sub, (one, other))
    common = rules.one("checks", "common_task")
    if min(len(first), len(second)) < _SHORTEST or common.search(one) or common.search(other):
        return False
    return first == second or fuzz.ratio(first, second) >= _ALIKE


def _by_indicator(
    plans: Mapping[str, Plan], tasks: Sequence[Task], targets: Mapping[str, Target]
) -> Iterator[Conflict]:
    """One indicator whose tasks are led by bureaus that have none in common: worth a hint."""
    groups: dict[tuple[str, str], dict[str, Task]] = defaultdict(dict)
    names: dict[str, str] = {}
    for task in tasks:
        plan = plans.get(task.plan)
        for target in (targets[each] for each in task.targets if each in targets):
            if plan and plan.jurisdiction and specific(target):
                groups[plan.jurisdiction, target.indicator_id][task.id] = task
                names.setdefault(target.indicator_id, target.indicator)
    for (_, indicator), members in groups.items():
        if len({task.plan for task in members.values()}) > 1:
            yield from _leads(plans, list(members.values()), indicator=names[indicator])


def _leads(plans: Mapping[str, Plan], members: Sequence[Task], *, indicator: str | None = None) -> Iterator[Conflict]:
    led = [task for task in members if task.lead]
    apart = {
        id(task): task
        for one, other in combinations(led, 2)
        if comparable(plans[one.plan], plans[other.plan]) and not lead_ids(one) & lead_ids(other)
        for task in (one, other)
    }
    if apart:
        facts = [task for task in led if id(task) in apart]
        said = {task.id: "、".join(task.lead) for task in facts}
        severity: Severity = "info" if indicator else "warning"
        code = "E469" if indicator else "E467"
        yield _conflict("responsibility", plans, facts, code, said, severity=severity, subject=indicator)


def lead_ids(task: Task) -> set[str]:
    """The bureaus that lead a task, by id where they have one."""
    return {task.bureaus.get(name, name) for name in task.lead}


def share_lead(first: Task, second: Task) -> bool:
    """Whether one bureau leads both tasks: by id, and in one plan also by its printed name, which has no id where the
    row of a list was no task."""
    by_name = first.plan == second.plan and bool(set(first.lead) & set(second.lead))
    return by_name or bool(lead_ids(first) & lead_ids(second))


def apart_leads(
    plans: Mapping[str, Plan], facts: Sequence[Task], code: str, *, subject: str, kind: str = "responsibility"
) -> Conflict:
    """A conflict of tasks over who leads what they share, the `subject`."""
    said = {task.id: "、".join(task.lead) for task in facts}
    return _conflict(kind, plans, facts, code, said, subject=subject)


def _dates(plans: Mapping[str, Plan], members: Sequence[Task], due: Mapping[str, set[str]]) -> Iterator[Conflict]:
    """Tasks with one date each, and not the same; the plan's own end is no date of the task."""
    ends = {task.id: end for task in members if (end := _end(task, due)) and not only_plan_end(plans[task.plan], end)}
    dated = [task for task in members if task.id in ends]
    apart = {
        id(task): task
        for one, other in combinations(dated, 2)
        if comparable(plans[one.plan], plans[other.plan])
        and ends[one.id] != ends[other.id]
        and annual(plans[one.plan]) == annual(plans[other.plan])
        for task in (one, other)
    }
    if apart:
        facts = [task for task in dated if id(task) in apart]
        yield _conflict("deadline", plans, facts, "E468", {task.id: day(ends[task.id]) for task in facts})


def _end(task: Task, due: Mapping[str, set[str]]) -> str | None:
    """The one day by which a task is due, as an ISO date; None where it has none or several."""
    ends = due.get(task.id, set()) or {f"{year}-12-31" for year in task.by}
    return next(iter(ends)) if len(ends) == 1 else None


def only_plan_end(plan: Plan, end: str) -> bool:
    """Whether a day (ISO) is only the last one of a plan of several years."""
    span = years(plan)
    return span is not None and span[0] < span[1] and end == f"{span[1]}-12-31"


def day(end: str) -> str:
    """A day as it is said: the end of a year is the year, the end of a month the month."""
    return end[:4] if end.endswith("-12-31") else end[:7] if end[8:] in ("28", "29", "30", "31") else end


def _conflict(
    kind: str,
    plans: Mapping[str, Plan],
    facts: Sequence[Task],
    code: str,
    said: Mapping[str, str],
    *,
    severity: Severity = "warning",
    subject: str | None = None,
) -> Conflict:
    each = [(said[task.id], plans[task.plan].title) for task in facts]
    return of_each(kind, severity, subject or facts[0].title, facts, code, each)
