"""Planted contradictions and errors are found, and what only looks like one is left alone.

What is `missed` is said to be so in `planted/`, with the reason: a case that comes to be found must lose it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from plankb.checks import Draft, check
from plankb.model import Conflict, Plan
from tests.checks.reading import conflicts_of
from tests.text import read_plan

PLANTED = Path(__file__).parent / "planted"
CONFLICTS = (
    "conflicts",
    "conflicts2",
    "conflicts3",
    "conflicts4",
    "conflicts5",
    "conflicts6",
    "conflicts7",
    "conflicts8",
    "conflicts9",
    "conflicts10",
    "conflicts11",
    "conflicts12",
)


def cases(file: str, kind: str) -> list[Any]:
    found = tomllib.loads((PLANTED / f"{file}.toml").read_text(encoding="utf-8"))[kind]
    return [
        pytest.param(
            case,
            id=f"{case.get('kind') or case['rule']}-{number}",
            marks=[pytest.mark.xfail(strict=True, reason=case["missed"])] if "missed" in case else [],
        )
        for number, case in enumerate(found, 1)
    ]


def period(title: str) -> str | None:
    """The years that a title names."""
    if "十四五" in title:
        return "2021-2025"
    years = re.findall(r"20\d\d", title)
    return f"{years[0]}-{years[-1]}" if years else None


def conflicts(plans: Sequence[tuple[str, str, str]]) -> tuple[Conflict, ...]:
    """What is shown of some plans, each its title, its jurisdiction and its text."""
    readings = [
        read_plan(text, Plan(id=f"p{number}", title=title, jurisdiction=place, period=period(title)))
        for number, (title, place, text) in enumerate(plans)
    ]
    return conflicts_of(readings)


@pytest.mark.parametrize("case", [case for name in CONFLICTS for case in cases(name, "contradiction")])
def test_a_planted_contradiction_is_found(case: dict[str, Any]) -> None:
    assert conflicts(case["plans"])


@pytest.mark.parametrize("case", [case for name in CONFLICTS for case in cases(name, "trap")])
def test_a_trap_gives_no_alarm(case: dict[str, Any]) -> None:
    assert [conflict.why.zh for conflict in conflicts(case["plans"]) if conflict.severity != "info"] == []


@pytest.mark.parametrize("case", [case for name in ("drafts", "drafts2", "drafts3") for case in cases(name, "error")])
def test_an_error_in_a_complete_draft_is_found_where_it_stands(case: dict[str, Any]) -> None:
    text = (PLANTED.parent / "clean" / f"{case['draft']}.txt").read_text(encoding="utf-8")
    assert text.count(case["old"]) == 1
    reading = read_plan(text.replace(case["old"], case["new"]), _plan(text))
    named = [case["rule"]] if isinstance(case["rule"], str) else case["rule"]
    found = [finding for finding in check(Draft(reading)) if finding.rule in named and finding.severity != "info"]
    at = case.get("at", case["new"])
    words = "".join(at.split())
    assert [f for f in found if words in "".join(f.quote.split()) or "".join(f.quote.split()) in words], [
        (f.rule, f.quote) for f in found
    ]


def _plan(text: str) -> Plan:
    return Plan(id="draft", title=text.splitlines()[0], jurisdiction=None, date=_date(text), period=period(text[:80]))


def _date(text: str) -> str | None:
    found = re.search(r"^(20\d\d)年(\d{1,2})月(\d{1,2})日$", text, re.MULTILINE)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def warned(text: str) -> list[str]:
    """The words of the errors and warnings of a draft, its place that of its title, without white space and strokes."""
    named = re.match(r".+?[省市县区州]", text.splitlines()[0])
    plan = _plan(text).model_copy(update={"jurisdiction": named.group() if named else None})
    found = check(Draft(read_plan(text, plan)))
    return [_squeezed(finding.quote) for finding in found if finding.severity != "info"]


def _squeezed(words: str) -> str:
    return "".join(words.split()).replace("|", "")


@pytest.mark.parametrize("case", cases("slips", "error"))
def test_a_slip_in_a_short_draft_is_found_where_it_stands(case: dict[str, Any]) -> None:
    at = _squeezed(case["at"])
    assert [words for words in warned(case["text"]) if at in words or words in at]


@pytest.mark.parametrize("case", cases("slips", "clean"))
def test_a_short_draft_without_slips_gives_no_alarm(case: dict[str, Any]) -> None:
    assert warned(case["text"]) == []
