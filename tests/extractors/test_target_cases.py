"""Targets as data: text in, facts out, a file a group of phenomena (`cases/targets*.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from plankb.model import Plan, Target
from tests.text import read_plan

FOLDER = Path(__file__).parent / "cases"
CASES = [
    case for file in sorted(FOLDER.glob("targets*.toml")) for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


def said(target: Target) -> str:
    """A target as a case writes it: `indicator | op value unit change | by`, or with its words in the middle."""
    value = f"{target.value}" + ("" if target.value_max is None else f"~{target.value_max}")
    what = target.qualitative or " ".join(part for part in (target.op, value, target.unit, target.change) if part)
    return f"{target.indicator} | {what} | {target.by or ''}{' S' if target.stretch else ''}".strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_text_gives_its_targets_and_no_others(case: dict[str, Any]) -> None:
    title = case.get("title", "某市工作方案")
    text = f"{title}\n{case.get('before', '一、主要任务')}\n{case['text']}"
    reading = read_plan(text, Plan(id="x", title=title, period="2021-2025"))
    found = [fact for fact in reading.facts if isinstance(fact, Target)]
    assert [said(target) for target in found] == [wanted.strip() for wanted in case["targets"]]
    for target in found:
        assert reading.clean.text[slice(*target.span)] == target.quote
