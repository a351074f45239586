"""The years of a plan: from when on it looks ahead, and when it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType

from plankb import numbers, rules, times
from plankb.document import CleanText, heading_pattern
from plankb.model import Plan
from plankb.times import Time

_TITLE_LINES, _TITLE_LENGTH = 5, 50
_PREAMBLE = 400


def since(clean: CleanText, plan: Plan) -> int | None:
    """The first year that a plan is about: what lies before it is past. By its record, its title, the first lines of
    its text, or what these say it is for; None where nothing tells."""
    recorded = first_year(plan)
    if recorded:
        return int(recorded)
    named = (_of_title(title) for title in (title_of(clean, plan), _first_lines(clean)))
    return next(filter(None, named), None) or _told(clean)


def first_year(plan: Plan) -> str:
    """The first year of a plan's period, else that of its date; "" where its record has neither."""
    found = (re.match(r"\d{4}", words or "") for words in (plan.period, plan.date))
    return next((match.group() for match in found if match), "")


def last_day_written(plan: Plan) -> str | None:
    """The last day (ISO) on which a plan may have been written: by its date, else the day before the last year of its
    period, where that has several; None where neither tells."""
    if plan.date:
        return plan.date + "-12-31"[len(plan.date) - len("2025") :]
    first, last = (plan.period or "")[:4], (plan.period or "")[-4:]
    return f"{int(last) - 1}-12-31" if first < last else None


@lru_cache(maxsize=4)
def terms(text: str, period: tuple[int, int] | None) -> Mapping[int, int]:
    """The last year of each term that a text says from when it counts (2026年起5年内), and of one as long as the plan's
    own period, by its number of years."""
    own = {period[1] - period[0] + 1: period[1]} if period else {}
    started = rules.pattern("plan_info", "started_term").finditer(text)
    said = ((int(numbers.parse(match["count"]) or 0), int(match["year"])) for match in started)
    return MappingProxyType(own | {years: first + years - 1 for years, first in reversed(list(said)) if years})


def of_term(time: Time, ends: Mapping[int, int]) -> Time:
    """A time that is a term alone (5年内) as the year that it ends in; itself where it is none or nothing says that."""
    term = None if time.first or time.by else rules.pattern("plan_info", "term").search(time.text)
    count = numbers.parse(term["count"] or term["ahead"] or term["effort"]) if term else None
    last = ends.get(int(count)) if count else None
    return time if last is None else until(time, last)


def until(time: Time, last: int) -> Time:
    """A time as the year that it ends in."""
    return replace(time, bound="by", by=str(last), start=None, end=f"{last}-12-31", first=last, last=last)


def year_written(plan: Plan) -> int | None:
    """The year in which a plan was written, as far as its date or period says."""
    said = plan.date or plan.period
    return int(said[:4]) if said and said[:4].isdigit() else None


def title_of(clean: CleanText, plan: Plan) -> str:
    """The plan's title: its record's, else the short lines that the text begins with."""
    return plan.title or _first_lines(clean)


def _of_title(title: str) -> int | None:
    """The first year that a title names as its time; that of an outlook (和2035年远景目标) is none."""
    five = times.five_year_plan(title)
    outlook = rules.pattern("plan_info", "outlook")
    named = (
        time.first for time in times.find(title) if time.bound == "during" and not outlook.match(title, time.span[1])
    )
    return five[0] if five else next(filter(None, named), None)


def _told(clean: CleanText) -> int | None:
    """The year that the first paragraphs say the plan is for (2020年是…之年, 做好2020年工作), else the latest of a
    document number that the text cites: the plan is no older. None without one."""
    told = rules.pattern("plan_info", "told_year").search(clean.text[:_PREAMBLE])
    if told:
        return int(told[1] or told[2])
    return max(map(int, rules.pattern("citations", "year").findall(clean.text)), default=None)


def _first_lines(clean: CleanText) -> str:
    """The short lines that a text begins with."""
    lines = (clean.text[p.start : p.end] for p in clean.paragraphs[:_TITLE_LINES] if p.kind == "text")
    return "".join(takewhile(_may_be_title, lines))


def _may_be_title(line: str) -> bool:
    return len(line) <= _TITLE_LENGTH and "。" not in line and not heading_pattern().match(line)
