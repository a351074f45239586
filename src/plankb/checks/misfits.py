"""Which units do not belong to what is measured: 平方米 to a volume of wood."""

from __future__ import annotations

import re
from functools import cache

from plankb import indicators, quantities, rules, segment
from plankb.model import Target
from plankb.rules.kinds import Codes, Measured

_CLAUSE, _TAIL = re.compile("[，、；：]"), 3
"""Where a quotation is taken apart; characters of a name that its own clause must say."""
_HEAD = 4
"""Characters at the head of a name."""
ALL = 100.0
"""Percent of all there is."""


def misfit(target: Target) -> str:
    """The words of the indicator that the unit does not belong to, "" when it does."""
    given = quantities.dimension(target.unit or "").partition("/")[0]
    if _rate_of_things(target):
        return list(segment.words(target.indicator))[-1]
    if target.normal is None or (target.change and given == "share") or given not in _physical():
        return ""  # a change of anything may be in percent
    if _counted_in_percent(target, given):
        return list(segment.words(target.indicator))[-1]
    if given == "share" and rules.one("checks", "part_of.words").search(target.quote):
        return ""  # the quote says a share, whatever the indicator was taken to be
    if rules.one("checks", "set_beside").search(target.quote) and given == "points":
        return ""
    if rules.one("checks", "for_each").search(target.indicator):
        return ""  # so much of one thing for each of another, read as one name
    measured = rules.one("checks", "part_of.growth").sub(target.indicator)
    for form in rules.many("checks", "measured", Measured):
        head = form.search(measured)
        if head and (given in form.strange or (form.allowed and given not in form.allowed)):
            return head.group() if _is_said(target, head.group()) else ""
        if head and given in form.allowed:
            return ""
    expected = indicators.canonical(target.indicator).dimension
    if not expected or expected == given or {expected, given} in _KIN or target.unit == "年":
        return ""
    foreign = not quantities.dimension(target.unit or "").startswith((f"{expected}/", "per_"))
    last = list(segment.words(target.indicator))[-1]
    return last if foreign and given != "points" and _is_said(target, last) else ""


def _is_said(target: Target, name: str) -> bool:
    """Whether the words of a target say what it measures: a name read together of two clauses, of which its words are
    but the first, measures neither."""
    return target.source != "prose" or name in target.quote or target.indicator[:_HEAD] not in target.quote


def _rate_of_things(target: Target) -> bool:
    """Whether a share is given as a number of things (合格率达到97件), right behind its name."""
    unit = target.unit or ""
    if (
        not unit
        or target.value is None
        or target.source != "prose"
        or not rules.one("checks", "part_of.rate").search(target.indicator)
    ):
        return False
    clause = _CLAUSE.split(target.quote)[-1]
    return rules.one("checks", "part_of.thing").fullmatch(unit) is not None and target.indicator[-_TAIL:] in clause


def _counted_in_percent(target: Target, given: str) -> bool:
    """Whether a row of a table gives a number of things in percent, which its size shows: 服务站 520%."""
    over = rules.one("checks", "part_of.over_all")
    large = given == "share" and target.value is not None and float(target.value) > ALL
    return large and target.source == "table" and not over.search(target.quote.split("\t")[0])


_KIN: tuple[set[str], ...] = ({"share", "multiple"}, {"concentration", "mass"}, {"money", "foreign_money"})
"""Dimensions that one word may be measured in."""


@cache
def _physical() -> frozenset[str]:
    return frozenset((*rules.one("units", "canonical", Codes).values, *map(quantities.dimension, ("人", "人次"))))
