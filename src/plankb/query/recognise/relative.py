"""Times against the day of the question: 已经过期, 近期到期, 下季度, 明年."""

from __future__ import annotations

from datetime import date, timedelta

from plankb import rules
from plankb.query.model import Period
from plankb.query.recognise.text import QuestionText

_SOON = timedelta(days=90)


def find_relative(question: QuestionText, today: date | None) -> tuple[tuple[tuple[int, int], str, Period, bool], ...]:
    """Takes the times that the day of the question dates: span, words, period, and whether what is due is asked for."""
    if today is None:
        return ()
    found = []
    for rule in rules.many("question_forms", "relative_time"):
        for match in question.take_all(rule.regex):
            period = _period(rule.means, today)
            found.append((match.span(), match.group(), period, rule.means in ("overdue", "soon")))
    return tuple(found)


def _period(means: str, today: date) -> Period:
    if means == "overdue":
        return Period(end=(today - timedelta(days=1)).isoformat())
    if means == "soon":
        return Period(start=today.isoformat(), end=(today + _SOON).isoformat())
    if means == "year_end":
        return Period(start=today.isoformat(), end=f"{today.year}-12-31")
    unit, _, ahead = means.partition("+")
    if unit == "year":
        return Period(years=(str(today.year + int(ahead)),))
    months = 3 if unit == "quarter" else 1
    first = (today.year * 12 + today.month - 1) // months * months + int(ahead) * months
    end = _first_day(first + months) - timedelta(days=1)
    return Period(start=_first_day(first).isoformat(), end=end.isoformat())


def _first_day(month: int) -> date:
    """The first day of a month counted from year 0."""
    return date(month // 12, month % 12 + 1, 1)
