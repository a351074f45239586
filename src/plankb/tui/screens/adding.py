"""Dialogs in which plans are read: where there is no knowledge base yet, and where more are added."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from plankb.tui.cells import plain
from plankb.tui.keys import key
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import ui
from plankb.tui.widgets.work import Work


class WelcomeScreen(Dialog[None]):
    """Stays until there is a knowledge base."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "leave", "key.close", show=False),
    ]

    def compose(self) -> ComposeResult:
        """What is missing, and the field for what to read."""
        say = ui(self).say
        with Vertical(classes="dialog -large"):
            yield heading(say("welcome.title"))
            yield Static(Text(plain(say("welcome.text", folder=ui(self).folder))), classes="dialog-text", markup=False)
            yield Work(whole=True, prompt=say("welcome.path"))

    def action_leave(self) -> None:
        """Stops the work, or closes when it is done."""
        work = self.query_one(Work)
        if work.running:
            work.stop()
        elif work.finished:
            self.finish()


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
