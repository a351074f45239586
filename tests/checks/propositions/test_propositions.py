"""Clauses of two plans of one place, or above one another: of which kind they cannot both stand, or that they can."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from plankb.checks.propositions.comparing import KINDS, Kind
from plankb.model import Conflict, Plan

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


def told(case: dict[str, Any], kind: Kind[Any]) -> list[Conflict]:
    texts = {"one": f"一、任务\n1.{case['first']}\n", "other": f"一、任务\n1.{case['second']}\n"}
    return [*kind.conflicts(plans(below=case.get("below", False)), texts, ())]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{n}-{case['apart']}") for n, case in enumerate(CASES, 1)])
def test_two_clauses_are_told_apart_by_the_kind_that_differs_and_by_no_other(case: dict[str, Any]) -> None:
    found = {kind.name for kind in KINDS for conflict in told(case, kind) if conflict.severity != "info"}
    assert found == ({case["apart"]} if case["apart"] else set())
