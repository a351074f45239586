"""The command palette: tabs, actions, plans and bureaus, found by what is typed or by pinyin initials."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial

from rich.text import Text
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from plankb.columns import title_of
from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.tui.cells import plain
from plankb.tui.completion import matches
from plankb.tui.ui import OpenBureau, OpenPlan, ui

_ACTIONS = (
    ("key.search", "screen.search", "Ctrl+F"),
    ("key.export", "screen.export", "Ctrl+E"),
    ("key.copy", "screen.copy", "Ctrl+Y"),
    ("key.copy_table", "screen.copy_table", "Y"),
    ("key.save_view", "screen.save_view", "Ctrl+S"),
    ("key.saved", "screen.saved", "Ctrl+O"),
    ("key.own", "screen.own", "F3"),
    ("key.jump", "screen.jump", "Ctrl+G"),
    ("key.corrections", "screen.corrections", "v"),
    ("key.measure", "screen.measure", "F4"),
    ("key.help", "app.help", "F1"),
    ("key.language", "app.language", "F2"),
    ("key.theme", "app.dark", "Ctrl+T"),
    ("key.quit", "app.quit", "Ctrl+Q"),
)
_MOST = 30


@dataclass(frozen=True, slots=True)
class _Command:
    name: str
    key: str
    run: Callable[[], Awaitable[None] | None]

    @property
    def line(self) -> Text:
        """Its name and its key."""
        return Text.assemble(plain(self.name), ("  " + self.key, "dim"))


class Palette(CommandPalette):
    """The palette; Textual's own fails on a page key before its list is drawn."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Moves in the list once there is one."""
        if action == "command_list":
            return any(offered.size.height for offered in self.query(CommandList))
        return super().check_action(action, parameters)


class Commands(Provider):
    """What can be done by name."""

    _named: tuple[_Command, ...] = ()

    async def startup(self) -> None:
        """Looks up plans and bureaus."""
        try:
            plans, bureaus = await ui(self.screen).desk.read(_names)
        except PlankbError:
            return
        say = ui(self.screen).say
        self._named = (
            *(_Command(say("command.plan", name=name), "", partial(self._open, plan)) for plan, name in plans),
            *(_Command(say("command.bureau", name=name), "", partial(self._bureau, id_)) for id_, name in bureaus),
        )

    async def discover(self) -> Hits:
        """Before anything is typed: tabs and actions."""
        for command in self._fixed():
            yield DiscoveryHit(command.line, command.run, text=command.name)

    async def search(self, query: str) -> Hits:
        """What fits the words typed."""
        found = [command for command in (*self._fixed(), *self._named) if matches(command.name, query)]
        found = found or [_Command(ui(self.screen).say("filter.pick_none"), "", _nothing)]
        for rank, command in enumerate(found[:_MOST]):
            yield Hit(1 - rank / (2 * _MOST), command.line, command.run, text=command.name)

    def _fixed(self) -> Iterator[_Command]:
        from plankb.tui.panes.base import TABS

        say = ui(self.screen).say
        for number, tab in enumerate(TABS, start=1):
            name = say("command.go", name=say(f"tab.{tab}"))
            yield _Command(name, str(number), partial(self._run, f"screen.tab('{tab}')"))
        for key, action, press in _ACTIONS:
            yield _Command(say(key), press, partial(self._run, action))

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)

    def _open(self, plan: str) -> None:
        self.screen.post_message(OpenPlan(plan))

    def _bureau(self, bureau: str) -> None:
        self.screen.post_message(OpenBureau(bureau))


def _nothing() -> None:
    """What the line does that says that nothing was found."""


def _names(kb: KnowledgeBase) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    plans = [(plan.id, title_of(plan)) for plan in kb.store.plans()]
    return plans, [(bureau.id, bureau.name) for bureau in kb.store.bureaus()]
