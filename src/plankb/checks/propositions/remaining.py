"""All of a thing is said to be done by a day, and some of it is still to be done later: 所有行政村通光纤 by 2020, and
尚未通光纤的23个行政村 in 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules, times
from plankb.checks.propositions.alignment import aligned
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Passage, Said, passages
from plankb.in_force import years
from plankb.model import Plan, Severity

_MUCH = 0.5


@dataclass(frozen=True, slots=True)
class Rest:
    """Whether all is done, and by which day (ISO), or some is left, on which."""

    done: bool
    day: str


def read(plan: Plan, text: str) -> Iterator[Said[Rest]]:
    """What a text says was done of all of a thing, then what is left."""
    for form, done in (("all_done", True), ("left", False)):
        pattern = rules.pattern("remaining", form)
        for passage, match in passages(plan, text, pattern, past=True):
            day = _day(passage, done=done)
            if day:
                yield passage.said(Rest(done, day), passage.words, pattern.sub(_kept, passage.words), match.span())


def _kept(match: re.Match[str]) -> str:
    """What of the words of doing tells the thing."""
    return rules.pattern("remaining", "rest_words").sub("，", match.group())


def _day(passage: Passage, *, done: bool) -> str:
    """The day that a sentence says; without one, of what is done already and of what is left, when its plan began."""
    found = [time.end or time.start for time in times.find(passage.before + passage.words)]
    said = next((day for day in found if day), "")
    span = years(passage.plan)
    if said or span is None or (done and "已" not in passage.words):
        return said or ""
    return f"{span[0] - 1}-12-31" if done else f"{span[0]}-01-01"


def asks(rest: Rest) -> bool:
    """Whether all is said to be done."""
    return rest.done


def unlike(pair: Pair[Rest]) -> Severity | None:
    """Whether something is left after the day by which all is said to be done."""
    first, second = pair.first.value, pair.second.value
    if first.done == second.done:
        return None
    done, left = (first, second) if first.done else (second, first)
    if left.day <= done.day:
        return None
    found = aligned(pair)
    return "warning" if found and found.most >= _MUCH else None
