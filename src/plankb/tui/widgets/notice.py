"""A notice at the foot of the screen. It takes room of its own: what lies over other widgets may lose half characters
where their edges run (Textual cuts every line at the edges of all widgets, also through wide characters)."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static

from plankb.tui.cells import plain

_SIGNS = {True: "✗ ", False: "· "}


class Notice(Static):
    """One or more lines that go away by themselves after some seconds, or at a click."""

    def __init__(self, words: str, *, error: bool, seconds: float) -> None:
        super().__init__(
            Text(_SIGNS[error] + plain(words)), classes="notice -error" if error else "notice", markup=False
        )
        self.words = words
        self._seconds = seconds

    def on_mount(self) -> None:
        """Goes away in time."""
        self.set_timer(self._seconds, self.remove)

    def on_click(self) -> None:
        """Goes away at once."""
        self.remove()
