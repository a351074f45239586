"""The standard that a thing is built or done to: 按50年一遇设防, 不少于2小时, 10个工作日内办结."""

from __future__ import annotations

import re
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
    """A figure of a measure (`means` of `[[standard]]`: its unit, which way is stricter, the figure of words)."""

    measure: str
    stricter: str
    value: float


def read(plan: Plan, text: str) -> Iterator[Said[Standard]]:
    """The standards of a text."""
    for form in rules.many("propositions", "standard"):
        measure, stricter, *fixed = form.means.split()
        for passage, match in passages(plan, text, form.regex):
            value = float(fixed[0]) if fixed else _said(match)
            start, end = passage.span
            if value is not None:
                subject = f"{text[start : match.start()]}，{text[match.end() : end]}"
                yield passage.said(Standard(measure, stricter, value), match.group(), subject)


def _said(match: re.Match[str]) -> float | None:
    found = next((said for name in ("value", "value2") if (said := match.groupdict().get(name))), None)
    value = None if found is None else numbers.parse(found)
    return None if value is None else float(value)


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
