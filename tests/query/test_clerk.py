"""Questions written from the texts alone, before any was run: what a right answer holds, and what is not there."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plankb.query import Answer

_FILES = (
    Path(__file__).parent / "cases" / f"{name}.toml" for name in ("clerk", "fresh", "offices", "kinds", "colloquial")
)
_CASES = [case for path in _FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
_DENIED = [case for case in _CASES if case.get("none")]
_ANSWERED = [case for case in _CASES if not case.get("none")]


@pytest.mark.parametrize("case", _ANSWERED, ids=lambda case: case["ask"])
def test_a_clerk_finds_what_the_plans_say(case: dict[str, Any], answered: Callable[[str], Answer]) -> None:
    answer = answered(case["ask"])
    assert all(any(word in answer.answer for word in words) for words in case.get("says", ())), answer.answer
    assert all(any(word in _held(answer) for word in words) for words in case.get("holds", ())), answer.answer
    assert case.get("count", answer.count) == answer.count
    assert case.get("kind", answer.understood.kind) == answer.understood.kind
    assert answer.facts or answer.passages or "kind" not in case


@pytest.mark.parametrize("case", _DENIED, ids=lambda case: case["ask"])
def test_what_is_not_in_the_plans_gets_no_fact_and_a_reason(
    case: dict[str, Any], answered: Callable[[str], Answer]
) -> None:
    answer = answered(case["ask"])
    assert not answer.facts
    assert answer.note


def _held(answer: Answer) -> str:
    records = (*answer.facts, *answer.passages)
    return answer.answer + "".join(record.model_dump_json() for record in records)
