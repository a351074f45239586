"""矩阵: tasks down, bureaus across, who leads, supports or shares; the first column stays when it scrolls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from plankb.columns import heading
from plankb.errors import PlankbError
from plankb.kb import Cell, KnowledgeBase, Matrix, Row, Selection, Table, short_titles
from plankb.kb import Column as Seat
from plankb.model import Task
from plankb.tui.cells import one_line
from plankb.tui.panes.filtered import FilteredPane
from plankb.tui.picking import FactKind
from plankb.tui.sheet import Column, Sheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.filters import Filters
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.table import Table as Listing
from plankb.words import Speaker, word

_SIGNS: Mapping[str, str] = MappingProxyType({"lead": "●", "support": "○", "joint": "△"})
_TASK_WIDTH = 24
_SEAT_WIDTH = 6
_PLAN_WIDTH = 14
_HEADER = 4
"""Names of bureaus take four lines of three characters, so that many columns find room."""
_NO_TASK = "E504"


class MatrixPane(FilteredPane):
    """The tab of the matrix."""

    TAB: ClassVar[str] = "matrix"
    KIND: ClassVar[FactKind] = "task"
    NAMES: ClassVar[tuple[str, ...]] = ("plan", "bureau", "role", "by")

    def __init__(self) -> None:
        super().__init__()
        self._matrix: Matrix | None = None

    def compose(self) -> ComposeResult:
        """Filters, the matrix, and what the cell under the cursor says."""
        say = ui(self).say
        yield self.filters()
        yield Listing("matrix-rows", empty=say("matrix.empty"), prompt=say("facts.filter_rows"))
        yield Prose(say("matrix.legend"), most=3, id="matrix-here")

    def fetch_table(self) -> None:
        """Fetches the matrix of the tasks that meet the filters; before there are any, that of one plan."""
        where = self.where
        selection = Selection(plans=where.plans, bureaus=where.bureaus, roles=where.roles, by=where.by)
        first = None if "filters" in self.kept else str(ui(self).state.panes.get("plans", {}).get("plan", ""))
        fetch(self, partial(_matrix, selection=selection, first=first), self._fill, group="matrix", aside=True)

    def _fill(self, found: tuple[Matrix | None, str | None]) -> None:
        matrix, plan = found
        self._matrix = matrix
        if plan is not None:
            self.kept["filters"] = {"plan": [plan]}
            self.query_one(Filters).set_quietly({"plan": (plan,)})
        say = ui(self).say
        sheet = matrix_sheet(matrix, say) if matrix else Sheet[Row]((), ())
        self.query_one(Listing).fill(sheet, remark=say("matrix.legend"))

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Says in words what the cell means, and the sentence it rests on."""
        row, seat = event.row, self._seat(event.grid.column)
        if not isinstance(row, Row) or seat is None:
            self.query_one("#matrix-here", Static).update("")
            return
        say = ui(self).say
        cell = row.cells.get(seat.bureau.id)
        roles = "、".join(word("role", role, say.lang) for role in cell.roles) if cell else "—"
        words = say("matrix.here", task=row.task.title, bureau=seat.bureau.name, role=roles)
        self.query_one("#matrix-here", Static).update(one_line(f"{words}　{cell.source}" if cell else words))

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter reads the plan at the task."""
        if isinstance(event.row, Row):
            self.post_message(OpenPlan(event.row.plan.id, event.row.task.span))

    def _seat(self, column: int) -> Seat | None:
        seats = self._matrix.columns if self._matrix else ()
        return seats[column - 1] if 0 < column <= len(seats) else None

    def writer(self, table: Table) -> Callable[[KnowledgeBase, Path], object]:
        """The whole matrix of the filters, as `plankb matrix` writes it, instead of the table on the screen."""
        matrix, lang = self._matrix, ui(self).say.lang
        return super().writer(table) if matrix is None else lambda kb, path: kb.write_matrix(matrix, path, lang=lang)

    def record(self) -> Task | None:
        """The task under the cursor."""
        row = self.query_one(Grid).row
        return row.task if isinstance(row, Row) else None


def matrix_sheet(matrix: Matrix, say: Speaker) -> Sheet[Row]:
    """The matrix as a table: the task, a column a bureau."""
    task = Column[Row](
        title=heading("title", say.lang), cell=lambda row: f"{row.number} {row.task.title}", width=_TASK_WIDTH
    )
    heads = short_heads(matrix.columns)
    seats = [_seat_column(seat, heads[seat.bureau.id]) for seat in matrix.columns]
    several = len({row.plan.id for row in matrix.rows}) > 1
    names = short_titles({row.plan.id: row.plan for row in matrix.rows}.values())
    plan = Column[Row](
        title=heading("plan", say.lang), cell=lambda row: names[row.plan.id], width=_PLAN_WIDTH, cut="middle"
    )
    columns = (task, *seats, *([plan] if several else []))
    return Sheet(columns, matrix.rows, frozen=1, by_cell=True, header=_HEADER)


def short_heads(seats: Sequence[Seat]) -> dict[str, str]:
    """Bureau id to the shortest name that the plans print for it; the full one where two bureaus share that."""
    short = {seat.bureau.id: min((seat.bureau.name, *seat.bureau.names), key=len) for seat in seats}
    counts = Counter(short.values())
    return {
        seat.bureau.id: short[seat.bureau.id] if counts[short[seat.bureau.id]] == 1 else seat.bureau.name
        for seat in seats
    }


def _seat_column(seat: Seat, title: str) -> Column[Row]:
    sign = partial(_sign, bureau=seat.bureau.id)
    return Column(
        title=title,
        cell=sign,
        width=_SEAT_WIDTH,
        align="center",
        key=lambda row: (not sign(row), sign(row)),
        tone=lambda row: "strong" if "●" in sign(row) else None,
    )


def _sign(row: Row, *, bureau: str) -> str:
    cell: Cell | None = row.cells.get(bureau)
    return "".join(_SIGNS[role] for role in cell.roles) if cell else ""


def _matrix(kb: KnowledgeBase, *, selection: Selection, first: str | None) -> tuple[Matrix | None, str | None]:
    """The matrix of a selection, None without a task; where `first` is not None that of one plan, and which.

    That is the plan `first` if it is there, else the one with the most roles: all plans at once are much to begin with.
    """
    plan = None
    if first is not None:
        there = first in kb.store.sources()
        plan = first if there else kb.store.tallies.plan_with_roles()
        selection = Selection(plans=(plan,)) if plan else selection
    try:
        return kb.matrix(selection), plan
    except PlankbError as error:
        if error.code == _NO_TASK:
            return None, plan
        raise
