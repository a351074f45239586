"""What a filter says of itself, and which ids it looks for."""

from __future__ import annotations

import pytest

from plankb.store import FactFilter
from plankb.store.filter import condition, is_narrow, readings


@pytest.mark.parametrize(
    "where",
    [
        FactFilter(bureaus=("b",)), FactFilter(roles=("lead",)), FactFilter(by=("2025",)),
        FactFilter(indicator_ids=("i",)),
        FactFilter(ids=("a:1",)), FactFilter(of=("a:1",)),
    ],
)  # fmt: skip
def test_each_condition_on_tags_alone_makes_a_filter_narrow(where: FactFilter) -> None:
    assert is_narrow(where)


@pytest.mark.parametrize(
    "where", [FactFilter(), FactFilter(plans=("a",)), FactFilter(least=1.0), FactFilter(text=("园",))]
)
def test_other_conditions_go_through_the_plans(where: FactFilter) -> None:
    assert not is_narrow(where)


def test_a_day_or_month_is_looked_for_by_its_year() -> None:
    _, values = condition("target", FactFilter(by=("2025-06-30", "2027")))
    assert {"2025", "2027"} <= set(values)


def test_an_id_is_read_with_each_plan_that_it_could_begin_with() -> None:
    assert [plan for plan, _ in readings("甲:乙:task-1")] == ["", "甲", "甲:乙"]
    assert [plan for plan, _ in readings(":task-1")] == [""]
