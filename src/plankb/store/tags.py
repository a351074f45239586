"""What a fact is found by: years, indicators, the bureaus that answer for it in each role."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from plankb.model import ROLES, AnyFact, Citation, Deadline, Project, Target, Task

Tag = tuple[str, str]
"""("year", "2025"), ("indicator", id), (role, bureau id)."""


def tags(facts: Sequence[AnyFact]) -> dict[str, set[Tag]]:
    """Fact id to tags, for the facts of one plan.

    A task has the indicators of its targets; what belongs to a task, or stands in it, has the task's bureaus.
    """
    found: dict[str, set[Tag]] = defaultdict(set)
    for fact in facts:
        found[fact.id].update(_own(fact))
    tasks = [fact for fact in facts if isinstance(fact, Task)]
    for task in tasks:
        bureaus = {tag for tag in found[task.id] if tag[0] in ROLES}
        for target in task.targets:
            found[task.id].update(tag for tag in found[target] if tag[0] == "indicator")
            found[target].update(bureaus)
    holders = _Holders(tasks)
    for fact in facts:
        if isinstance(fact, Deadline) and fact.of:
            found[fact.id].update(tag for tag in found[fact.of] if tag[0] != "year")
        elif isinstance(fact, Project | Citation):
            for task in holders.of(fact):
                found[fact.id].update(tag for tag in found[task.id] if tag[0] in ROLES)
    return found


class _Holders:
    """Which tasks of a plan hold what stands in them."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = sorted(tasks, key=lambda task: task.span)
        self._starts = [task.span[0] for task in self._tasks]
        self._longest = max((task.span[1] - task.span[0] for task in self._tasks), default=0)

    def of(self, fact: AnyFact) -> Iterator[Task]:
        first = bisect_right(self._starts, fact.span[1] - self._longest - 1)
        for task in self._tasks[first : bisect_right(self._starts, fact.span[0])]:
            if fact.span[1] <= task.span[1]:
                yield task


def _own(fact: AnyFact) -> Iterator[Tag]:
    if isinstance(fact, Task):
        yield from (("year", year[:4]) for year in fact.by)
        for role in ROLES:
            yield from ((role, fact.bureaus[name]) for name in getattr(fact, role) if name in fact.bureaus)
    elif isinstance(fact, Target | Deadline) and fact.by:
        yield "year", fact.by[:4]
    if isinstance(fact, Target):
        yield "indicator", fact.indicator_id
