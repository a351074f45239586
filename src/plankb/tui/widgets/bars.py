"""What stands at the edges of the screen: the line of tabs, the line of keys (both for the mouse too), notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from plankb.tui.cells import plain
from plankb.tui.ui import ui

_GAP = 1
"""Cells after each key, and on either side of a tab."""


class TabButton(Static):
    """One tab: its number and name."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__(Text(label), id=f"tab-{name}", classes="tab", markup=False)
        self.tab = name

    def on_click(self) -> None:
        """Opens the tab."""
        self.post_message(TabBar.Picked(self.tab))


class TabBar(HorizontalGroup):
    """The tabs in one line; `active` is the name of the open one."""

    active: reactive[str] = reactive("")

    class Picked(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(id="tabs")
        self._names = names

    def compose(self) -> ComposeResult:
        """A button a tab."""
        say = ui(self).say
        for number, name in enumerate(self._names, start=1):
            yield TabButton(name, f"{number} {say(f'tab.{name}')}")
        yield Static(Text("plankb"), id="brand", markup=False)

    def on_resize(self) -> None:
        """The program's name stands beside the tabs where there is room for it."""
        brand = self.query_one("#brand", Static)
        tabs = sum(cell_len(str(button.content)) + 2 * _GAP for button in self.query(TabButton))
        brand.display = self.size.width - tabs >= cell_len(str(brand.content)) + 2 * _GAP

    def watch_active(self, active: str) -> None:
        """The open tab stands out."""
        for button in self.query(TabButton):
            button.set_class(button.tab == active, "-active")

    def on_mount(self) -> None:
        """Also at first."""
        self.watch_active(self.active)


class KeyHint(Static):
    """One key and what it does; a click presses it. `everywhere`: it does so on every tab."""

    def __init__(self, key: str, display: str, does: str, *, everywhere: bool) -> None:
        words = Text.assemble((display, "bold"), f" {does}")
        super().__init__(words, classes="key-hint", markup=False)
        self._key = key
        self.everywhere = everywhere
        self.room = words.cell_len + _GAP

    def on_click(self) -> None:
        """Presses the key."""
        self.app.simulate_key(self._key)


class KeyBar(HorizontalGroup):
    """The keys that do something now. Descriptions of bindings are keys of `words/screens.toml`."""

    DEFAULT_CLASSES: ClassVar[str] = "keybar"

    def compose(self) -> ComposeResult:
        """A key each, the focused widget's first; where room is short, the help alone tells the last of those."""
        hints = list(self._hints())
        spare = self.size.width - _GAP - sum(hint.room for hint in hints if hint.everywhere)
        for hint in hints:
            if not hint.everywhere:
                spare -= hint.room
            if hint.everywhere or spare >= 0:
                yield hint

    def _hints(self) -> Iterator[KeyHint]:
        say = ui(self).say
        seen = set()
        for node, binding, _enabled, _tooltip in self.screen.active_bindings.values():
            if binding.show and say.has(binding.description) and binding.action not in seen:
                seen.add(binding.action)
                display = self.app.get_key_display(binding)
                everywhere = node in (self.screen, self.app)
                yield KeyHint(binding.key, display, say(binding.description), everywhere=everywhere)

    def on_resize(self) -> None:
        """As many keys as there is room for now."""
        self.refresh(recompose=True)

    def on_mount(self) -> None:
        """Follows the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._renew)

    def _renew(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.refresh(recompose=True)


_SIGNS = {True: "✗ ", False: "· "}


class Notice(Static):
    """One or more lines that go away by themselves after some seconds, or at a click."""

    def __init__(self, words: str, *, error: bool, seconds: float) -> None:
        super().__init__(
            Text(_SIGNS[error] + plain(words)), classes="notice -error" if error else "notice", markup=False
        )
        self.words = words
        self._seconds = seconds

    def on_mount(self) -> None:
        """Goes away in time."""
        self.set_timer(self._seconds, self.remove)

    def on_click(self) -> None:
        """Goes away at once."""
        self.remove()
