"""Where a line begins and ends: 快速路起于东门立交，止于西岭互通; 灌渠自甲水库至乙镇; 终点为丙村."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules
from plankb.checks.propositions.alignment import aligned
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Passage, Said, pairs_of, passages
from plankb.model import Plan, Severity

_SIGNS = re.compile("[（(，；：]")
_FEW, _SURE = 2, 0.75
"""Pairs of characters of a name; the share of the shorter name that the other must say."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line, "from" or "to", and the place that it lies at."""

    side: str
    place: str


def read(plan: Plan, text: str) -> Iterator[Said[End]]:
    """The ends of the lines of a text, each with the line's name."""
    for form in rules.many("propositions", "line_end"):
        for passage, match in passages(plan, text, form.regex):
            if not (name := _name(passage, match.start())):
                continue
            for side in ("from", "to"):
                place = match.groupdict().get(side)
                if place:
                    pairs = pairs_of(name)
                    yield Said(plan, match.span(), pairs, pairs, End(side, place), match.group(), name)


def _name(passage: Passage, at: int) -> str:
    """The name of the line right before some words, in their clause or the one before; "" where that is no line's."""
    said, ends = passage.text[passage.sentence[0] : at], rules.many("propositions", "line_end")
    for words in reversed(_SIGNS.split(said)):
        name = rules.pattern("works", "subject_lead").sub("", words)
        if rules.pattern("propositions", "line_name").search(name) and not rules.pattern("works", "of_many").search(
            name
        ):
            return name
        if len(pairs_of(words)) >= _FEW and not any(form.search(words) for form in ends):
            return ""
    return ""


def unlike(pair: Pair[End]) -> Severity | None:
    """Whether one line has two beginnings, or two ends, that have no word in common."""
    first, second = pair.first.value, pair.second.value
    if first.side != second.side or pair.relation == "inside":
        return None
    few, many = sorted((first.place, second.place), key=len)
    if any(few[start : start + 2] in many for start in range(len(few) - 1)):
        return None
    found = aligned(pair)
    return "warning" if found is not None and found.least >= _SURE else None
