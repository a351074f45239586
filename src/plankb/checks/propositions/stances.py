"""What a plan wants done with a thing: forbidden or allowed, kept or removed, by force or of free will."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules, times
from plankb.checks.propositions.pairing import Pair, apart, cover
from plankb.checks.propositions.said import Passage, Said, pairs_of, passages
from plankb.model import Plan, Severity

_SITE, _MANY, _HALF, _VERB = 0.7, 2, 0.42, 3
_OF_ACTION = {"forbid": 0.45, "free": 0.1}
"""Stances on what stands behind their words (what is forbidden, what nobody is forced to), with the share of it that
another clause must say to be on it."""
_OF_THINGS = ("keep", "remove")
"""Stances on a thing, which the clause before names where theirs does not."""
_PART = re.compile("[，；：]")


@dataclass(frozen=True, slots=True)
class Stance:
    """What is wanted (`means` of `[[stance]]`), of which actions (two characters each), where (() everywhere),
    until or by which day (ISO; "" without), what stands behind its words, and of that the thing that is built."""

    wants: str
    actions: frozenset[str]
    site: frozenset[str]
    day: str
    what: frozenset[str]
    built: frozenset[str]


def read(plan: Plan, text: str) -> Iterator[Said[Stance]]:
    """The stances of a text: of each clause that which it takes first."""
    first: dict[int, tuple[int, Passage, re.Match[str], str]] = {}
    for form in rules.many("propositions", "stance"):
        for passage, match in passages(plan, text, form.regex):
            known = first.get(passage.span[0])
            if known is None or match.start() < known[0]:
                first[passage.span[0]] = match.start(), passage, match, form.means
    conditional = rules.pattern("propositions", "conditional")
    for _, (_, passage, match, wants) in sorted(first.items()):
        if wants in ("encourage", "allow") and rules.pattern("propositions", "against").search(passage.words):
            continue
        if not conditional.search(_PART.split(passage.before.rstrip("，；："))[-1] + "，" + passage.words):
            yield from _stance(passage, match, wants)


def _stance(passage: Passage, match: re.Match[str], wants: str) -> Iterator[Said[Stance]]:
    before = _PART.split(passage.before.rstrip("，；："))[-1]
    rest = passage.text[match.end() : passage.span[1]]
    head = passage.text[passage.span[0] : match.start()]
    place = rules.pattern("propositions", "site")
    found = place.search(passage.words) or place.search(before)
    days = [time.end for time in times.find(passage.before + passage.words) if time.end and not time.past]
    stance = Stance(
        wants,
        _actions(rest),
        pairs_of(found["site"]) if found else frozenset(),
        days[-1] if days else "",
        pairs_of(rest),
        _built(rest, wants),
    )
    yield passage.said(stance, passage.words, f"{head}，{rest}")
    if wants in _OF_THINGS and before and not pairs_of(head):
        yield passage.said(stance, passage.words, f"{before}，{rest}")


def _actions(words: str) -> frozenset[str]:
    """The first two characters of what is allowed or forbidden, the place left out: 新设 of 在保护区内新设排污口."""
    bare = rules.pattern("propositions", "before_action").sub("", words)
    if rules.pattern("propositions", "builds").match(bare):
        return frozenset(("新建",))
    verbs = re.split("[、和或]", bare)
    listed = all(len(each) <= _VERB for each in verbs)
    return frozenset(each[:2] for each in (verbs if listed else verbs[:1]) if len(each) > 1)


def _built(words: str, wants: str) -> frozenset[str]:
    """The thing that is to be built, or not, without its number; () where the words are of something else."""
    bare = rules.pattern("propositions", "before_action").sub("", words)
    verb = rules.pattern("propositions", "builds").match(bare)
    if verb is None and wants != "build":
        return frozenset()
    return pairs_of(re.split(r"\d", bare[verb.end() if verb else 0 :])[0])


def asks(stance: Stance) -> bool:
    """Whether other stances are held against this one."""
    return stance.wants in ("forbid", "free", "keep")


def unlike(pair: Pair[Stance]) -> Severity | None:
    """Whether two stances exclude one another: on one action, and in one place where both name a place."""
    first, second = pair.first.value, pair.second.value
    permits = {first.wants, second.wants} & {"allow", "build", "encourage"}
    if not _exclude(first, second) or (pair.relation == "inside" and permits):
        return None
    if {first.wants, second.wants} == {"forbid", "build"}:
        if _is_elsewhere(pair):
            return None
        if _builds_it(pair):
            return "warning"
    if first.site and second.site:
        return "warning" if _in_one_place(pair) else None
    for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
        least = _OF_ACTION.get(one.value.wants, 0.0)
        if one.value.what and cover(one.value.what, other.about) < least:
            return None
    like = pair.likeness
    if like.many >= _MANY and (like.one or (like.many > _MANY and like.most >= _HALF)):
        return "warning"
    shared = (pair.first.subject & pair.second.about) | (pair.first.about & pair.second.subject)
    forced = {first.wants, second.wants} == {"free", "must"}
    return "warning" if apart(shared) >= _MANY and (_acts_alike(pair) or (forced and like.many)) else None


def _builds_it(pair: Pair[Stance]) -> bool:
    """Whether the very thing that may not be built any more is built."""
    few, more = sorted((pair.first.value.built, pair.second.value.built), key=len)
    return len(few) >= _MANY and few <= more


def _is_elsewhere(pair: Pair[Stance]) -> bool:
    """Whether one of two clauses speaks of the town and the other of the country."""
    areas = [
        {form.means for form in rules.many("propositions", "built_area") if form.search(each.printed)}
        for each in (pair.first, pair.second)
    ]
    return bool(areas[0] and areas[1] and areas[0].isdisjoint(areas[1]))


def _acts_alike(pair: Pair[Stance]) -> bool:
    """Whether one names an action of the other that is done with few things (转让)."""
    first, second = pair.first, pair.second
    if not {first.value.wants, second.value.wants} & set(_OF_ACTION):
        return False
    same = (first.value.actions & (second.value.actions | second.subject)) | (second.value.actions & first.subject)
    return any(not rules.pattern("propositions", "any_action").match(each) for each in same)


def _in_one_place(pair: Pair[Stance]) -> bool:
    """Whether two stances name one place, and one action or more there."""
    first, second = pair.first.value, pair.second.value
    if max(cover(first.site, second.site), cover(second.site, first.site)) < _SITE:
        return False
    beside = apart((pair.first.subject & pair.second.subject) - (first.site & second.site))
    acts = _acts_alike(pair) or bool(first.actions & second.actions)
    return beside >= _MANY or (acts and beside > 0) or (pair.likeness.many >= _MANY and pair.likeness.one)


def _exclude(one: Stance, other: Stance) -> bool:
    """Whether two stances stand in the table of those that exclude one another; what is kept until a day may go."""
    wants = {one.wants, other.wants}
    if wants == {"keep", "remove"}:
        kept, gone = (one, other) if one.wants == "keep" else (other, one)
        if kept.day and gone.day and gone.day >= kept.day:
            return False
    return any(set(form.means.split()) == wants for form in rules.many("propositions", "exclude"))
