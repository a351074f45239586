"""目标: all targets with filters; and a comparison, indicators down and plans across."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from plankb.kb import Compared, FactFilter, KnowledgeBase, compared
from plankb.model import Fact
from plankb.tui.comparison import comparison_sheet, targets_at
from plankb.tui.keys import key
from plankb.tui.lazy import names_of
from plankb.tui.panes.facts import FactsPane, Maker
from plankb.tui.picking import FactKind
from plankb.tui.sheet import AnySheet
from plankb.tui.ui import ui
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.table import Table
from plankb.words import Speaker


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
