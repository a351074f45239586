"""What comes from another thread is shown, or dropped: never to a widget that is being taken down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Static

from plankb.errors import PlankbError
from plankb.tui.app import PlankbApp
from plankb.tui.commands import Palette
from plankb.tui.desk import Desk
from plankb.tui.screens.dialog import ConfirmScreen
from plankb.tui.screens.help import HelpScreen
from plankb.tui.screens.main import MainScreen
from plankb.tui.sheet import Sheet
from plankb.tui.ui import change, drop, fetch, think
from plankb.tui.widgets.bars import TabButton
from plankb.tui.widgets.question import QuestionInput
from tests.tui import library
from tests.tui.conftest import on_tab, press, settle, until

_TURNS = 50
_PATIENCE = 60
YES, NO = True, False
_Way = Callable[..., None]


class _Desk:
    """Answers when told to."""

    def __init__(self) -> None:
        self.told = asyncio.Event()

    async def read(self, work: Any) -> Any:
        await self.told.wait()
        return work(None)

    write = read_long = read

    def state(self) -> object:
        return None


class _Slow(Static):
    """Is told the answer while it is taken down, its brother being gone."""

    async def on_unmount(self) -> None:
        app = self.app
        assert isinstance(app, _Asking)
        while app.query("#brother"):
            await asyncio.sleep(0)
        app.desk.told.set()
        for _ in range(_TURNS):
            await asyncio.sleep(0)


class _Host(Vertical):
    def compose(self) -> ComposeResult:
        yield Static(id="brother")
        yield _Slow()

    def ask(self, words: str, way: _Way = fetch) -> None:
        way(self, lambda _: words, self.show)

    def show(self, words: str) -> None:
        self.query_one("#brother", Static).update(words)


class _Asking(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.desk = _Desk()
        self.changes = 0
        self.seen_state: object = None

    def changed(self) -> None:
        self.changes += 1

    def compose(self) -> ComposeResult:
        yield _Host()

    @property
    def shown(self) -> str:
        return str(self.query_one("#brother", Static).content)


def _think(node: _Host, work: Callable[[None], str], show: Callable[[str], None]) -> None:
    """The work in another thread, which is told when the desk is."""
    told = Event()

    def wait() -> str:
        told.wait(_PATIENCE)
        return work(None)

    async def tell() -> None:
        assert isinstance(node.app, _Asking)
        await node.app.desk.told.wait()
        told.set()

    node.app.run_worker(tell())
    think(node, wait, show, group="think")


WAYS = pytest.mark.parametrize("way", [fetch, change, _think], ids=["fetch", "change", "think"])


@WAYS
async def test_an_answer_that_comes_while_the_widget_is_taken_down_is_dropped(way: _Way) -> None:
    app = _Asking()
    async with app.run_test() as pilot:
        host = app.query_one(_Host)
        host.ask("too late", way)
        await pilot.pause()
        await host.remove()
        assert app.desk.told.is_set()
        await app.workers.wait_for_complete()
        assert app.is_running


@WAYS
async def test_the_window_closes_while_an_answer_comes(way: _Way) -> None:
    app = _Asking()
    async with app.run_test() as pilot:
        app.query_one(_Host).ask("too late", way)
        await pilot.pause()
    assert app.desk.told.is_set()


@WAYS
async def test_an_answer_is_shown(way: _Way) -> None:
    app = _Asking()
    async with app.run_test() as pilot:
        app.query_one(_Host).ask("in time", way)
        app.desk.told.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.shown == "in time"


async def test_everybody_learns_of_a_change_though_the_widget_that_wished_it_is_gone() -> None:
    app = _Asking()
    async with app.run_test() as pilot:
        host = app.query_one(_Host)
        host.ask("done", change)
        await pilot.pause()
        await host.remove()
        await app.workers.wait_for_complete()
        assert app.changes == 1


async def test_only_the_latest_answer_is_shown() -> None:
    app = _Asking()
    async with app.run_test() as pilot:
        for words in ("first", "second"):
            app.query_one(_Host).ask(words)
            await pilot.pause()
        app.desk.told.set()
        await pilot.app.workers.wait_for_complete()
        assert app.shown == "second"


async def test_what_was_given_up_is_not_shown() -> None:
    app = _Asking()
    async with app.run_test() as pilot:
        host = app.query_one(_Host)
        host.ask("first")
        await pilot.pause()
        drop(host, group="fetch")
        app.desk.told.set()
        for _ in range(3):
            await pilot.pause()
        assert app.shown == ""


# the real window


class _Held:
    """A function that another thread stays in until it is let go, and that says when it is in there."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.entered, self.let_go, self.left = Event(), Event(), Event()

    def __call__(self, *args: Any, **options: Any) -> Any:
        self.entered.set()
        self.let_go.wait(_PATIENCE)
        try:
            return self._function(*args, **options)
        finally:
            self.left.set()

    async def until_entered(self) -> None:
        assert await asyncio.to_thread(self.entered.wait, _PATIENCE)


