"""Gaps are rows, not omissions: what a task lacks, what the program was not sure of, which corrections are suspect."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plankb.corrections import Suspicion
from plankb.matrix.model import Hole, HoleKind, Row
from plankb.model import ROLES, Correction, Doubt, Plan, Task, Words

_LACKING: tuple[HoleKind, ...] = ("no_bureau", "no_lead", "no_deadline")


def holes_of(task: Task, *, timed: bool) -> tuple[HoleKind, ...]:
    """What a task lacks. A collective (各县区人民政府) answers for a task, but does not lead it.

    `timed`: it has a time, if only the year of its list or that it has no end.
    """
    return tuple(_lacking(task, timed=timed))


def _lacking(task: Task, *, timed: bool) -> Iterator[HoleKind]:
    if not task.lead:
        answered = any(getattr(task, role) for role in ROLES) or task.collective
        yield "no_lead" if answered else "no_bureau"
    if not timed:
        yield "no_deadline"


def holes(
    rows: Sequence[Row],
    doubts: Iterable[Doubt],
    suspects: Iterable[tuple[Correction, Suspicion]],
    plans: Mapping[str, Plan],
) -> Iterator[Hole]:
    """All holes: by kind, then in the order of the rows."""
    for kind in _LACKING:
        why = Words.of(f"tables.why.{kind}")
        for row in rows:
            if kind in row.holes:
                task = row.task
                yield Hole(
                    kind, row.plan, task.section, task.title, why, "\n".join(row.notes), task.id, row.number, task.span
                )
    places = _Places(rows)
    for doubt in doubts:
        around = places.around(doubt)
        yield Hole(
            "doubt", plans[doubt.plan], doubt.section, around.task.title if around else "", doubt.message, doubt.quote,
            around.task.id if around else None, around.number if around else None, doubt.span,
        )  # fmt: skip
    for correction, suspicion in suspects:
        if correction.plan in plans:
            yield Hole(
                "suspect", plans[correction.plan], correction.section, correction.title,
                Words.of(f"tables.why.{suspicion}"), correction.source, correction.fact,
            )  # fmt: skip


class _Places:
    """The rows by plan and place."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._by_section: dict[tuple[str, tuple[str, ...]], Row] = {}
        for row in rows:
            self._rows[row.plan.id].append(row)
            self._by_section.setdefault((row.plan.id, row.task.section), row)
        for same in self._rows.values():
            same.sort(key=lambda row: row.task.span)
        self._starts = {plan: [row.task.span[0] for row in same] for plan, same in self._rows.items()}

    def around(self, doubt: Doubt) -> Row | None:
        """The row whose task holds a doubt: the first by place, else by the same section path."""
        before = bisect_right(self._starts.get(doubt.plan, ()), doubt.span[0])
        for row in self._rows.get(doubt.plan, ())[:before]:
            if doubt.span[0] < row.task.span[1]:
                return row
        return self._by_section.get((doubt.plan, doubt.section)) if doubt.section else None
