"""Choosing among many by typing a part of the name, or its pinyin initials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from plankb.tui.cells import one_line
from plankb.tui.completion import matches
from plankb.tui.keys import key
from plankb.tui.picking import Choice
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import ui

_MOST = 200


class _Finder(Input):
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "screen.step(-1)", "key.up", show=False),
        key("down", "screen.step(1)", "key.down", show=False),
        key("pageup", "screen.step(-10)", "key.page_up", show=False),
        key("pagedown", "screen.step(10)", "key.page_down", show=False),
        key("space", "screen.tick", "key.accept", show=False, priority=True),
    ]


class PickerScreen(Dialog[tuple[str, ...] | None]):
    """Closes with the values chosen, () for any; None where nothing is to change. `single`: one of them, not any."""

    def __init__(self, what: str, choices: Sequence[Choice], chosen: Sequence[str], *, single: bool = False) -> None:
        super().__init__()
        self._single = single
        self._what = what
        self._choices = choices
        self._chosen = list(chosen)
        self._shown: list[Choice | None] = []

    def compose(self) -> ComposeResult:
        """Title, field, list."""
        say = ui(self).say
        with Vertical(classes="dialog -large"):
            yield heading(say("filter.pick", what=self._what))
            yield _Finder(id="picker-words")
            yield OptionList(id="picker-list", markup=False)
            yield Static(Text(say("filter.pick_one" if self._single else "filter.pick_hint"), "dim"), markup=False)

    def on_mount(self) -> None:
        """The field keeps the focus."""
        self._list.can_focus = False
        self._offer("")
        at = next((i for i, c in enumerate(self._shown) if c and c.value in self._chosen), 0)
        self._list.highlighted = at

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Finds as one types."""
        self._offer(event.value)
        self._list.highlighted = 0 if self._shown else None

    def _offer(self, words: str) -> None:
        found = [choice for choice in self._choices if not words or matches(choice.label, words)][:_MOST]
        self._shown = [*([] if words or self._single else [None]), *found]
        self._draw()

    def _draw(self) -> None:
        at = self._list.highlighted
        self._list.clear_options().add_options(Option(self._line(choice)) for choice in self._shown)
        if not self._shown:
            self._list.add_option(Option(Text(ui(self).say("filter.pick_none"), "dim"), disabled=True))
        self._list.highlighted = at

    def _line(self, choice: Choice | None) -> Text:
        if choice is None:
            return Text(f"{'✓' if not self._chosen else ' '} {ui(self).say('filter.any')}")
        if self._single:
            return Text(one_line(choice.label))
        return Text(f"{'✓' if choice.value in self._chosen else ' '} {one_line(choice.label)}")

    @property
    def _current(self) -> Choice | None:
        at = self._list.highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def action_step(self, step: int) -> None:
        """Up and down in the list."""
        if self._shown:
            at = (self._list.highlighted or 0) + step
            self._list.highlighted = max(0, min(at, len(self._shown) - 1))

    def action_tick(self) -> None:
        """Takes the line to the others chosen, or away from them."""
        if self._single:
            return
        if (choice := self._current) is None:
            self._chosen = []
        elif choice.value in self._chosen:
            self._chosen.remove(choice.value)
        else:
            self._chosen.append(choice.value)
        self._draw()

    def on_input_submitted(self) -> None:
        """Enter: what is ticked and, where nothing is, the line under the cursor."""
        self._accept()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click chooses one."""
        self._list.highlighted = event.option_index
        self._chosen = []
        self._accept()

    def _accept(self) -> None:
        current = self._current
        ticked = self._chosen or ([current.value] if current else [])
        self.finish(() if current is None and self._shown[:1] == [None] else tuple(ticked))
