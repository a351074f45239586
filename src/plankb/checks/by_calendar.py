"""What the calendar says beside what a draft says: weekdays, quarters and half-years, five-year periods, years that no
plan means, a number of years beside its span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from plankb import numbers, rules
from plankb.checks.registry import Draft, Remark
from plankb.model import Fix, Span

_WEEK = "一二三四五六日"
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_FIRST_PERIOD, _FIRST_YEAR, _LONG = 10, 2001, 5
"""“十五” began in 2001: the n-th period begins five years after the one before it."""
_MONTHS, _NOUGHTS = 12, str.maketrans("0Oo○零", "〇〇〇〇〇")


def all_of(draft: Draft) -> Iterator[Remark]:
    """The remarks on the whole text."""
    yield from _weekdays(draft.text)
    yield from _parts_of_years(draft.text)
    yield from _five_years(draft.text)
    yield from _inside_periods(draft.text)
    yield from _odd_years(draft.text)
    yield from _years_counted(draft.text)
    for span in draft.paragraphs:
        yield from _written_otherwise(draft.text, span)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return rules.one("calendar", name).regex


def _weekdays(text: str) -> Iterator[Remark]:
    """2026年12月18日（星期四）, which is a Friday."""
    for match in _pattern("weekday").finditer(text):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue  # no such day, which `wrong-date` says
        right, printed = _WEEK[day.weekday()], match["week"].replace("天", "日")
        if right != printed:
            fix = Fix(span=match.span("week"), text=right)
            yield Remark(match.span(), "E388", {"day": match.group(), "right": f"星期{right}"}, "error", fixes=(fix,))


def _parts_of_years(text: str) -> Iterator[Remark]:
    """第一季度（6月底前）, 上半年（9月底前）, 第五季度."""
    for match in _pattern("part_of_year").finditer(text):
        printed, month = match["quarter"], int(match["month"])
        last = _QUARTERS[printed] if printed else 6 if match["half"] == "上" else _MONTHS
        first = last - 2 if printed else last - 5
        if month <= _MONTHS and not first <= month <= last:
            yield Remark(match.span(), "E389", {"words": match.group()})
    for match in _pattern("no_quarter").finditer(text):
        yield Remark(match.span(), "E393", {"month": match.group()}, "error")
    for match in _pattern("no_month").finditer(text):
        if int(match["month"]) > _MONTHS or int(match["month"]) == 0:
            yield Remark(match.span(), "E393", {"month": match.group()}, "error")


def _five_years(text: str) -> Iterator[Remark]:
    """“十四五”末（2030年）, “十五五”时期（2025—2030年）: years that are not those of the period."""
    for match in _pattern("five_year").finditer(text):
        first, last = years_of(match["period"])
        if match["end"]:
            wrong = int(match["year"]) != last
            right = f"{last}年"
        else:
            wrong = (int(match["first"]), int(match["last"])) != (first, last)
            right = f"{first}—{last}年"
        if wrong:
            yield _not_the_years(match, right)


def _inside_periods(text: str) -> Iterator[Remark]:
    """“十四五”中后期即2026—2028年, 2028年是“十五五”收官之年: years outside the period, or not at its edge."""
    for match in _pattern("part_of_period").finditer(text):
        first, last = years_of(match["period"])
        if not first <= int(match["first"]) <= int(match["last"]) <= last:
            yield _not_the_years(match, f"{first}—{last}年以内")
    for match in _pattern("year_of_period").finditer(text):
        first, last = years_of(match["period"])
        right = first if match["first"] else last
        if int(match["year"]) != right:
            yield _not_the_years(match, f"{right}年")


def years_of(period: str) -> tuple[int, int]:
    """The first and last year of a five-year period by its number (十四 of “十四五”)."""
    first = _FIRST_YEAR + _LONG * (int(numbers.parse(period) or 0) - _FIRST_PERIOD)
    return first, first + _LONG - 1


def _not_the_years(match: re.Match[str], right: str) -> Remark:
    return Remark(match.span(), "E370", {"words": match.group(), "right": right}, "error")


def _odd_years(text: str) -> Iterator[Remark]:
    """20226年, 202年底, 2208年: years with a digit too many, too few or turned."""
    for match in _pattern("odd_year").finditer(text):
        yield Remark(match.span(), "E371", {"year": match.group()}, "error")


def _years_counted(text: str) -> Iterator[Remark]:
    """三年行动计划（2026—2029年）, 用三年时间（2027—2030年）: more years in the span than are counted."""
    for match in _pattern("years_counted").finditer(text):
        count = int(numbers.parse(match["count"]) or 0)
        years = int(match["last"]) - int(match["first"]) + 1
        if count > 1 and years != count:
            details: dict[str, object] = {"words": match.group(), "count": count, "years": years}
            yield Remark(match.span(), "E372", details)


def _written_otherwise(text: str, span: Span) -> Iterator[Remark]:
    """2026.6.30前, 26年底前, 6月30号前 in running text: documents write 2026年6月30日."""
    for match in _pattern("written_otherwise").finditer(text, *span):
        parts = match.groupdict()
        year = parts["year"] or parts["whole"] or (f"20{parts['short']}" if parts["short"] else "")
        month, day = parts["month"] or parts["nought"], parts["day"] or parts["number"]
        if parts["signs"]:
            right = f"{parts['signs'].translate(_NOUGHTS)}年"
        elif parts["short"]:
            right = f"{year}年"
        elif parts["number"]:
            right = f"{int(day or 0)}日"
        else:
            right = f"{year}年{int(month or 0)}月" + (f"{int(day)}日" if day else "")
        fix = Fix(span=match.span(), text=right)
        yield Remark(match.span(), "E319", {"printed": match.group(), "right": right}, "info", fixes=(fix,))
