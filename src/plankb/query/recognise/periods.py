"""Times in questions. 到2025年 and 2025 ask for what is set for that year, 2025年底前 for all until then.

2025年以后 asks for what follows. Months, quarters and five-year plans are read by `plankb.times`; the day of a question
dates 已经过期, 下季度, 明年.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from plankb import numbers, rules, times
from plankb.late import dataclass
from plankb.model import Span
from plankb.query.model import Period
from plankb.query.recognise.text import TAKEN, QuestionText
from plankb.rules.lazy import LazyPattern
from plankb.rules.question_kinds import TimeForm

_YEAR = r"(?<![\d.])(?P<{0}>20\d\d)(?![\d.%])"
_SOON = timedelta(days=90)
_WEEK, _HALF = 7, 0.5
_DAYS = {"天": 1, "日": 1, "周": _WEEK, "星期": _WEEK, "月": 30.4, "年": 365.25}


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time named in a question."""

    span: Span
    said: str
    period: Period
    due: bool = False


@cache
def _patterns() -> tuple[tuple[LazyPattern, TimeForm], ...]:
    def filled(pattern: str) -> LazyPattern:
        for name in "yz":
            pattern = pattern.replace(f"{{{name}}}", _YEAR.format(name), 1)
            while f"{{{name}}}" in pattern:
                pattern = pattern.replace(f"{{{name}}}", _YEAR.format(f"{name}{pattern.count('(?P<')}"), 1)
        return LazyPattern(pattern, rules.caseless)

    return tuple((filled(form.pattern), form) for form in rules.many("questions", "time", TimeForm))


def find_periods(question: QuestionText, *, today: date | None = None) -> tuple[PeriodMention, ...]:
    """Takes the times that a question names. `today` dates 今年 and 下季度; None leaves such words alone."""
    this_year = today.year if today else None
    relative = [PeriodMention(*said) for said in find_relative(question, today)]
    found = [*relative, *_fine(question, this_year), *_five_years(question), *_years(question)]
    return tuple(sorted(found, key=lambda mention: mention.span))


def merged(mentions: tuple[PeriodMention, ...]) -> Period | None:
    """One condition of several times: the years named, or the stretch; None where no time is named."""
    if not mentions:
        return None
    years = tuple(dict.fromkeys(year for mention in mentions for year in mention.period.years))
    stretches = [mention.period for mention in mentions if not mention.period.years]
    if not stretches:
        return Period(years=years)
    starts = [period.start for period in stretches if period.start]
    ends = [period.end for period in stretches if period.end]
    if years and not (starts or ends):
        return Period(years=years)
    return Period(start=max(starts, default=None), end=min(ends, default=None))


def _fine(question: QuestionText, this_year: int | None) -> list[PeriodMention]:
    """Months, quarters, halves, days and words for this year, which need more than a year's number."""
    found = []
    for time in times.find(question.rest, year=this_year):
        whole = time.end is None or (time.end.endswith("12-31") and (time.start or "01-01").endswith("01-01"))
        named = re.search(r"20\d\d", time.text)
        if time.first is None or TAKEN in time.text or (whole and named):
            continue
        if time.last != time.first:
            question.take(*time.span)
            found.append(PeriodMention(time.span, time.text, _stretch(time)))
            continue
        before = rules.one("question_forms", "before_time").search(time.text)
        start, end = (None, time.end) if before or time.bound == "by" else (time.start, time.end)
        period = Period(years=(str(time.first),)) if whole else Period(start=start, end=end)
        if whole and before:
            period = Period(end=time.end)
        question.take(*time.span)
        found.append(PeriodMention(time.span, time.text, period))
    return found


def _five_years(question: QuestionText) -> list[PeriodMention]:
    found = []
    for match in question.take_all(rules.one("question_forms", "five_years")):
        time = times.find(f"{match['name']}期间")
        if time and time[0].start:
            found.append(PeriodMention(match.span(), match.group(), _stretch(time[0])))
    return found


def _stretch(time: times.Time) -> Period:
    """Several years: all of them, or the last where its end is named (“十四五”末)."""
    if rules.one("question_forms", "at_end").search(time.text) and time.last:
        return Period(years=(str(time.last),))
    return Period(start=time.start, end=time.end)


def _years(question: QuestionText) -> list[PeriodMention]:
    found = []
    for pattern, form in _patterns():
        matches = question.take_all(pattern)
        found += [PeriodMention(match.span(), match.group(), _period(match, form)) for match in matches]
    return found


def _period(match: re.Match[str], form: TimeForm) -> Period:
    groups = {name[0]: year for name, year in match.groupdict().items() if year}
    if form.years:
        return Period(years=(groups[form.years],))
    start, end = groups.get(form.start or ""), groups.get(form.end or "")
    return Period(start=f"{start}-01-01" if start else None, end=f"{end}-12-31" if end else None)


def find_relative(question: QuestionText, today: date | None) -> tuple[tuple[tuple[int, int], str, Period, bool], ...]:
    """Takes the times that the day of the question dates: span, words, period, and whether what is due is asked for."""
    if today is None:
        return ()
    found = []
    for rule in rules.many("question_forms", "relative_time"):
        for match in question.take_all(rule):
            period = _within(match, today) if rule.means == "within" else _by_day(rule.means, today)
            found.append((match.span(), match.group(), period, rule.means in ("overdue", "soon")))
    return tuple(found)


def _by_day(means: str, today: date) -> Period:
    if means == "overdue":
        return Period(end=(today - timedelta(days=1)).isoformat())
    if means == "ahead":
        return Period(start=today.isoformat())
    if means == "soon":
        return Period(start=today.isoformat(), end=(today + _SOON).isoformat())
    if means == "year_end":
        return Period(start=today.isoformat(), end=f"{today.year}-12-31")
    unit, _, ahead = means.partition("+")
    if unit == "week":
        monday = today + timedelta(days=_WEEK * int(ahead) - today.weekday())
        return Period(start=monday.isoformat(), end=(monday + timedelta(days=_WEEK - 1)).isoformat())
    if unit == "year":
        return Period(years=(str(today.year + int(ahead)),))
    months = 3 if unit == "quarter" else 1
    first = (today.year * 12 + today.month - 1) // months * months + int(ahead) * months
    end = _first_day(first + months) - timedelta(days=1)
    return Period(start=_first_day(first).isoformat(), end=end.isoformat())


def _within(match: re.Match[str], today: date) -> Period:
    """From today to so many days, weeks, months or years on; half a month is 15 days, half a year six months."""
    said, unit = match["number"] or match["number2"], match["unit"] or match["unit2"]
    count = _HALF if said == "半" else float(numbers.parse(said) or 0)
    days = round(count * _DAYS[unit])
    return Period(start=today.isoformat(), end=(today + timedelta(days=days)).isoformat())


def _first_day(month: int) -> date:
    """The first day of a month counted from year 0."""
    return date(month // 12, month % 12 + 1, 1)
