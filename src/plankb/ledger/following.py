"""Which task of today a report speaks of: that of its id, or one whose words changed a little since.

Reports are a person's work and are never dropped: one that rests on other words than the plan has now is suspect and
listed, as a correction is; it still counts for its task until somebody says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from plankb.model import Progress, Task
from plankb.name_forms import squeezed

Suspicion = Literal["changed", "moved", "gone"]
"""The words of the task have changed; the report went to a task of nearly the same words; there is no such task."""
Ratio = Callable[[str, str], float]
_NEAR = 80.0
"""Likeness in percent from which a task is the old one under other words."""
_CLEAR = 5.0
"""How much less alike any other must be."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Reports by the id of the task of today, in the order given; why some are suspect, by report id; and those
    without a task."""

    by_task: Mapping[str, tuple[Progress, ...]]
    suspects: Mapping[str, Suspicion]
    lost: tuple[Progress, ...]


def follow(reports: Iterable[Progress], tasks: Sequence[Task]) -> Followed:
    """Lays reports (those that stand) beside the tasks of today."""
    known = {task.id: task for task in tasks}
    found: dict[str, list[Progress]] = defaultdict(list)
    suspects: dict[str, Suspicion] = {}
    homeless: dict[str, list[Progress]] = defaultdict(list)
    for report in reports:
        task = known.get(report.task)
        if task is None:
            homeless[report.task].append(report)
            continue
        found[task.id].append(report)
        if squeezed(task.quote) != squeezed(report.source):
            suspects[report.id] = "changed"
    lost: list[Progress] = []
    free = [task for task in tasks if task.id not in found] if homeless else []
    for group in homeless.values():
        home = _home(group[-1], free)
        why: Suspicion = "gone" if home is None else "moved"
        suspects.update((report.id, why) for report in group)
        if home is None:
            lost.extend(group)
        else:
            found[home.id].extend(group)
            free.remove(home)
    return Followed({task: tuple(group) for task, group in found.items()}, suspects, tuple(lost))


def _home(report: Progress, free: Sequence[Task]) -> Task | None:
    """The one task without reports whose words are nearly those of the report's task; None where none or two are.

    In another plan (the file may have come back under another name) only the very same words count.
    """
    from rapidfuzz import fuzz

    same = [task for task in free if task.plan != report.plan and squeezed(task.quote) == squeezed(report.source)]
    own = [task for task in free if task.plan == report.plan]
    scores = [(_likeness(fuzz.ratio, report, task), task) for task in own]
    near = sorted(((score, task) for score, task in scores if score >= _NEAR), key=lambda pair: -pair[0])
    if near and (len(near) == 1 or near[0][0] - near[1][0] >= _CLEAR):
        return near[0][1]
    return same[0] if not near and len(same) == 1 else None


def _likeness(ratio: Ratio, report: Progress, task: Task) -> float:
    """Titles alone say little where they are short, so the words of the whole task count as well."""
    title = ratio(squeezed(report.title), squeezed(task.title))
    quote = ratio(squeezed(report.source), squeezed(task.quote))
    return max(quote, (title + quote) / 2)
