from __future__ import annotations

from rich.cells import cell_len

from plankb.tui.app import PlankbApp
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import on_tab, press, settle


async def test_plans_are_compared_and_differences_marked(app: PlankbApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, "targets")
        await press(pilot, "c")
        grid = app.screen.query_one("#targets-rows", Grid)
        cells = [grid.sheet.cells(row) for row in range(len(grid.sheet.rows))]
        assert cells == [
            ("新建绿色建筑占比", "≠", "100% 2025", "80% 2025"),
            ("细颗粒物浓度", "＝", "≤35μg/m³ 2025", "≤35μg/m³ 2025"),
        ]


async def test_the_evidence_of_a_comparison_is_that_of_the_cell(app: PlankbApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, "targets")
        await press(pilot, "c")
        reader = app.screen.query_one("#targets-evidence-text", Reader)
        assert "占比达到100%" in reader.text
        await press(pilot, "right")
        assert "占比达到80%" in reader.text


async def test_sorting_by_a_click_on_a_heading(app: PlankbApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, "targets")
        grid = app.screen.query_one("#targets-rows", Grid)
        head = grid.render_line(0).text
        await pilot.click(grid, offset=(cell_len(head[: head.index("目标值")]), 0))
        await settle(pilot)
        values = [grid.sheet.columns[1].cell(row) for row in grid.shown]
        assert values == ["≤35μg/m³", "≤35μg/m³", "80%", "90%", "100%"]
