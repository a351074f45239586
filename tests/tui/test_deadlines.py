from __future__ import annotations

import pytest

from plankb.model import Deadline
from plankb.tui.app import PlankbApp
from plankb.tui.calendar import Period, period_of, timeline
from plankb.tui.widgets.grid import Grid
from tests.tui.conftest import on_tab, press


def _deadline(by: str | None, end: str | None = None, start: str | None = None) -> Deadline:
    return Deadline(id="x", plan="p", section=(), quote="", span=(0, 0), by=by, bound="by", start=start, end=end)


@pytest.mark.parametrize(
    ("deadline", "period"),
    [
        (_deadline("2025", "2025-12-31"), Period("2025")),
        (_deadline("2025-06", "2025-06-30"), Period("2025", 2)),
        (_deadline(None, "2024-10-01"), Period("2024", 4)),
        (_deadline("2030"), Period("2030")),
        (_deadline(None, None, "2023-01-01"), Period("2023", 1)),
        (_deadline(None), Period("")),
    ],
)
def test_when_something_is_due(deadline: Deadline, period: Period) -> None:
    assert period_of(deadline) == period


def test_the_timeline_begins_with_all_and_is_in_order() -> None:
    slots = timeline([_deadline("2030"), _deadline("2025-06", "2025-06-30"), _deadline("2025")])
    assert [(slot.period, slot.count) for slot in slots] == [
        (None, 3),
        (Period("2025"), 1),
        (Period("2025", 2), 1),
        (Period("2030"), 1),
    ]
    assert timeline([]) == []


async def test_what_is_due_follows_the_timeline(app: PlankbApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await on_tab(pilot, "deadlines")
        rows = app.screen.query_one("#deadlines-rows", Grid)
        assert len(rows.shown) == 3
        await press(pilot, "down")
        assert [row.quote for row in rows.shown] == ["2023年底前"]
