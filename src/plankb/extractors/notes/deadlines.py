"""Deadlines: the times of targets and tasks as intervals with their bound, each quoted where the plan names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from plankb import times
from plankb.extractors.reading import Context
from plankb.model import Deadline, Span, Target, Task
from plankb.times import Time


def find_deadlines(
    context: Context, *, targets: Sequence[Target], target_times: Mapping[str, Time], tasks: Sequence[Task]
) -> tuple[Deadline, ...]:
    """The deadlines of a plan's targets and tasks; what is due at no named time has none.

    `target_times` holds the time of each target that has one, by the target's id.
    """
    year = re.match(r"(\d{4})", context.plan.date or "")
    written = int(year[1]) if year else None
    of_targets = [
        made for target in targets if (made := _of_target(context, target, target_times.get(target.id))) is not None
    ]
    return (*of_targets, *(made for task in tasks for made in _of_task(context, task, written)))


def _of_target(context: Context, target: Target, time: Time | None) -> Deadline | None:
    """The deadline of a target; where the time stands in a table's heading the target itself is quoted."""
    if time is None:
        return None
    placed = context.words(time.span) == time.text
    return _deadline(context, time, time.span if placed else target.span, of=target.id)


def _of_task(context: Context, task: Task, year: int | None) -> Iterator[Deadline]:
    """The deadlines named inside a task, each meaning once; comparisons and what has been are none."""
    start = task.span[0]
    said: set[tuple[object, ...]] = set()
    for time in times.find(context.words(task.span), year=year):
        meaning = (time.by, time.bound, time.start, time.end)
        if time.base or time.past or meaning in said or not _binds(time):
            continue
        said.add(meaning)
        yield _deadline(context, time, (start + time.span[0], start + time.span[1]), of=task.id)


def _binds(time: Time) -> bool:
    """Whether a time says when: it names a year, a start or a recurrence (三年内 alone does not)."""
    return bool(time.by or time.start or time.end or time.bound == "each")


def _deadline(context: Context, time: Time, span: Span, *, of: str) -> Deadline:
    return Deadline(
        id=context.ids.make("deadline", (of, time.by, time.bound, time.start, time.end)),
        plan=context.plan.id,
        section=context.outline.path_at(span[0]),
        quote=context.words(span),
        span=span,
        by=time.by,
        bound=time.bound,
        start=time.start,
        end=time.end,
        of=of,
    )
