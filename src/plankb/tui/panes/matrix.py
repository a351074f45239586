"""矩阵: tasks down, bureaus across, who leads, supports or shares; the first column stays when it scrolls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from plankb.columns import heading
from plankb.errors import PlankbError
from plankb.kb import Cell, KnowledgeBase, Matrix, Row, Selection, Table
from plankb.kb import Column as Seat
from plankb.model import Task
from plankb.tui.cells import one_line
from plankb.tui.panes.base import Pane
from plankb.tui.picking import Choices, choices, fact_filter
from plankb.tui.sheet import Column, Sheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.filters import Filters
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.table import Table as Listing
from plankb.words import Speaker, word

_NAMES = ("plan", "bureau", "role", "by")
_SIGNS: Mapping[str, str] = MappingProxyType({"lead": "●", "support": "○", "joint": "△"})
_TASK_WIDTH = 24
_SEAT_WIDTH = 6
_HEADER = 4
"""Names of bureaus take four lines of three characters, so that many columns find room."""
_NO_TASK = "E504"


class MatrixPane(Pane):
    """The tab of the matrix."""

    TAB: ClassVar[str] = "matrix"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "clear", "key.clear")]

    def __init__(self) -> None:
        super().__init__()
        self._matrix: Matrix | None = None

    def compose(self) -> ComposeResult:
        """Filters, the matrix, and what the cell under the cursor says."""
        say = ui(self).say
        kept = self.kept.get("filters")
        yield Filters(_NAMES, kept if isinstance(kept, dict) else {})
        yield Listing("matrix-rows", empty=say("matrix.empty"), prompt=say("facts.filter_rows"))
        yield Static(Text(say("matrix.legend")), id="matrix-here", markup=False)

    def on_mount(self) -> None:
        """Fetches the matrix."""
        self.reload()

    def reload(self) -> None:
        """Fetches choices and matrix anew."""
        lang = ui(self).say.lang
        fetch(self, lambda kb: choices(kb, "task", lang), self._offer, group="choices")
        where = fact_filter(self.query_one(Filters).chosen)
        selection = Selection(plans=where.plans, bureaus=where.bureaus, roles=where.roles, by=where.by)
        fetch(self, partial(_matrix, selection=selection), self._fill, group="matrix")

    def _offer(self, offered: Choices) -> None:
        self.query_one(Filters).offer(offered)

    def _fill(self, matrix: Matrix | None) -> None:
        self._matrix = matrix
        say = ui(self).say
        sheet = matrix_sheet(matrix, say) if matrix else Sheet[Row]((), ())
        self.query_one(Listing).fill(sheet, remark=say("matrix.legend"))

    def on_filters_changed(self, event: Filters.Changed) -> None:
        """The matrix of other tasks."""
        self.kept["filters"] = {name: list(values) for name, values in event.chosen.items()}
        self.reload()

    def action_clear(self) -> None:
        """No filters."""
        self.query_one(Filters).clear()

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
        self.query_one("#matrix-here", Static).update(
            Text(one_line(f"{words}　{cell.source}" if cell else words), overflow="ellipsis")
        )

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
    columns = (task, *map(_seat_column, matrix.columns))
    return Sheet(columns, matrix.rows, frozen=1, by_cell=True, header=_HEADER)


def _seat_column(seat: Seat) -> Column[Row]:
    sign = partial(_sign, bureau=seat.bureau.id)
    return Column(
        title=seat.bureau.name,
        cell=sign,
        width=_SEAT_WIDTH,
        align="center",
        key=lambda row: (not sign(row), sign(row)),
        tone=lambda row: "strong" if "●" in sign(row) else None,
    )


def _sign(row: Row, *, bureau: str) -> str:
    cell: Cell | None = row.cells.get(bureau)
    return "".join(_SIGNS[role] for role in cell.roles) if cell else ""


def _matrix(kb: KnowledgeBase, *, selection: Selection) -> Matrix | None:
    try:
        return kb.matrix(selection)
    except PlankbError as error:
        if error.code == _NO_TASK:
            return None
        raise