async def test_the_window_closes_while_rows_are_sorted(app: PlankbApp, monkeypatch: pytest.MonkeyPatch) -> None:
    held = _Held(lambda *_: [])
    async with app.run_test() as pilot:
        await on_tab(pilot, "tasks")
        monkeypatch.setattr(Sheet, "arrange", held)
        await pilot.press("s")
        await held.until_entered()
    held.let_go.set()
    assert held.left.wait(_PATIENCE)


async def test_the_window_closes_while_names_are_looked_up(app: PlankbApp, monkeypatch: pytest.MonkeyPatch) -> None:
    held = _Held(lambda *_: [])
    async with app.run_test() as pilot:
        await settle(pilot)
        monkeypatch.setattr("plankb.tui.widgets.question.complete", held)
        app.screen.query_one(QuestionInput).value = "市"
        await held.until_entered()
        await app.screen.remove_children("*")
        held.let_go.set()
    assert held.left.wait(_PATIENCE)


async def test_the_window_closes_while_a_plan_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from plankb.kb import KnowledgeBase

    held = _Held(KnowledgeBase.remove)
    monkeypatch.setattr(KnowledgeBase, "remove", lambda *args: held(*args))
    folder = library.build(tmp_path / "kb")
    async with PlankbApp(folder).run_test() as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "delete")
        await pilot.press("right", "enter")
        await held.until_entered()
    held.let_go.set()
    assert held.left.wait(_PATIENCE)
    assert [plan.id for plan in KnowledgeBase(folder).store.plans()] == ["city"]


async def test_keys_typed_ahead_while_the_language_changes_do_no_harm(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await on_tab(pilot, "tasks")
        for key in ("f2", "3", "ctrl+e", "escape", "f2", "2", "y", "ctrl+pagedown", "r", "escape", "f2", "8"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)
        labels = [str(button.render()) for button in app.screen.query(TabButton)]
        assert labels[0] == f"1 {app.say('tab.ask')}"
        assert app.state.tab == app.screen.pane.TAB


async def test_a_dialog_closes_once_and_nothing_below_it(app: PlankbApp) -> None:
    said: list[bool | None] = []
    async with app.run_test() as pilot:
        await settle(pilot)
        dialog = ConfirmScreen("?", "yes", "no")
        await app.push_screen(dialog, said.append)
        dialog.finish(YES)
        dialog.finish(NO)
        await settle(pilot)
        assert said == [True]
        assert isinstance(app.screen, MainScreen)


async def test_a_dialog_closes_when_nothing_lies_over_it_any_more(app: PlankbApp) -> None:
    said: list[bool | None] = []
    async with app.run_test() as pilot:
        await settle(pilot)
        dialog = ConfirmScreen("?", "yes", "no")
        await app.push_screen(dialog, said.append)
        await app.push_screen(HelpScreen(dialog))
        dialog.finish(YES)
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape")
        assert said == [True]
        assert isinstance(app.screen, MainScreen)


@pytest.mark.parametrize("key", ["ctrl+p", "ctrl+f", "f1", "a", "k", "5"])
async def test_the_window_closes_while_something_opens(app: PlankbApp, key: str) -> None:
    async with app.run_test() as pilot:
        await on_tab(pilot, "plans")
        app.screen.call_later(app.exit)
        app.simulate_key(key)
        await until(pilot, lambda: not app.is_running)


async def test_a_page_key_in_the_palette_before_its_list_is_drawn(app: PlankbApp) -> None:
    async with app.run_test() as pilot:
        await settle(pilot)
        for key in ("ctrl+p", "pagedown", "pagedown", "end"):
            app.simulate_key(key)
        await settle(pilot)
        assert isinstance(app.screen, Palette)


async def test_what_is_said_while_the_window_closes_is_let_go(app: PlankbApp) -> None:
    async with app.run_test() as pilot:
        await settle(pilot)
    app.tell(PlankbError("E601"))
    app.remark("too late")
    app.changed()


async def test_a_desk_that_is_closed_takes_no_question(kb_folder: Path) -> None:
    desk = Desk(kb_folder)
    desk.close()
    for ask in (desk.read, desk.write):
        with pytest.raises(asyncio.CancelledError):
            await ask(lambda _: None)
