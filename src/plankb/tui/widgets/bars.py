"""The line of tabs on top and the line of keys below, both for the mouse too."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from plankb.tui.ui import ui


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

    def watch_active(self, active: str) -> None:
        """The open tab stands out."""
        for button in self.query(TabButton):
            button.set_class(button.tab == active, "-active")

    def on_mount(self) -> None:
        """Also at first."""
        self.watch_active(self.active)


class KeyHint(Static):
    """One key and what it does; a click presses it."""

    def __init__(self, key: str, display: str, does: str) -> None:
        super().__init__(Text.assemble((display, "bold"), f" {does}"), classes="key-hint", markup=False)
        self._key = key

    def on_click(self) -> None:
        """Presses the key."""
        self.app.simulate_key(self._key)


class KeyBar(HorizontalGroup):
    """The keys that do something now, in the user's language. Descriptions of bindings are keys of `words.toml`."""

    DEFAULT_CLASSES: ClassVar[str] = "keybar"

    def compose(self) -> ComposeResult:
        """A key each, those of the focused widget first."""
        say = ui(self).say
        seen = set()
        for _, binding, _enabled, _tooltip in self.screen.active_bindings.values():
            if binding.show and say.has(binding.description) and binding.action not in seen:
                seen.add(binding.action)
                yield KeyHint(binding.key, self.app.get_key_display(binding), say(binding.description))

    def on_mount(self) -> None:
        """Follows the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._renew)

    def _renew(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.refresh(recompose=True)
