"""One's own plans measured on the screen: facts of the sample are judged one after the other, and the shares follow."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Button

from plankb.kb.measuring import Item
from plankb.tui.app import PlankbApp
from plankb.tui.screens.correct import CorrectScreen
from plankb.tui.screens.measure import MeasureScreen
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.prose import Prose
from tests.tui import library
from tests.tui.conftest import on_tab, press, settle


def _fact(grid: Grid) -> str:
    assert isinstance(grid.row, Item)
    return grid.row.fact.id


async def test_facts_are_judged_one_after_the_other_and_the_shares_follow(tmp_path: Path) -> None:
    app = PlankbApp(library.build(tmp_path / "kb"))
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "f4")
        screen = app.screen
        assert isinstance(screen, MeasureScreen)
        grid, says = screen.query_one(Grid), screen.query_one("#measure-says", Prose)
        assert f"已判 0/{len(grid.shown)} 条" in says.words.plain
        judged = []
        for button in ("accept", "reject"):
            judged.append(_fact(grid))
            await press(pilot, "enter")
            assert [type(one) for one in app.screen_stack[-2:]] == [MeasureScreen, CorrectScreen]
            app.screen.query_one(f"#{button}", Button).press()
            await settle(pilot)
            assert [type(one) for one in app.screen_stack[-1:]] == [MeasureScreen]
        assert judged[0] != judged[1]
        assert _fact(grid) not in judged
        assert f"已判 2/{len(grid.shown)} 条" in says.words.plain
        assert "2 条中 1 条对" in says.words.plain
        assert "不是事实 1" in says.words.plain
        await press(pilot, "u")
        await pilot.click("#yes")
        await settle(pilot)
        assert f"已判 1/{len(grid.shown)} 条" in says.words.plain
