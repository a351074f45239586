"""What works on every screen: palette, help, export, copy, language, themes, untrusted text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.command import CommandList
from textual.widgets import Input, Static

from plankb.tui.app import PlankbApp
from plankb.tui.panes.base import TABS
from plankb.tui.screens.export import ExportScreen
from plankb.tui.screens.help import HelpScreen
from plankb.tui.widgets.bars import KeyHint, Notice, TabButton
from plankb.tui.widgets.grid import Grid
from tests.tui.conftest import on_tab, press, settle, until


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".md", ".docx"])
async def test_what_is_on_the_screen_is_exported_with_its_source(app: PlankbApp, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"任务{ending}"
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "f", *"监测")
        await press(pilot, "enter", "ctrl+e")
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        assert app.screen.query_one(Notice).words == f"已导出 1 行：{path}"
    assert path.stat().st_size > 0
    if ending == ".csv":
        (row,) = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
        assert row["任务"] == "完善监测网络[38.02]"
        assert row["章节"] == "二、重点任务 > （三）完善监测网络[38.02]"
        assert row["原文"] == "建成[bold]空气质量[/bold]监测站12座"


async def test_a_file_is_overwritten_only_at_a_second_enter(app: PlankbApp, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "ctrl+e")
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        assert path.read_text() == "old"
        await press(pilot, "enter")
        assert path.read_text(encoding="utf-8-sig") != "old"
        assert (tmp_path / "x.csv.bak").read_text() == "old"
        assert "x.csv.bak" in app.screen.query_one(Notice).words


async def test_an_unknown_format_is_one_notice(app: PlankbApp, tmp_path: Path) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "ctrl+e")
        app.screen.query_one(Input).value = str(tmp_path / "x.pdf")
        await press(pilot, "enter")
        assert isinstance(app.screen, ExportScreen)
        assert ".xlsx" in app.screen.query_one(Notice).words


async def test_the_matrix_is_exported_as_the_command_line_writes_it(app: PlankbApp, tmp_path: Path) -> None:
    path = tmp_path / "矩阵.csv"
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "matrix")
        await press(pilot, "x", "ctrl+e")
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 5


async def test_a_fact_is_copied_with_its_source(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "targets")
        await press(pilot, "y")
        assert app.clipboard == "“新建绿色建筑占比达到100%”（《示例市空气质量改善规划》，一、目标指标）"


async def test_the_palette_opens_a_plan_by_its_pinyin_initials(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "ctrl+p")
        await press(pilot, *"lsfzgh")
        offered = app.screen.query_one(CommandList)
        await until(pilot, lambda: offered.option_count == 1 and "绿色" in str(offered.options[0].prompt))
        await press(pilot, "enter")
        assert "绿色发展规划" in str(app.screen.query_one("#page-title", Static).render())


async def test_help_lists_the_keys_of_this_screen_in_both_languages(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 50)) as pilot:
        await on_tab(pilot, "conflicts")
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        text = "\n".join(str(line.render()) for line in app.screen.query(Static))
        assert "下一条" in text
        assert "检索" in text
        await press(pilot, "escape", "f2", "f1")
        text = "\n".join(str(line.render()) for line in app.screen.query(Static))
        assert "Full-text" in text or "Search" in text


@pytest.mark.parametrize("tab", TABS)
async def test_every_tab_speaks_english_at_a_key(app: PlankbApp, tab: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, tab)
        await press(pilot, "f2")
        labels = [str(button.render()) for button in app.screen.query(TabButton)]
        assert labels[0] == "1 Ask"
        assert not any("\u4e00" <= char <= "\u9fff" for label in labels for char in label)
        hints = [str(hint.render()) for hint in app.screen.query(KeyHint)]
        assert "F2 中文" in hints
        assert all(char < "\u4e00" for hint in hints if "中文" not in hint for char in hint)


async def test_tabs_by_mouse_and_by_key(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.click("#tab-bureaus")
        await settle(pilot)
        assert app.state.tab == "bureaus"
        await press(pilot, "2")
        assert app.state.tab == "tasks"
        await press(pilot, "ctrl+pagedown")
        assert app.state.tab == "targets"


async def test_markup_in_documents_is_text(app: PlankbApp) -> None:
    async with app.run_test(size=(200, 40)) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "end")
        grid = app.screen.query_one("#tasks-rows", Grid)
        lines = "\n".join(grid.render_line(y).text for y in range(grid.size.height))
        assert "完善监测网络[38.02]" in lines


@pytest.mark.parametrize("start", ["ask", "tasks"])
async def test_escape_and_a_digit_typed_quickly_open_a_tab(app: PlankbApp, start: str) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, start)
        if start == "tasks":
            await press(pilot, "f")
        await press(pilot, "£")  # as terminals send Alt and 3, and Escape and 3
        assert app.state.tab == "targets"
        assert all(not field.value for field in app.screen.query(Input))
