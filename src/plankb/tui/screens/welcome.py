"""No knowledge base yet: offers to build one."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from plankb.tui.cells import plain
from plankb.tui.ui import LibraryChanged, ui
from plankb.tui.widgets.work import Work


class WelcomeScreen(ModalScreen[None]):
    """Stays until there is a knowledge base."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "key.close"),
        Binding("enter", "leave", "key.close", show=False),
    ]

    def compose(self) -> ComposeResult:
        """What is missing, and the field for what to read."""
        say = ui(self).say
        with Vertical(classes="dialog -large"):
            yield Static(Text(say("welcome.title"), "bold"), classes="dialog-title", markup=False)
            yield Static(Text(plain(say("welcome.text", folder=ui(self).folder))), markup=False)
            yield Work(whole=True, prompt=say("welcome.path"))

    def on_work_done(self) -> None:
        """The tabs have something to show; the summary takes the focus so that Enter closes it."""
        self.app.screen_stack[-2].post_message(LibraryChanged())
        self.query_one("#work-summary").focus()

    def action_leave(self) -> None:
        """Stops the work, or closes when it is done."""
        work = self.query_one(Work)
        if work.running:
            work.stop()
        elif work.finished:
            self.dismiss()
