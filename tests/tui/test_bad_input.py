"""What goes wrong with the window, the knowledge base and the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from plankb.errors import PlankbError
from plankb.kb.draft import STORE
from plankb.tui import terminal
from plankb.tui.app import PlankbApp
from plankb.tui.screens.adding import WelcomeScreen
from plankb.tui.screens.trouble import TroubleScreen
from plankb.tui.widgets.bars import Notice
from plankb.tui.widgets.grid import Grid
from tests.tui import library
from tests.tui.conftest import on_tab, press, settle


async def test_without_a_knowledge_base_it_offers_to_build_one(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "示例.txt").write_text(library.CITY, encoding="utf-8")
    app = PlankbApp(tmp_path / "kb")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        app.screen.query_one("#work-path", Input).value = str(tmp_path / "plans")
        await press(pilot, "enter")
        assert "读入 1 个规划" in str(app.screen.query_one("#work-found", Static).render())
        await press(pilot, "enter")
        assert not isinstance(app.screen, WelcomeScreen)
        await on_tab(pilot, "tasks")
        assert app.screen.query_one("#tasks-rows", Grid).shown


async def test_a_path_without_plans_is_one_notice(tmp_path: Path) -> None:
    app = PlankbApp(tmp_path / "kb")
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.query_one("#work-path", Input).value = str(tmp_path / "missing")
        await press(pilot, "enter")
        assert [notice.words for notice in app.screen.query(Notice)] == [f"找不到文件或文件夹：{tmp_path}/missing"]
        assert isinstance(app.screen, WelcomeScreen)


async def test_a_damaged_knowledge_base_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    damaged = b"SQLite format 3\x00" + b"\xff" * 5000
    (tmp_path / STORE).write_bytes(damaged)
    app = PlankbApp(tmp_path)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, TroubleScreen)
        assert "损坏" in str(app.screen.query_one("#trouble-text", Static).render())
        assert (tmp_path / STORE).read_bytes() == damaged
        library.build(tmp_path / "good")
        (tmp_path / STORE).write_bytes((tmp_path / "good" / STORE).read_bytes())
        await press(pilot, "r")
        assert not isinstance(app.screen, TroubleScreen)


async def test_a_window_too_small_says_so_and_recovers(app: PlankbApp) -> None:
    async with app.run_test(size=(40, 10)) as pilot:
        await settle(pilot)
        notice = app.screen.query_one("#too-small", Static)
        assert "40×10" in str(notice.render())
        assert notice.display
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert not notice.display
        assert app.screen.query_one("#tabs").display


async def test_resizing_while_it_loads_loses_nothing(app: PlankbApp) -> None:
    app.state.tab = "tasks"
    async with app.run_test(size=(80, 24)) as pilot:
        for size in ((120, 40), (60, 16), (200, 50), (30, 8), (80, 24)):
            await pilot.resize_terminal(*size)
        await settle(pilot)
        assert len(app.screen.query_one("#tasks-rows", Grid).shown) == 5


def test_no_terminal_and_a_terminal_of_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(PlankbError) as none:
        terminal.check()
    assert none.value.code == "E601"
    monkeypatch.setattr("sys.stdin", _Terminal())
    monkeypatch.setattr("sys.stdout", _Terminal())
    monkeypatch.setattr("locale.getencoding", lambda: "GBK")
    with pytest.raises(PlankbError) as other:
        terminal.check()
    assert other.value.code == "E602"


class _Terminal:
    def isatty(self) -> bool:
        return True
