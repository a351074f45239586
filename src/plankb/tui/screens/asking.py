"""One line asked for: a reason, a name."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from plankb.tui.cells import plain
from plankb.tui.screens.dialog import Dialog, heading

_LONGEST = 200


class AskScreen(Dialog[str | None]):
    """Closes with what was typed; None where it was nothing."""

    def __init__(self, title: str, hint: str, value: str = "") -> None:
        super().__init__()
        self._words = (title, hint, value)

    def compose(self) -> ComposeResult:
        """Title and field."""
        title, hint, value = self._words
        with Vertical(classes="dialog"):
            yield heading(plain(title))
            yield Input(value, placeholder=hint, id="ask-line", max_length=_LONGEST)
            yield Static(Text(hint, "dim"), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter closes with it."""
        event.stop()
        if event.value.strip():
            self.finish(plain(event.value).strip())
