"""How every screen looks, at 80x24 and 160x48: `make snapshots` writes the pictures anew, to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from plankb.tui.app import PlankbApp
from plankb.tui.screens.main import TABS
from plankb.tui.widgets.question import QuestionInput
from tests.tui.conftest import on_tab, press, settle

Compare = Callable[..., bool]
SIZES = [(80, 24), (160, 48)]


def _still(app: PlankbApp) -> None:
    for field in app.screen.query(Input):
        field.cursor_blink = False


async def _show(pilot: Pilot[Any], tab: str, *keys: str) -> None:
    await on_tab(pilot, tab)
    if tab == "ask":
        pilot.app.screen.query_one(QuestionInput).insert_text_at_cursor("市生态环境局牵头哪些任务？")
        await press(pilot, "enter")
    if tab == "plans":
        await press(pilot, "down", "enter")
        await press(pilot, "n")
    for key in keys:
        await settle(pilot)
        await press(pilot, key)
    await settle(pilot)
    assert isinstance(pilot.app, PlankbApp)
    _still(pilot.app)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x48"])
@pytest.mark.parametrize("tab", TABS)
def test_tab(snap_compare: Compare, app: PlankbApp, tab: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: _show(pilot, tab))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x48"])
def test_comparison(snap_compare: Compare, app: PlankbApp, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: _show(pilot, "targets", "c"))


@pytest.mark.parametrize("key", ["ctrl+f", "f1"], ids=["search", "help"])
def test_over_the_screen(snap_compare: Compare, app: PlankbApp, key: str) -> None:
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda pilot: _show(pilot, "tasks", key))


def test_picker(snap_compare: Compare, app: PlankbApp) -> None:
    async def run(pilot: Pilot[Any]) -> None:
        await _show(pilot, "tasks")
        pilot.app.screen.query_one("#filter-bureau").focus()
        await press(pilot, "enter", *"ssthjj")
        _still(app)

    assert snap_compare(app, terminal_size=(80, 24), run_before=run)


def test_light_theme_in_english(snap_compare: Compare, app: PlankbApp) -> None:
    keys = ("f2", "ctrl+t")
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda pilot: _show(pilot, "tasks", *keys))


def test_without_colour(snap_compare: Compare, kb_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = PlankbApp(kb_folder)
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda pilot: _show(pilot, "conflicts"))
