"""我的单位: chosen once, then one screen; to Word with a key."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from textual.widgets import Input

from plankb.kb import Entry, asker
from plankb.tui.app import PlankbApp
from plankb.tui.screens.own import OwnScreen
from plankb.tui.screens.picker import PickerScreen
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui.conftest import press, settle


async def test_my_bureau_is_chosen_once_and_stands_on_one_screen_and_in_word(app: PlankbApp, tmp_path: Path) -> None:
    path = tmp_path / "我的任务.docx"
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "f3")
        assert isinstance(app.screen, PickerScreen)
        await press(pilot, *"czj", "enter")
        assert asker.load().bureau == "市财政局"
        assert isinstance(app.screen, OwnScreen)
        grid = app.screen.query_one("#own-rows", Grid)
        rows = {row.task.title: grid.sheet.cells(at) for at, row in enumerate(grid.rows_of(Entry))}
        assert {title: cells[0] for title, cells in rows.items()} == {"推进清洁取暖": "配合", "发展绿色建筑": "配合"}
        text = app.screen.query_one("#own-text", Reader).text
        assert "2024-12-31 推进清洁取暖" in text
        assert "市住房城乡建设局" in text
        await press(pilot, "w")
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter", "escape", "f3")
        assert isinstance(app.screen, OwnScreen)
    words = "\n".join(cell.text for table in Document(str(path)).tables for row in table.rows for cell in row.cells)
    assert "推进清洁取暖" in words
    assert "淘汰老旧车辆" not in words
