"""From tasks and reports to the ledger: what counts on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plankb.ledger.dues import Due, dues, is_ongoing
from plankb.ledger.following import Suspicion, follow
from plankb.ledger.model import SOON, Entry, Ledger, light
from plankb.model import ROLES, Deadline, Plan, Progress, State, Task


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a ledger is made of. `tasks` are all tasks of the plans, so that a report finds its own; `chosen` are the
    ids of those that the ledger shall hold, None for all. `reports` may hold some that were taken back."""

    plans: Sequence[Plan]
    tasks: Sequence[Task]
    deadlines: Sequence[Deadline] = ()
    reports: Sequence[Progress] = ()
    chosen: frozenset[str] | None = None


def build(facts: Facts, *, today: date, soon: int = SOON) -> Ledger:
    """The ledger as it stands on a day; `soon` in days."""
    standing = [report for report in facts.reports if report.withdrawn is None]
    followed = follow(standing, facts.tasks)
    plans = {plan.id: plan for plan in facts.plans}
    of_task: dict[str, list[Deadline]] = {}
    for deadline in facts.deadlines:
        of_task.setdefault(deadline.of or "", []).append(deadline)
    day = _Day(today, soon, followed.suspects)
    entries = [
        day.entry(task, plans[task.plan], of_task.get(task.id, ()), followed.by_task.get(task.id, ()))
        for task in facts.tasks
        if facts.chosen is None or task.id in facts.chosen
    ]
    return Ledger(entries=tuple(entries), lost=followed.lost, today=today, soon=soon)


@dataclass(frozen=True)
class _Day:
    today: date
    soon: int
    suspects: Mapping[str, Suspicion]

    def entry(self, task: Task, plan: Plan, deadlines: Sequence[Deadline], reports: Sequence[Progress]) -> Entry:
        found = dues(task, deadlines, plan)
        latest = counting(task, reports)
        due, state = due_now(found, latest, self.today)
        return Entry(
            task=task,
            plan=plan,
            dues=found,
            due=due,
            due_words="、".join(dict.fromkeys(one.words for one in found)),
            ongoing=not found and is_ongoing(task),
            days=(due - self.today).days if due else None,
            reports=tuple(reports),
            latest=latest,
            state=state,
            light=light(state, due, today=self.today, soon=self.soon, reported=latest is not None),
            suspicion=self.suspects.get(latest.id) if latest else None,
        )


def counting(task: Task, reports: Sequence[Progress]) -> Progress | None:
    """The report that counts: that of the latest day; of one day, the lead's before others', then the last one."""
    leads = {task.bureaus.get(name, name) for name in task.lead} or {
        task.bureaus.get(name, name) for role in ROLES for name in getattr(task, role)
    }
    numbered = enumerate(reports)
    best = max(numbered, key=lambda one: (one[1].when, one[1].bureau in leads, one[0]), default=None)
    return best[1] if best else None


def due_now(found: Sequence[Due], latest: Progress | None, today: date) -> tuple[date | None, State]:
    """The day that counts now, and the state as it counts for that day.

    Of several stages it is the next one, but the first while nothing has begun.
    """
    state: State = latest.state if latest else "not-started"
    days = sorted(((due.next(today), due) for due in found), key=lambda pair: pair[0])
    if not days:
        return None, state
    past = [day for day, _ in days if day < today]
    if past and state == "not-started":
        return past[0], state
    day, due = next(((day, due) for day, due in days if day >= today), days[-1])
    since = due.since(today)
    if state == "done" and since and latest and latest.when < since.isoformat():
        return day, "under-way"
    return day, state
