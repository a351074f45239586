from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from textual.widgets import Input, Static, Tree

from plankb.kb import BuildReport, KnowledgeBase, Progress
from plankb.tui.app import PlankbApp
from plankb.tui.widgets.prose import Prose
from plankb.tui.widgets.reader import Reader
from tests.tui import library
from tests.tui.conftest import on_tab, press

_PATIENCE = 60
"""Seconds after which another thread that does not do what it should counts as stuck."""


async def test_a_section_of_the_outline_opens_in_the_reader(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 20)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "down", "enter")
        tree = app.screen.query_one("#outline", Tree)
        city = tree.root.children[1]
        assert [str(node.label) for node in city.children] == ["一、总体要求", "二、重点任务"]
        assert [str(node.label) for node in city.children[1].children][2] == "（三）完善监测网络[38.02]"
        assert "示例市绿色发展规划" in app.screen.query_one("#page-text", Reader).text


async def test_facts_are_walked_by_key_and_said_in_words(app: PlankbApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "down", "enter")
        await press(pilot, "n")
        said = app.screen.query_one("#page-fact", Prose).words.plain
        assert said == "【目标】新建绿色建筑占比　80%　2025"
        await press(pilot, "n", "n")
        said = app.screen.query_one("#page-fact", Prose).words.plain
        assert said == "【任务】发展绿色建筑　牵头 市住房城乡建设局　配合 市发展改革委、市财政局"


async def test_a_plan_is_added_and_removed(tmp_path: Path) -> None:
    folder = library.build(tmp_path / "kb")
    (tmp_path / "新规划.txt").write_text(library.AIR.replace("示例市", "例样市"), encoding="utf-8")
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "a")
        app.screen.query_one("#work-path", Input).value = str(tmp_path / "新规划.txt")
        await press(pilot, "enter")
        found = str(app.screen.query_one("#work-found", Static).render())
        assert "读入 1 个规划" in found
        assert "存疑" in found
        await press(pilot, "enter")
        tree = app.screen.query_one("#outline", Tree)
        assert len(tree.root.children) == 3
        tree.focus()
        await press(pilot, "end", "delete")
        await press(pilot, "right", "enter")
        assert [plan.id for plan in KnowledgeBase(folder).store.plans()] == ["air", "city"]


async def test_removing_can_be_called_off(tmp_path: Path) -> None:
    folder = library.build(tmp_path / "kb")
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "delete", "enter")
        assert len(KnowledgeBase(folder).store.plans()) == 2


async def test_quit_while_a_plan_is_added_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped, begun = Event(), Event()

    def endless(_: KnowledgeBase, paths: Sequence[Path], *, progress: Progress) -> BuildReport:
        try:
            while True:
                progress(0, 2, paths[0].name)
                begun.set()
                sleep(0.01)
        finally:
            stopped.set()

    monkeypatch.setattr(KnowledgeBase, "add", endless)
    app = PlankbApp(library.build(tmp_path / "kb"))
    async with app.run_test(size=(100, 30)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "a")
        app.screen.query_one("#work-path", Input).value = str(tmp_path)
        await pilot.press("enter")
        assert await asyncio.to_thread(begun.wait, _PATIENCE)
        await press(pilot, "ctrl+q")
    assert stopped.wait(_PATIENCE)


async def test_adding_is_stopped_by_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Event()

    def endless(_: KnowledgeBase, paths: Sequence[Path], *, progress: Progress) -> BuildReport:
        while True:
            progress(0, 2, paths[0].name)
            begun.set()
            sleep(0.01)

    monkeypatch.setattr(KnowledgeBase, "add", endless)
    app = PlankbApp(library.build(tmp_path / "kb"))
    async with app.run_test(size=(100, 30)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "a")
        app.screen.query_one("#work-path", Input).value = str(tmp_path)
        await pilot.press("enter")
        assert await asyncio.to_thread(begun.wait, _PATIENCE)
        await press(pilot, "escape")
        assert str(app.screen.query_one("#work-now", Static).render()) == "已停止，知识库保持不变"


async def test_the_attachments_of_a_plan_stand_beside_its_title(tmp_path: Path) -> None:
    text = "示例市人民政府关于印发示例市绿化方案的通知\n附件：1．示例市绿化任务分工表\n示例市人民政府\n2026年3月1日\n"
    text += "示例市绿化方案\n一、重点任务\n（一）植树。植树30万株。（市林业局负责）\n附件1\n示例市绿化任务分工表\n"
    text += "序号\t工作任务\t牵头单位\n1\t新建公园3个\t市林业局\n2\t改造绿地20公顷\t市林业局\n"
    (tmp_path / "方案.txt").write_text(text, encoding="utf-8")
    KnowledgeBase(tmp_path / "kb").build([tmp_path / "方案.txt"])
    app = PlankbApp(tmp_path / "kb")
    async with app.run_test(size=(120, 20)) as pilot:
        await on_tab(pilot, "plans")
        await press(pilot, "enter")
        shown = str(app.screen.query_one("#page-title", Static).render())
        assert shown.startswith("《示例市绿化方案》")
        assert "附件1：示例市绿化任务分工表（4条）" in shown
