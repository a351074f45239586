"""Each rule on its own cases: what it must find, at which words, and what it must leave alone.

`cases/RULE.toml` holds `[[case]]` with `text` and `finds`, the words of each finding in order; [] for a clean text.
`fixed` is the text with all that the findings propose, where a case says it.
`laid_out` says that the file shows its layout, as Word does. `known` holds other plans of the knowledge base, as
`{title, jurisdiction, level, text}`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from plankb.checks import Draft, Known, all_rules, check
from plankb.document import outline
from plankb.extractors import Reading
from plankb.model import Deadline, Finding, Plan, Target, Task
from tests.text import clean, read_plan

CASES = Path(__file__).parent / "cases"


def load() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{number}"))
    return found


def read(case: dict[str, Any], plan_id: str) -> Reading:
    fields = {name: case.get(name) for name in ("issuer", "jurisdiction", "level", "period", "date")}
    return read_plan(case["text"], Plan(id=plan_id, title=case.get("title", "某市规划"), **fields))


def draft_of(case: dict[str, Any]) -> Draft:
    others = [read(other, f"known{number}") for number, other in enumerate(case.get("known", []))]
    facts = [fact for other in others for fact in other.facts]
    known = Known(
        plans=tuple(other.plan for other in others),
        targets=tuple(fact for fact in facts if isinstance(fact, Target)),
        tasks=tuple(fact for fact in facts if isinstance(fact, Task)),
        bureaus=tuple(bureau for other in others for bureau in other.bureaus),
        deadlines=tuple(fact for fact in facts if isinstance(fact, Deadline)),
    )
    return Draft(read(case, "draft"), known, laid_out=case.get("laid_out", False))


@pytest.mark.parametrize(("rule", "case"), load())
def test_a_rule_finds_its_slips_at_the_words_and_nothing_else(rule: str, case: dict[str, Any]) -> None:
    findings = check(draft_of(case), only=[rule])
    assert [finding.quote for finding in findings] == case["finds"]
    assert all(finding.severity == case.get("severity", finding.severity) for finding in findings)
    if "fixed" in case:
        assert fixed(draft_of(case).text, findings) == case["fixed"].strip()


def fixed(text: str, findings: Iterable[Finding]) -> str:
    """A text with what its findings propose written in, from its end to its start."""
    for fix in sorted((fix for finding in findings for fix in finding.fixes), key=lambda fix: fix.span, reverse=True):
        text = text[: fix.span[0]] + fix.text + text[fix.span[1] :]
    return text


def test_every_rule_has_cases_that_it_finds_and_cases_that_it_leaves_alone() -> None:
    cases = [parameter.values for parameter in load()]
    for name in all_rules():
        assert any(rule == name and case["finds"] for rule, case in cases), name
        assert any(rule == name and not case["finds"] for rule, case in cases), name


@pytest.mark.parametrize("path", sorted((CASES.parent / "clean").glob("*.txt")), ids=lambda path: path.stem)
def test_a_clean_draft_gives_no_error_and_no_warning(path: Path) -> None:
    reading = read_plan(path.read_text(encoding="utf-8"), Plan(id="clean", title="某市“十四五”绿色发展规划"))
    assert [(f.rule, f.quote) for f in check(Draft(reading)) if f.severity != "info"] == []


ENDLESS = (
    "、".join(["甲乙丙"] * 3000),
    "1234567890" * 3000,
    "（" * 3000,
    "总长10公里，其中" * 2000,
    "由1个提高" * 3000,
)


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: text[:6])
def test_text_without_end_is_no_sentence_and_is_got_through(text: str) -> None:
    given = clean(text)
    draft = Draft(Reading(Plan(id="d", title="d"), given, outline(given), (), ()))
    assert all(finding.quote in text for finding in check(draft))
