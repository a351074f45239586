"""Jumping: a letter for each part of the screen below that can take the focus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static, Tree

from plankb.tui.cells import one_line
from plankb.tui.screens.dialog import Dialog
from plankb.tui.ui import ui
from plankb.tui.widgets.chips import Condition
from plankb.tui.widgets.filters import FilterButton
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.home import Home
from plankb.tui.widgets.question import QuestionInput
from plankb.tui.widgets.reader import Reader
from plankb.tui.widgets.table import FilterInput
from plankb.words import Speaker

_NAMES: tuple[tuple[type[Widget], str], ...] = (
    (QuestionInput, "jump.question"),
    (Home, "jump.home"),
    (FilterInput, "jump.rows"),
    (Reader, "jump.text"),
    (Tree, "jump.outline"),
    (Grid, "jump.table"),
)


class JumpScreen(Dialog[Widget | None]):
    """Closes with the part to go to. The letters stand in a line at the foot: over the parts they would cut characters
    of two cells in half."""

    def __init__(self, focusable: Iterable[Widget]) -> None:
        super().__init__()
        self._parts = dict(zip(ascii_lowercase, _parts(focusable), strict=False))

    def compose(self) -> ComposeResult:
        """The line."""
        say = ui(self).say
        line = Text(say("jump.title"), "bold")
        for letter, part in self._parts.items():
            line.append(f"　{letter} ", "bold reverse").append(_name(part, say))
        yield Static(line, id="jump-line", markup=False)

    def on_key(self, event: events.Key) -> None:
        """A letter jumps; another key closes."""
        if event.key != "escape":
            event.stop()
            self.finish(self._parts.get(event.key))


def _parts(focusable: Iterable[Widget]) -> Iterator[Widget]:
    for part in focusable:
        if isinstance(part, (*(kind for kind, _ in _NAMES), FilterButton, Condition)):
            yield part


def _name(part: Widget, say: Speaker) -> str:
    if isinstance(part, FilterButton):
        return say(f"filter.{part.filter}")
    if isinstance(part, Condition):
        return one_line(part.chip.label)
    if part.id == "timeline":
        return say("jump.timeline")
    return next(say(name) for kind, name in _NAMES if isinstance(part, kind))
