"""The keys of the screen below, by group and searchable, in the user's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input, Static

from plankb.tui.cells import fit
from plankb.tui.completion import matches
from plankb.tui.keys import key
from plankb.tui.panes.base import Pane
from plankb.tui.screens.dialog import Dialog, heading
from plankb.tui.ui import ui
from plankb.tui.widgets.chips import Condition
from plankb.tui.widgets.filters import FilterButton
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.home import Home
from plankb.tui.widgets.question import QuestionInput
from plankb.tui.widgets.reader import Reader
from plankb.tui.widgets.table import FilterInput, Table
from plankb.words import Speaker

_KEY_WIDTH = 18
_GROUPS: Mapping[str, tuple[type[DOMNode], ...]] = {
    "question": (QuestionInput, Home, Condition),
    "filters": (FilterButton, FilterInput),
    "table": (Grid, Table),
    "text": (Reader,),
}
"""The widgets whose keys belong together; those of a tab or a dialog stand before them, the rest last."""
Keys = Mapping[str, Mapping[str, Sequence[str]]]
"""Group to what a key does, in words, to the keys."""


class HelpScreen(Dialog[None]):
    """Lists every key that does something on a screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,f1", "leave", "key.close", show=False),
        key("down", "roll(1)", "key.down", show=False),
        key("up", "roll(-1)", "key.up", show=False),
        key("pagedown", "roll(10)", "key.page_down", show=False),
        key("pageup", "roll(-10)", "key.page_up", show=False),
    ]

    def __init__(self, below: Widget) -> None:
        super().__init__()
        self._keys = keys_of(below)

    def compose(self) -> ComposeResult:
        """Field, keys."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield heading(say("help.title"))
            yield Input(placeholder=say("help.find"), id="help-words", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static("", id="help-keys", markup=False)
            yield Static(Text(say("help.mouse"), "dim"), markup=False)

    def on_mount(self) -> None:
        """All keys at first."""
        self._draw("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Finds as one types."""
        self._draw(event.value)

    def on_input_submitted(self) -> None:
        """Enter closes."""
        self.finish()

    def action_roll(self, step: int) -> None:
        """Scrolls the list."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def _draw(self, words: str) -> None:
        say = ui(self).say
        found = list(_lines(self._keys, words, say))
        self.query_one("#help-keys", Static).update(Text("\n").join(found or [Text(say("help.none"), "dim")]))


def keys_of(below: Widget) -> Keys:
    """The keys of a screen: of the open tab or the dialog itself, of its parts, of all screens."""
    say = ui(below).say
    groups: dict[str, dict[str, list[str]]] = {}
    tabs = [node for node in below.query(Pane) if node.display]
    root: DOMNode = tabs[0] if tabs else below
    parts = [node for node in root.walk_children() if isinstance(node, tuple(t for ts in _GROUPS.values() for t in ts))]
    _collect(groups, "here", [root], say)
    for name, kinds in _GROUPS.items():
        _collect(groups, name, [node for node in parts if isinstance(node, kinds)], say)
    _collect(groups, "everywhere", [below, below.app], say)
    if tabs:
        groups.setdefault("everywhere", {})["help.tabs"] = ["1 … 8"]
    return groups


def _collect(groups: dict[str, dict[str, list[str]]], name: str, nodes: Iterable[DOMNode], say: Speaker) -> None:
    for node in nodes:
        bindings = node._bindings.copy()
        bindings.apply_keymap(node.app._keymap)
        for _, binding in bindings:
            word = binding.description
            if say.has(word) and word != "key.tab":
                shown = node.app.get_key_display(binding)
                listed = groups.setdefault(name, {}).setdefault(word, [])
                if shown not in listed:
                    listed.append(shown)


def _lines(keys: Keys, words: str, say: Speaker) -> Iterator[Text]:
    for name, does in keys.items():
        found = [
            Text.assemble((fit("  " + " ".join(shown), _KEY_WIDTH), "bold"), say(word))
            for word, shown in does.items()
            if not words or matches(say(word), words) or words.casefold() in " ".join(shown).casefold()
        ]
        if found:
            yield Text(say(f"help.{name}"), "bold underline")
            yield from found
