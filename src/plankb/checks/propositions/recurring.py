"""What comes again: how often a thing is done (每月抽检不少于3次, 每半年开展排查), and in which part of every year or
day something is done or open (禁伐时间为每年4月10日8时至8月20日8时)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import numbers, rules
from plankb.checks.propositions.alignment import one_thing
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Said, passages
from plankb.model import Plan, Severity

_A_YEAR = {
    "学期": 2.0, "学年": 1.0,
    "三年": 1 / 3, "两年": 0.5, "年": 1.0, "半年": 2.0, "季度": 4.0, "季": 4.0, "月": 12.0, "半月": 24.0, "两周": 26.0,
    "旬": 36.0, "周": 52.0, "日": 365.0, "天": 365.0,
}  # fmt: skip
"""How many times a year has a period."""
_EXACT = 1e-9
_NUMBER = re.compile(r"\d+")
_SURE, _NEAR = 0.65, 0.45
Term = tuple[tuple[int, ...], tuple[int, ...]]
"""Month, day and hour, or hour and minute, of its beginning and its end."""


def read_rates(plan: Plan, text: str) -> Iterator[Said[float]]:
    """How many times a year, by subject."""
    noise = rules.pattern("propositions", "rate_noise")
    for form in ("frequency", "each_period"):
        for passage, match in passages(plan, text, rules.pattern("propositions", form)):
            number = float(numbers.parse(match["number"]) or 0) if form == "frequency" else 1.0
            start, end = passage.span
            inner = match.groupdict().get("doing") or ""
            subject = noise.sub("，", f"{text[start : match.start()]}，{inner}，{text[match.end() : end]}")
            if number and sum(char.isdigit() for char in subject) < 2:
                many = float(numbers.parse(match["many"]) or 1) if match["many"] else 1.0
                yield passage.said(number * _A_YEAR[match["period"]] / many, match.group(), subject)


def unlike_rates(pair: Pair[float]) -> Severity | None:
    """Whether the plan that is bound does it less often, or two plans of a place do it unlike often."""
    first, second = pair.first.value, pair.second.value
    if abs(first - second) <= _EXACT or (pair.relation == "below" and second > first) or pair.relation == "inside":
        return None
    return "warning" if one_thing(pair) else None


def read_terms(plan: Plan, text: str) -> Iterator[Said[Term]]:
    """The terms of a text that come again every year or day."""
    for passage, match in passages(plan, text, rules.pattern("propositions", "term")):
        first, last = (tuple(map(int, _NUMBER.findall(match[part]))) for part in ("start", "end"))
        if len(first) == len(last):
            span = passage.span
            subject = text[span[0] : match.start()] + "，" + text[match.end() : span[1]]
            yield passage.said((first, last), match.group(), subject)


def unlike_terms(pair: Pair[Term]) -> Severity | None:
    """Whether one thing has two terms; a plan below may have a longer one."""
    (start, end), (from_, to) = pair.first.value, pair.second.value
    like = pair.likeness
    if len(start) != len(from_) or (start, end) == (from_, to) or like.most < _SURE or like.least < _NEAR:
        return None
    longer = from_ <= start and to >= end and start < end
    return "info" if pair.relation == "below" and longer else "warning"
