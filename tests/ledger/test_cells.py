"""What people write into cells, in all forms, and what is not taken."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from plankb.ledger.cells import Said, UnclearError, read_day, read_said, read_share, read_state, read_text

TODAY = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("已完成", "done"), ("完成", "done"), ("已办结。", "done"), ("√", "done"), ("Done", "done"),
        ("推进中", "under-way"), ("正在推进", "under-way"), ("有序推进", "under-way"), ("在建", "under-way"),
        ("未启动", "not-started"), ("尚未开展", "not-started"), ("not started", "not-started"),
        ("滞后", "late"), ("进度滞后", "late"), ("未完成", "late"), ("behind", "late"), ("", None), (" 　", None),
        ("提前完成", "done"), ("已超额完成", "done"), ("基本完成", "under-way"), ("已开工建设", "under-way"),
        ("正在招标", "under-way"), ("设计中", "under-way"), ("达到序时进度", "under-way"), ("长期坚持", "under-way"),
        ("未达到序时进度", "late"), ("滞后于序时进度", "late"), ("/", None), ("——", None), ("无", None),
    ],
)  # fmt: skip
def test_states_in_the_words_of_people(text: str, state: str | None) -> None:
    assert read_state(text.replace("　", "")) == state


@pytest.mark.parametrize(
    "text", ["差不多了", "1", "80", "不知道", "其余待定，完成一半以上", "已完成，正在验收", "预计年中", "取消"]
)
def test_other_words_are_no_state(text: str) -> None:
    with pytest.raises(UnclearError):
        read_state(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("已完成70%", Said("under-way", 0.7)), ("有序推进，已完成70%", Said("under-way", 0.7)),
        ("100%", Said("done", 1.0)), ("完成六成，滞后", Said("late", 0.6)),
        ("推进中（已完成前期评审）", Said("under-way", None, more=True)), ("推进中。", Said("under-way")),
        ("正在招标", Said("under-way", None, more=True)),
        ("已完成一半以上，其余待定", Said("under-way", 0.5, more=True)),
    ],
)  # fmt: skip
def test_a_share_and_further_words_beside_a_state_are_not_lost(text: str, said: Said) -> None:
    assert read_said(text) == said


@pytest.mark.parametrize(
    ("value", "percent", "share"),
    [
        (0.8, True, 0.8), (0.8, False, 0.8), (1, True, 1.0), (80, True, 0.8), (80, False, 0.8), (35.5, False, 0.355),
        ("80%", False, 0.8), ("80％", False, 0.8), ("80", False, 0.8), ("约80%", False, 0.8),
        ("百分之八十", False, 0.8), ("0", False, 0.0), ("100%", True, 1.0),
        (None, True, None), ("  ", True, None), ("/", True, None), ("八成", False, 0.8), ("七成半", False, 0.75),
        ("8成5", False, 0.85), ("三分之二", False, 0.6667), ("完成四分之三", False, 0.75), ("一半", False, 0.5),
        ("已完成百分之六十左右", False, 0.6), ("完成率：75.5%", False, 0.755),
    ],
)  # fmt: skip
def test_shares_in_all_forms(value: object, percent: bool, share: float | None) -> None:
    assert read_share(value, percent=percent) == share


@pytest.mark.parametrize(
    "value",
    [1.2, "1.2", 120, "120%", -0.1, "过半", "80%-90%", True, datetime(2026, 1, 1, tzinfo=UTC), "十二成", "三分之四"],
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
        ("26.3.5", date(2026, 3, 5)), ("2026年3月", date(2026, 3, 31)),
        ("2026年3月底", date(2026, 3, 31)), ("2026年5月", TODAY), ("3月", date(2026, 3, 31)),
        ("12月底", date(2025, 12, 31)), ("二〇二六年三月五日", date(2026, 3, 5)),
        ("十二月三十一日", date(2025, 12, 31)),
        ("2026年3月5日上午", date(2026, 3, 5)), ("２０２６．３．５", date(2026, 3, 5)), ("/", None),
        ("3月5日", date(2026, 3, 5)),
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
