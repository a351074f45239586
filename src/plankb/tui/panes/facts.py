"""What the tabs of tasks and targets share: filters, the table of all facts that meet them, the evidence."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from plankb.columns import titles_of
from plankb.kb import FactFilter, KnowledgeBase
from plankb.tui.columns import sheet_of
from plankb.tui.panes.base import Pane
from plankb.tui.picking import Choices, FactKind, choices, fact_filter
from plankb.tui.sheet import Sheet
from plankb.tui.ui import OpenPlan, fetch, ui
from plankb.tui.widgets.evidence import EvidencePane
from plankb.tui.widgets.filters import Filters
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.table import Table
from plankb.words import Speaker


class Maker(Protocol):
    """Makes a table of the knowledge base."""

    def __call__(self, kb: KnowledgeBase, *, where: FactFilter, say: Speaker) -> Sheet[Any]:
        """The table of the facts that meet a filter."""


class FactsPane(Pane):
    """All facts of a kind. `KIND` says which, `NAMES` are its filters."""

    KIND: ClassVar[FactKind]
    NAMES: ClassVar[tuple[str, ...]]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "clear", "key.clear"),
        Binding("r", "screen.review", "key.review"),
        Binding("u", "screen.restore", "key.restore", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Filters, table, evidence."""
        say = ui(self).say
        kept = self.kept.get("filters")
        yield Filters(self.NAMES, kept if isinstance(kept, dict) else {})
        with Container(classes="split"):
            empty, prompt = say(f"facts.no_{self.TAB}"), say("facts.filter_rows")
            yield Table(f"{self.TAB}-rows", empty=empty, prompt=prompt)
            yield EvidencePane(f"{self.TAB}-evidence")

    def on_mount(self) -> None:
        """Fetches choices and facts."""
        self.reload()

    def reload(self) -> None:
        """Fetches choices and facts anew."""
        lang = ui(self).say.lang
        fetch(self, lambda kb: choices(kb, self.KIND, lang), self._offer, group="choices")
        self.list_facts()

    def _offer(self, offered: Choices) -> None:
        self.query_one(Filters).offer(offered)

    def list_facts(self) -> None:
        """Shows the facts that meet the filters."""
        where = fact_filter(self.query_one(Filters).chosen)
        fetch(self, partial(self.maker(), where=where, say=ui(self).say), self._fill, group="facts")

    def maker(self) -> Maker:
        """What makes the table of the facts that meet a filter; it runs in another thread, so it is no method."""
        return partial(_list, kind=self.KIND)

    def _fill(self, sheet: Sheet[Any]) -> None:
        at = self.kept.get("row", 0)
        self.query_one(f"#{self.TAB}-rows-box", Table).fill(sheet, cursor=at if isinstance(at, int) else 0)

    def on_filters_changed(self, event: Filters.Changed) -> None:
        """Lists anew, and remembers."""
        self.kept["filters"] = {name: list(values) for name, values in event.chosen.items()}
        self.kept["row"] = 0
        self.list_facts()

    def action_clear(self) -> None:
        """No filters."""
        self.query_one(Filters).clear()

    def record_of(self, grid: Grid) -> Any | None:
        """The fact under the cursor of the table."""
        return grid.row

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

    def record(self) -> Any | None:
        """The fact under the cursor."""
        return self.record_of(self.query_one(Grid))


def _list(kb: KnowledgeBase, *, kind: FactKind, where: FactFilter, say: Speaker) -> Sheet[Any]:
    return sheet_of(kb.store.facts(kind, where), say, titles_of(kb.store.plans()))
