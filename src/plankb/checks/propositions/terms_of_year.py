"""In which part of a year or day something is done or open: 禁伐时间为每年4月10日8时至8月20日8时."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import rules
from plankb.checks.propositions.pairing import Pair
from plankb.checks.propositions.said import Said, passages
from plankb.model import Plan, Severity

_NUMBER = re.compile(r"\d+")
_SURE, _NEAR = 0.65, 0.45
Term = tuple[tuple[int, ...], tuple[int, ...]]
"""Month, day and hour, or hour and minute, of its beginning and its end."""


def read(plan: Plan, text: str) -> Iterator[Said[Term]]:
    """The terms of a text that come again every year or day."""
    for passage, match in passages(plan, text, rules.pattern("propositions", "term")):
        first, last = (tuple(map(int, _NUMBER.findall(match[part]))) for part in ("start", "end"))
        if len(first) == len(last):
            span = passage.span
            subject = text[span[0] : match.start()] + "，" + text[match.end() : span[1]]
            yield passage.said((first, last), match.group(), subject)


def unlike(pair: Pair[Term]) -> Severity | None:
    """Whether one thing has two terms; a plan below may have a longer one."""
    (start, end), (from_, to) = pair.first.value, pair.second.value
    like = pair.likeness
    if len(start) != len(from_) or (start, end) == (from_, to) or like.most < _SURE or like.least < _NEAR:
        return None
    longer = from_ <= start and to >= end and start < end
    return "info" if pair.relation == "below" and longer else "warning"
