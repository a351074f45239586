from __future__ import annotations

from textual.widgets import Static

from plankb.kb import Row
from plankb.tui.app import PlankbApp
from plankb.tui.widgets.grid import Grid
from tests.tui.conftest import on_tab, press


async def test_who_does_what_is_read_off_the_cells(app: PlankbApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, "matrix")
        grid = app.screen.query_one("#matrix-rows", Grid)
        assert {row.plan.id for row in grid.rows_of(Row)} == {"city"}
        assert "规划" not in [column.title for column in grid.sheet.columns]
        await press(pilot, "x")
        assert {row.plan.id for row in grid.rows_of(Row)} == {"air", "city"}
        heads = [column.title for column in grid.sheet.columns]
        rows = {
            row.task.title: dict(zip(heads, grid.sheet.cells(i), strict=True))
            for i, row in enumerate(grid.rows_of(Row))
        }
        assert rows["发展绿色建筑"]["市住房城乡建设局"] == "●"
        assert rows["发展绿色建筑"]["市财政局"] == "○"
        assert rows["治理扬尘污染"]["市城管局"] == "△"
        assert rows["治理扬尘污染"]["市公安局"] == ""
        assert rows["治理扬尘污染"]["规划"] == "示例市绿规划"


async def test_the_first_column_stays_and_the_cell_is_said_in_words(app: PlankbApp) -> None:
    async with app.run_test(size=(60, 24)) as pilot:
        await on_tab(pilot, "matrix")
        grid = app.screen.query_one("#matrix-rows", Grid)
        await press(pilot, "x", "right", "right", "right", "right", "right")
        assert grid.scroll_offset.x > 0
        assert grid.render_line(4).text.startswith("1 推进清洁取暖")
        said = str(app.screen.query_one("#matrix-here", Static).render())
        assert said.startswith(f"推进清洁取暖｜{grid.sheet.columns[6].title}：")
