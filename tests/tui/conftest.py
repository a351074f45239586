"""The application over a small knowledge base, driven as a user drives it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from plankb.tui.app import PlankbApp
from plankb.tui.widgets.bars import Notice
from tests.tui import library

_PATIENCE = 60
"""Seconds after which a window that does not come to rest counts as stuck."""


@pytest.fixture(scope="session")
def kb_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base that no test changes."""
    return library.build(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def app(kb_folder: Path) -> PlankbApp:
    """The application, which remembers nothing."""
    return PlankbApp(kb_folder)


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's settings: no bureau, no saved questions, no keys and colours of one's own."""
    monkeypatch.setenv("PLANKB_CONFIG", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def _faults_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program fails the test, where a user sees a notice."""
    monkeypatch.setenv("PLANKB_TRACEBACK", "1")


@pytest.fixture(autouse=True)
def _notices_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """No notice goes away before a slow test has read it."""
    monkeypatch.setattr(Notice, "on_mount", lambda _: None)


async def settle(pilot: Pilot[Any]) -> None:
    """Waits until nothing is under way: no work, no message, nothing to lay out or to draw, nothing on its way out."""
    await until(pilot, lambda: not _under_way(pilot.app))


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    """Waits for something."""
    try:
        async with asyncio.timeout(_PATIENCE):
            while pilot.app.is_running and not condition():
                await asyncio.sleep(0.001)
    except TimeoutError:
        pytest.fail(f"still waiting; under way: {_under_way(pilot.app)}")


def _under_way(app: App[Any]) -> list[str]:
    """What is yet to be done. Everything runs in one loop: what is at rest stays so until a test or a clock acts."""
    found = [f"worker {worker.group}" for worker in app.workers if not worker.is_finished]
    pumps: list[MessagePump] = [app, *app._registry]
    found += [f"turn of {p}" for p in pumps if not _waits(p) or p._next_callbacks or p._closing]
    if app._resize_event is not None or app._batch_count:
        found.append("resizing")
    if app.screen_stack:
        screen = app.screen
        dirty = screen._layout_required or screen._scroll_required or screen._repaint_required
        if dirty or screen._dirty_widgets or screen._callbacks:
            found.append(f"drawing of {screen}")
    return found


def _waits(pump: MessagePump) -> bool:
    """Whether its last message has been handled to the end, and there is no other: then it waits for one."""
    queue: Any = pump._message_queue
    return not queue.values and any(not waiter.done() for waiter in queue.ready_event._waiters)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Presses keys as someone does who looks at the screen after each."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def on_tab(pilot: Pilot[Any], tab: str) -> None:
    """Opens a tab and waits until it shows what it has."""
    await settle(pilot)
    await pilot.app.screen.run_action(f"tab('{tab}')")
    await settle(pilot)
