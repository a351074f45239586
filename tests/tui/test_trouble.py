"""Trouble never ends the program: damage is one notice; what another process builds is shown at once, and said."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, cast

import pytest

from plankb.columns import COLUMNS
from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE
from plankb.model import Task
from plankb.tui.app import PlankbApp
from plankb.tui.panes.base import TABS
from plankb.tui.panes.facts import TargetsPane
from plankb.tui.screens.main import MainScreen
from plankb.tui.widgets.bars import Notice
from plankb.tui.widgets.grid import Grid
from tests.tui import library
from tests.tui.conftest import on_tab, press, settle


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge base to damage or to change."""
    return library.build(tmp_path / "kb")


@pytest.fixture(autouse=True)
def _as_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANKB_TRACEBACK")


def _said(app: PlankbApp) -> list[str]:
    return [notice.words for notice in app.screen.query(Notice)]


async def test_a_damaged_record_is_one_notice_and_every_tab_still_opens(folder: Path) -> None:
    with sqlite3.connect(folder / STORE) as db:
        db.execute("UPDATE fact SET record = '{\"title\": 5}' WHERE kind = 'task' AND key LIKE '%:3'")
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        for tab in TABS:
            await on_tab(pilot, tab)
            assert isinstance(app.screen, MainScreen)
        assert any("损坏" in words for words in _said(app))
        await on_tab(pilot, "targets")
        assert len(app.screen.query_one("#targets-rows", Grid).shown) == 5


async def test_a_damaged_index_is_one_notice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("the index is broken")

    monkeypatch.setattr("plankb.search.search", broken)
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "ctrl+f", *"gz")
        assert _said(app)
        await press(pilot, "escape", "3")
        assert app.state.tab == "targets"


async def test_every_tab_shows_what_another_process_built_with_a_notice(folder: Path) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await on_tab(pilot, "plans")
        elsewhere = KnowledgeBase(folder)
        elsewhere.remove(["air"])
        app.look()
        await settle(pilot)
        assert _said(app) == ["知识库刚刚在别处更新过，各页签已重新读取"]
        assert {row.plan for row in app.screen.query_one("#tasks-rows", Grid).rows_of(Task)} == {"city"}
        app.look()
        await settle(pilot)
        assert len(_said(app)) == 1


async def test_ones_own_change_is_no_news(folder: Path) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "r")
        await pilot.click("#accept")
        await settle(pilot)
        app.look()
        await settle(pilot)
        assert _said(app) == ["已接受；按 u 撤销"]


async def test_a_fault_in_what_a_cell_says_is_one_notice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        monkeypatch.setitem(cast(Any, COLUMNS["task"]), "title", lambda *_: 1 // 0)
        await on_tab(pilot, "tasks")
        assert [words for words in _said(app) if "程序出错" in words] == _said(app)[:1]
        await on_tab(pilot, "targets")
        assert app.screen.query_one("#targets-rows", Grid).shown


async def test_a_fault_in_showing_what_was_fetched_is_one_notice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(TargetsPane, "_fill", lambda *_: 1 // 0)
        await on_tab(pilot, "targets")
        assert "程序出错" in _said(app)[0]
        await on_tab(pilot, "tasks")
        assert app.screen.query_one("#tasks-rows", Grid).shown
