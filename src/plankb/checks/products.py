"""So much for each of so many, and what is printed as all of it: 500人次×200元, 每公里2万元…60公里共需150万元.

Only where a sentence has one price, one number of what it is for, and one total; years and months that it names count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plankb import numbers, rules
from plankb.checks.amounts import number, plain, scale
from plankb.checks.registry import Remark
from plankb.model import Span

_NEAR, _ABOUT = 0.011, 0.06
"""How far, as a share, a product may lie from its total, and one that is said to be about so much."""
_MONTHS, _REACH = 12, 120
"""Months of a year; characters between a fund and what is given out of it."""


def remarks(text: str, span: Span) -> Iterator[Remark]:
    """The remark on one sentence, where its three numbers are clear and do not fit."""
    prices = [*_form("price").finditer(text, *span)]
    if len(prices) != 1:
        return
    price = prices[0]
    mean = price["mean"] and {"生": "人", "床": "张"}.get(price["mean"], price["mean"])
    counter = price["for"] or price["per"] or price["times"] or mean
    outside = [one for one in _counts(counter).finditer(text, *span) if not _inside(one, price)]
    count = (price["count"], price["times"]) if price["count"] else None
    if count is None and len(outside) == 1:
        count = (outside[0]["count"], counter)
    totals = [one for one in _form("product_total").finditer(text, *span) if not _inside(one, price)]
    if count is None or len(totals) != 1 or not counter:
        return
    total = totals[0]
    each = next(price[name] for name in ("each", "each_per", "each_times", "each_mean") if price[name])
    unit = next(price[name] for name in ("unit", "unit_per", "unit_times", "unit_mean") if price[name])
    size = number(count[0].rstrip("万千")) * {"万": 1e4, "千": 1e3}.get(count[0][-1], 1.0)
    one = size * number(each) * scale(unit)
    printed = number(total["total"]) * scale(total["unit_of_total"])
    slack = _ABOUT if re.search("约|左右|近|余", total.group() + text[total.end() : total.end() + 2]) else _NEAR
    if all(abs(one * times - printed) > slack * printed for times in _times(text[slice(*span)])):
        terms = f"{count[0]}{counter}×{each}{unit}"
        sum_ = plain(one / scale(total["unit_of_total"]))
        details: dict[str, object] = {
            "total": total["total"], "terms": terms, "sum": sum_, "unit": total["unit_of_total"]
        }  # fmt: skip
        start, end = min(price.start(), total.start()), max(price.end(), total.end())
        yield Remark((start, end), "E451", details)


def more_than_all(text: str, span: Span) -> Iterator[Remark]:
    """安排资金3亿元…单个企业补助不超过50亿元: one of those that share a fund may not get the whole of it."""
    funds = [*_form("fund").finditer(text, *span)]
    for one in _form("grant").finditer(text, *span) if funds else ():
        before = [fund for fund in funds if fund.end() <= one.start() <= fund.end() + _REACH]
        for fund in before[-1:]:
            total, given = (number(each["value"]) * scale(each["unit"]) for each in (fund, one))
            if given >= total > 0:
                yield Remark(one.span(), "E818", {"words": one.group(), "total": fund["value"] + fund["unit"]})


def _form(name: str) -> re.Pattern[str]:
    return rules.pattern("growth", name)


@cache
def _counts(counter: str) -> re.Pattern[str]:
    """A number of what a price is for; 人 may be counted as 名."""
    word = {"人": "(?:人次|人|名)", "名": "(?:人(?!次)|名)"}.get(counter, re.escape(counter))
    return re.compile(rf"(?<![\d.,每第/])(?P<count>\d[\d,]*(?:\.\d+)?[万千]?){word}")


def _inside(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _times(sentence: str) -> set[float]:
    """How many times the product may have been counted: once, for each year, for each month of a year."""
    years = {float(numbers.parse(found) or 1) for found in re.findall(r"([两三四五六2-6])年", sentence)}
    months = {float(found) for found in re.findall(r"(\d{1,2})个月", sentence)}
    if re.search("每人?每?月", sentence):
        months |= {float(_MONTHS)}
    base = {1.0, *years, *months}
    return base | {one * other for one in base for other in base}
