"""How every screen looks, at 80x24 and 160x48: `make snapshots` writes the pictures anew, to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from plankb.columns import titles_of
from plankb.document import outline
from plankb.extractors import Reading
from plankb.kb import KnowledgeBase, asker
from plankb.kb.checking import Checked
from plankb.kb.sheet_corrections import SheetCorrections
from plankb.model import AnyFact, Finding, Plan, Words
from plankb.tui.app import PlankbApp
from plankb.tui.panes.base import TABS
from plankb.tui.widgets.question import QuestionInput
from tests.text import clean
from tests.tui import library
from tests.tui.conftest import on_tab, press, settle

Compare = Callable[..., bool]
SIZED = pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
DRAFT = """示例市绿色建筑实施方案

一、工作目标
到2025年，新建绿色建筑占比达到60%以上，细颗粒物浓度控制在30μg/m³以内。

二、重点任务
（一）发展绿色建筑
尽快推广装配式建筑。（市建设局牵头，市财政局配合）
"""


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pictures are all of one day."""
    monkeypatch.setattr(asker, "today", lambda: date(2025, 12, 10))


def _still(app: PlankbApp) -> None:
    for field in app.screen.query(Input):
        field.cursor_blink = False


async def _show(pilot: Pilot[Any], tab: str, *keys: str) -> None:
    await on_tab(pilot, tab)
    if tab == "ask":
        pilot.app.screen.query_one(QuestionInput).insert_text_at_cursor("市生态环境局牵头哪些任务？")
        await press(pilot, "enter")
    if tab == "plans":
        await press(pilot, "down", "enter")
        await press(pilot, "n")
    for key in keys:
        await settle(pilot)
        await press(pilot, key)
    await settle(pilot)
    assert isinstance(pilot.app, PlankbApp)
    _still(pilot.app)


@SIZED
@pytest.mark.parametrize("tab", TABS)
def test_tab(snap_compare: Compare, app: PlankbApp, tab: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: _show(pilot, tab))


@SIZED
def test_first_screen(snap_compare: Compare, app: PlankbApp, size: tuple[int, int]) -> None:
    app.state.questions = ["有哪些规划？", "市财政局配合哪些任务？"]

    async def run(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, "down")
        _still(app)

    assert snap_compare(app, terminal_size=size, run_before=run)


@SIZED
def test_own_bureau(snap_compare: Compare, app: PlankbApp, size: tuple[int, int]) -> None:
    asker.save(asker.Asker("市财政局", "示例市"))
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: _show(pilot, "tasks", "f3"))


@SIZED
def test_comparison(snap_compare: Compare, app: PlankbApp, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: _show(pilot, "targets", "c"))


# What opens over a tab: the tab, and the keys that open it.
DIALOGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "search": ("tasks", ("ctrl+f",)),
    "report": ("deadlines", ("enter", "t")),
    "jump": ("tasks", ("ctrl+g",)),
    "help": ("tasks", ("f1",)),
    "help-conflicts": ("conflicts", ("f1",)),
    "palette": ("tasks", ("ctrl+p",)),
    "picker": ("tasks", ("shift+tab", "shift+tab", "shift+tab", "shift+tab", "enter", *"ssthjj")),
    "add": ("plans", ("a",)),
    "confirm": ("plans", ("o", "delete")),
    "check": ("plans", ("o", "k")),
    "review-task": ("tasks", ("r",)),
    "review-target": ("targets", ("r",)),
    "corrections": ("tasks", ("v",)),
    "export": ("tasks", ("ctrl+e",)),
    "measure": ("tasks", ("f4",)),
}


@SIZED
@pytest.mark.parametrize("name", DIALOGS)
def test_dialog(
    snap_compare: Compare, app: PlankbApp, name: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, keys = DIALOGS[name]
    monkeypatch.setattr("plankb.tui.screens.export.Path.cwd", lambda: Path("/home/plans"))
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: _show(pilot, tab, *keys))


@SIZED
def test_search_with_hits(snap_compare: Compare, app: PlankbApp, size: tuple[int, int]) -> None:
    assert snap_compare(
        app, terminal_size=size, run_before=lambda pilot: _show(pilot, "tasks", "ctrl+f", *"新建", "enter")
    )


@SIZED
def test_welcome(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = PlankbApp(Path("kb"))

    async def run(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        _still(app)

    assert snap_compare(app, terminal_size=size, run_before=run)


@SIZED
def test_corrections(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    folder = library.build(tmp_path / "kb")
    review = KnowledgeBase(folder).corrections
    said = [
        review.correct("air:3", field="by", after=["2030"], who="李四"),
        review.accept("city:3", who="张三"),
        review.reject("city:5", who="王五"),
    ]
    then = [one.model_copy(update={"when": f"2026-01-0{day}T09:00:00+00:00"}) for day, one in enumerate(said, start=1)]
    then[0] = then[0].model_copy(update={"source": "2024年底前完成清洁取暖改造3万户"})
    review.keep(SheetCorrections(add=tuple(then), drop=(), remarks=()))
    app = PlankbApp(folder)
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: _show(pilot, "tasks", "v", "end"))


@SIZED
def test_findings_of_a_draft(
    snap_compare: Compare, app: PlankbApp, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KnowledgeBase, "check", _checked)

    async def run(pilot: Pilot[Any]) -> None:
        await _show(pilot, "plans", "o", "k")
        app.screen.query_one("#check-path", Input).value = "/home/plans/草案.txt"
        await press(pilot, "enter")
        _still(app)

    assert snap_compare(app, terminal_size=size, run_before=run)


def _checked(kb: KnowledgeBase, path: Path, **_: object) -> Checked:
    """The draft with two findings, made by hand: what `check` finds is tested elsewhere."""
    text = clean(DRAFT)
    target = next(fact for fact in kb.store.facts("target") if fact.value == 80)
    findings = (
        _finding(text.text, "target-conflict", "新建绿色建筑占比达到60%以上", "≥60%，与现行规划不一致", (target,)),
        _finding(text.text, "vague-time", "尽快推广装配式建筑", "“尽快”不是时限，请写明年份"),
    )
    reading = Reading(Plan(id="draft", title="示例市绿色建筑实施方案"), text, outline(text), (), ())
    titles = titles_of(kb.store.plans())
    return Checked(file=path, reading=reading, findings=findings, accepted=(), plans=2, titles=titles)


def _finding(text: str, rule: str, quote: str, message: str, related: tuple[AnyFact, ...] = ()) -> Finding:
    start = text.index(quote)
    return Finding(
        rule=rule,
        severity="warning",
        message=Words(zh=message, en=message),
        span=(start, start + len(quote)),
        quote=quote,
        line=DRAFT.count("\n", 0, start) + 1,
        related=related,
    )


def test_light_theme_in_english(snap_compare: Compare, app: PlankbApp) -> None:
    keys = ("f2", "ctrl+t")
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda pilot: _show(pilot, "tasks", *keys))


def test_without_colour(snap_compare: Compare, kb_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = PlankbApp(kb_folder)
    assert snap_compare(app, terminal_size=(80, 24), run_before=lambda pilot: _show(pilot, "conflicts"))
