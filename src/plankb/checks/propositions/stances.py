"""What a plan wants done with a thing: forbidden or allowed, kept or removed, by force or of free will."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules, times
from plankb.checks.propositions.pairing import Pair, apart, cover
from plankb.checks.propositions.said import Passage, Said, pairs_of, passages
from plankb.model import Plan, Severity

_SITE, _MANY, _HALF = 0.7, 2, 0.5
_PART = re.compile("[，；：]")


@dataclass(frozen=True, slots=True)
class Stance:
    """What is wanted (`means` of `[[stance]]`), of which action ("" where the stance is one), where (() everywhere),
    and until or by which day (ISO; "" without)."""

    wants: str
    action: str
    site: frozenset[str]
    day: str


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
        if not conditional.search(passage.words):
            yield _stance(passage, match, wants)


def _stance(passage: Passage, match: re.Match[str], wants: str) -> Said[Stance]:
    before = _PART.split(passage.before.rstrip("，；："))[-1]
    rest = passage.text[match.end() : passage.span[1]]
    subject = f"{passage.text[passage.span[0] : match.start()]}，{rest}"
    place = rules.pattern("propositions", "site")
    found = place.search(passage.words) or place.search(before)
    days = [time.end for time in times.find(passage.before + passage.words) if time.end and not time.past]
    stance = Stance(wants, _action(rest), pairs_of(found["site"]) if found else frozenset(), days[-1] if days else "")
    return passage.said(stance, passage.words, subject)


def _action(words: str) -> str:
    """The first two characters of what is allowed or forbidden, the place left out: 新设 of 在红线内新设养殖用海."""
    bare = rules.pattern("propositions", "before_action").sub("", words)
    return "新建" if rules.pattern("propositions", "builds").match(bare) else bare[:2]


def unlike(pair: Pair[Stance]) -> Severity | None:
    """Whether two stances exclude one another: on one action, and in one place where both name a place."""
    first, second = pair.first.value, pair.second.value
    if not _exclude(first, second) or (pair.relation == "inside" and {first.wants, second.wants} & {"allow", "build"}):
        return None
    sites = first.site, second.site
    known = all(sites)
    if known and max(cover(*sites), cover(*reversed(sites))) < _SITE:
        return None
    beside = (pair.first.subject & pair.second.subject) - (first.site & second.site)
    acts = len(first.action) > 1 and first.action == second.action
    if known and apart(beside) and (acts or apart(beside) >= _MANY):
        return "warning"
    like = pair.likeness
    if like.many >= _MANY and like.one:
        return "warning"
    named = apart((pair.first.subject & pair.second.about) | (pair.first.about & pair.second.subject))
    if acts and named >= _MANY:
        return "warning" if like.most >= _HALF or {first.wants, second.wants} == {"free", "must"} else None
    return None


def _exclude(one: Stance, other: Stance) -> bool:
    """Whether two stances stand in the table of those that exclude one another; what is kept until a day may go."""
    wants = {one.wants, other.wants}
    if wants == {"keep", "remove"}:
        kept, gone = (one, other) if one.wants == "keep" else (other, one)
        if kept.day and gone.day and gone.day >= kept.day:
            return False
    return any(set(form.means.split()) == wants for form in rules.many("propositions", "exclude"))
