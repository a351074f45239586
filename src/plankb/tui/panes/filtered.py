"""What the tabs with filters over their table share: the filters, what they are set to, and that it is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import BindingType

from plankb.kb import FactFilter
from plankb.tui.keys import key
from plankb.tui.panes.base import Pane
from plankb.tui.picking import Choices, FactKind, choices, fact_filter
from plankb.tui.ui import fetch, ui
from plankb.tui.widgets.filters import Filters


class FilteredPane(Pane):
    """A tab with filters. `NAMES` are those of its filters, `KIND` is the kind of fact whose values they offer."""

    KIND: ClassVar[FactKind]
    NAMES: ClassVar[tuple[str, ...]]
    SAVED: ClassVar[tuple[str, ...]] = ("filters",)
    BINDINGS: ClassVar[list[BindingType]] = [key("x", "clear", "key.clear")]

    def filters(self) -> Filters:
        """The line of filters, set as it was left: what `compose` puts over the table."""
        return Filters(self.NAMES, self._kept_filters())

    @property
    def where(self) -> FactFilter:
        """What the filters ask for."""
        return fact_filter(self.query_one(Filters).chosen)

    def on_mount(self) -> None:
        """Fetches choices and table."""
        self.reload()

    def reload(self) -> None:
        """Fetches choices and table anew."""
        lang = ui(self).say.lang
        fetch(self, lambda kb: choices(kb, self.KIND, lang), self._offer, group="choices")
        self.fetch_table()

    def fetch_table(self) -> None:
        """Fetches what meets the filters."""
        raise NotImplementedError

    def on_filters_changed(self, event: Filters.Changed) -> None:
        """Remembers them, and fetches what meets them, from its first row."""
        self.kept["filters"] = {name: list(values) for name, values in event.chosen.items()}
        self.kept["row"] = 0
        self.fetch_table()

    def show_view(self, shows: Mapping[str, object]) -> None:
        """The filters too."""
        super().show_view(shows)
        self.query_one(Filters).put(self._kept_filters())

    def action_clear(self) -> None:
        """No filters."""
        self.query_one(Filters).clear()

    def _offer(self, offered: Choices) -> None:
        self.query_one(Filters).offer(offered)

    def _kept_filters(self) -> dict[str, list[str]]:
        kept = self.kept.get("filters")
        return kept if isinstance(kept, dict) else {}
