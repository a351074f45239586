from __future__ import annotations

from plankb.tui.app import PlankbApp
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import on_tab, press


async def test_a_bureau_with_its_load_partners_and_tasks(app: PlankbApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await on_tab(pilot, "bureaus")
        grid = app.screen.query_one("#bureaus-rows", Grid)
        assert grid.sheet.cells(0) == ("市生态环境局", "示例市", "2", "0", "1", "3")
        text = app.screen.query_one("#bureau-profile", Reader).text
        assert "▶ 市生态环境局" in text
        assert [line.split("○ ")[1].split()[0] for line in text.splitlines() if "○ " in line] == [
            "市城管局",
            "市公安局",
        ]
        assert "█ 牵头 淘汰老旧车辆" in text
        assert "░ 共同负责 治理扬尘污染" in text


async def test_a_task_of_a_bureau_is_read_in_its_plan(app: PlankbApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await on_tab(pilot, "bureaus")
        await press(pilot, "enter", "n", "enter")
        reader = app.screen.query_one("#page-text", Reader)
        assert reader.mark is not None
        assert reader.text[slice(*reader.mark.span)] == "2023年底前淘汰老旧车辆"
