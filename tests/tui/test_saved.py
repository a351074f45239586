"""Questions and filters under names, a whole table for a spreadsheet, jumping by letters."""

from __future__ import annotations

from textual.widgets import Input

from plankb.kb import saved
from plankb.model import Task
from plankb.tui.app import PlankbApp
from plankb.tui.screens.dialog import ConfirmScreen
from plankb.tui.widgets.bars import Notice
from plankb.tui.widgets.filters import Filters
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.home import Home
from tests.tui.conftest import on_tab, press, settle


async def test_a_filter_is_kept_under_a_name_and_opened_again(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "ctrl+s")
        assert app.screen.query(Notice).last(Notice).words == "这里没有可保存的问题或筛选"
        app.screen.query_one(Filters).put({"bureau": ["gaj"]})
        await settle(pilot)
        await press(pilot, "ctrl+s")
        app.screen.query_one(Input).value = "公安"
        await press(pilot, "enter", "x", "ctrl+s")
        assert len(app.screen.query_one("#tasks-rows", Grid).shown) == 5
        assert list(saved.load()) == ["公安"]
        await on_tab(pilot, "ask")
        home = app.screen.query_one(Home)
        home.highlighted = [str(option.prompt).strip() for option in home.options].index("公安")
        home.focus()
        await press(pilot, "enter")
        assert [row.title for row in app.screen.query_one("#tasks-rows", Grid).rows_of(Task)] == ["淘汰老旧车辆"]
        await press(pilot, "x", "1", "ctrl+o", "enter")
        assert app.state.tab == "tasks"
        assert [row.title for row in app.screen.query_one("#tasks-rows", Grid).rows_of(Task)] == ["淘汰老旧车辆"]
        await press(pilot, "ctrl+o", "delete")
        assert isinstance(app.screen, ConfirmScreen)
        await press(pilot, "tab", "enter")
        assert saved.load() == {}


async def test_a_table_is_copied_whole_and_no_cell_is_a_formula(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "Y")
        head, *rows = [line.split("\t") for line in app.clipboard.splitlines()]
        assert head[0] == "任务"
        assert [row[0] for row in rows][:2] == ["推进清洁取暖", "淘汰老旧车辆"]
        assert len(rows) == 5
        assert {len(row) for row in rows} == {len(head)}


async def test_a_letter_jumps_to_a_part_of_the_screen(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "ctrl+g", "b")
        assert app.focused is app.screen.query_one("#filter-bureau")
        await press(pilot, "ctrl+g", "escape")
        assert app.focused is app.screen.query_one("#filter-bureau")
