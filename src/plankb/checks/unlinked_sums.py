"""Totals whose parts follow without 其中: 五年造林12万亩，2026年2万亩、2027年…; 食堂150个，城区60个、县城55个…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plankb import rules
from plankb.checks.amounts import counted, number, scale
from plankb.model import Span

_SEVERAL, _FAR, _EXACT, _SENTENCES = 3, 0.4, 1e-6, 2
"""Parts from which on they are a split of the total; the share of it within which their sum lies where they are;
sentences from a total of money to the list of its parts."""
Amounts = Sequence[re.Match[str]]


def splits(text: str, span: Span, amounts: Amounts) -> Iterator[tuple[re.Match[str], Amounts]]:
    """(total, parts) of a sentence where all `amounts` that follow a total are of years or all of places, and do not
    come to it. Levels that rise to the total year by year are no parts."""
    after = 0
    for index, whole in enumerate(amounts):
        if index < after:
            continue
        for form in ("year", "place"):
            parts = _parts(text, span, amounts[index:], form)
            if len(parts) >= _SEVERAL:
                after = index + len(parts) + 1
                if not _rise_to(whole, parts) and _misses(whole, parts):
                    yield whole, parts
                break
        else:
            parts = _listed(text, span, amounts[index:])
            if len(parts) >= _SEVERAL:
                after = index + len(parts) + 1
                if _misses(whole, parts) and sum(map(_size, parts)) > _size(whole):
                    yield whole, parts


def money(text: str, paragraph: Span) -> Iterator[tuple[re.Match[str], Amounts]]:
    """(total, parts) of a paragraph that gives a total of money and in a sentence of its own, by fields, sources or
    years, parts that do not come to it: 总投资3亿元，由财政安排。分领域看，甲1亿元，乙1.2亿元，丙0.5亿元."""
    for listed in rules.one("checks", "sums.money_by").regex.finditer(text, *paragraph):
        before = text[paragraph[0] : listed.start()]
        totals = [*rules.one("checks", "sums.money_total").regex.finditer(text, paragraph[0], listed.start())]
        if not totals or before[-1:] not in "。；" or before.count("。") > _SENTENCES:
            continue
        amounts = [*rules.pattern("checks", "sums.quantity").finditer(text, *listed.span("parts"))]
        alike = all(counted(amount["unit"]) == counted(totals[-1]["unit"]) for amount in amounts)
        if len(totals) == 1 and alike and len(amounts) >= _SEVERAL and _misses(totals[0], amounts):
            yield totals[0], amounts


def _parts(text: str, span: Span, amounts: Amounts, form: str) -> Amounts:
    """The amounts behind the first one that each have a year, or a place, right before them."""
    lead = rules.one("checks", f"sums.lead_of_{form}").regex
    whole, *rest = amounts
    found: list[re.Match[str]] = []
    before = whole
    for amount in rest:
        if counted(amount["unit"]) != counted(whole["unit"]) or not lead.fullmatch(text, before.end(), amount.start()):
            break
        found.append(amount)
        before = amount
    closed = text[before.end() : before.end() + 1] in ("。", "；", "，", "\n", "") or before.end() == span[1]
    return found if closed else []


def _listed(text: str, span: Span, amounts: Amounts) -> Amounts:
    """The amounts of a list that follows a total of what is to be done, each with a name: 培训5万人次，岗前培训
    2万人次、技能培训3万人次. Kinds that one thing may be of at once are no such parts."""
    whole, *rest = amounts
    names = rules.one("checks", "sums.to_be_added")
    if not names.search(text[span[0] : whole.start()]):
        return []
    found: list[re.Match[str]] = []
    before = whole
    for amount in rest:
        between = text[before.end() : amount.start()]
        lead = rules.one("checks", "sums.lead_of_list").regex.fullmatch(between) if not found else between[:1] == "、"
        if not lead or counted(amount["unit"]) != counted(whole["unit"]) or "其中" in between:
            break
        found.append(amount)
        before = amount
    listed = text[whole.end() : before.end()]
    closed = text[before.end() : before.end() + 1] in ("。", "；", "\n", "") or before.end() == span[1]
    at_once = rules.one("checks", "sums.kinds_at_once").search(listed)
    return found if closed and not at_once and "，" not in listed[1:] else []


def _rise_to(whole: re.Match[str], parts: Amounts) -> bool:
    values = [_size(part) for part in parts]
    return values == sorted(values) and abs(values[-1] - _size(whole)) < 1e-9 * _size(whole) + 1e-9


def _misses(whole: re.Match[str], parts: Amounts) -> bool:
    """What is planned for a year or place is no rounded figure, so that only noise of floating point is let pass."""
    total, added = _size(whole), sum(map(_size, parts))
    return _EXACT * total < abs(total - added) <= _FAR * total


def _size(amount: re.Match[str]) -> float:
    return number(amount["value"]) * scale(amount["unit"])
