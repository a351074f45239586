"""Which way a measure is to go: 砂石产量逐年压减, 砂石产量年均增长3%, 只减不增, 由700万立方米增加到850万立方米."""

from __future__ import annotations

from collections.abc import Iterator

from plankb import rules
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Said, passages
from plankb.model import Plan, Severity


def read(plan: Plan, text: str) -> Iterator[Said[str]]:
    """ "up" or "down" by measure."""
    for form in rules.many("propositions", "way"):
        for passage, match in passages(plan, text, form.regex):
            yield passage.said(form.means, passage.words, _bare(match["name"] or ""), passage.span)


def unlike(pair: Pair[str]) -> Severity | None:
    """Whether one measure is to go both ways; its name ends alike."""
    first, second = pair.first, pair.second
    if first.value == second.value or pair.relation == "inside":
        return None
    names = [_bare(one.words) for one in (first, second)]
    end = next((name[-2:] for name, other in zip(names, reversed(names), strict=True) if name[-2:] in other), "")
    telling = [set(rules.pattern("checks", "telling").findall(name.partition(end or name)[0])) for name in names]
    return "warning" if end and telling[0] == telling[1] and pair.likeness.one else None


def _bare(words: str) -> str:
    """The name of a measure without what leads in its way."""
    name = rules.pattern("propositions", "way_frame").sub(
        "", next((part for part in reversed(words.split("，")) if part), "")
    )
    return rules.pattern("propositions", "way_measure").sub("", name)
