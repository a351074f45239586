"""The keys of the screen below, in the user's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from plankb.tui.cells import fit
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import ui

_KEY_WIDTH = 18


class HelpScreen(Dialog[None]):
    """Lists every key that does something on a screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,f1,q", "leave", "key.close", show=False)]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._lines = tuple(_lines(below))

    def compose(self) -> ComposeResult:
        """Title, keys."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield heading(say("help.title"))
            with VerticalScroll():
                for keys, word in self._lines:
                    line = Text.assemble((fit(keys, _KEY_WIDTH), "bold"), say(word))
                    yield Static(line, markup=False)
                yield Static(Text(say("help.mouse"), "dim"), classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        """Keys scroll the list."""
        self.query_one(VerticalScroll).focus()


def _lines(below: Screen[Any]) -> Iterator[tuple[str, str]]:
    """(keys, word) of each action that has a word, keys of one action together."""
    say = ui(below).say
    keys: dict[tuple[str, str], list[str]] = {}
    # What belongs to this screen first, moving about after it.
    for _, binding, enabled, _ in sorted(below.active_bindings.values(), key=lambda active: not active.binding.show):
        if enabled and say.has(binding.description):
            known = keys.setdefault((binding.action, binding.description), [])
            known.append(below.app.get_key_display(binding))
    for (_, word), names in keys.items():
        yield " ".join(dict.fromkeys(names)), word
