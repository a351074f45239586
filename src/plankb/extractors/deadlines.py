"""Deadlines: the times of targets and tasks as intervals with their bound, each quoted where the plan names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from plankb import times
from plankb.model import Deadline, Span, Target, Task
from plankb.times import Time


def deadlines(doc: Any) -> tuple[Deadline, ...]:
    """The deadlines of a plan's targets and tasks; what is due at no named time has none."""
    year = re.match(r"(\d{4})", doc._.plan.date or "")
    written = int(year[1]) if year else None
    of_targets = [made for target in doc._.targets if (made := _of_target(doc, target)) is not None]
    return (*of_targets, *(made for task in doc._.tasks for made in _of_task(doc, task, written)))


def _of_target(doc: Any, target: Target) -> Deadline | None:
    """The deadline of a target; where the time stands in a table's heading the target itself is quoted."""
    time: Time | None = doc._.target_times.get(target.id)
    if time is None:
        return None
    text = doc._.clean.text
    placed = text[slice(*time.span)] == time.text
    return _deadline(doc, time, time.span if placed else target.span, of=target.id)


def _of_task(doc: Any, task: Task, year: int | None) -> Iterator[Deadline]:
    """The deadlines named inside a task, each meaning once; comparisons and what has been are none."""
    start, end = task.span
    said: set[tuple[object, ...]] = set()
    for time in times.find(doc._.clean.text[start:end], year=year):
        meaning = (time.by, time.bound, time.start, time.end)
        if time.base or time.past or meaning in said or not _binds(time):
            continue
        said.add(meaning)
        yield _deadline(doc, time, (start + time.span[0], start + time.span[1]), of=task.id)


def _binds(time: Time) -> bool:
    """Whether a time says when: it names a year, a start or a recurrence (三年内 alone does not)."""
    return bool(time.by or time.start or time.end or time.bound == "each")


def _deadline(doc: Any, time: Time, span: Span, *, of: str) -> Deadline:
    return Deadline(
        id=doc._.ids.make("deadline", (of, time.by, time.bound, time.start, time.end)),
        plan=doc._.plan.id,
        section=doc._.outline.path_at(span[0]),
        quote=doc._.clean.text[slice(*span)],
        span=span,
        by=time.by,
        bound=time.bound,
        start=time.start,
        end=time.end,
        of=of,
    )
