from __future__ import annotations

from plankb.model import Task
from plankb.tui.app import PlankbApp
from plankb.tui.screens.picker import PickerScreen
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import on_tab, press


def _titles(app: PlankbApp) -> list[str]:
    return [task.title for task in app.screen.query_one("#tasks-rows", Grid).rows_of(Task)]


async def test_the_evidence_follows_the_cursor(app: PlankbApp) -> None:
    async with app.run_test() as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "down")
        task = app.screen.query_one("#tasks-rows", Grid).row
        reader = app.screen.query_one("#tasks-evidence-text", Reader)
        assert isinstance(task, Task)
        assert task.quote in reader.text
        assert "（市生态环境局" in reader.text


async def test_a_bureau_is_picked_by_its_pinyin_initials(app: PlankbApp) -> None:
    async with app.run_test() as pilot:
        await on_tab(pilot, "tasks")
        app.screen.query_one("#filter-bureau").focus()
        await press(pilot, "enter")
        assert isinstance(app.screen, PickerScreen)
        await press(pilot, *"sthjj", "enter")
        assert _titles(app) == ["淘汰老旧车辆", "治理扬尘污染", "完善监测网络[38.02]"]
        await press(pilot, "x")
        assert len(_titles(app)) == 5


async def test_typing_filters_the_table(app: PlankbApp) -> None:
    async with app.run_test() as pilot:
        await on_tab(pilot, "tasks")
        app.screen.query_one("#tasks-rows", Grid).focus()
        await press(pilot, "f")
        await press(pilot, "公", "安")
        assert _titles(app) == ["淘汰老旧车辆"]
        await press(pilot, "escape")
        assert len(_titles(app)) == 5


async def test_enter_reads_the_plan_at_the_place(app: PlankbApp) -> None:
    async with app.run_test() as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "end", "enter")
        reader = app.screen.query_one("#page-text", Reader)
        assert reader.mark is not None
        assert reader.text[slice(*reader.mark.span)] == "建成[bold]空气质量[/bold]监测站12座"
