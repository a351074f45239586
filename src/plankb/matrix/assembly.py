"""From facts to the matrix: every (task, bureau, role) of the tasks given, and nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plankb.corrections import ROLES_FIELD, Suspicion
from plankb.matrix.holes import holes, holes_of
from plankb.matrix.model import Cell, Column, Matrix, PlanSource, Row, Selection, Tally
from plankb.matrix.notes import note_of, notes_of
from plankb.matrix.times import times_of, year_of_list
from plankb.model import ROLES, Bureau, Correction, Deadline, Doubt, Plan, Role, Target, Task
from plankb.version import __version__

LEVELS = ("national", "ministry", "province", "city", "county", "township")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a matrix is made of: the tasks that it shall hold, and the records that explain them.

    `bureaus` are merged over plans; `jurisdictions` are their names from the highest down, for the order of the groups;
    `corrections` are those that were applied.
    """

    tasks: Sequence[Task]
    plans: Sequence[PlanSource]
    bureaus: Sequence[Bureau] = ()
    targets: Sequence[Target] = ()
    deadlines: Sequence[Deadline] = ()
    doubts: Sequence[Doubt] = ()
    jurisdictions: Sequence[str] = ()
    corrections: Sequence[Correction] = ()
    suspects: Sequence[tuple[Correction, Suspicion]] = ()


def build(facts: Facts, *, made: datetime, selection: Selection | None = None) -> Matrix:
    """The matrix. `selection.bureaus` (ids) and `.roles` leave out other cells; which tasks to take the caller says."""
    chosen = selection or Selection()
    plans = {source.plan.id: source.plan for source in by_level(facts.plans)}
    rows = _rows(facts, plans, chosen)
    columns = _columns(rows, facts)
    return Matrix(
        rows=rows,
        columns=columns,
        holes=tuple(holes(rows, facts.doubts, facts.suspects, plans)),
        tally=Tally.of(role for row in rows for cell in row.cells.values() for role in cell.roles),
        sources=tuple(by_level(facts.plans)),
        corrections=tuple(facts.corrections),
        selection=chosen,
        made=made,
        version=__version__,
    )


def by_level(sources: Iterable[PlanSource]) -> list[PlanSource]:
    """Plans of a higher level first; those whose level is unknown last."""

    def key(source: PlanSource) -> tuple[int, str]:
        level = source.plan.level
        return (LEVELS.index(level) if level else len(LEVELS), source.plan.id)

    return sorted(sources, key=key)


def _rows(facts: Facts, plans: Mapping[str, Plan], chosen: Selection) -> tuple[Row, ...]:
    order = {plan: position for position, plan in enumerate(plans)}
    targets = {target.id: target for target in facts.targets}
    deadlines: dict[str, list[Deadline]] = defaultdict(list)
    for deadline in facts.deadlines:
        deadlines[deadline.of or ""].append(deadline)
    corrected = {one.fact: one.words for one in reversed(facts.corrections) if one.field == "by" or one.action == "add"}
    lists = {id_: year_of_list(plan) for id_, plan in plans.items()}
    tasks = sorted(facts.tasks, key=lambda task: (order[task.plan], task.span, task.id))
    rows = []
    for number, task in enumerate(tasks, start=1):
        cells = _cells(task, chosen)
        times = times_of(task, deadlines[task.id], plans[task.plan], corrected.get(task.id))
        annual = None if times else lists[task.plan]
        rows.append(
            Row(
                number=number,
                plan=plans[task.plan],
                task=task,
                cells=cells,
                targets=tuple(targets[id_] for id_ in task.targets if id_ in targets),
                deadlines=tuple(deadlines[task.id]),
                tally=Tally.of(role for cell in cells.values() for role in cell.roles),
                holes=holes_of(task, timed=bool(times or annual)),
                times=times,
                annual=annual,
            )
        )
    return tuple(rows)


def _cells(task: Task, chosen: Selection) -> dict[str, Cell]:
    """Cells by bureau id. A name without an id stands for itself: no fact is lost for want of a record."""
    roles: dict[str, dict[Role, None]] = defaultdict(dict)
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for role in ROLES:
        for name in getattr(task, role):
            bureau = task.bureaus.get(name, name)
            if (not chosen.roles or role in chosen.roles) and (not chosen.bureaus or bureau in chosen.bureaus):
                roles[bureau][role] = None
                names[bureau][name] = None
    notes = notes_of(task)
    review = task.review if task.review and ROLES_FIELD in task.review.fields else None
    return {
        id_: Cell(tuple(found), tuple(names[id_]), note_of(task, notes, names[id_]), review)
        for id_, found in roles.items()
    }


def _columns(rows: Sequence[Row], facts: Facts) -> tuple[Column, ...]:
    """Bureaus that have a cell, by jurisdiction, the busiest first, then as they first appear."""
    known = {bureau.id: bureau for bureau in facts.bureaus}
    held: dict[str, list[Role]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in rows:
        for id_, cell in row.cells.items():
            held[id_].extend(cell.roles)
            names.setdefault(id_, cell.names[0])
    columns = []
    for id_, roles in held.items():
        bureau = known.get(id_) or Bureau(id=id_, name=names[id_], names=(names[id_],))
        columns.append(Column(bureau, bureau.jurisdiction or "", Tally.of(roles)))
    groups = _group_order(columns, facts.jurisdictions)
    return tuple(sorted(columns, key=lambda column: (groups[column.group], -column.tally.total)))


def _group_order(columns: Sequence[Column], jurisdictions: Sequence[str]) -> dict[str, int]:
    """Jurisdictions in the order given, then others as they appear, bureaus of no known jurisdiction last."""
    present = [column.group for column in columns if column.group]
    ordered = dict.fromkeys([*(name for name in jurisdictions if name in present), *present, ""])
    return {group: position for position, group in enumerate(ordered)}
