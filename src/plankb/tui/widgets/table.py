"""A table with its filter line: how many rows show, and a field that filters them as one types."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from plankb.tui.keys import key
from plankb.tui.sheet import AnySheet
from plankb.tui.ui import ui
from plankb.tui.widgets.grid import Grid


class FilterInput(Input):
    """The field; Enter and ↓ go on to the rows, Escape empties it first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "key.clear", show=False),
        key("down", "rows", "key.down", show=False),
    ]

    def action_leave(self) -> None:
        """Empties the field and goes back to the rows."""
        self.value = ""
        self.action_rows()

    def action_rows(self) -> None:
        """To the rows."""
        self.screen.query_one(f"#{self.name}", Grid).focus()


class Table(Vertical):
    """A `Grid` under its filter line. `id` is the grid's id with "-box" added.

    `empty` is what it says when it has no rows, `first` what it says before it is filled.
    """

    BINDINGS: ClassVar[list[BindingType]] = [key("slash,f", "filter", "key.filter", key_display="/")]

    def __init__(self, name: str, *, empty: str, prompt: str, first: str | None = None) -> None:
        super().__init__(id=f"{name}-box", classes="table")
        self.empty = empty
        self._first = first
        self.grid = Grid(id=name)
        self._prompt = prompt
        self._remark = ""

    def compose(self) -> ComposeResult:
        """The filter line, the grid."""
        self.grid.empty = ui(self).say("app.loading") if self._first is None else self._first
        with Horizontal(classes="filter-line"):
            yield Static("", classes="count", markup=False)
            yield FilterInput(placeholder=self._prompt, name=self.grid.id, compact=True, classes="filter-input")
        yield self.grid

    def fill(self, sheet: AnySheet, *, cursor: int = 0, remark: str = "") -> None:
        """Shows a sheet; `remark` stands after the number of rows."""
        self._remark = remark
        self.grid.empty = self.empty
        self.grid.fill(sheet, cursor=cursor)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filters as one types."""
        event.stop()
        self.grid.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the rows."""
        event.stop()
        self.grid.focus()

    def on_grid_moved(self) -> None:
        """The number of rows may be another."""
        shown, all_ = len(self.grid.shown_indices), len(self.grid.sheet.rows)
        say = ui(self).say
        count = say("ask.count", count=all_) if shown == all_ else say("facts.shown", shown=shown, all=all_)
        words = "　".join(filter(None, (count if all_ else "", self._remark)))
        self.query_one(".count", Static).update(Text(words))

    def action_filter(self) -> None:
        """To the field."""
        self.query_one(FilterInput).focus()
