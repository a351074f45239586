"""The standard that a thing is built or done to: 按50年一遇设防, 不少于2小时, 10个工作日内办结."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plankb import numbers, rules
from plankb.checks.propositions.alignment import one_thing
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Said, passages
from plankb.model import Plan, Severity

_EXACT, _INSIDE = 1e-9, 0.9


@dataclass(frozen=True, slots=True)
class Standard:
    """A figure of a measure (`means` of `[[standard]]`: its unit, and which way is stricter)."""

    measure: str
    stricter: str
    value: float


def read(plan: Plan, text: str) -> Iterator[Said[Standard]]:
    """The standards of a text."""
    for form in rules.many("propositions", "standard"):
        measure, stricter, *_ = form.means.split()
        for passage, match in passages(plan, text, form.regex):
            value = numbers.parse(match["value"])
            start, end = passage.span
            if value is not None:
                subject = f"{text[start : match.start()]}，{text[match.end() : end]}"
                yield passage.said(Standard(measure, stricter, float(value)), match.group(), subject)


def unlike(pair: Pair[Standard]) -> Severity | None:
    """Whether one thing has two standards; a plan below may have the stricter one."""
    first, second = pair.first.value, pair.second.value
    if first.measure != second.measure or abs(first.value - second.value) <= _EXACT:
        return None
    tighter = second.value > first.value if first.stricter == "more" else second.value < first.value
    if pair.relation == "below" and tighter:
        return None
    like = pair.likeness
    inside = pair.relation != "inside" or like.least >= _INSIDE
    return "warning" if one_thing(pair) and inside else None
