"""What people write into cells, in all forms, and what is not taken."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from plankb.ledger.cells import UnclearError, read_day, read_share, read_state, read_text

TODAY = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("已完成", "done"), ("完成", "done"), ("已办结。", "done"), ("√", "done"), ("Done", "done"),
        ("推进中", "under-way"), ("正在推进", "under-way"), ("有序推进", "under-way"), ("在建", "under-way"),
        ("未启动", "not-started"), ("尚未开展", "not-started"), ("not started", "not-started"),
        ("滞后", "late"), ("进度滞后", "late"), ("未完成", "late"), ("behind", "late"), ("", None), (" 　", None),
    ],
)  # fmt: skip
def test_states_in_the_words_of_people(text: str, state: str | None) -> None:
    assert read_state(text.replace("　", "")) == state


@pytest.mark.parametrize("text", ["差不多了", "1", "不知道", "完成一半以上，其余待定"])
def test_other_words_are_no_state(text: str) -> None:
    with pytest.raises(UnclearError):
        read_state(text)


@pytest.mark.parametrize(
    ("value", "percent", "share"),
    [
        (0.8, True, 0.8), (0.8, False, 0.8), (1, True, 1.0), (80, True, 0.8), (80, False, 0.8), (35.5, False, 0.355),
        ("80%", False, 0.8), ("80％", False, 0.8), ("80", False, 0.8), ("约80%", False, 0.8),
        ("百分之八十", False, 0.8), ("0", False, 0.0), ("100%", True, 1.0),
        (None, True, None), ("  ", True, None),
    ],
)  # fmt: skip
def test_shares_in_all_forms(value: object, percent: bool, share: float | None) -> None:
    assert read_share(value, percent=percent) == share


@pytest.mark.parametrize(
    "value", [1.2, "1.2", 120, "120%", -0.1, "一半", "80%-90%", True, datetime(2026, 1, 1, tzinfo=UTC), "8成5"]
)
def test_strange_shares_are_not_taken(value: object) -> None:
    with pytest.raises(UnclearError):
        read_share(value, percent=True)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime(2026, 3, 5, 14, 30, tzinfo=UTC), date(2026, 3, 5)), (date(2026, 3, 5), date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)), ("2026-3-5", date(2026, 3, 5)), ("2026/03/05", date(2026, 3, 5)),
        ("2026.3.5", date(2026, 3, 5)), ("20260305", date(2026, 3, 5)), (20260305, date(2026, 3, 5)),
        ("26.3.5", date(2026, 3, 5)), ("2026年3月", date(2026, 3, 1)), ("3月5日", date(2026, 3, 5)),
        ("12月5日", date(2025, 12, 5)), (46086, date(2026, 3, 5)), ("2026-03-05 10:20", date(2026, 3, 5)),
        (None, None), ("", None),
    ],
)  # fmt: skip
def test_days_in_all_forms(value: object, day: date | None) -> None:
    assert read_day(value, today=TODAY) == day


@pytest.mark.parametrize("value", ["前天", "2026-02-30", "13月1日", 3, "2026", "#REF!"])
def test_other_words_are_no_day(value: object) -> None:
    with pytest.raises(UnclearError):
        read_day(value, today=TODAY)


def test_texts_lose_what_cannot_be_seen() -> None:
    assert read_text("已\u202e完\x07成\r\n一半 ") == ("已完成\n一半", True)
    assert read_text(12.0) == ("12", False)
    assert read_text("=1+1") == ("=1+1", False)
