"""The screens beside other processes over one knowledge base: one state, nothing lost, nothing written over unseen."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from plankb.errors import message
from plankb.kb import KnowledgeBase
from plankb.kb.lock import writing
from plankb.model import Task
from plankb.tui.app import PlankbApp
from plankb.tui.screens.correct import CorrectScreen
from plankb.tui.widgets.bars import Notice
from plankb.tui.widgets.grid import Grid
from tests.tui import library
from tests.tui.conftest import on_tab, press, settle, until
from tests.tui.test_correct import done, opened, task

SIZE = (100, 40)
ADDED = "示例市泵站建设方案\n\n一、主要任务\n\n（一）改造泵站。2027年底前改造泵站30座。（市水务局牵头）\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge base to change; a plan to add lies beside it."""
    (tmp_path / "泵站.txt").write_text(ADDED, encoding="utf-8")
    return library.build(tmp_path / "kb")


def said(pilot: Pilot[Any]) -> list[str]:
    return [notice.words for notice in pilot.app.screen.query(Notice)]


async def run(folder: Path, *words: object) -> int:
    """A command line of plankb, in a process of its own; another that writes is waited for."""
    command = [sys.executable, "-m", "plankb", "--kb", str(folder), *map(str, words)]
    for _ in range(100):
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        _, errors = await process.communicate()
        if message("E206", path=folder) not in errors.decode():
            break
        await asyncio.sleep(0.05)
    return process.returncode or 0


async def titled(pilot: Pilot[Any], title: str) -> None:
    """Gives the first task of the table another title, in the dialog that is open."""
    field = pilot.app.screen.query_one("#review-title", Input)
    field.value = title
    field.focus()
    await press(pilot, "enter")
    await settle(pilot)


