"""The application over a small knowledge base, driven as a user drives it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from plankb.tui.app import PlankbApp
from tests.tui import library

_QUIET = 3
_PATIENCE = 60


@pytest.fixture(scope="session")
def kb_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base that no test changes."""
    return library.build(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def app(kb_folder: Path) -> PlankbApp:
    """The application, which remembers nothing."""
    return PlankbApp(kb_folder)


async def settle(pilot: Pilot[Any]) -> None:
    """Waits until nothing is fetched and nothing waits to be drawn, three looks in a row."""
    quiet = 0
    while quiet < _QUIET:
        await pilot.pause()
        busy = any(not worker.is_finished for worker in pilot.app.workers)
        quiet = 0 if busy else quiet + 1
        if busy:
            await asyncio.sleep(0.005)


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    """Waits for something that no worker of ours does."""
    async with asyncio.timeout(_PATIENCE):
        while not condition():
            await pilot.pause()
            await asyncio.sleep(0.005)


async def on_tab(pilot: Pilot[Any], tab: str) -> None:
    """Opens a tab and waits until it shows what it has."""
    await settle(pilot)
    await pilot.app.screen.run_action(f"tab('{tab}')")
    await settle(pilot)
