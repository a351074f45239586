"""Facts are reviewed on the screen as by the workbook: kept under one's name, marked, taken back."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.correcting import points, texts
from plankb.kb.corrections import Point
from plankb.model import Target, Task
from plankb.tui.app import PlankbApp
from plankb.tui.screens.correct import CorrectScreen
from plankb.tui.screens.main import MainScreen
from plankb.tui.widgets.bars import Notice
from plankb.tui.widgets.grid import Grid
from plankb.tui.widgets.reader import Reader
from tests.tui import library
from tests.tui.conftest import on_tab, press, settle, until

SIZE = (80, 24)
TITLE = "推进清洁取暖"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge base to change."""
    return library.build(tmp_path / "kb")


def task(folder: Path) -> Task:
    """The first task of the table as a knowledge base opened now has it."""
    return next(one for one in KnowledgeBase(folder).store.facts("task") if one.title == TITLE)


async def opened(pilot: Pilot[Any], tab: str = "tasks") -> Grid:
    """The dialog for the first row of a table."""
    await on_tab(pilot, tab)
    grid = pilot.app.screen.query_one(f"#{tab}-rows", Grid)
    grid.focus()
    await press(pilot, "r")
    await until(pilot, lambda: isinstance(pilot.app.screen, CorrectScreen) and bool(pilot.app.screen.query(Button)))
    await settle(pilot)
    return grid


async def done(pilot: Pilot[Any]) -> None:
    """Waits until the dialog is gone and the table shows what is so now."""
    await until(pilot, lambda: isinstance(pilot.app.screen, MainScreen))
    await settle(pilot)


def cells(grid: Grid) -> dict[str, str]:
    """The first row by the titles of its columns."""
    titles = [column.title for column in grid.sheet.columns]
    return dict(zip(titles, grid.sheet.cells(grid.shown_indices[0]), strict=True))


