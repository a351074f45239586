"""The list on the first screen; Enter opens a tab, asks a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from plankb.tui.cells import plain
from plankb.tui.home import Line
from plankb.tui.keys import key


class Home(OptionList):
    """Lines to choose from; ↑ above the first one leaves the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "select", "key.open"),
        key("up,k", "up", "key.up", show=False),
        key("down,j", "cursor_down", "key.down", show=False),
    ]

    class Chosen(Message):
        """A line was chosen."""

        def __init__(self, line: Line) -> None:
            super().__init__()
            self.line = line

    class Left(Message):
        """The user went up beyond the first line."""

    def __init__(self) -> None:
        super().__init__(id="home", markup=False)
        self._offered: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Shows other lines and keeps the place."""
        if lines == self._offered:
            return
        at, self._offered = self.highlighted, lines
        self.clear_options().add_options([Option(_prompt(line), disabled=line.does is None) for line in lines])
        self.highlighted = at if at is not None and at < len(lines) else None

    def action_up(self) -> None:
        """A line up, or out of the list."""
        first = next((at for at, line in enumerate(self._offered) if line.does), 0)
        if self.highlighted is None or self.highlighted <= first:
            self.highlighted = None
            self.post_message(self.Left())
        else:
            self.action_cursor_up()

    def on_focus(self) -> None:
        """The first line that does something is marked."""
        if self.highlighted is None:
            self.action_first()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Says which."""
        event.stop()
        self.post_message(self.Chosen(self._offered[event.option_index]))


def _prompt(line: Line) -> Text:
    return Text(plain(line.words) or " ", "" if line.does else "bold", no_wrap=True, overflow="ellipsis")
