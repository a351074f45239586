"""Who bears which share of a cost: 由省级财政承担55%, 省、市、县按5:3:2分担, 两市各承担一半."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from plankb import numbers, rules
from plankb.checks.propositions.alignment import aligned
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import LIST, Said, pairs_of, passages
from plankb.model import Plan, Severity

_WHOLE, _EXACT, _MATTER = 100.0, 0.5, 0.5
Shares = Mapping[frozenset[str], float]
"""Percent by those who bear it together."""


def read(plan: Plan, text: str) -> Iterator[Said[Shares]]:
    """One proposition for each sentence that gives shares."""
    seen: set[int] = set()
    for passage, _ in passages(plan, text, rules.pattern("propositions", "bears")):
        start, end = passage.sentence
        if start in seen:
            continue
        seen.add(start)
        words = text[start:end]
        found = [*rules.pattern("propositions", "bearer").finditer(words)]
        ratio = rules.pattern("propositions", "ratio").search(words)
        shares = _of_ratio(ratio) if ratio else _each(found)
        if shares:
            first = min(match.start() for match in ([ratio] if ratio else found) if match)
            clause = max(words.rfind(stop, 0, first) for stop in "，；：") + 1
            printed = words[clause:].strip("，")
            subject = rules.pattern("propositions", "bearer_noise").sub("，", words)
            shared: Shares = MappingProxyType(shares)
            said = passage.said(shared, printed, subject, (start + clause, end))
            name = words[:first].removesuffix("由").rstrip("，：；")
            yield (replace(said, words=name) if pairs_of(name) else said)


def _who(words: str) -> frozenset[str]:
    return frozenset(_level(each) for each in LIST.split(words) if each)


def _level(name: str) -> str:
    """The level of those who pay, as one word; the name itself where it is no level."""
    for form in rules.many("propositions", "payer"):
        if form.fullmatch(name):
            return form.means
    return name


def _each(found: list[re.Match[str]]) -> dict[frozenset[str], float]:
    shares: dict[frozenset[str], float] = {}
    for match in found:
        who = _who(match["who"] or match["whose"])
        said = match["share"] or match["shared"]
        value = float(numbers.parse(said) or 0) * (10 if match["tenths"] else 1)
        each = who if match["each"] else ()
        shares |= {frozenset((one,)): value for one in each} or {who: value}
    return shares


def _of_ratio(match: re.Match[str]) -> dict[frozenset[str], float]:
    numbers = [float(each) for each in re.findall(r"\d+(?:\.\d+)?", match["ratio"] or "")]
    who = [_level(each) for each in LIST.split(match["who"]) if each]
    if match["equal"]:
        numbers = [1.0] * len(who)
    if len(who) != len(numbers):
        return {}
    return {frozenset((one,)): value * _WHOLE / sum(numbers) for one, value in zip(who, numbers, strict=True)}


def unlike(pair: Pair[Shares]) -> Severity | None:
    """Whether one group of payers bears another share; what several bear together is added up."""
    first, second = pair.first.value, pair.second.value
    if pair.likeness.most < _MATTER and aligned(pair, beside=True) is None:
        return None
    return "warning" if _apart(first, second) or _apart(second, first) else None


def _apart(first: Shares, second: Shares) -> bool:
    for who, share in first.items():
        parts = {each: value for each, value in second.items() if each <= who}
        whole = frozenset().union(*parts) == who
        if whole and abs(sum(parts.values()) - share) > _EXACT:
            return True
    return False
