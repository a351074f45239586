"""Questions and filters under names of the user's own: keeping one, and opening one that was kept."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from plankb.kb import saved
from plankb.tui.cells import one_line, plain
from plankb.tui.keys import key
from plankb.tui.screens.dialog import ConfirmScreen, Dialog, heading
from plankb.tui.ui import think, ui

_LONGEST = 60


class SaveScreen(Dialog[str | None]):
    """Closes with the name under which the view was kept."""

    def __init__(self, view: saved.View, name: str) -> None:
        super().__init__()
        self._view = view
        self._named = name
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Title and field."""
        say = ui(self).say
        with Vertical(classes="dialog"):
            yield heading(say("key.save_view"))
            yield Input(
                one_line(self._named)[:_LONGEST], placeholder=say("saved.name"), id="saved-name", max_length=_LONGEST
            )
            yield Static(Text(say("saved.name"), "dim"), id="saved-hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keeps it; one of that name is replaced at a second Enter only."""
        event.stop()
        name = plain(event.value).strip()
        if name:
            replacing = self._asked == name
            think(
                self,
                lambda: _keep(name, self._view, replacing=replacing),
                lambda kept: self._kept(name, kept),
                group="save",
            )

    def _kept(self, name: str, kept: bool) -> None:
        if kept:
            self.finish(name)
        else:
            self._asked = name
            self.query_one("#saved-hint", Static).update(Text(ui(self).say("saved.exists", name=name)))


class SavedScreen(Dialog[saved.View | None]):
    """Closes with the view to show again."""

    AUTO_FOCUS = "#saved-list"
    BINDINGS: ClassVar[list[BindingType]] = [key("delete,x", "remove", "key.remove_saved")]

    def __init__(self, views: dict[str, saved.View]) -> None:
        super().__init__()
        self._views = views

    def compose(self) -> ComposeResult:
        """The list."""
        say = ui(self).say
        with Vertical(classes="dialog -large"):
            yield heading(say("saved.title"))
            yield OptionList(id="saved-list", markup=False)
            yield Static(Text(say("saved.hint" if self._views else "saved.empty"), "dim"), markup=False)

    def on_mount(self) -> None:
        """Fills it."""
        self._fill()

    def _fill(self) -> None:
        say = ui(self).say
        lines = [
            Text.assemble(plain(name), (f"  {say(f'tab.{view.tab}')}", "dim")) for name, view in self._views.items()
        ]
        options = self.query_one(OptionList).clear_options().add_options(Option(line) for line in lines)
        options.highlighted = 0 if lines else None

    def _current(self) -> str | None:
        at = self.query_one(OptionList).highlighted
        return None if at is None else list(self._views)[at]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Opens it."""
        event.stop()
        self.finish(list(self._views.values())[event.option_index])

    def action_remove(self) -> None:
        """Deletes one, once the user is sure."""
        name, say = self._current(), ui(self).say
        if name is None:
            return

        def decided(sure: bool | None) -> None:
            if sure:
                think(self, lambda: saved.remove(name), lambda _: self._removed(name), group="save")

        question = say("saved.ask", name=name)
        self.app.push_screen(ConfirmScreen(question, say("key.remove_saved"), say("review.keep")), decided)

    def _removed(self, name: str) -> None:
        self._views = {kept: view for kept, view in self._views.items() if kept != name}
        self._fill()
        ui(self).remark(ui(self).say("saved.removed", name=name))


def _keep(name: str, view: saved.View, *, replacing: bool) -> bool:
    """Whether it was kept: not where one of that name is there and is not to be replaced."""
    if name in saved.load() and not replacing:
        return False
    saved.keep(name, view)
    return True
