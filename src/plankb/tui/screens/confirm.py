"""One question to be sure of."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from plankb.tui.cells import plain
from plankb.tui.keys import key
from plankb.tui.screens.dialog import Dialog


class ConfirmScreen(Dialog[bool]):
    """Closes with True where the user is sure, with False or None where not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "app.focus_previous", "key.left", show=False),
        key("right", "app.focus_next", "key.right", show=False),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._words = (question, yes, no)

    def compose(self) -> ComposeResult:
        """The question, no and yes; no has the focus."""
        question, yes, no = self._words
        with Vertical(classes="dialog"):
            yield Static(Text(plain(question)), markup=False)
            with Horizontal(classes="buttons"):
                yield Button(Text(no).plain, id="no")
                yield Button(Text(yes).plain, id="yes", variant="error")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Closes."""
        self.finish(event.button.id == "yes")
