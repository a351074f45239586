"""The keys of the screen below, in the user's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from plankb.tui.cells import fit
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import ui
from plankb.words import Speaker

_KEY_WIDTH = 16


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
                with Horizontal(classes="help-columns"):
                    half = (len(self._lines) + 1) // 2
                    for lines in (self._lines[:half], self._lines[half:]):
                        yield Static(_column(lines, say), markup=False)
                yield Static(Text(say("help.mouse"), "dim"), classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        """Keys scroll the list."""
        self.query_one(VerticalScroll).focus()


def _lines(below: Screen[Any]) -> Iterator[tuple[str, str]]:
    """(keys, word) of each action that has a word, keys of one word together."""
    say = ui(below).say
    keys: dict[str, list[str]] = {}
    # What belongs to this screen first, moving about after it.
    for _, binding, enabled, _ in sorted(below.active_bindings.values(), key=lambda active: not active.binding.show):
        if enabled and say.has(binding.description):
            keys.setdefault(binding.description, []).append(below.app.get_key_display(binding))
    for word, names in keys.items():
        yield " ".join(dict.fromkeys(names)), word


def _column(lines: Sequence[tuple[str, str]], say: Speaker) -> Text:
    return Text("\n").join(Text.assemble((fit(keys, _KEY_WIDTH), "bold"), say(word)) for keys, word in lines)
