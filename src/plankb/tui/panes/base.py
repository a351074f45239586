"""What every tab has: data fetched when it is opened, a table to export, a citation to copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual.containers import Vertical

from plankb.kb import KnowledgeBase, Table
from plankb.tui.ui import ui
from plankb.tui.widgets.grid import Grid


class Pane(Vertical):
    """A tab. `TAB` is its name, as in `words/screens.toml`; `FIRST` selects what gets the focus when it opens."""

    TAB: ClassVar[str]
    FIRST: ClassVar[str] = "Grid"

    def __init__(self) -> None:
        super().__init__(id=f"pane-{self.TAB}", classes="pane")

    @property
    def kept(self) -> dict[str, Any]:
        """What the tab finds again when the program is opened next time: change it in place."""
        return ui(self).state.panes.setdefault(self.TAB, {})

    def arrive(self) -> None:
        """The tab was opened: the focus goes to its first part."""
        self.query(self.FIRST).first().focus()

    def reload(self) -> None:
        """Fetches everything anew."""

    def table(self) -> Grid | None:
        """The table to export; None where there is none."""
        return next(iter(self.query(Grid)), None)

    def writer(self, table: Table) -> Callable[[KnowledgeBase, Path], object]:
        """What writes the tab's table to a file, in another thread. It raises E503 for an unknown format, E205."""
        return lambda kb, path: kb.write_table(table, path)

    def record(self) -> Any | None:
        """The record to copy with its citation; None where there is none."""
        grid = self.table()
        return grid.row if grid else None
