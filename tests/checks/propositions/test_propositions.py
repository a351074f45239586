"""Clauses of two plans of one place, or above one another: of which kind they cannot both stand, or that they can."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from plankb.checks.propositions import unlike_propositions
from plankb.model import Plan

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
)["case"]  # fmt: skip


def plans(*, below: bool) -> dict[str, Plan]:
    """A plan of a province or city, and another one of the city."""
    first = "四川省" if below else "绵阳市"
    return {
        "one": Plan(id="one", title=f"{first}甲方案（2026—2030年）", jurisdiction=first, period="2026-2030"),
        "other": Plan(id="other", title="绵阳市乙方案（2026—2030年）", jurisdiction="绵阳市", period="2026-2030"),
    }


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{n}-{case['apart']}") for n, case in enumerate(CASES, 1)])
def test_two_clauses_are_told_apart_by_the_kind_that_differs_and_by_no_other(case: dict[str, Any]) -> None:
    texts = {"one": f"一、任务\n1.{case['first']}\n", "other": f"一、任务\n1.{case['second']}\n"}
    found = unlike_propositions(plans(below=case.get("below", False)), texts)
    told = {conflict.facts[0].id.split("-")[1] for conflict in found if conflict.severity != "info"}
    assert told == ({case["apart"]} if case["apart"] else set())


def test_two_things_of_one_measure_are_each_told_and_one_thing_once() -> None:
    texts = {
        "one": "一、任务\n1.松涛水库坝高72米。\n2.雁鸣水库坝高41米。\n",
        "other": "一、任务\n1.建设松涛水库，坝高65米。\n2.建设雁鸣水库，坝高53米。\n3.松涛水库坝高65米。\n",
    }
    found = unlike_propositions(plans(below=False), texts)
    assert sorted(one.facts[0].quote[2:6] for one in found) == ["松涛水库", "雁鸣水库"]
