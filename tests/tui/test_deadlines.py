from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, Select

from plankb.kb import Entry, KnowledgeBase, asker
from plankb.tui.app import PlankbApp
from plankb.tui.standing import Period, Slot, Standing, period_of, timeline
from plankb.tui.widgets.grid import Grid
from tests.tui import library
from tests.tui.conftest import on_tab, press


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2025, 12, 31), Period("2025")),
        (date(2025, 6, 30), Period("2025", 2)),
        (date(2024, 10, 1), Period("2024", 4)),
    ],
)
def test_in_which_period_a_day_is(day: date, period: Period) -> None:
    assert period_of(day) == period


def _standing(name: str, due: date | None, group: str) -> Standing:
    return Standing(name, due, "none", "not-started", group)  # type: ignore[arg-type]


def test_the_timeline_begins_with_how_things_stand_and_goes_on_in_order() -> None:
    found = [
        _standing("a", date(2030, 12, 31), "later"),
        _standing("b", date(2025, 6, 30), "late"),
        _standing("c", None, "open"),
        _standing("d", date(2025, 12, 31), "late"),
    ]
    slots = timeline(found)
    assert [(slot.group, slot.count) for slot in slots if slot.group] == [
        ("late", 2),
        ("later", 1),
        ("open", 1),
        ("all", 4),
    ]
    assert [slot.period for slot in slots if slot.period] == [Period("2025"), Period("2025", 2), Period("2030")]
    assert [one.task for one in found if Slot("late", None, 2).holds(one)] == ["b", "d"]
    assert timeline([]) == []


@pytest.fixture
def _in_2025(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tenth of December 2025: two tasks are late, one is due in the year that ends."""
    monkeypatch.setattr(asker, "today", lambda: date(2025, 12, 10))


def _rows(app: PlankbApp) -> list[Entry]:
    return list(app.screen.query_one("#deadlines-rows", Grid).rows_of(Entry))


@pytest.mark.usefixtures("_in_2025")
async def test_what_is_late_due_and_later_today(app: PlankbApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, "deadlines")
        slots = app.screen.query_one("#timeline", Grid)
        assert [(slot.group, slot.count) for slot in slots.rows_of(Slot) if slot.group] == [
            ("late", 2),
            ("soon", 1),
            ("open", 2),
            ("all", 5),
        ]
        assert [entry.task.title for entry in _rows(app)] == ["淘汰老旧车辆", "推进清洁取暖"]
        rows = app.screen.query_one("#deadlines-rows", Grid)
        assert rows.sheet.cells(0)[0] == "✗ 逾期 710 天"
        await press(pilot, "down")
        assert [entry.task.title for entry in _rows(app)] == ["发展绿色建筑"]
        assert rows.sheet.cells(0)[0] == "! 还有 21 天"


@pytest.mark.usefixtures("_in_2025")
async def test_a_report_is_taken_with_a_key_and_taken_back(tmp_path: Path) -> None:
    folder = library.build(tmp_path / "kb")
    app = PlankbApp(folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "deadlines")
        await press(pilot, "enter", "t")
        app.screen.query_one(Select).value = "done"
        app.screen.query_one("#report-note", Input).value = "已全部淘汰"
        await press(pilot, "ctrl+s")
        (report,) = KnowledgeBase(folder).store.reports()
        assert (report.state, report.note, report.title) == ("done", "已全部淘汰", "淘汰老旧车辆")
        assert [entry.task.title for entry in _rows(app)] == ["推进清洁取暖"]
        await press(pilot, "u", "tab", "enter")
        assert KnowledgeBase(folder).store.reports()[0].withdrawn is not None
        assert [entry.task.title for entry in _rows(app)] == ["淘汰老旧车辆", "推进清洁取暖"]


@pytest.mark.usefixtures("_in_2025")
async def test_a_share_that_cannot_be_is_one_notice(app: PlankbApp) -> None:
    from plankb.tui.screens.report import ReportScreen
    from plankb.tui.widgets.bars import Notice

    async with app.run_test(size=(100, 40)) as pilot:
        await on_tab(pilot, "deadlines")
        await press(pilot, "enter", "t")
        app.screen.query_one("#report-done", Input).value = "一半"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ReportScreen)
        assert "一半" in app.screen.query_one(Notice).words
