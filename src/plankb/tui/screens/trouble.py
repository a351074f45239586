"""A knowledge base that cannot be opened: says why, and what can be done."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from plankb.errors import PlankbError
from plankb.tui.cells import plain
from plankb.tui.ui import LibraryChanged, ui


class TroubleScreen(ModalScreen[None]):
    """Stays until the knowledge base opens or the program is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("r", "again", "key.open")]

    def __init__(self, error: PlankbError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """The fault in one line, the way out in another."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield Static(Text(say("trouble.title"), "bold"), classes="dialog-title", markup=False)
            yield Static(Text(plain(self._error.text(say.lang))), id="trouble-text", markup=False)
            yield Static(Text(say("trouble.hint"), "dim"), classes="dialog-hint", markup=False)

    async def action_again(self) -> None:
        """Tries to open it once more."""
        try:
            await ui(self).desk.read(lambda kb: kb.store.plans())
        except PlankbError as error:
            self._error = error
            self.query_one("#trouble-text", Static).update(Text(plain(error.text(ui(self).say.lang))))
            return
        self.app.screen_stack[-2].post_message(LibraryChanged())
        self.dismiss()
