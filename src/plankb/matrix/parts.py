"""Parts of a matrix: of several plans that of each, of many bureaus that of one; tasks are numbered anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plankb.matrix.model import Column, Hole, Matrix, Row, Tally
from plankb.model import ROLES, Role


def by_plan(matrix: Matrix) -> Iterator[Matrix]:
    """The matrix of each plan that has tasks in it, in their order; none where it is that of one plan alone."""
    if not matrix.several:
        return
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in matrix.rows:
        rows[row.plan.id].append(row)
    holes: dict[str, list[Hole]] = defaultdict(list)
    for hole in matrix.holes:
        holes[hole.plan.id].append(hole)
    groups = {name: at for at, (name, _) in enumerate(matrix.groups())}
    for source in matrix.sources:
        plan = source.plan.id
        if own := rows.get(plan):
            yield replace(
                matrix,
                rows=tuple(replace(row, number=number) for number, row in enumerate(own, start=1)),
                columns=_columns(matrix, own, groups),
                holes=tuple(holes[plan]),
                tally=Tally.of(role for row in own for cell in row.cells.values() for role in cell.roles),
                sources=(source,),
                corrections=tuple(correction for correction in matrix.corrections if correction.plan == plan),
            )


def of_bureau(matrix: Matrix, bureau: str) -> Matrix:
    """The tasks in which a bureau has a role, numbered anew, with its cells and column alone."""
    rows = [replace(row, cells={bureau: row.cells[bureau]}) for row in matrix.rows if bureau in row.cells]
    plans = {row.plan.id for row in rows}
    tasks = {row.task.id for row in rows}
    column = matrix.by_bureau[bureau]
    return replace(
        matrix,
        rows=tuple(replace(row, number=number) for number, row in enumerate(rows, start=1)),
        columns=(column,),
        holes=tuple(hole for hole in matrix.holes if hole.task in tasks),
        tally=column.tally,
        sources=tuple(source for source in matrix.sources if source.plan.id in plans),
        corrections=tuple(correction for correction in matrix.corrections if correction.fact in tasks),
        selection=replace(matrix.selection, bureaus=(bureau,)),
    )


def partners(matrix: Matrix) -> dict[str, dict[Role, list[int]]]:
    """With whom the bureaus of a matrix work: the printed names of others, with the rows in which they have a role."""
    found: dict[str, dict[Role, list[int]]] = defaultdict(lambda: {role: [] for role in ROLES})
    for row in matrix.rows:
        for role in ROLES:
            for name in getattr(row.task, role):
                if row.task.bureaus.get(name, name) not in matrix.by_bureau:
                    found[name][role].append(row.number)
    order = {name: -sum(map(len, roles.values())) for name, roles in found.items()}
    return {name: found[name] for name in sorted(found, key=lambda name: order[name])}


def _columns(matrix: Matrix, rows: Sequence[Row], groups: Mapping[str, int]) -> tuple[Column, ...]:
    """The bureaus of some rows with what they have in these, in the order of the groups and then of their tasks."""
    held: dict[str, list[Role]] = defaultdict(list)
    for row in rows:
        for bureau, cell in row.cells.items():
            held[bureau].extend(cell.roles)
    by_id = matrix.by_bureau
    found = [replace(by_id[bureau], tally=Tally.of(roles)) for bureau, roles in held.items()]
    return tuple(sorted(found, key=lambda column: (groups[column.group], -column.tally.total)))
