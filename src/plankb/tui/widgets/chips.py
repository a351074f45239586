"""The line that says what was understood: each condition a chip that can be removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from plankb.kb import Chip
from plankb.tui.cells import clip, one_line
from plankb.tui.keys import key
from plankb.tui.ui import ui

_WIDEST = 30


class Condition(Static, can_focus=True):
    """One condition; those that can be removed carry a × and take the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,delete,backspace", "remove", "key.remove_filter"),
        key("right", "screen.focus_next", "key.right", show=False),
        key("left", "screen.focus_previous", "key.left", show=False),
    ]

    class Removed(Message):
        """The user removes a condition."""

        def __init__(self, chip: Chip) -> None:
            super().__init__()
            self.chip = chip

    def __init__(self, chip: Chip) -> None:
        cross = "" if chip.rest is None else " ×"
        super().__init__(Text(clip(one_line(chip.label), _WIDEST) + cross), classes="chip", markup=False)
        self.chip = chip
        self.can_focus = chip.rest is not None

    def action_remove(self) -> None:
        """Says so."""
        if self.chip.rest is not None:
            self.post_message(self.Removed(self.chip))

    def on_click(self) -> None:
        """A click removes too."""
        self.action_remove()


class Conditions(HorizontalGroup):
    """All conditions of a question."""

    chips: reactive[Sequence[Chip]] = reactive((), recompose=True)

    def compose(self) -> ComposeResult:
        """The chips in order."""
        if self.chips:
            yield Static(Text(ui(self).say("ask.understood")), classes="chips-label", markup=False)
        for chip in self.chips:
            yield Condition(chip)
