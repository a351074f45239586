"""One old site or building that two plans turn into two things: 厂房改造为博物馆, 利用厂房建设公寓."""

from __future__ import annotations

from collections.abc import Iterator

from plankb import rules
from plankb.checks.propositions.alignment import aligned
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Said, passages
from plankb.model import Plan, Severity

_SAME, _LEAST = 0.8, 2
"""The share of its words by which a site is the same; characters in a row that tell two uses to be one."""


def read(plan: Plan, text: str) -> Iterator[Said[str]]:
    """What the clauses of a text turn old sites and buildings into; the site is the subject."""
    for form in rules.many("uses", "use"):
        for passage, match in passages(plan, text, form.regex):
            sentence = f"{passage.before}，{passage.words}"
            if not rules.pattern("uses", "in_part").search(sentence):
                site = text[match.start() : match.start("use")]
                yield passage.said(match["use"], match.group(), rules.pattern("uses", "turning").sub("，", site))


def unlike(pair: Pair[str]) -> Severity | None:
    """Whether one site is to become two things that have no word in common."""
    first, second = pair.first.value, pair.second.value
    if any(first[at : at + _LEAST] in second for at in range(len(first) - 1)):
        return None
    found = aligned(pair)
    return "warning" if found and found.least >= _SAME else None
