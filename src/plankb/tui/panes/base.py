"""What every tab has: data fetched when it is opened, a table to export, a citation to copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from plankb.kb import KnowledgeBase, Table
from plankb.tui.keys import key
from plankb.tui.ui import GoBack, ui
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.table import FilterInput

TABS = ("ask", "tasks", "targets", "plans", "bureaus", "deadlines", "conflicts", "matrix")
"""The tabs in their order; their keys are 1 to 8."""


class Pane(Vertical):
    """A tab. `TAB` is its name, as in `words/screens.toml`; `FIRST` selects what gets the focus when it opens."""

    TAB: ClassVar[str]
    FIRST: ClassVar[str] = "Grid"
    SAVED: ClassVar[tuple[str, ...]] = ()
    """What of `kept` is saved under a name."""
    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "back", "key.back")]

    def __init__(self) -> None:
        super().__init__(id=f"pane-{self.TAB}", classes="pane")
        self._last: Widget | None = None

    @property
    def kept(self) -> dict[str, object]:
        """What the tab finds again when the program is opened next time: change it in place."""
        return ui(self).state.panes.setdefault(self.TAB, {})

    def arrive(self) -> None:
        """The tab was opened: the focus goes to where it was, at first to its first part."""
        last = self._last
        if last is None or not last.is_attached or not all(node.display for node in (last, *last.ancestors)):
            last = self.query(self.FIRST).first()
        last.focus()

    def depart(self) -> None:
        """Another tab is opened: remembers where the focus was."""
        focused = self.screen.focused
        self._last = focused if focused is not None and self in focused.ancestors else self._last

    def action_back(self) -> None:
        """A step back: from a part to the first one, from there to where one came from."""
        first = self.query(self.FIRST).first()
        if first.has_focus:
            self.post_message(GoBack())
        else:
            first.focus()

    def action_find(self) -> None:
        """To the field that filters the tab's table, where it has one."""
        for field in self.query(FilterInput):
            field.focus()
            return

    def reload(self) -> None:
        """Fetches everything anew."""

    def view(self) -> dict[str, object]:
        """What the tab needs to show the same again, to be saved under a name; {} where there is nothing to save."""
        return {name: self.kept[name] for name in self.SAVED if self.kept.get(name)}

    def show_view(self, shows: Mapping[str, object]) -> None:
        """Shows again what was saved."""
        for name in self.SAVED:
            self.kept.pop(name, None)
        self.kept.update({name: value for name, value in shows.items() if name in self.SAVED})
        self.reload()

    @property
    def has_facts(self) -> bool:
        """Whether there are facts to review on the screen now."""
        grid = self.table()
        return grid is not None and grid.display and bool(grid.shown_indices)

    def table(self) -> Grid | None:
        """The table to export; None where there is none."""
        return next(iter(self.query(Grid)), None)

    def writer(self, table: Table) -> Callable[[KnowledgeBase, Path], object]:
        """What writes the tab's table to a file, in another thread. It raises E503 for an unknown format, E205."""
        return lambda kb, path: kb.write_table(table, path)

    def record(self) -> object:
        """The record to copy with its citation; None where there is none."""
        grid = self.table()
        return grid.row if grid else None
