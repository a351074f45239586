"""冲突: what cannot both stand, the gravest first, with the quotations side by side."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from plankb.kb import KnowledgeBase
from plankb.model import AnyFact, Conflict
from plankb.tui.cells import plain
from plankb.tui.columns import sheet_of
from plankb.tui.keys import key
from plankb.tui.lazy import names_of
from plankb.tui.panes.base import Pane
from plankb.tui.sheet import AnySheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.sides import Sides
from plankb.tui.widgets.table import Table


class ConflictsPane(Pane):
    """The tab of conflicts."""

    TAB: ClassVar[str] = "conflicts"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "next(1)", "key.next"),
        key("p", "next(-1)", "key.previous", show=False),
        key("m", "turn", "key.other_quotes"),
    ]

    def compose(self) -> ComposeResult:
        """Table, reason, quotations."""
        say = ui(self).say
        yield Table("conflicts-rows", empty=say("conflicts.empty"), prompt=say("conflicts.filter_rows"))
        yield Prose(most=3, id="conflict-why")
        yield Sides("conflict-sides")

    def on_mount(self) -> None:
        """Fetches the conflicts."""
        self.reload()

    def reload(self) -> None:
        """Fetches the conflicts anew."""
        say = ui(self).say

        def work(kb: KnowledgeBase) -> AnySheet:
            return sheet_of(list(kb.conflicts()), say, names_of(kb))

        fetch(self, work, self._fill, group="conflicts", aside=True)

    def _fill(self, sheet: AnySheet) -> None:
        say = ui(self).say
        table = self.query_one(Table)
        counts = {name: sum(row.severity == name for row in sheet.rows) for name in ("error", "warning", "info")}
        table.fill(sheet, remark=say("conflicts.counts", **counts))

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Reason and quotations follow the cursor."""
        row, why = event.row, self.query_one("#conflict-why", Static)
        if isinstance(row, Conflict):
            say = ui(self).say
            why.update(Text(f"{say('conflicts.why')}：{plain(row.why.text(say.lang))}"))
            self.query_one(Sides).show(row.facts)
        else:
            why.update("")
            self.query_one(Sides).show(())

    def action_next(self, step: int) -> None:
        """The next or the previous conflict, from wherever the focus is."""
        self.query_one(Grid).action_move(step)

    def action_turn(self) -> None:
        """Other quotations of a conflict of more than two."""
        self.query_one(Sides).turn()

    def on_grid_chosen(self) -> None:
        """Enter reads the plan of the left quotation."""
        fact = self.record()
        if fact is not None:
            self.post_message(OpenPlan(fact.plan, fact.span))

    def record(self) -> AnyFact | None:
        """The left quotation."""
        return next(iter(self.query_one(Sides).shown), None)
