"""Which plans stand beside one another, and which are past their time or replaced."""

from __future__ import annotations

from typing import Any

import pytest

from plankb import in_force
from plankb.in_force import status, statuses, together, versions
from plankb.model import Plan


def plan(name: str = "a", **fields: Any) -> Plan:
    return Plan(**({"id": name, "title": f"某市规划{name}"} | fields))


@pytest.mark.parametrize(
    ("fields", "today", "expected"),
    [
        ({"period": "2021-2025"}, "2023-06-01", "in-force"),
        ({"period": "2021-2025"}, "2026-01-01", "expired"),
        ({"period": "2026-2030"}, "2025-06-01", "not-yet"),
        ({"in_force": ("2024-05-01", "2027-04-30"), "period": "2021-2025"}, "2026-01-01", "in-force"),
        ({"in_force": ("2024-05-01", "2027-04-30")}, "2027-05-01", "expired"),
        ({"in_force": ("2024-05-01", None)}, "2030-01-01", None),
        ({}, "2026-01-01", None),
    ],
)
def test_a_plan_is_in_force_as_it_says_or_as_its_period_does(
    fields: dict[str, Any], today: str, expected: str | None
) -> None:
    assert status(plan(**fields), [], today) == expected


def test_a_plan_is_replaced_by_one_that_repeals_it_or_by_its_next_issue() -> None:
    old = plan("old", title="某市养老办法", date="2019-03-01")
    assert status(old, [plan("new", repeals=("某市养老办法",))], "2026-01-01") == "replaced"
    assert status(old, [plan("new", title="某市养老办法", date="2024-03-01")], "2026-01-01") == "replaced"
    assert status(old, [plan("draft", title="某市养老办法（征求意见稿）", date="2024-03-01")], "2026-01-01") is None
    assert status(old, [old], "2026-01-01") is None


def test_plans_whose_times_do_not_meet_never_stood_together() -> None:
    early = plan("a", in_force=("2019-01-01", "2021-12-31"), period="2016-2025")
    assert not together(early, plan("b", period="2022-2025"))
    assert together(early, plan("b", period="2021-2025"))
    assert together(early, plan("b"))


def test_versions_share_a_title_but_for_what_stage_they_are_at() -> None:
    assert versions(plan(title="某市“十四五”规划（送审稿）"), plan(title="某市十四五规划"))
    assert not versions(plan(title="某市规划（2021-2025年）"), plan(title="某市规划（2026-2030年）"))
    assert not versions(plan(title="某市办法（试行）"), plan(title="某市办法"))
    assert not versions(plan(title=""), plan(title=""))


def test_all_at_once_is_each_for_itself_and_counts_work_in_step_with_the_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = [plan(f"p{n}", title=f"某市第{n}号办法", date="2020-01-01", period="2021-2025") for n in range(60)]
    plans.append(plan("again", title="某市第7号办法", date="2024-03-01"))
    plans.append(plan("other", title="某市养老办法", repeals=("某市第9号办法",)))
    each = {one.id: found for one in plans if (found := status(one, plans, "2026-01-01"))}
    asked: list[str] = []
    whether = in_force._replaces

    def noted(later: Plan, one: Plan) -> bool:
        asked.append(one.id)
        return whether(later, one)

    monkeypatch.setattr(in_force, "_replaces", noted)

    assert statuses(plans, "2026-01-01") == each
    assert (each["p7"], each["p9"], each["p8"]) == ("replaced", "replaced", "expired")
    assert len(asked) <= len(plans)
