"""Checking a draft of twice as many targets costs little more than twice the work, whatever they have in common."""

from __future__ import annotations

import re

import pytest

from plankb.checks import check, repeats
from plankb.checks.registry import Draft
from plankb.model import Plan
from plankb.rules.model import Rule
from tests.growth import work
from tests.text import read_plan

_TARGETS = {
    "a name each": "到2025年，第{n}类设施覆盖率达到{level}%。",
    "one name and year, many levels": "到2025年，污水处理率达到{level}.{n}%。",
    "one name, levels that fall and rise over the years": "到{year}年，污水处理率达到{level}%。",
    "plain and striven for": "到2025年，第{half}类设施覆盖率{said}达到{level}%。",
    "a total and amounts of a year": "到2025年，新增第{n}类床位{n}00张，每年新增第{n}类床位{level}张。",
    "names that end alike": "到2025年，{word}设施{n}号改造覆盖率达到{level}%。",
}


def _words(n: int) -> dict[str, object]:
    """What stands for the names in braces in the n-th target."""
    said = {"said": ("", "力争")[n % 2], "word": "水路电气讯"[n % 5]}
    return {"n": n, "half": n // 2, "level": 50 + n * 7 % 23, "year": 2024 + n % 4, **said}


def _draft(count: int, said: str) -> Draft:
    lines = [f"{n}.推进第{n}类设施建设。{said.format(**_words(n))}" for n in range(1, count + 1)]
    text = "\n".join(["某市水利发展“十四五”规划", "", *lines])
    return Draft(read_plan(text, Plan(id="d", title="某市水利发展“十四五”规划", period="2021-2025")))


@pytest.mark.parametrize("said", _TARGETS.values(), ids=_TARGETS)
def test_checking_grows_in_step_with_the_targets(said: str) -> None:
    small, large = (_draft(count, said) for count in (60, 120))
    assert len(large.targets) >= 2 * len(small.targets) > 100
    for draft in (small, large):  # what is kept of words stands for both alike, whatever ran before
        check(draft)
    assert work(lambda: check(large)) < 2.4 * work(lambda: check(small))


def test_a_long_line_is_not_looked_at_again_for_each_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """300,000 full stops held a check for a quarter of an hour."""
    looked_at: list[int] = []
    search = Rule.search

    def counting(rule: Rule, text: str) -> re.Match[str] | None:
        looked_at.append(len(text))
        return search(rule, text)

    monkeypatch.setattr(Rule, "search", counting)
    for sign in ("。", "绿的的"):
        looked_at.clear()
        line = sign * 300
        assert bool(list(repeats._words(line, (0, len(line))))) == (sign != "。")
        assert sum(looked_at) <= 4 * len(line)
