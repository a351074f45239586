"""The list of what people said of facts: seen, followed to the plan, taken back, let stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from plankb.kb import KnowledgeBase
from plankb.kb.sheet_corrections import SheetCorrections
from plankb.model import Task
from plankb.tui.app import PlankbApp
from plankb.tui.screens.corrections import CorrectionsScreen, Said
from plankb.tui.widgets.bars import Notice
from plankb.tui.widgets.grid import Grid
from tests.tui import library
from tests.tui.conftest import on_tab, press, settle

SIZE = (100, 30)
OTHER_WORDS = "以前的另一句话"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge base with three corrections; the second of them rests on words that are no longer there."""
    folder = library.build(tmp_path / "kb")
    kb = KnowledgeBase(folder)
    by_title = {task.title: task.id for task in kb.store.facts("task")}
    kb.corrections.accept(by_title["推进清洁取暖"], who="张三")
    suspect = kb.corrections.correct(by_title["淘汰老旧车辆"], field="by", after=["2030"], who="李四")
    kb.corrections.reject(by_title["发展绿色建筑"], who="王五")
    changed = suspect.model_copy(update={"source": OTHER_WORDS})
    kb.corrections.keep(SheetCorrections(add=(changed,), drop=(), remarks=()))
    return folder


def rows(app: PlankbApp) -> dict[str, tuple[str, ...]]:
    """The cells of every row by its title."""
    grid = app.screen.query_one("#corrections-rows", Grid)
    return {grid.sheet.cells(i)[1]: grid.sheet.cells(i) for i in grid.shown_indices}


async def on_row(pilot_app: PlankbApp, title: str) -> Grid:
    """Puts the cursor on the correction of a fact."""
    grid = pilot_app.screen.query_one("#corrections-rows", Grid)
    grid.select(next(row for row in grid.rows_of(Said) if row.reviewed.correction.title == title))
    return grid


async def test_who_said_what_is_listed_and_what_is_suspect_marked(folder: Path) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=SIZE) as pilot:
        await on_tab(pilot, "matrix")
        await press(pilot, "v")
        found = rows(app)
        assert {title: cells[0] for title, cells in found.items()} == {
            "推进清洁取暖": "",
            "淘汰老旧车辆": "!",
            "发展绿色建筑": "",
        }
        assert [cells[3] for cells in found.values()].count("李四") == 1
        await on_row(app, "淘汰老旧车辆")
        await settle(pilot)
        rests = str(app.screen.query_one("#correction-rests", Static).render())
        assert OTHER_WORDS in rests
        assert "2030" in rests
        assert "存疑 1" in str(app.screen.query_one(".count", Static).render())


async def test_a_correction_is_taken_back_and_every_tab_shows_it(folder: Path) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=SIZE) as pilot:
        await on_tab(pilot, "tasks")
        tasks = app.screen.query_one("#tasks-rows", Grid)
        assert "发展绿色建筑" not in [row.title for row in tasks.rows_of(Task)]
        await press(pilot, "v")
        await on_row(app, "发展绿色建筑")
        await press(pilot, "delete", "enter")
        assert "发展绿色建筑" in rows(app)
        await press(pilot, "delete", "right", "enter")
        assert "发展绿色建筑" not in rows(app)
        await press(pilot, "escape")
        assert "发展绿色建筑" in [row.title for row in tasks.rows_of(Task)]


async def test_a_suspect_one_is_let_stand_and_another_is_not(folder: Path) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=SIZE) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "v")
        await on_row(app, "推进清洁取暖")
        await press(pilot, "c")
        assert app.screen.query_one(Notice).words == "这一条没有存疑"
        await on_row(app, "淘汰老旧车辆")
        await press(pilot, "c")
        assert rows(app)["淘汰老旧车辆"][0] == ""
    task = next(one for one in KnowledgeBase(folder).store.facts("task") if one.title == "淘汰老旧车辆")
    assert task.by == ("2030",)


async def test_enter_reads_the_plan_there_also_at_a_rejected_fact(folder: Path) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=SIZE) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "v")
        await on_row(app, "发展绿色建筑")
        await press(pilot, "enter")
        assert app.state.tab == "plans"
        assert "示例市绿色发展规划" in str(app.screen.query_one("#page-title", Static).render())


async def test_without_corrections_it_says_how_to_make_one(app: PlankbApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await on_tab(pilot, "tasks")
        await press(pilot, "v", "delete", "c", "enter")
        assert isinstance(app.screen, CorrectionsScreen)
        assert "按 r 审核" in app.screen.query_one("#corrections-rows", Grid).empty
