"""The table on its own: it draws no more than is on the screen, however many rows there are."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.strip import Strip

from plankb.tui.sheet import Column, Sheet
from plankb.tui.widgets.grid import Grid
from tests.tui.conftest import press, settle


class _GridApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Grid(id="grid", empty="没有内容")


def _sheet(rows: list[int], calls: list[int], *, frozen: int = 0, by_cell: bool = False) -> Sheet[int]:
    def cell(row: int) -> str:
        calls.append(row)
        return f"第{row}项"

    columns = [Column[int](title=f"列{number}", cell=cell, width=12) for number in range(10)]
    return Sheet(columns, rows, frozen=frozen, by_cell=by_cell)


async def test_fifty_thousand_rows_scroll() -> None:
    calls: list[int] = []
    app = _GridApp()
    async with app.run_test(size=(80, 24)) as pilot:
        grid = app.query_one(Grid)
        grid.focus()
        grid.fill(_sheet(list(range(50_000)), calls))
        await settle(pilot)
        await press(pilot, "end", "pageup", "home", "pagedown", "end")
        assert grid.row == 49_999
        assert "第49999项" in grid.render_line(grid.size.height - 2).text + grid.render_line(grid.size.height - 1).text
        assert len(set(calls)) < 500


async def test_frozen_columns_stay_and_every_line_has_the_same_width() -> None:
    app = _GridApp()
    async with app.run_test(size=(61, 12)) as pilot:
        grid = app.query_one(Grid)
        grid.focus()
        grid.fill(_sheet(list(range(5)), [], frozen=1, by_cell=True))
        await settle(pilot)
        for _ in range(9):
            await press(pilot, "right")
        lines = [grid.render_line(y).text for y in range(grid.size.height)]
        assert {cell_len(line) for line in lines} == {grid.size.width}
        assert lines[0].startswith("列0 ")
        assert "列9" in lines[0]
        assert "列1 " not in lines[0]


async def test_rows_that_come_before_the_table_has_a_place_are_never_squeezed() -> None:
    drawn: list[str] = []

    class Watched(Grid):
        def render_line(self, y: int) -> Strip:
            strip = super().render_line(y)
            drawn.append(strip.text.rstrip())
            return strip

    app = App[None]()
    async with app.run_test(size=(60, 12)) as pilot:
        grid = Watched(id="grid")
        wide = [Column[int](title="内容", cell=lambda row: f"第{row}项的全部内容在这里", width=20, grow=1)]
        await app.screen.mount(grid)
        grid.fill(Sheet(wide, [1, 2]))
        await settle(pilot)
        assert set(drawn) == {"", "内容", "第1项的全部内容在这里", "第2项的全部内容在这里"}


async def test_an_empty_table_says_so() -> None:
    app = _GridApp()
    async with app.run_test(size=(60, 12)) as pilot:
        grid = app.query_one(Grid)
        grid.fill(_sheet([], []))
        await settle(pilot)
        assert any("没有内容" in grid.render_line(y).text for y in range(grid.size.height))
        assert grid.row is None
        grid.focus()
        await press(pilot, "down", "end", "enter", "s", "S")
        assert grid.row is None
