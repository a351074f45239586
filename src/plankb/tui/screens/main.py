"""The main screen: the line of tabs, the open tab, the line of keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from plankb.model import Fact, Passage
from plankb.tui.keys import key
from plankb.tui.panes.base import TABS, Pane
from plankb.tui.ui import (
    AskQuestion,
    GoBack,
    LibraryChanged,
    OpenBureau,
    OpenOwnBureau,
    OpenPlan,
    OpenSaved,
    OpenTab,
    fetch,
    in_turn,
    think,
    ui,
)
from plankb.tui.widgets.bars import KeyBar, TabBar

if TYPE_CHECKING:
    from plankb.kb.saved import View

PANES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ask": ("ask", "AskPane"),
        "tasks": ("facts", "TasksPane"),
        "targets": ("facts", "TargetsPane"),
        "plans": ("plans", "PlansPane"),
        "bureaus": ("bureaus", "BureausPane"),
        "deadlines": ("deadlines", "DeadlinesPane"),
        "conflicts": ("conflicts", "ConflictsPane"),
        "matrix": ("matrix", "MatrixPane"),
    }
)
"""Tabs to the module in `panes` and the class there; a module is loaded when its tab is first opened."""
MIN_WIDTH, MIN_HEIGHT = 60, 16


class MainScreen(Screen[None]):
    """Shows one tab at a time; each keeps what it shows while others are open.

    Tabs are opened and made anew in the screen's own turn, one after the other; a key that does so is waited for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(key(f"{n},alt+{n}", f"tab('{name}')", "key.tab", show=False) for n, name in enumerate(TABS, start=1)),
        key("ctrl+pagedown", "turn(1)", "key.next_tab", show=False, priority=True),
        key("ctrl+pageup", "turn(-1)", "key.previous_tab", show=False, priority=True),
        key("slash", "find", "key.filter", show=False),
        key("ctrl+f", "search", "key.search", key_display="^f"),
        key("f3", "own", "key.own", key_display="F3", show=False),
        key("ctrl+e", "export", "key.export", show=False),
        key("ctrl+y,y", "copy", "key.copy", key_display="y", show=False),
        key("Y", "copy_table", "key.copy_table", show=False),
        key("ctrl+s", "save_view", "key.save_view", key_display="^s", show=False),
        key("ctrl+o", "saved", "key.saved", key_display="^o", show=False),
        key("ctrl+g", "jump", "key.jump", key_display="^g", show=False),
        key("v", "corrections", "key.corrections", show=False),
        key("f4", "measure", "key.measure", key_display="F4", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._came_from: list[str] = []

    def compose(self) -> ComposeResult:
        """Tabs, the place of the panes, keys; and what is said in a window too small for them."""
        yield TabBar(TABS)
        yield Container(id="panes")
        yield Static("", id="too-small", markup=False)
        yield KeyBar(id="keys")

    async def on_mount(self) -> None:
        """Opens the tab of last time."""
        tab = ui(self).state.tab
        await self.open_tab(tab if tab in PANES else TABS[0])
        self.app.call_later(ui(self).ready)

    def on_resize(self, event: events.Resize) -> None:
        """A window too small says so."""
        small = event.size.width < MIN_WIDTH or event.size.height < MIN_HEIGHT
        self.set_class(small, "-too-small")
        words = ui(self).say(
            "app.too_small",
            width=event.size.width,
            height=event.size.height,
            min_width=MIN_WIDTH,
            min_height=MIN_HEIGHT,
        )
        self.query_one("#too-small", Static).update(Text(words))

    # tabs

    @property
    def pane(self) -> Pane:
        """The open tab."""
        return self.query_one(f"#pane-{self.query_one(TabBar).active}", Pane)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Reviewing is no key where there is no fact to review."""
        if action in ("review", "restore"):
            return any(pane.display and pane.has_facts for pane in self.query(Pane))
        return super().check_action(action, parameters)

    async def open_tab(self, tab: str) -> Pane:
        """Opens a tab and returns it."""
        panes = self.query_one("#panes")
        for pane in self.query(Pane):
            if pane.display and tab != pane.TAB:
                pane.depart()
        if not self.query(f"#pane-{tab}"):
            module, name = PANES[tab]
            kind: type[Pane] = getattr(import_module(f"plankb.tui.panes.{module}"), name)
            await panes.mount(kind())
        for pane in self.query(Pane):
            pane.display = tab == pane.TAB
        self.query_one(TabBar).active = tab
        ui(self).state.tab = tab
        self.pane.arrive()
        return self.pane

    async def action_tab(self, tab: str) -> None:
        """Opens a tab by key."""
        self._came_from.clear()
        await in_turn(self, partial(self.open_tab, tab))

    async def action_turn(self, step: int) -> None:
        """To the tab beside."""
        at = TABS.index(self.query_one(TabBar).active)
        await self.action_tab(TABS[(at + step) % len(TABS)])

    async def on_tab_bar_picked(self, event: TabBar.Picked) -> None:
        """Opens a tab by mouse."""
        await self.open_tab(event.tab)

    async def on_open_tab(self, event: OpenTab) -> None:
        """Opens a tab that another one speaks of."""
        event.stop()
        self._came_from.clear()
        await self.open_tab(event.tab)

    async def renew(self) -> None:
        """Makes everything anew in the language of now."""
        await self.recompose()
        await self.open_tab(ui(self).state.tab)

    # what tabs ask for

    async def on_open_plan(self, event: OpenPlan) -> None:
        """Reads a plan at a place."""
        from plankb.tui.panes.plans import PlansPane

        pane = await self._go_to("plans")
        assert isinstance(pane, PlansPane)  # noqa: S101
        pane.open(event.plan, event.span)

    def on_library_changed(self, event: LibraryChanged) -> None:
        """Every tab shows the plans of now."""
        event.stop()
        for pane in self.query(Pane):
            pane.reload()

    async def on_open_bureau(self, event: OpenBureau) -> None:
        """Looks at one bureau."""
        from plankb.tui.panes.bureaus import BureausPane

        pane = await self._go_to("bureaus")
        assert isinstance(pane, BureausPane)  # noqa: S101
        pane.choose(event.bureau)

    async def _go_to(self, tab: str) -> Pane:
        """Opens a tab from another one, and remembers the way back."""
        here = self.query_one(TabBar).active
        if here != tab:
            self._came_from.append(here)
        return await self.open_tab(tab)

    async def on_go_back(self, event: GoBack) -> None:
        """To the tab that this one was opened from, else to the first."""
        event.stop()
        await self.open_tab(self._came_from.pop() if self._came_from else TABS[0])

    async def on_ask_question(self, event: AskQuestion) -> None:
        """Asks it on the first tab."""
        from plankb.tui.panes.ask import AskPane

        event.stop()
        pane = await self._go_to("ask")
        assert isinstance(pane, AskPane)  # noqa: S101
        pane.ask(event.question)

    # everywhere

    def action_find(self) -> None:
        """Filters what the tab shows."""
        self.pane.action_find()

    def on_open_own_bureau(self, event: OpenOwnBureau) -> None:
        """The page of the user's own bureau."""
        event.stop()
        self.action_own()

    def action_own(self) -> None:
        """The page of the user's own bureau."""
        from plankb.tui.screens.own import open_own

        open_own(self)

    def action_search(self) -> None:
        """Full-text search over the screen."""
        from plankb.tui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(), self._go)

    def _go(self, place: OpenPlan | AskQuestion | None) -> None:
        if place is not None:
            self.post_message(place)

    def action_export(self) -> None:
        """What is on the screen, as a file."""
        from plankb.tui.screens.export import ExportScreen, table_of

        grid, say = self.pane.table(), ui(self).say
        if grid is None or not grid.shown_indices:
            ui(self).remark(say("app.nothing_to_export"))
            return
        table = table_of(say(f"tab.{self.pane.TAB}"), grid.sheet, list(grid.shown_indices), say)
        screen = ExportScreen(table.title, len(table.rows), self.pane.writer(table))
        self.app.push_screen(screen, self._remark)

    def _remark(self, said: str | None) -> None:
        if said is not None:
            ui(self).remark(said)

    def action_jump(self) -> None:
        """A letter for each part of the screen."""
        from plankb.tui.screens.jump import JumpScreen

        def there(part: Widget | None) -> None:
            if part is not None:
                part.focus()

        self.app.push_screen(JumpScreen(self.focus_chain), there)

    def action_copy_table(self) -> None:
        """All rows on show, for a spreadsheet."""
        from plankb.tui.screens.export import tab_separated, table_of

        grid, say = self.pane.table(), ui(self).say
        if grid is None or not grid.shown_indices:
            ui(self).remark(say("app.nothing_to_copy"))
            return
        title, sheet, shown = self.pane.TAB, grid.sheet, list(grid.shown_indices)

        def copied(text: str) -> None:
            self.app.copy_to_clipboard(text)
            ui(self).remark(say("app.table_copied", count=len(shown)))

        think(self, lambda: tab_separated(table_of(title, sheet, shown, say)), copied, group="copy")

    def action_save_view(self) -> None:
        """Keeps the question or the filters of the tab under a name."""
        from plankb.kb.saved import View
        from plankb.tui.screens.saved import SaveScreen

        shows, say = self.pane.view(), ui(self).say
        if not shows:
            ui(self).remark(say("saved.nothing"))
            return

        def kept(name: str | None) -> None:
            if name is not None:
                ui(self).remark(say("saved.kept", name=name))
                for pane in self.query("#pane-ask").results(Pane):
                    pane.reload()

        self.app.push_screen(SaveScreen(View(tab=self.pane.TAB, shows=shows), str(shows.get("question", ""))), kept)

    def action_saved(self) -> None:
        """Opens what was kept under a name."""
        from plankb.kb import saved
        from plankb.tui.screens.saved import SavedScreen

        def opened(view: View | None) -> None:
            if view is not None and view.tab in PANES:
                self.call_later(self._show_view, view)

        def show(views: dict[str, View]) -> None:
            self.app.push_screen(SavedScreen(views), opened)

        think(self, saved.load, show, group="saved")

    def on_open_saved(self, event: OpenSaved) -> None:
        """Shows what was kept under a name."""
        from plankb.kb import saved

        def show(views: dict[str, View]) -> None:
            if event.name in views:
                self.call_later(self._show_view, views[event.name])

        event.stop()
        think(self, saved.load, show, group="saved")

    async def _show_view(self, view: View) -> None:
        pane = await self.open_tab(view.tab)
        pane.show_view(view.shows)

    def action_copy(self) -> None:
        """The record under the cursor, quoted with its source."""
        from plankb.tui.evidence import cite

        record = self.pane.record()
        if not isinstance(record, Fact | Passage):
            ui(self).remark(ui(self).say("app.nothing_to_copy"))
            return
        say = ui(self).say
        fetch(
            self,
            lambda kb: cite(record, kb.store.plan(record.plan), say),
            lambda words: ui(self).copy(words),
            group="copy",
        )

    def action_review(self) -> None:
        """Says whether the fact under the cursor is right, or what it should say."""
        from plankb.tui.screens.correct import CorrectScreen

        record = self.pane.record()
        if isinstance(record, Fact):
            self.app.push_screen(CorrectScreen(record), self._remark)
        else:
            ui(self).remark(ui(self).say("review.nothing"))

    def action_corrections(self) -> None:
        """All that people said of facts."""
        from plankb.tui.screens.corrections import CorrectionsScreen

        self.app.push_screen(CorrectionsScreen(), self._go)

    def action_measure(self) -> None:
        """How well the plans are read, by a sample to judge."""
        from plankb.tui.screens.measure import MeasureScreen

        self.app.push_screen(MeasureScreen(), self._go)

    def action_restore(self) -> None:
        """Undoes what was last said of a fact, once the user is sure."""
        from plankb.tui.undoing import undo

        undo(self, self._remark)
