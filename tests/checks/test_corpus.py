"""The five real plans: their conflicts, and each checked as a draft, held against a careful reading.

`corpus_reading.toml` is the reading. A new error or warning fails here until somebody has read it and written down
whether a drafter would want it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plankb.checks import Draft, Known, check, find_conflicts
from plankb.extractors import Reading
from plankb.kb import read_file
from plankb.model import Conflict, Finding, Target, Task
from tests.corpus import FOLDER, PLANS

pytestmark = pytest.mark.slow

READING: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "corpus_reading.toml").read_text(encoding="utf-8")
)["finding"]


@cache
def reading(plan: str) -> Reading:
    return read_file(FOLDER / f"{plan}.txt")


def known(plans: tuple[str, ...]) -> Known:
    facts = [fact for plan in plans for fact in reading(plan).facts]
    return Known(
        plans=tuple(reading(plan).plan for plan in plans),
        targets=tuple(fact for fact in facts if isinstance(fact, Target)),
        tasks=tuple(fact for fact in facts if isinstance(fact, Task)),
        bureaus=tuple(bureau for plan in plans for bureau in reading(plan).bureaus),
    )


@cache
def findings() -> dict[str, tuple[Finding, ...]]:
    return {plan: check(Draft(reading(plan), known(tuple(p for p in PLANS if p != plan)))) for plan in PLANS}


@cache
def conflicts() -> tuple[Conflict, ...]:
    every = known(PLANS)
    return find_conflicts(Known(plans=every.plans, targets=every.targets, tasks=every.tasks))


def warnings() -> set[tuple[str, str, str]]:
    return {(plan, f.rule, f.quote) for plan, found in findings().items() for f in found if f.severity != "info"}


def judged(key: str) -> set[tuple[str, str, str]]:
    return {(entry["plan"], entry["rule"], entry["quote"]) for entry in READING if entry.get(key)}


def test_the_known_slips_of_the_real_plans_are_found() -> None:
    assert judged("must") <= warnings()


def test_every_warning_has_been_read_and_at_least_eight_of_ten_are_wanted() -> None:
    shown = warnings()
    read = {(entry["plan"], entry["rule"], entry["quote"]) for entry in READING}
    assert shown - read == set()
    assert len(shown & judged("agree")) >= 0.8 * len(shown)


def test_every_finding_shows_the_words_of_the_file() -> None:
    for plan, found in findings().items():
        clean = reading(plan).clean
        for finding in found:
            assert clean.text[slice(*finding.span)] == finding.quote
            assert 1 <= finding.line <= clean.raw.count("\n") + 1


def shown(words: str) -> Conflict:
    (conflict,) = [c for c in conflicts() if words in c.indicator and c.type == "conflict"]
    return conflict


def test_green_buildings_stand_at_three_levels_in_three_plans_of_one_city() -> None:
    conflict = shown("绿色建筑")
    assert [fact.plan for fact in conflict.facts] == ["guiyang-air-145", "guiyang-eco-145", "guiyang-synergy"]
    assert [(f.op, f.value) for f in conflict.facts if isinstance(f, Target)] == [("=", 80), (">=", 80), ("=", 100)]
    assert conflict.severity in ("error", "warning")


def test_green_travel_and_manure_differ_between_plans() -> None:
    assert {fact.plan for fact in shown("绿色出行").facts} == {"guiyang-eco-145", "guiyang-synergy"}
    assert {"guiyang-air-145", "guiyang-eco-145"} <= {fact.plan for fact in shown("畜禽粪污").facts}


def test_near_neighbours_are_no_conflict() -> None:
    for conflict in conflicts():
        targets = [fact for fact in conflict.facts if isinstance(fact, Target)]
        plans = {fact.plan for fact in conflict.facts}
        assert not {"ziyang-synergy", "guiyang-synergy"} <= plans
        assert len({"回收利用率" in target.indicator for target in targets}) <= 1
        assert not any("蓄积量" in target.indicator for target in targets)
        assert conflict.type != "conflict" or len({target.by for target in targets}) == 1


def test_every_conflict_shows_two_facts_with_their_words() -> None:
    for conflict in conflicts():
        assert len(conflict.facts) >= 2
        for fact in conflict.facts:
            assert reading(fact.plan).clean.text[slice(*fact.span)] == fact.quote


def test_all_of_it_in_the_province_is_more_than_most_of_it_in_the_city() -> None:
    (conflict,) = [c for c in conflicts() if c.type == "looser" and c.severity == "warning"]
    assert [fact.plan for fact in conflict.facts] == ["guizhou-carbon-peak", "guiyang-air-145", "guiyang-eco-145"]
    assert "全面执行绿色建筑标准" in conflict.why.zh
