"""The line of filters over a table: each opens a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup
from textual.message import Message
from textual.widgets import Static

from plankb.tui.cells import clip, one_line
from plankb.tui.keys import key
from plankb.tui.picking import Choice, Choices, Chosen
from plankb.tui.ui import ui

_WIDEST = 14


class FilterButton(Static, can_focus=True):
    """One filter and what it is set to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,space,down", "pick", "key.open"),
        key("delete,backspace", "clear", "key.clear", show=False),
        key("right", "screen.focus_next", "key.right", show=False),
        key("left", "screen.focus_previous", "key.left", show=False),
    ]

    def __init__(self, name: str) -> None:
        super().__init__("", classes="filter", markup=False, id=f"filter-{name}")
        self.filter = name

    def draw(self, chosen: Sequence[str], choices: Sequence[Choice]) -> None:
        """Says what the filter is set to."""
        say = ui(self).say
        labels = [choice.label for choice in choices if choice.value in chosen] or list(chosen)
        if not labels:
            said = say("filter.any")
        else:
            said = clip(one_line(labels[0]), _WIDEST)
            if len(labels) > 1:
                said = say("filter.chosen", first=said, count=len(labels), more=len(labels) - 1)
        self.update(Text.assemble((f"{say(f'filter.{self.filter}')} ", "dim" if not labels else "bold"), f"{said}▾"))
        self.set_class(bool(labels), "-set")

    def action_pick(self) -> None:
        """Opens the list."""
        self.post_message(Filters.Opened(self.filter))

    def action_clear(self) -> None:
        """Any value again."""
        self.post_message(Filters.Opened(self.filter, clear=True))

    def on_click(self) -> None:
        """Opens the list."""
        self.action_pick()


class Filters(HorizontalGroup):
    """The filters of one table, and what they are set to."""

    class Opened(Message):
        """A filter is to be set, or cleared."""

        def __init__(self, name: str, *, clear: bool = False) -> None:
            super().__init__()
            self.name = name
            self.clear = clear

    class Changed(Message):
        """Filters are set to something else."""

        def __init__(self, chosen: Chosen) -> None:
            super().__init__()
            self.chosen = chosen

    def __init__(self, names: Sequence[str], chosen: Chosen) -> None:
        super().__init__(classes="filters")
        self._names = names
        self.chosen: dict[str, tuple[str, ...]] = {
            name: tuple(map(str, values)) for name, values in chosen.items() if name in names and values
        }
        self._choices: Choices = {}

    def compose(self) -> ComposeResult:
        """A button each."""
        for name in self._names:
            yield FilterButton(name)

    def on_mount(self) -> None:
        """Also before the choices are known."""
        self._draw()

    def offer(self, choices: Choices) -> None:
        """What each filter can be set to."""
        self._choices = choices
        self._draw()

    def _draw(self) -> None:
        for button in self.query(FilterButton):
            button.draw(self.chosen.get(button.filter, ()), self._choices.get(button.filter, ()))

    def on_filters_opened(self, event: Filters.Opened) -> None:
        """Opens the list, or clears the filter."""
        event.stop()
        if event.clear:
            self._set(event.name, ())
            return
        from plankb.tui.screens.picker import PickerScreen

        def done(values: tuple[str, ...] | None) -> None:
            if values is not None:
                self._set(event.name, values)

        what = ui(self).say(f"filter.{event.name}")
        choices = self._choices.get(event.name, ())
        self.app.push_screen(PickerScreen(what, choices, self.chosen.get(event.name, ())), done)

    def set_quietly(self, chosen: Chosen) -> None:
        """Shows filters that are applied already."""
        self.chosen = {name: tuple(values) for name, values in chosen.items()}
        self._draw()

    def put(self, chosen: Chosen) -> None:
        """Sets all filters at once."""
        self.chosen = {
            name: tuple(map(str, values)) for name, values in chosen.items() if name in self._names and values
        }
        self._changed()

    def clear(self) -> None:
        """Every filter takes any value."""
        self.chosen = {}
        self._changed()

    def _set(self, name: str, values: tuple[str, ...]) -> None:
        self.chosen = {**self.chosen, name: values}
        if not values:
            del self.chosen[name]
        self._changed()

    def _changed(self) -> None:
        self._draw()
        self.post_message(self.Changed(self.chosen))
