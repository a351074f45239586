"""A knowledge base that cannot be opened: says why, and what can be done."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from plankb.errors import PlankbError
from plankb.model import Plan
from plankb.tui.cells import plain
from plankb.tui.keys import key
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import fetch, ui


class TroubleScreen(Dialog[None]):
    """Stays until the knowledge base opens or the program is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [key("r", "again", "key.open")]

    def __init__(self, error: PlankbError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """The fault in one line, the way out in another."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield heading(say("trouble.title"))
            yield Static(Text(plain(self._error.text(say.lang))), id="trouble-text", markup=False)
            yield Static(Text(say("trouble.hint"), "dim"), classes="dialog-hint", markup=False)

    def action_again(self) -> None:
        """Tries to open it once more."""
        fetch(self, lambda kb: kb.store.plans(), self._opened, fail=self._say)

    def _opened(self, _: list[Plan]) -> None:
        ui(self).changed()
        self.finish()

    def _say(self, error: PlankbError) -> None:
        self.query_one("#trouble-text", Static).update(Text(plain(error.text(ui(self).say.lang))))

    def action_leave(self) -> None:
        """Stays: there is nothing behind it."""
