"""任务 and 目标: all facts of a kind that meet the filters, with the evidence; of targets also a comparison, indicators
down and plans across."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from plankb.kb import Compared, FactFilter, KnowledgeBase, compared
from plankb.model import Fact
from plankb.tui.comparison import comparison_sheet, targets_at
from plankb.tui.keys import key
from plankb.tui.lazy import fact_sheet, names_of
from plankb.tui.panes.filtered import FilteredPane
from plankb.tui.picking import FactKind
from plankb.tui.sheet import AnySheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.table import Table
from plankb.words import Speaker


class Maker(Protocol):
    """Makes a table of the knowledge base."""

    def __call__(self, kb: KnowledgeBase, *, where: FactFilter, say: Speaker) -> AnySheet:
        """The table of the facts that meet a filter."""


class FactsPane(FilteredPane):
    """All facts of a kind."""

    SAVED: ClassVar[tuple[str, ...]] = ("filters", "comparing")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "screen.review", "key.review"),
        key("u", "screen.restore", "key.restore", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Filters, table, evidence."""
        say = ui(self).say
        yield self.filters()
        with Container(classes="split"):
            empty, prompt = say(f"facts.no_{self.TAB}"), say("facts.filter_rows")
            yield Table(f"{self.TAB}-rows", empty=empty, prompt=prompt)
            yield EvidencePane(f"{self.TAB}-evidence")

    def fetch_table(self) -> None:
        """Fetches the facts that meet the filters."""
        fetch(self, partial(self.maker(), where=self.where, say=ui(self).say), self._fill, group="facts")

    def maker(self) -> Maker:
        """What makes the table of the facts that meet a filter; it runs in another thread, so it is no method."""
        return partial(_list, kind=self.KIND)

    def _fill(self, sheet: AnySheet) -> None:
        at = self.kept.get("row", 0)
        self.query_one(f"#{self.TAB}-rows-box", Table).fill(sheet, cursor=at if isinstance(at, int) else 0)

    def record_of(self, grid: Grid) -> Fact | None:
        """The fact under the cursor of the table."""
        return grid.row if isinstance(grid.row, Fact) else None

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The evidence follows the cursor."""
        if event.row is not None:
            self.kept["row"] = event.grid.cursor
        self.query_one(EvidencePane).show(self.record_of(event.grid))

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enter reads the plan at that place."""
        record = self.record_of(event.grid)
        if record is not None:
            self.post_message(OpenPlan(record.plan, record.span))

    def record(self) -> Fact | None:
        """The fact under the cursor."""
        return self.record_of(self.query_one(Grid))


def _list(kb: KnowledgeBase, *, kind: FactKind, where: FactFilter, say: Speaker) -> AnySheet:
    return fact_sheet(kb, kind, where, say)


class TasksPane(FactsPane):
    """The tab of tasks."""

    TAB: ClassVar[str] = "tasks"
    KIND: ClassVar[FactKind] = "task"
    NAMES: ClassVar[tuple[str, ...]] = ("plan", "bureau", "role", "by")


class TargetsPane(FactsPane):
    """The tab of targets. `c` changes between list and comparison."""

    TAB: ClassVar[str] = "targets"
    KIND: ClassVar[FactKind] = "target"
    NAMES: ClassVar[tuple[str, ...]] = ("plan", "bureau", "role", "by", "indicator")
    BINDINGS: ClassVar[list[BindingType]] = [key("c", "compare", "key.compare")]

    def maker(self) -> Maker:
        """The list, or the comparison of the same targets."""
        return _compare if self.kept.get("comparing") else super().maker()

    def action_compare(self) -> None:
        """The other view."""
        self.kept["comparing"] = not self.kept.get("comparing")
        self.kept["row"] = 0
        say = ui(self).say
        empty = "compare.empty" if self.kept["comparing"] else "facts.no_targets"
        self.query_one(Table).empty = say(empty)
        self.fetch_table()

    def record_of(self, grid: Grid) -> Fact | None:
        """The target of the row; in the comparison that of the cell."""
        row = grid.row
        if not isinstance(row, Compared):
            return super().record_of(grid)
        found = targets_at(grid.sheet.rows, row, grid.column)
        return found[0] if found else None


def _compare(kb: KnowledgeBase, *, where: FactFilter, say: Speaker) -> AnySheet:
    places = {plan.id: plan.jurisdiction for plan in kb.store.plans()}
    return comparison_sheet(compared(kb.store.facts("target", where), numeric=True, places=places), say, names_of(kb))
