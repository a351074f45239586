"""Targets of several plans side by side."""

from __future__ import annotations

from plankb.comparison import compared, plans_of
from plankb.model import Measurement, Target


def target(plan: str, indicator: str, value: float | None, **fields: object) -> Target:
    base = {"id": f"{plan}:{indicator}:{value}:{fields}", "plan": plan, "section": (), "quote": "", "span": (0, 0)}
    said = {"indicator": indicator, "indicator_id": indicator, "op": "=", "value": value, "unit": "%", "by": "2025"}
    return Target.model_validate({**base, **said, **fields})


def test_only_indicators_that_plans_share_and_those_that_differ_first() -> None:
    rows = compared(
        [
            target("a", "森林覆盖率", 55),
            target("b", "森林覆盖率", 55),
            target("a", "绿色建筑占比", 80, op=">="),
            target("b", "绿色建筑占比", 100),
            target("a", "独有指标", 1),
        ]
    )
    assert [(row.indicator, row.differs) for row in rows] == [("绿色建筑占比", True), ("森林覆盖率", False)]
    assert (rows[0].said("a"), rows[0].said("b"), rows[0].said("c")) == ("≥80% 2025", "100% 2025", "")
    assert plans_of(rows) == ["a", "b"]


def test_one_plan_is_enough_where_it_is_asked_for() -> None:
    assert [row.indicator for row in compared([target("a", "独有指标", 1)], least=1)] == ["独有指标"]


def test_other_times_changes_and_scopes_are_no_difference() -> None:
    same = [
        target("a", "占比", 80),
        target("b", "占比", 90, by="2030"),
        target("b", "占比", 18, change="decrease"),
        target("b", "占比", 70, scope="中心城区"),
        target("b", "占比", None, op=None, unit=None, qualitative="明显提高"),
    ]
    assert [row.differs for row in compared(same)] == [False]


def test_values_in_other_units_are_compared_in_the_canonical_one() -> None:
    rows = compared(
        [
            target("a", "装机", 1, unit="万千瓦", normal=Measurement(value=10000, unit="千瓦")),
            target("b", "装机", 10000, unit="千瓦", normal=Measurement(value=10000, unit="千瓦")),
        ]
    )
    assert [row.differs for row in rows] == [False]
