"""The application over a small knowledge base, driven as a user drives it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from plankb.tui.app import PlankbApp
from tests.tui import library


@pytest.fixture(scope="session")
def kb_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base that no test changes."""
    return library.build(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def app(kb_folder: Path) -> PlankbApp:
    """The application, which remembers nothing."""
    return PlankbApp(kb_folder)


async def settle(pilot: Pilot[Any]) -> None:
    """Waits until nothing is fetched and nothing waits to be drawn."""
    await pilot.pause()
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def on_tab(pilot: Pilot[Any], tab: str) -> None:
    """Opens a tab and waits until it shows what it has."""
    await settle(pilot)
    await pilot.app.screen.run_action(f"tab('{tab}')")
    await settle(pilot)
