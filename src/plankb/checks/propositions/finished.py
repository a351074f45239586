"""What a plan tells is built and in use already, and what one still wants built: 已于2021年建成 / 2024年底前建成."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules, times
from plankb.checks.pieces import around
from plankb.checks.propositions.alignment import aligned
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import CLAUSE, SENTENCE, Said, pairs_of
from plankb.in_force import annual, years
from plankb.model import Plan, Severity

_MANY, _LEAST, _SAME = 2, 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Stage:
    """Whether a thing stands already, and since or by which day (ISO)."""

    done: bool
    day: str


def read(plan: Plan, text: str) -> Iterator[Said[Stage]]:
    """What the clauses of a text tell is finished, then what they date."""
    first = f"{span[0]}-01-01" if (span := years(plan)) else ""
    for match in rules.pattern("finished", "stands").finditer(text):
        day = _day(match["when"] or match["since"] or "") or plan.date or first
        if day and not rules.pattern("finished", "in_part").search(match["what"]):
            yield _said(plan, text, match, Stage(done=True, day=day))
    if annual(plan) and first:
        for match in rules.pattern("finished", "in_year").finditer(text):
            yield _said(plan, text, match, Stage(done=False, day=f"{first[:4]}-12-31"))
    for form in rules.many("finished", "due"):
        for match in form.regex.finditer(text):
            day = _day(match["when"])
            if day and day >= first:
                yield _said(plan, text, match, Stage(done=False, day=day))


def _said(plan: Plan, text: str, match: re.Match[str], stage: Stage) -> Said[Stage]:
    words = rules.one("asked", "lead").sub(match["what"])
    pairs = pairs_of(words)
    sentence = around(text, match.span(), SENTENCE)
    span = around(text, match.span("what"), CLAUSE)
    shown = span[0], min(match.end(), sentence[1])
    return Said(plan, shown, pairs, pairs, stage, match.group().strip("，。；"), words)


def _day(words: str) -> str:
    found = [time.end for time in times.find(words) if time.end]
    return found[-1] if len(found) == 1 else ""


def asks(stage: Stage) -> bool:
    """Whether a thing stands already."""
    return stage.done


def unlike(pair: Pair[Stage]) -> Severity | None:
    """Whether one plan tells that a thing stands which another, or the same, wants only later; parts and extensions of
    a thing are things of their own."""
    told, due = (pair.first, pair.second) if pair.first.value.done else (pair.second, pair.first)
    if due.value.done or due.value.day[:7] <= told.value.day[:7]:
        return None
    like = pair.likeness
    named = aligned(pair)
    if (like.many < _MANY or like.contrast or like.least < _LEAST) and not (named and named.least >= _SAME):
        return None
    apart = {char for pairs in (told.subject ^ due.subject) for char in pairs}
    part = rules.pattern("finished", "of_a_part")
    return None if any(part.search(char) for char in apart) else "warning"