async def test_what_somebody_else_said_meanwhile_is_not_written_over(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        await opened(pilot)
        KnowledgeBase(folder).corrections.correct(task(folder).id, field="title", after=["改造供暖"], who="别人")
        await titled(pilot, "推进清洁供暖")
        assert isinstance(pilot.app.screen, CorrectScreen)
        await until(pilot, lambda: message("E608") in said(pilot))
        assert pilot.app.screen.query_one("#review-title", Input).value == "推进清洁供暖"
        await press(pilot, "escape")
        pilot.app.look()  # type: ignore[attr-defined]
        await done(pilot)
        await opened(pilot)
        assert pilot.app.screen.query_one("#review-title", Input).value == "改造供暖"
        await titled(pilot, "推进清洁供暖")
        await done(pilot)
    assert [one.correction.after for one in KnowledgeBase(folder).corrections.list()] == [("推进清洁供暖",)]


async def test_what_was_typed_stays_while_another_process_writes(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        await opened(pilot)
        with writing(folder):
            await titled(pilot, "推进清洁供暖")
            await until(pilot, lambda: message("E206", path=folder) in said(pilot))
        assert task(folder).review is None
        await press(pilot, "enter")
        await done(pilot)
    assert KnowledgeBase(folder).store.facts("task")[0].title == "推进清洁供暖"


async def test_a_fact_whose_plan_was_removed_meanwhile_is_one_notice(folder: Path) -> None:
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        await opened(pilot)
        fact = task(folder).id
        KnowledgeBase(folder).remove(["air"])
        await titled(pilot, "推进清洁供暖")
        await until(pilot, lambda: message("E513", fact=fact) in said(pilot))
        await press(pilot, "escape")
        pilot.app.look()  # type: ignore[attr-defined]
        await settle(pilot)
        rows = pilot.app.screen.query_one("#tasks-rows", Grid).rows_of(Task)
        assert {row.plan for row in rows} == {"city"}


async def corrected_beside(folder: Path, *commands: Sequence[object]) -> tuple[int, set[str]]:
    """Corrects the first task on the screen, over and over, until other processes have done their commands.

    Returns how often, and the titles on the screen then.
    """
    async with PlankbApp(folder).run_test(size=SIZE) as pilot:
        await on_tab(pilot, "tasks")
        others = [asyncio.create_task(run(folder, *words)) for words in commands]
        number = 0
        while not all(other.done() for other in others) or not number:
            await opened(pilot)
            number += 1
            await titled(pilot, f"推进清洁供暖{number}")
            while isinstance(pilot.app.screen, CorrectScreen):  # another was writing
                assert not {text for text in said(pilot) if text not in _expected(folder)}
                await press(pilot, "enter")
                await settle(pilot)
            await settle(pilot)
        assert [other.result() for other in others] == [0] * len(others)
        pilot.app.look()  # type: ignore[attr-defined]
        await settle(pilot)
        return number, {row.title for row in pilot.app.screen.query_one("#tasks-rows", Grid).rows_of(Task)}


@pytest.mark.slow
async def test_the_screens_and_two_processes_keep_one_state(folder: Path, tmp_path: Path) -> None:
    """A plan is added and a correction read back by other processes while a task is corrected on the screen."""
    kept = KnowledgeBase(folder)
    (*_, last) = kept.store.facts("task")
    made = kept.corrections.correct(last.id, field="title", after=["另一个标题"], who="别人")
    (tmp_path / "更正.jsonl").write_text(f"{made.model_dump_json()}\n", encoding="utf-8")
    kept.corrections.drop([made.id])
    number, shown = await corrected_beside(folder, ["add", tmp_path / "泵站.txt"], ["review", tmp_path / "更正.jsonl"])
    kept = KnowledgeBase(folder)
    assert {one.title for one in kept.store.facts("task")} == shown
    assert {f"推进清洁供暖{number}", "另一个标题"} <= shown
    assert {plan.id for plan in kept.plans()} == {"city", "air", "泵站"}
    assert kept.verify().found == ()


@pytest.mark.slow
async def test_the_screens_beside_a_build_and_a_ledger_that_comes_back_keep_one_state(tmp_path: Path) -> None:
    """Plans are read again, with a new one, and a ledger is read back, while a task is corrected on the screen."""
    plans, folder, ledger = tmp_path / "plans", tmp_path / "kb", tmp_path / "台账.xlsx"
    plans.mkdir()
    (plans / "泵站.txt").write_text(ADDED, encoding="utf-8")
    (plans / "公园.txt").write_text(ADDED.replace("泵站", "公园").replace("水务", "园林"), encoding="utf-8")
    kept = KnowledgeBase(folder)
    kept.build([plans])
    (first, last) = kept.store.facts("task")
    kept.ledger.write(kept.ledger.standing(), ledger)
    fill_in(ledger, last.title)
    (plans / "路灯.txt").write_text(ADDED.replace("泵站", "路灯").replace("水务", "城管"), encoding="utf-8")
    number, shown = await corrected_beside(folder, ["build", plans, "--yes"], ["ledger", ledger, "--yes"])
    kept = KnowledgeBase(folder)
    assert {one.title for one in kept.store.facts("task")} == shown
    assert f"推进清洁供暖{number}" in shown
    assert {plan.id for plan in kept.plans()} == {"泵站", "公园", "路灯"}
    assert [(one.task, one.state) for one in kept.store.reports()] == [(last.id, "done")]
    assert [one.correction.fact for one in kept.corrections.list()] == [first.id]
    assert kept.verify().found == ()


def fill_in(ledger: Path, title: str) -> None:
    """Says in a ledger that a task is done."""
    book = openpyxl.load_workbook(ledger)
    sheet: Any = book["台账"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    (row,) = (row for row in range(5, sheet.max_row + 1) if sheet.cell(row, columns["重点任务"]).value == title)
    sheet.cell(row, columns["进展状态"]).value = "已完成"
    book.save(ledger)


def _expected(folder: Path) -> tuple[str, ...]:
    return (message("E206", path=folder), "知识库刚刚在别处更新过，各页签已重新读取", "已更正；按 u 撤销")
