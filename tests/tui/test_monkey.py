"""Somebody who presses whatever comes to hand: nothing they do ends the program, also not closing it at any moment."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from pathlib import Path

import pytest
from textual.errors import NoWidget
from textual.pilot import OutOfBounds, Pilot

from plankb.tui.app import PlankbApp
from plankb.tui.screens.main import MainScreen
from tests.tui import library
from tests.tui.conftest import until

pytestmark = pytest.mark.slow

SEEDS = range(3)
STEPS = 60
_KEYS = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "tab", "shift+tab"),
    *("1", "2", "3", "4", "5", "6", "7", "8", "ctrl+pagedown", "ctrl+pageup", "f1", "f2", "f2", "ctrl+t", "ctrl+p"),
    *("ctrl+f", "slash", "ctrl+e", "ctrl+y", "y", "r", "u", "x", "c", "s", "S", "f", "n", "p", "m", "a", "k", "o"),
    *("h", "j", "l", "g", "G", "v", "delete", "backspace", "space", "ctrl+n", "ctrl+b", "full_stop", "市", "规", "q"),
)
_SIZES = ((80, 24), (160, 48), (100, 30), (40, 10), (60, 16), (200, 50))


async def wander(app: PlankbApp, chance: random.Random, steps: int) -> None:
    """Presses keys, clicks, resizes, waits or not, and closes the window wherever that has led."""
    async with app.run_test(size=chance.choice(_SIZES)) as pilot:
        for _ in range(chance.randrange(steps)):
            await _step(pilot, chance)
            assert isinstance(app.screen_stack[1], MainScreen)
        app.exit()
        await until(pilot, lambda: not app.is_running)


async def _step(pilot: Pilot[None], chance: random.Random) -> None:
    app, act = pilot.app, chance.random()
    if act < 0.85:
        for _ in range(chance.choice((1, 1, 1, 2, 5))):  # some faster than the window answers
            app.simulate_key(chance.choice(_KEYS))
    elif act < 0.93:
        width, height = app.size
        place = (chance.randrange(width), chance.randrange(height))
        with suppress(NoWidget, OutOfBounds):  # what is not laid out yet has nothing to click
            await pilot.click(offset=place, times=chance.choice((1, 1, 2)))
    else:
        await pilot.resize_terminal(*chance.choice(_SIZES))
    for _ in range(chance.choice((0, 0, 1, 5, 50))):
        await asyncio.sleep(0)
    if chance.random() < 0.5:
        await pilot.pause()


@pytest.mark.parametrize("seed", SEEDS)
async def test_nothing_pressed_ends_the_program(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "新规划.txt").write_text(library.AIR.replace("示例市", "例样市"), encoding="utf-8")
    folder = library.build(tmp_path / "kb")
    await wander(PlankbApp(folder, keep=tmp_path / "tui.json"), random.Random(seed), STEPS)
