from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, Static

from plankb.model import Conflict, Finding
from plankb.tui.app import PlankbApp
from plankb.tui.screens.check import CheckScreen
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui import library
from tests.tui.conftest import on_tab, press


async def test_both_quotations_stand_side_by_side(app: PlankbApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, "conflicts")
        grid = app.screen.query_one("#conflicts-rows", Grid)
        assert [row.indicator for row in grid.rows_of(Conflict)] == ["新建绿色建筑占比"]
        texts = {app.screen.query_one(f"#conflict-sides-{side}-text", Reader).text for side in ("left", "right")}
        assert any("占比达到100%" in text for text in texts)
        assert any("占比达到80%" in text for text in texts)
        sources = [str(app.screen.query_one(f"#conflict-sides-{s}-source", Static).render()) for s in ("left", "right")]
        assert {source[-2:] for source in sources} == {"市级"}


async def test_a_draft_is_checked_and_its_findings_walked(kb_folder: Path, tmp_path: Path) -> None:
    draft = tmp_path / "草案.txt"
    draft.write_text(
        library.CITY.replace("（三）完善", "（五）完善").replace("推广装配式", "推广推广装配式"), encoding="utf-8"
    )
    app = PlankbApp(kb_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "k")
        assert isinstance(app.screen, CheckScreen)
        app.screen.query_one(Input).value = str(draft)
        await press(pilot, "enter")
        grid = app.screen.query_one("#check-rows", Grid)
        assert grid.shown
        await press(pilot, "end")
        finding = grid.row
        assert isinstance(finding, Finding)
        assert finding.message.zh in str(app.screen.query_one("#check-related", Static).render())
        reader = app.screen.query_one("#check-text", Reader)
        assert reader.mark is not None
        assert reader.mark.span == finding.span
