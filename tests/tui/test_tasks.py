from __future__ import annotations

from plankb.model import Task
from plankb.tui.app import PlankbApp
from plankb.tui.screens.picker import PickerScreen
from plankb.tui.sheet import Sheet
from plankb.tui.widgets.bars import KeyHint
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import on_tab, press, settle


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


async def test_the_key_to_review_is_offered_when_rows_come_and_gone_with_them(app: PlankbApp) -> None:
    def offered() -> bool:
        return any("审核" in str(hint.render()) for hint in app.screen.query(KeyHint))

    async with app.run_test(size=(160, 48)) as pilot:
        await on_tab(pilot, "tasks")
        grid = app.screen.query_one("#tasks-rows", Grid)
        grid.focus()
        full = grid.sheet
        grid.fill(Sheet(full.columns, ()))
        await settle(pilot)
        assert not offered()
        grid.fill(full)
        await settle(pilot)
        assert offered()


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
