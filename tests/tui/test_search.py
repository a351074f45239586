from __future__ import annotations

from textual.widgets import Input, Static

from plankb.tui.app import PlankbApp
from plankb.tui.screens.search import SearchScreen
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import on_tab, press, settle


async def test_words_are_found_from_any_screen_and_read_in_the_plan(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "matrix")
        await press(pilot, "slash")
        assert isinstance(app.screen, SearchScreen)
        app.screen.query_one(Input).value = "装配式"
        await settle(pilot)
        assert str(app.screen.query_one("#search-count", Static).render()) == "共 1 处"
        await press(pilot, "enter", "enter")
        reader = app.screen.query_one("#page-text", Reader)
        assert "示例市绿色发展规划" in reader.text


async def test_what_is_not_there_is_said(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+f")
        app.screen.query_one(Input).value = "航天飞机"
        await settle(pilot)
        assert not app.screen.query_one(Grid).shown
        assert "没有" in str(app.screen.query_one("#search-count", Static).render())
