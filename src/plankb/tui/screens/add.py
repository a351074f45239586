"""Adding plans by path."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from plankb.tui.keys import key
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import ui
from plankb.tui.widgets.work import Work


class AddScreen(Dialog[None]):
    """The work of adding, over the plans tab."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "leave", "key.close", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Title and work."""
        say = ui(self).say
        with Vertical(classes="dialog -large"):
            yield heading(say("work.add_title"))
            yield Work(whole=False, prompt=say("plans.path"))

    def action_leave(self) -> None:
        """Stops the work, or closes."""
        work = self.query_one(Work)
        if work.running:
            work.stop()
        else:
            self.finish()
