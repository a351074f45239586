"""Contradictions planted into the five plans of corpus/ all at once, among passages that only look like one.

`planted/five.toml` and `planted/five2.toml` say what is put where; each set is one knowledge base of five plans.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plankb.model import Conflict, Plan
from tests.checks.reading import conflicts_of
from tests.corpus import FOLDER, PLANS, raw
from tests.text import read_plan

pytestmark = pytest.mark.slow

SETS = ("five", "five2")
CHAPTERS = {
    "guiyang-air-145": "第七节 补充任务",
    "guiyang-eco-145": "第五节 补充任务",
    "guiyang-synergy": "九、补充任务",
    "guizhou-carbon-peak": "四、补充任务",
    "ziyang-synergy": "八、补充任务",
}
NUMERALS = "一二三四五六七八九"


def planted(name: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((Path(__file__).parent / "planted" / f"{name}.toml").read_text(encoding="utf-8"))


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(
            name,
            case,
            id=f"{name}-{number}-{case['kind']}",
            marks=[pytest.mark.xfail(strict=True, reason=case["missed"])] if "missed" in case else [],
        )
        for name in SETS
        for number, case in enumerate(planted(name)[kind], 1)
    ]


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens - 1]) + ("十" if tens else "") + (NUMERALS[ones - 1] if ones else "")


def texts(name: str) -> dict[str, str]:
    """The five plans with all that a set puts into them; what has no place of its own becomes a chapter at the end."""
    changed = {plan: raw(plan) for plan in PLANS}
    added: dict[str, list[str]] = {plan: [] for plan in PLANS}
    for kind in ("contradiction", "trap"):
        for plan, *words in (put for case in planted(name)[kind] for put in case["put"]):
            if len(words) == 1:
                added[plan].append(words[0])
            else:
                assert changed[plan].count(words[0]) == 1
                changed[plan] = changed[plan].replace(*words)
    for plan, items in added.items():
        listed = (f"（{numeral(number)}）{item}" for number, item in enumerate(items, 1))
        changed[plan] = "\n\n".join((changed[plan].rstrip(), CHAPTERS[plan], *listed, ""))
    return changed


@cache
def conflicts(name: str) -> tuple[Conflict, ...]:
    known = tomllib.loads((FOLDER / "plans.toml").read_text(encoding="utf-8"))["plan"]
    fields = ("title", "issuer", "jurisdiction", "level", "period", "date")
    plans = {entry["file"].removesuffix(".txt"): {f: entry.get(f) for f in fields} for entry in known}
    readings = [read_plan(text, Plan(id=plan, **plans[plan])) for plan, text in texts(name).items()]
    return conflicts_of(readings)


def squeezed(text: str) -> str:
    return "".join(text.split())


def touches(conflict: Conflict, words: str) -> bool:
    """Whether a side of a conflict is told in the words, or holds them."""
    quotes = [squeezed(fact.quote) for fact in conflict.facts]
    return any(squeezed(words) in quote or quote in squeezed(words) for quote in quotes)


@pytest.mark.parametrize(("name", "case"), cases("contradiction"))
def test_both_sides_of_a_planted_contradiction_are_set_against_one_another(name: str, case: dict[str, Any]) -> None:
    least = ("error", "warning", "info") if case.get("severity") == "info" else ("error", "warning")
    found = [c for c in conflicts(name) if all(touches(c, words) for words in case["words"])]
    assert any(conflict.severity in least for conflict in found)


@pytest.mark.parametrize(("name", "case"), cases("trap"))
def test_what_only_looks_like_a_contradiction_gives_no_alarm(name: str, case: dict[str, Any]) -> None:
    alarms = [c for c in conflicts(name) if c.severity != "info" and any(touches(c, words) for words in case["words"])]
    assert [conflict.why.zh for conflict in alarms] == []
