"""Who does a thing or holds an office: X由甲局牵头, 港长由企业负责人担任."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules
from plankb.checks.propositions.alignment import one_thing
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Said, pairs_of, passages
from plankb.model import Plan, Severity

_LIST = re.compile("、|会同|联合|(?<=[局委办厅府门])[和与及]")


_FEW = 2
"""Pairs of characters below which what stands before names no thing."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who, the kind of body that is (`means` of `[[actor]]`, "" where none fits), and what it does with the thing
    (`means` of `[[doing]]`, else the verb)."""

    names: tuple[str, ...]
    kind: str
    does: str


def read(plan: Plan, text: str) -> Iterator[Said[Actor]]:
    """The actors of a text."""
    for form in rules.many("propositions", "by_whom"):
        for passage, match in passages(plan, text, form.regex):
            what = match.groupdict().get("what") or text[passage.span[0] : match.start()].removesuffix("工作")
            if len(pairs_of(what)) < _FEW:  # 由甲公司统一承担园区招商
                what = f"{what}，{text[match.end() : passage.span[1]]}"
            yield passage.said(_actor(match["who"], match["does"]), f"{match['who']}{match['does']}", what)


def _actor(who: str, does: str) -> Actor:
    kind = next((form.means for form in rules.many("propositions", "actor") if form.search(who)), "")
    names = tuple(rules.pattern("propositions", "own_level").sub("", each) for each in _LIST.split(who) if each)
    held = next((form.means for form in rules.many("propositions", "doing") if form.search(does)), does)
    return Actor(names, kind, held)


def unlike(pair: Pair[Actor]) -> Severity | None:
    """Whether two plans give one thing to unlike bodies; beside a plan above, to bodies of unlike kinds."""
    first, second = pair.first.value, pair.second.value
    one = any(a in b or b in a for a in first.names for b in second.names)
    if one or first.does != second.does or not one_thing(pair):
        return None
    if first.kind and second.kind and first.kind != second.kind:
        return "warning"
    payers = all(name.endswith("财政") for name in (*first.names, *second.names))
    return None if pair.relation == "below" and first.does != "office" and not payers else "warning"
