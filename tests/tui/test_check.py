"""A draft is checked on the screen: its steps are said, a finding is accepted with a reason, findings go to a file."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from plankb.kb.checking import Step
from plankb.tui.app import PlankbApp
from plankb.tui.screens.check import CheckScreen
from plankb.tui.widgets.bars import Notice
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.prose import Prose
from tests.tui.conftest import on_tab, press, settle

DRAFT = """示例市绿色建筑实施方案

一、工作目标
到2025年，新建绿色建筑占比达到60%。

二、重点任务
（一）发展绿色建筑
到2025年，新建绿色建筑占比达到70%。
（三）加强监管
推广装配式建筑。（市财政局牵头）
"""


async def test_a_finding_is_accepted_with_a_reason_and_the_rest_written(app: PlankbApp, tmp_path: Path) -> None:
    draft = tmp_path / "草案.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "k")
        screen = app.screen
        screen.query_one("#check-path", Input).value = str(draft)
        await press(pilot, "enter")
        grid = screen.query_one("#check-rows", Grid)
        before = list(grid.shown)
        assert "与 2 个规划核对过" in screen.query_one("#check-count", Prose).words.plain
        rules = [grid.sheet.cells(at)[-1] for at in range(len(before))]
        assert {"前后数值不一", "序号有误"} <= set(rules)
        accepted = grid.row
        await press(pilot, "a", *"ok", "enter")
        assert accepted not in grid.shown
        assert len(grid.shown) < len(before)
        assert "已接受" in screen.query_one("#check-count", Prose).words.plain
        assert "ok" in draft.with_name("草案.txt.accepted.toml").read_text(encoding="utf-8")
        await press(pilot, "u")
        await pilot.click("#yes")
        await settle(pilot)
        assert list(grid.shown) == before
        await press(pilot, "u")
        assert "没有已接受的意见" in [notice.words for notice in app.screen.query(Notice)]
        await press(pilot, "a", *"ok", "enter")
        await press(pilot, "w")
        app.screen.query_one(Input).value = str(tmp_path / "意见.html")
        await press(pilot, "enter")
        assert isinstance(app.screen, CheckScreen)
    written = (tmp_path / "意见.html").read_text(encoding="utf-8")
    assert "序号有误" in written
    assert "前后数值不一" not in written


async def test_each_step_is_said_as_it_begins(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "k")
        said = app.screen.query_one("#check-count", Prose)
        steps: tuple[tuple[Step, str], ...] = (("reading", "正在读草案"), ("comparing", "与知识库里的 2 个规划核对"))
        for step, words in steps:
            app.screen.post_message(CheckScreen.Reached(step, 2))
            await settle(pilot)
            assert words in said.words.plain
