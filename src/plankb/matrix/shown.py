"""What a workbook showed when it was made, kept in it: a correction is what differs from that and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from plankb.errors import Language
from plankb.matrix.cells import times_text, title_of
from plankb.matrix.goals import goal_lines
from plankb.matrix.model import Matrix, Row
from plankb.model import ROLES, Role

SHEET = "_plankb"
MARK = "plankb matrix 2"
"""Stands in the first cell of the hidden sheet; the number goes up when its form changes."""
_CHUNK = 30_000  # a cell of Excel takes 32,767 characters

BUREAU, PLAN = "bureau:", "plan:"
"""In the hidden row of a matrix sheet: `BUREAU` before the id of a bureau, the key of a column, and after the columns
of a sheet of one plan among several `PLAN` before the id of the plan."""
_PART = re.compile(r"(?P<id>.*) (?P<part>\d+)/(?P<parts>\d+)")


def row_id(task: str, part: int = 1, parts: int = 1) -> str:
    """What the hidden column of ids says of a row; a task whose text is too long for one row has several."""
    return task if parts == 1 else f"{task} {part}/{parts}"


def read_row_id(text: str) -> tuple[str, int, int]:
    """Task, part and number of parts of a row."""
    match = _PART.fullmatch(text)
    return (match["id"], int(match["part"]), int(match["parts"])) if match else (text, 1, 1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A task as the workbook showed it: `source` is its quote, `cells` the roles by bureau id in the matrix.

    `title` and `time` are the texts of its cells; `time` is None in workbooks of earlier releases. `measures` is the
    text of the task, whose cell is empty where it says no more than the title.

    `lead`, `support`, `joint` are all names printed, `bureaus` maps them to ids; a matrix filtered by bureau or role
    shows fewer in `cells`. `goals` are the lines of the cell of targets by target id.
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
    measures: str
    goals: dict[str, str]
    bureaus: dict[str, str]
    cells: dict[str, tuple[Role, ...]]
    time: str | None = None

    def roles_of(self, bureau: str) -> tuple[Role, ...]:
        """All roles of a bureau in the task, in the order of `ROLES`."""
        return tuple(r for r in ROLES if any(self.bureaus.get(name, name) == bureau for name in getattr(self, r)))


@dataclass(frozen=True, slots=True)
class ShownMatrix:
    """The headings of the bureaus' columns by bureau id, bureau ids by the title of their sheet, the tasks by id."""

    labels: dict[str, str]
    sheets: dict[str, str]
    tasks: dict[str, Shown]


_SHOWN = TypeAdapter(Shown)
_NAMES = TypeAdapter(dict[str, dict[str, str]])


def rows(matrix: Matrix, lang: Language, sheets: Mapping[str, str]) -> Iterator[list[str]]:
    """The cells of the hidden sheet, row by row; `sheets` are bureau ids by the title of the sheet of their tasks."""
    labels = {column.bureau.id: column.label for column in matrix.columns}
    yield [MARK, *_chunks(json.dumps({"labels": labels, "sheets": dict(sheets)}))]
    for row in matrix.rows:
        # ASCII alone: no control character of the text can be lost on the way through the workbook.
        yield _chunks(json.dumps(_SHOWN.dump_python(_shown(row, lang), mode="json")))


def _shown(row: Row, lang: Language) -> Shown:
    task = row.task
    return Shown(
        id=task.id,
        plan=task.plan,
        title=title_of(task),
        source=task.quote,
        by=task.by,
        lead=task.lead,
        support=task.support,
        joint=task.joint,
        collective=task.collective or (),
        measures=task.text,
        goals=goal_lines(task, row.targets, lang),
        bureaus=task.bureaus,
        cells={id_: cell.roles for id_, cell in row.cells.items()},
        time=times_text(row.times, row.annual, lang),
    )


def parse(cells: Iterable[Sequence[object]]) -> ShownMatrix | None:
    """What was shown; None where the cells are not of such a sheet."""
    lines = iter(cells)
    first = next(lines, ())
    if next(iter(first), None) != MARK:
        return None
    try:
        names = _NAMES.validate_json(_joined(first[1:]))
        tasks = [_SHOWN.validate_json(packed) for packed in map(_joined, lines) if packed]
        return ShownMatrix(names["labels"], names["sheets"], {task.id: task for task in tasks})
    except (ValidationError, KeyError):
        return None


def _chunks(packed: str) -> list[str]:
    return [packed[start : start + _CHUNK] for start in range(0, len(packed), _CHUNK)]


def _joined(line: Sequence[object]) -> str:
    return "".join(str(cell) for cell in line if cell is not None)
