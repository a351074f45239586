"""Of how many of a thing something is asked: 所有机构均设立督导员, 对床位50张以上的机构设立督导员."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules
from plankb.checks.propositions.pairing import Pair, cover
from plankb.checks.propositions.said import Passage, Said, pairs_of, passages
from plankb.model import Plan, Severity

_SURE, _NEAR, _HEAD = 0.75, 0.3, 6


@dataclass(frozen=True, slots=True)
class Extent:
    """Whether all are meant or some; of some the words that narrow it, and the noun that they are some of, as pairs of
    characters."""

    whole: bool
    narrow: str
    noun: frozenset[str]


def read(plan: Plan, text: str) -> Iterator[Said[Extent]]:
    """What is asked of all, then what of some; a clause that lets others off makes the one before it one of some."""
    for form, whole in (("all_of", True), ("some_of", False)):
        pattern = rules.pattern("propositions", form)
        for passage, match in passages(plan, text, pattern):
            words = passage.words
            if rules.pattern("propositions", "some_counted").search(words):
                continue
            if not whole and rules.pattern("propositions", "all_of").search(words):
                continue
            subject = pattern.sub("，", words) if whole else _without(words, match, passage)
            noun = words[match.end() - passage.span[0] :][:_HEAD] if not whole else ""
            yield passage.said(Extent(whole, "" if whole else match.group(), pairs_of(noun)), words, subject)
    yield from _counted(plan, text)
    yield from _let_off(plan, text)


def _counted(plan: Plan, text: str) -> Iterator[Said[Extent]]:
    """So many of so many: 在18个乡镇中的12个设立站点."""
    for passage, match in passages(plan, text, rules.pattern("propositions", "some_counted")):
        if int(match["some"]) < int(match["all"]):
            after = rules.pattern("propositions", "all_of").sub("，", text[match.end() : passage.span[1]])
            subject = f"{text[passage.span[0] : match.start()]}，{match['noun']}，{after}"
            extent = Extent(whole=False, narrow=match.group(), noun=pairs_of(match["noun"]))
            yield passage.said(extent, passage.words, subject)


def _let_off(plan: Plan, text: str) -> Iterator[Said[Extent]]:
    """What stands before a clause that lets others off: 骨干教师参加交流，其他教师暂不纳入."""
    for passage, match in passages(plan, text, rules.pattern("propositions", "let_off")):
        before = re.split("[，；：]", passage.before.rstrip("，；："))[-1]
        if before and not rules.pattern("propositions", "all_of").search(before):
            span = passage.span[0] - len(before) - 1, passage.span[1]
            yield passage.said(
                Extent(whole=False, narrow=match.group(), noun=pairs_of(match["noun"])),
                text[slice(*span)],
                before,
                span,
            )


def _without(words: str, match: re.Match[str], passage: Passage) -> str:
    """A clause without the words that narrow it."""
    at = match.start() - passage.span[0]
    return f"{words[: max(0, at)]}，{words[match.end() - passage.span[0] :]}"


def asks(extent: Extent) -> bool:
    """Whether something is asked of all."""
    return extent.whole


def unlike(pair: Pair[Extent]) -> Severity | None:
    """Whether the plan that is bound asks of some what the other asks of all."""
    first, second = pair.first.value, pair.second.value
    if pair.relation == "inside" or first.whole == second.whole or (pair.relation == "below" and not first.whole):
        return None
    some, of_all = (second, pair.first) if first.whole else (first, pair.second)
    like = pair.likeness
    named = (not some.noun or cover(some.noun, of_all.subject) > _NEAR) and some.narrow not in of_all.printed
    return (
        "warning"
        if named and like.shared > 1 and like.most >= _SURE and like.least >= _NEAR and not like.contrast
        else None
    )
