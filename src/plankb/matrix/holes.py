"""Gaps are rows, not omissions: what a task lacks, what the program was not sure of, which corrections are suspect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plankb.corrections import Suspicion
from plankb.matrix.model import Hole, HoleKind, Row
from plankb.model import ROLES, Correction, Doubt, Plan, Task, Words

WHY: Mapping[HoleKind, Words] = {
    "no_bureau": Words(zh="没有任何责任单位", en="no bureau at all"),
    "no_lead": Words(zh="有责任单位，但没有牵头单位", en="bureaus are named, none of them leads"),
    "no_deadline": Words(zh="没有完成时限", en="no deadline"),
}
_SUSPECT: Mapping[Suspicion, Words] = {
    "gone": Words(
        zh="更正所依据的内容已不在规划中，更正未采用", en="a correction rests on words that are gone; not applied"
    ),
    "unfit": Words(
        zh="更正无法用于现在的内容，更正未采用", en="a correction does not fit what is read now; not applied"
    ),
    "changed": Words(
        zh="更正所依据的原文已变化，更正未采用", en="a correction rests on words that have changed; not applied"
    ),
}


def holes_of(task: Task) -> tuple[HoleKind, ...]:
    """What a task lacks. A collective (各县区人民政府) answers for a task, but does not lead it."""
    return tuple(_lacking(task))


def _lacking(task: Task) -> Iterator[HoleKind]:
    if not task.lead:
        answered = any(getattr(task, role) for role in ROLES) or task.collective
        yield "no_lead" if answered else "no_bureau"
    if not task.by:
        yield "no_deadline"


def holes(
    rows: Sequence[Row],
    doubts: Iterable[Doubt],
    suspects: Iterable[tuple[Correction, Suspicion]],
    plans: Mapping[str, Plan],
) -> Iterator[Hole]:
    """All holes: by kind, then in the order of the rows."""
    for kind, why in WHY.items():
        for row in rows:
            if kind in row.holes:
                task = row.task
                yield Hole(
                    kind, row.plan, task.section, task.title, why, "\n".join(row.notes), task.id, row.number, task.span
                )
    for doubt in doubts:
        around = _row_around(rows, doubt)
        yield Hole(
            "doubt", plans[doubt.plan], doubt.section, around.task.title if around else "", doubt.message, doubt.quote,
            around.task.id if around else None, around.number if around else None, doubt.span,
        )  # fmt: skip
    for correction, suspicion in suspects:
        if correction.plan in plans:
            yield Hole(
                "suspect", plans[correction.plan], correction.section, correction.title, _SUSPECT[suspicion],
                correction.source, correction.fact,
            )  # fmt: skip


def _row_around(rows: Sequence[Row], doubt: Doubt) -> Row | None:
    """The row whose task holds a doubt: by place, else by the same section path."""
    same = [row for row in rows if row.plan.id == doubt.plan]
    for row in same:
        if row.task.span[0] <= doubt.span[0] < row.task.span[1]:
            return row
    return next((row for row in same if doubt.section and row.task.section == doubt.section), None)
