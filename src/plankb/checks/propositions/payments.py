"""How much is paid for each of a thing: 每部补助20万元, 每餐2—5元, 每户不超过3000元; and whether those served pay:
个人不承担费用, 由住户每年负担45元."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import quantities, rules
from plankb.checks.propositions.pairing import Pair, apart, cover
from plankb.checks.propositions.said import Said, pairs_of, passages
from plankb.model import Plan, Severity

_EXACT, _ALIKE, _MANY, _MATTER, _HALF = 1e-9, 0.6, 2, 3, 0.5
"""How far amounts may lie apart; the share of its pairs of characters that the one subject must have in what the other
clause speaks of; pairs apart that tell a matter; the same two of what is free or paid for."""
_NO_OTHER = ("", "财")
"""Payers of a clause that names no level of its own, whose payment would stand beside that of the level above."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What is paid for each of a thing (in yuan, from `low` to `high`), and who pays ("" where nobody is named)."""

    each: str
    low: float
    high: float
    payer: str
    fixed: bool = False
    """Whether it is said to be the standard, which binds the plans below."""


def read(plan: Plan, text: str) -> Iterator[Said[Payment]]:
    """The payments of a text; a sentence with several for each of one thing tells grades, and is left out."""
    pattern = rules.pattern("propositions", "paid_each")
    for passage, match in passages(plan, text, pattern):
        words = passage.words
        if len([*pattern.finditer(text, *passage.sentence)]) > 1 or not rules.pattern(
            "parameters", "paid_words"
        ).search(words):
            continue
        start, end = passage.span
        left_out = rules.pattern("propositions", "paid_besides")
        subject = left_out.sub("，", f"{text[start : match.start()]}，{match['thing']}，{text[match.end() : end]}")
        said = passage.said(_payment(match, words), match.group(), subject)
        if len(pairs_of(said.words)) >= 1:
            yield said


def _payment(match: re.Match[str], words: str) -> Payment:
    low = _yuan(match["low"], match["unit"])
    high = _yuan(match["high"] or match["low"], match["unit"])
    if match["most"]:
        low = 0.0
    elif match["least"]:
        high = math.inf
    by = rules.pattern("parameters", "paid_by").search(words)
    fixed = rules.pattern("propositions", "paid_standard").search(words) is not None
    return Payment(match["each"], low, high, by.group()[:1] if by else "", fixed)


def _yuan(value: str, unit: str) -> float:
    return float(quantities.normal(float(value), unit).value)


def unlike(pair: Pair[Payment]) -> Severity | None:
    """Whether plans of one place pay differently for one thing, or the one below pays what the range above excludes."""
    first, second = pair.first.value, pair.second.value
    if pair.relation == "inside" or first.each != second.each or not _of_one(pair):
        return None
    outside = second.low > first.high + _EXACT or second.high < first.low - _EXACT
    if pair.relation == "below":
        less = first.fixed and second.high < first.low and second.payer in _NO_OTHER
        bound = first.low != first.high or less
        return "warning" if bound and outside else None
    payers = {first.payer, second.payer} - {"", "财"}
    return "warning" if outside and len(payers) < _MANY else None


def _of_one(pair: Pair[Payment]) -> bool:
    """Whether what the one clause is on stands in the other, or in what leads in to it."""
    first, second = pair.first, pair.second
    shared = (first.subject & second.about) | (second.subject & first.about)
    most = max(cover(first.subject, second.about), cover(second.subject, first.about))
    same = first.subject == second.subject and len(first.subject) >= _MANY
    return same or (apart(shared) >= _MANY and most >= _ALIKE)


def fees(plan: Plan, text: str) -> Iterator[Said[bool]]:
    """Whether something is paid for by those who get it; the subject is the sentence without the words of paying."""
    for form in rules.many("propositions", "fee"):
        for passage, match in passages(plan, text, form.regex):
            start, end = passage.span
            words = f"{passage.before}，{text[start : match.start()]}，{text[match.end() : end]}"
            subject = rules.pattern("propositions", "fee_besides").sub("，", words)
            yield passage.said(form.means == "paid", match.group(), subject)


def unlike_fees(pair: Pair[bool]) -> Severity | None:
    """Whether one thing is free in one plan and paid for in the other."""
    first, second = pair.first, pair.second
    if first.value == second.value or pair.relation == "inside":
        return None
    shared = first.subject & second.subject
    most = max(cover(first.subject, second.about), cover(second.subject, first.about))
    many = apart(shared)
    return "warning" if many >= _MANY and most >= (_HALF if many >= _MATTER else _ALIKE) else None
