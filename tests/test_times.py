"""Times: every rule's example, and what `by` and the days are in context."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb import rules
from plankb.rules import Rule
from plankb.rules.kinds import TimeCore, TimeEdge
from plankb.times import find


@pytest.mark.parametrize("rule", rules.many("times", "core", TimeCore), ids=lambda rule: rule.name)
def test_every_core_does_what_its_example_says(rule: TimeCore) -> None:
    (time,) = find(rule.examples[0])
    assert (time.by or "", time.bound, time.start or "", time.end or "") == (rule.by, rule.bound, rule.start, rule.end)


@pytest.mark.parametrize("kind", ["lead", "edge"])
def test_every_lead_and_edge_belongs_to_its_mention(kind: str) -> None:
    for edge in rules.many("times", kind, TimeEdge):
        (example,) = edge.examples
        (time,) = find(example)
        assert (time.bound, time.base, time.past) == (
            edge.bound if example != "自2021年起" else "from",
            edge.base or "的63%" in example,
            edge.past,
        )
        assert time.text in example


@pytest.mark.parametrize("rule", rules.many("times", "named_after"))
def test_a_year_in_the_name_of_an_event_is_no_deadline(rule: Rule) -> None:
    (time,) = find(f"办好{rule.examples[0]}")
    assert time.by is None


@pytest.mark.parametrize("rule", rules.many("times", "base_after"))
def test_what_makes_a_year_a_base(rule: Rule) -> None:
    assert [time.base for time in find(rule.examples[0])] == [True]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("到2025年，新建10座", ["2025"]),
        ("二〇二五年底前完成", ["2025"]),
        ("到２０２５年达到90％", ["2025"]),
        ("2030年前达峰", ["2030"]),
        ("“十四五”期末、“十五五”期间", ["2025", "2030"]),
        ("十四五期间", ["2025"]),
        ("较2020年下降18%，到2025年", [None, "2025"]),
        ("到2025年、2030年分别达到", ["2025", "2030"]),
        ("2024年起每年改造2000户", [None, None]),
        ("2035年远景目标", ["2035"]),
        ("2022—2025年培训1万人", ["2025"]),
        ("编号20250年", []),
        ("《规划（2021—2025年）》", ["2025"]),
        ("2026年3月1日至12月31日整治", ["2026"]),
        ("2026年1月到12月底", ["2026"]),
        ("27年底前整改", ["2027"]),
        ("用25年左右的时间", [None]),
        ("2026.6.30前完成", ["2026"]),
        ("完成时限：2026/12/31", ["2026"]),
        ("增长2026.5%", []),
        ("全长2025.3公里", []),
        ("不晚于2027年6月完成", ["2027"]),
    ],
)
def test_by(text: str, by: list[str | None]) -> None:
    assert [time.by for time in find(text)] == by


def test_this_year_has_days_only_when_the_year_is_known() -> None:
    assert [(t.by, t.start, t.end) for t in find("今年完成", year=2024)] == [(None, "2024-01-01", "2024-12-31")]
    assert [(t.by, t.start, t.end) for t in find("今年完成")] == [(None, None, None)]


@given(st.text(alphabet="0123456789年月日到至底前末起以来十四五期间“”二〇较每季度-—第三", max_size=40))
def test_mentions_are_in_order_and_slice_the_text(text: str) -> None:
    times = find(text)
    assert all(text[slice(*time.span)] == time.text for time in times)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(times))
