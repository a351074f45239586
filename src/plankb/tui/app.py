"""The terminal application: which screens there are, language and theme; everything else has a file of its own."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import Provider
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import MountError
from textual.worker import WorkerFailed

from plankb.errors import Language, PlankbError
from plankb.kb.draft import STORE
from plankb.kb.guard import TRACEBACK, place
from plankb.tui import settings
from plankb.tui import state as states
from plankb.tui.commands import Commands, Palette
from plankb.tui.desk import Desk
from plankb.tui.keys import key, meant
from plankb.tui.screens.main import MainScreen
from plankb.tui.settings import DARK, LIGHT, themes
from plankb.tui.ui import LibraryChanged, in_turn
from plankb.tui.undoing import Steps
from plankb.tui.widgets.bars import Notice
from plankb.words import Speaker

_EVERY = 2.0
"""Seconds between looks at whether another process changed the knowledge base."""
_NO_LIBRARY = frozenset({"E201", "E202", "E203"})


class PlankbApp(App[None]):
    """The UI over the knowledge base in `folder`. `keep` is the file of the window state, None keeps none."""

    CSS_PATH: ClassVar[list[str | Path]] = [  # type: ignore[assignment]
        "styles/app.tcss",
        "styles/widgets.tcss",
        "styles/panes.tcss",
        "styles/correct.tcss",
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f1,question_mark", "help", "key.help", key_display="F1"),
        key("f2", "language", "key.language", key_display="F2"),
        key("ctrl+p", "command_palette", "key.palette", key_display="^p", show=False, priority=True),
        key("ctrl+t", "dark", "key.theme", show=False),
        key("ctrl+q", "quit", "key.quit", priority=True),
    ]
    ESCAPE_TO_MINIMIZE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def __init__(self, folder: Path, *, lang: Language | None = None, keep: Path | None = None) -> None:
        super().__init__()
        self._keep = keep
        self.state = states.load(keep)
        self._settings = settings.load()
        own = self._settings.file
        self.state.lang = own.language or self.state.lang
        self.state.theme = f"plankb-{own.theme}" if own.theme else self.state.theme
        if lang is not None:
            self.state.lang = lang
        self.say = Speaker("screens", self.state.lang)
        self.desk = Desk(folder)
        self.steps = Steps()
        self._is_ready = False
        self._early: list[events.Event] = []
        self.fault: BaseException | None = None
        """The fault of the program that ended it."""
        self.seen_state = self.desk.state()
        self.title = self.say("app.title")

    @property
    def folder(self) -> Path:
        """Where the knowledge base is."""
        return self.desk.folder

    def on_mount(self) -> None:
        """Themes first, so that nothing flickers."""
        for theme in themes(self._settings.file):
            self.register_theme(theme)
        self.set_keymap(self._settings.file.keys)
        self.theme = self.state.theme if self.state.theme in self.available_themes else DARK.name
        self.push_screen(MainScreen())
        for fault in self._settings.faults:
            self.call_after_refresh(self.tell, fault)
        self.set_interval(_EVERY, self.look)

    # What is typed before the first screen is there waits for it.

    def ready(self) -> None:
        """The first screen has the focus."""
        self._is_ready = True
        self.call_later(self._take_early)

    async def _take_early(self) -> None:
        early, self._early = self._early, []
        for event in early:
            await super().on_event(event)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes wait until there is a screen to take them, and keep their order."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if not self._is_ready:
                self._early.append(event)
                return
            await self._take_early()
            if isinstance(event, events.Key) and self.screen_stack and isinstance(self.screen, MainScreen):
                event = meant(event)
        await super().on_event(event)

    def look(self) -> None:
        """Every screen shows one state: what another process built is read at once, and said."""
        state = self.desk.state()
        if state != self.seen_state and state is not None:
            known, self.seen_state = self.seen_state, state
            self.changed()
            if known is not None:
                self.remark(self.say("app.changed"))

    def on_unmount(self) -> None:
        """Remembers the window."""
        states.save(self.state, self._keep)
        self.desk.close()

    def tell(self, error: PlankbError) -> None:
        """One notice, in the user's language; a knowledge base that cannot be opened gets a screen."""
        if error.code == "E203":
            tell: Callable[[], Awaitable[None]] = partial(self._tell_damage, error)
            self.run_worker(tell, group="damage", exclusive=True)
        elif error.code in _NO_LIBRARY or error.details.get("path") == self.folder / STORE:
            self._no_library(error)
        else:
            self._tell(error)

    async def _tell_damage(self, error: PlankbError) -> None:
        """One notice where the plans can still be read: a damaged fact takes nothing else with it."""
        try:
            await self.desk.read(lambda kb: kb.store.plans())
        except PlankbError:
            self._no_library(error)
        else:
            self._tell(error)

    def _tell(self, error: PlankbError) -> None:
        self._notice(Notice(error.text(self.say.lang), error=True, seconds=8))

    def _no_library(self, error: PlankbError) -> None:
        from plankb.tui.screens.adding import WelcomeScreen
        from plankb.tui.screens.trouble import TroubleScreen

        if not any(isinstance(screen, TroubleScreen | WelcomeScreen) for screen in self.screen_stack):
            self.push_screen(WelcomeScreen() if error.code == "E201" else TroubleScreen(error))

    def remark(self, words: str) -> None:
        """One short notice."""
        self._notice(Notice(words, error=False, seconds=4))

    def _notice(self, notice: Notice) -> None:
        if self.screen_stack:  # none any more while the program closes
            self.screen.mount(notice)

    def changed(self) -> None:
        """To every screen."""
        for screen in self.screen_stack:
            screen.post_message(LibraryChanged())

    def copy(self, text: str) -> None:
        """To the clipboard, with a remark."""
        self.copy_to_clipboard(text)
        self.remark(self.say("app.copied"))

    def _handle_exception(self, error: Exception) -> None:
        """Ends the program with one line for the user (`run`), where no notice could be made of a fault of its own.

        Once the program closes Textual makes no widgets any more: what opens just then misses its own.
        """
        fault = error.error if isinstance(error, WorkerFailed) else error
        if self._exit and isinstance(fault, NoMatches | MountError):
            return
        if self.is_headless or os.environ.get(TRACEBACK):
            super()._handle_exception(error)
        else:
            self.fault = self.fault or fault
            self.panic()

    def action_dark(self) -> None:
        """The other theme."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name
        self.state.theme = self.theme

    async def action_language(self) -> None:
        """The other language, on every screen."""
        self.state.lang = "en" if self.state.lang == "zh" else "zh"
        self.say = Speaker("screens", self.state.lang)
        self.title = self.say("app.title")
        states.save(self.state, self._keep)  # a window that is killed must not forget it
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                await in_turn(screen, screen.renew)

    def action_help(self) -> None:
        """The keys of this screen."""
        from plankb.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        """The palette, in the user's language; its commands are for the tabs, not for a dialog over them."""
        if isinstance(self.screen, MainScreen):
            self.push_screen(Palette(placeholder=self.say("command.placeholder"), id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None of Textual's own: `Commands` has them in both languages."""
        del screen
        return ()


def run(folder: Path, *, lang: Language | None = None) -> None:
    """Opens the terminal UI and returns when it is closed.

    Raises E601, E602 for a terminal that cannot show it, E129 when a fault of the program ended it.
    """
    from plankb.tui.terminal import check, end_with_it, end_with_the_server

    check()
    end_with_it()
    end_with_the_server()
    app = PlankbApp(folder, lang=lang, keep=states.default_path())
    app.run()
    if app.fault is not None:
        raise PlankbError("E129", where=place(app.fault)) from app.fault
