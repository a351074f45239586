"""What the tabs of tasks and targets share: filters, the table of all facts that meet them, the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from plankb.kb import FactFilter, KnowledgeBase
from plankb.tui.keys import key
from plankb.tui.paged import fact_sheet
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
    SAVED: ClassVar[tuple[str, ...]] = ("filters", "comparing")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("x", "clear", "key.clear"),
        key("r", "screen.review", "key.review"),
        key("u", "screen.restore", "key.restore", show=False),
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

    def show_view(self, shows: Mapping[str, Any]) -> None:
        """The filters too."""
        super().show_view(shows)
        kept = self.kept.get("filters")
        self.query_one(Filters).put(kept if isinstance(kept, dict) else {})

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
    return fact_sheet(kb, kind, where, say)
