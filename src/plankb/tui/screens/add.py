"""Adding plans by path."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from plankb.tui.ui import LibraryChanged, ui
from plankb.tui.widgets.work import Work


class AddScreen(ModalScreen[None]):
    """The work of adding, over the plans tab."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "key.close"),
        Binding("enter", "leave", "key.close", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Title and work."""
        say = ui(self).say
        with Vertical(classes="dialog -large"):
            yield Static(Text(say("work.add_title"), "bold"), classes="dialog-title", markup=False)
            yield Work(whole=False, prompt=say("plans.path"))

    def on_work_done(self) -> None:
        """The tabs have more to show; the summary takes the focus so that Enter closes it."""
        self.app.screen_stack[-2].post_message(LibraryChanged())
        self.query_one("#work-summary").focus()

    def action_leave(self) -> None:
        """Stops the work, or closes."""
        work = self.query_one(Work)
        if work.running:
            work.stop()
        else:
            self.dismiss()
