"""What is fetched from the knowledge base is shown, or dropped: never to a widget that is being taken down."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from plankb.tui.ui import drop, fetch

_TURNS = 50


class _Desk:
    """Answers when told to."""

    def __init__(self) -> None:
        self.told = asyncio.Event()

    async def read(self, work: Any) -> Any:
        await self.told.wait()
        return work(None)


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

    def ask(self, words: str) -> None:
        fetch(self, lambda _: words, self.show)

    def show(self, words: str) -> None:
        self.query_one("#brother", Static).update(words)


class _Asking(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.desk = _Desk()

    def compose(self) -> ComposeResult:
        yield _Host()

    @property
    def shown(self) -> str:
        return str(self.query_one("#brother", Static).content)


async def test_an_answer_that_comes_while_the_widget_is_taken_down_is_dropped() -> None:
    app = _Asking()
    async with app.run_test() as pilot:
        host = app.query_one(_Host)
        host.ask("too late")
        await pilot.pause()
        await host.remove()
        assert app.desk.told.is_set()
        assert app.is_running


async def test_the_window_closes_while_an_answer_comes() -> None:
    app = _Asking()
    async with app.run_test() as pilot:
        app.query_one(_Host).ask("too late")
        await pilot.pause()
    assert app.desk.told.is_set()


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
