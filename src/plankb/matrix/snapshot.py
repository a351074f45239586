"""What a workbook showed when it was made, kept in it: a correction is what differs from that and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from plankb.matrix.model import Matrix
from plankb.model import ROLES, Role

SHEET = "_plankb"
MARK = "plankb matrix 1"
"""Stands in the first cell of the hidden sheet; the number goes up when its form changes."""
_CHUNK = 30_000  # a cell of Excel takes 32,767 characters

BUREAU = "bureau:"
"""In the hidden row of the matrix sheet: this before the id of a bureau, or the key of a column."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A task as the workbook showed it: `source` is its quote, `cells` the roles by bureau id in the matrix.

    `lead`, `support`, `joint` are all names printed, `bureaus` maps them to ids; a matrix filtered by bureau or role
    shows fewer in `cells`.
    """

    id: str
    plan: str
    title: str
    source: str
    by: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    joint: tuple[str, ...]
    collective: tuple[str, ...]
    bureaus: dict[str, str]
    cells: dict[str, tuple[Role, ...]]

    def roles_of(self, bureau: str) -> tuple[Role, ...]:
        """All roles of a bureau in the task, in the order of `ROLES`."""
        return tuple(r for r in ROLES if any(self.bureaus.get(name, name) == bureau for name in getattr(self, r)))


_SHOWN = TypeAdapter(Shown)


def rows(matrix: Matrix) -> Iterator[list[str]]:
    """The cells of the hidden sheet, row by row."""
    yield [MARK]
    for row in matrix.rows:
        task = row.task
        shown = Shown(
            id=task.id,
            plan=task.plan,
            title=task.title,
            source=task.quote,
            by=task.by,
            lead=task.lead,
            support=task.support,
            joint=task.joint,
            collective=task.collective or (),
            bureaus=task.bureaus,
            cells={id_: cell.roles for id_, cell in row.cells.items()},
        )
        # ASCII alone: no control character of the text can be lost on the way through the workbook.
        packed = json.dumps(_SHOWN.dump_python(shown, mode="json"))
        yield [packed[start : start + _CHUNK] for start in range(0, len(packed), _CHUNK)]


def parse(cells: Iterable[Sequence[object]]) -> dict[str, Shown] | None:
    """Task id to what was shown of it; None where the cells are not of such a sheet."""
    lines = iter(cells)
    if next(iter(next(lines, ())), None) != MARK:
        return None
    shown: dict[str, Shown] = {}
    for line in lines:
        packed = "".join(str(cell) for cell in line if cell is not None)
        if packed:
            try:
                one = _SHOWN.validate_json(packed)
            except ValidationError:
                return None
            shown[one.id] = one
    return shown
