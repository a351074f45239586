from __future__ import annotations

from textual.widgets import Input, Static

from plankb.model import Passage, Task
from plankb.tui.app import PlankbApp
from plankb.tui.screens.search import SearchScreen
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import on_tab, press, settle


async def test_words_are_found_from_any_screen_and_read_in_the_plan(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "matrix")
        await press(pilot, "slash")
        assert app.focused is app.screen.query_one("#matrix-rows-box FilterInput")
        await press(pilot, "escape")
        await press(pilot, "ctrl+f")
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


async def test_a_question_typed_into_the_search_is_answered_as_one(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "ctrl+f")
        app.screen.query_one(Input).value = "市城管局负责哪些任务"
        await settle(pilot)
        assert "回车作答" in str(app.screen.query_one("#search-count", Static).render())
        await press(pilot, "enter")
        assert app.state.tab == "ask"
        assert [row.title for row in app.screen.query_one("#answer-rows", Grid).rows_of(Task)] == ["治理扬尘污染"]


async def test_a_slash_in_a_plan_searches_that_plan(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "down", "enter", "slash")
        app.screen.query_one(Input).value = "绿色建筑"
        await settle(pilot)
        hits = app.screen.query_one("#search-hits", Grid).rows_of(Passage)
        assert {hit.plan for hit in hits} == {"city"}