async def test_a_task_is_accepted_by_keyboard_and_the_review_taken_back(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        grid = await opened(pilot)
        assert "审核" not in cells(grid)
        await press(pilot, "enter")
        await done(pilot)
        assert cells(grid)["审核"] == "已确认"
        kept = task(folder).review
        assert kept is not None
        assert (kept.action, kept.who) == ("accept", getpass.getuser())
        await opened(pilot)
        await pilot.click("#drop")
        await done(pilot)
        assert "审核" not in cells(grid)
    assert task(folder).review is None


async def test_a_corrected_lead_is_there_when_the_knowledge_base_is_opened_again(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        grid = await opened(pilot)
        pilot.app.screen.query_one("#review-lead", Input).value = "市财政局"
        pilot.app.screen.query_one("#review-support", Input).value = "市住房城乡建设局、市发展改革委"
        pilot.app.screen.query_one("#review-by", Input).value = "2025年6月"
        await pilot.click("#correct")
        await done(pilot)
        assert cells(grid)["审核"] == "已更正"
    found = task(folder)
    assert (found.lead, found.by) == (("市财政局",), ("2025-06",))
    assert set(found.support) == {"市住房城乡建设局", "市发展改革委"}
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        grid = await opened(pilot)
        assert pilot.app.screen.query_one("#review-lead", Input).value == "市财政局"
        assert "市财政局" in cells(grid)["牵头／△共同负责"]


async def test_a_rejected_task_leaves_the_table_and_comes_back(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        grid = await opened(pilot)
        await pilot.click("#reject")
        await done(pilot)
        assert TITLE not in [row.title for row in grid.rows_of(Task)]
        assert TITLE not in [row.title for row in KnowledgeBase(folder).store.facts("task")]
        await press(pilot, "u")
        await pilot.click("#yes")
        await done(pilot)
        assert TITLE in [row.title for row in grid.rows_of(Task)]
    assert task(folder).review is None


async def test_a_target_gets_another_value(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        grid = await opened(pilot, "targets")
        quote = grid.rows_of(Target)[0].quote
        pilot.app.screen.query_one("#review-value", Input).value = "85.5"
        pilot.app.screen.query_one("#review-value", Input).focus()
        await press(pilot, "enter")
        await done(pilot)
        assert cells(grid)["审核"] == "已更正"
    found = next(one for one in KnowledgeBase(folder).store.facts("target") if one.quote == quote)
    assert (found.value, found.unit) == (85.5, "%")


async def test_a_task_gets_another_title_and_collective(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        await opened(pilot)
        pilot.app.screen.query_one("#review-title", Input).value = "清洁取暖改造"
        pilot.app.screen.query_one("#review-collective", Input).value = "有关部门、各县（市、区）"
        await pilot.click("#correct")
        await done(pilot)
    found = next(one for one in KnowledgeBase(folder).store.facts("task") if one.title == "清洁取暖改造")
    assert found.collective == ("有关部门", "各县（市、区）")


async def test_a_target_gets_another_indicator_and_operator(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        grid = await opened(pilot, "targets")
        id_ = grid.rows_of(Target)[0].id
        assert pilot.app.screen.query_one("#review-op", Input).value == "="
        pilot.app.screen.query_one("#review-indicator", Input).value = "绿色建筑比例"
        pilot.app.screen.query_one("#review-op", Input).value = "≥"
        await pilot.click("#correct")
        await done(pilot)
    found = KnowledgeBase(folder).store.fact(id_)
    assert isinstance(found, Target)
    assert (found.indicator, found.op, found.value) == ("绿色建筑比例", ">=", 100)


async def test_a_time_that_is_none_is_one_notice_and_changes_nothing(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        await opened(pilot)
        pilot.app.screen.query_one("#review-lead", Input).value = "市财政局"
        pilot.app.screen.query_one("#review-by", Input).value = "尽快"
        await pilot.click("#correct")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CorrectScreen)
        assert "尽快" in str(pilot.app.screen.query_one(Notice).render())
        await press(pilot, "escape")
        await done(pilot)
    assert task(folder).lead == ("市发展改革委",)


def test_correcting_back_takes_the_correction_back(folder: Path) -> None:
    kb = KnowledgeBase(folder)
    id_ = task(folder).id
    kb.corrections.correct_all(id_, [Point(field="by", after=("2030",))])
    assert task(folder).by == ("2030",)
    kb.corrections.correct_all(id_, [Point(field="by", after=("2024",))])
    assert (task(folder).review, kb.corrections.list()) == (None, [])


PLACE: Mapping[str, Any] = {"id": "a:1", "plan": "a", "section": (), "quote": "达到80%", "span": (0, 5)}


@pytest.mark.parametrize(
    "typed", [{"value": "nan"}, {"value": "八十"}, {"by": "2025、2030"}, {"by": "尽快"}, {"op": "多于"}]
)
def test_what_a_target_cannot_say_is_refused(typed: dict[str, str]) -> None:
    target = Target(**PLACE, indicator="占比", indicator_id="占比", op="=", value=80, unit="%", by="2025")
    with pytest.raises(PlankbError) as caught:
        points(target, texts(target) | typed, "zh")
    assert caught.value.code == "E512"


async def test_the_whole_quotation_is_seen_before_it_is_accepted(folder: Path) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        long = task(folder).model_copy(update={"quote": "推进清洁取暖改造工作。\n" * 40 + "市发展改革委牵头。"})
        app.push_screen(CorrectScreen(long))
        await settle(pilot)
        quote, accept = app.screen.query_one("#review-quote", Reader), app.screen.query_one("#accept", Button)
        assert accept.disabled
        assert quote.top > 0  # the bureau that leads is in view
        for _ in range(12):
            await press(pilot, "pageup")
        assert quote.top == 0
        for _ in range(12):
            await press(pilot, "pagedown")
        assert not accept.disabled


async def test_any_review_is_undone_to_what_was_said_before(folder: Path) -> None:
    app = PlankbApp(folder)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        app.screen.query_one("#review-by", Input).value = "2025年6月"
        await pilot.click("#correct")
        await done(pilot)
        await opened(pilot)
        await pilot.click("#drop")
        await done(pilot)
        assert task(folder).by == ("2024",)
        await press(pilot, "u", "tab", "enter")
        assert task(folder).by == ("2025-06",)
        await press(pilot, "u", "enter")
        assert task(folder).by == ("2025-06",)
        await press(pilot, "u", "tab", "enter")
        assert task(folder).by == ("2024",)
        assert task(folder).review is None
