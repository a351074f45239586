"""When a task is due, to the day: from its deadlines, and from days that its words name without a year or each year.

持续推进 names no day, and none is missing; a task of several stages is due several times.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from plankb import numbers, rules, times
from plankb.model import Deadline, Plan, Task

Every = Literal["year", "quarter", "month"]
_ISO = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_PARTS = {"上旬": 10, "初": 10, "中旬": 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day, or a day that comes again. `words` are those that name it.

    Of one that comes again `month` and `day` say when in a year (12, 31), `day` alone when in a month; a `day` past
    the end of its month is the last of it; it comes for the last time by `until` (None: without an end). `on` is None
    then.
    """

    words: str
    on: date | None = None
    every: Every | None = None
    month: int = 12
    day: int = 31
    until: date | None = None

    def next(self, today: date) -> date:
        """The day itself, or the first one from today on; after `until` the last one."""
        if self.on is not None:
            return self.on
        days = self._days(today if self.until is None else min(today, self.until))
        ahead = [day for day in days if day >= today and (self.until is None or day <= self.until)]
        return ahead[0] if ahead else max(day for day in days if self.until is None or day <= self.until)

    def since(self, today: date) -> date | None:
        """The first day of the period that `next` ends; None for what does not come again."""
        if self.on is not None:
            return None
        due = self.next(today)
        return max(day for day in self._days(due) if day < due) + timedelta(days=1)

    def _days(self, today: date) -> list[date]:
        """The days of the years around today, in order."""
        months = {"year": (self.month,), "quarter": (3, 6, 9, 12), "month": range(1, 13)}[self.every or "year"]
        years = (today.year - 1, today.year, today.year + 1)
        return [_day(year, month, self.day) for year in years for month in months]


def dues(task: Task, deadlines: Iterable[Deadline], plan: Plan) -> tuple[Due, ...]:
    """When a task is due, the earliest first; () where its words name no day. `deadlines` may be of other facts too.

    What a person corrected (`by`) counts before the words of the plan. What comes again does so until the last day
    that the task names, else until the end of the plan's period.
    """
    if task.review and "by" in task.review.fields:
        found = [Due(words=by, on=last) for by in task.by if (last := last_day(by))]
    else:
        own = [one for one in deadlines if one.of == task.id]
        told = [(one, last_day(one.end)) for one in own if one.bound in ("by", "during") and one.end]
        found = [Due(words=one.quote, on=last) for one, last in told if last]
        found += _yearless(task.quote, plan)
        dated = {due.on.year for due in found if due.on}
        # A time that stands outside the words of the task: in a heading, or as the year of a list.
        ends = [(by, last_day(by)) for by in task.by]
        found += [Due(words=times.in_words(by), on=on) for by, on in ends if on and on.year not in dated]
        until = max((due.on for due in found if due.on), default=_end_of(plan))
        found += _recurring(task.quote, "recurring", until)
        found += [] if found else _recurring(task.quote, "repeated", until)
    by_day = {(due.on, due.every, due.month, due.day): due for due in reversed(found)}
    return tuple(sorted(by_day.values(), key=lambda due: (due.on or date.max, due.month, due.day)))


def _end_of(plan: Plan) -> date | None:
    """The last day of a plan's period; None where it has none."""
    years = re.findall(r"\d{4}", plan.period or "")
    return last_day(years[-1]) if years else None


def is_ongoing(task: Task) -> bool:
    """Whether the words of a task say that it has no end."""
    return bool(rules.union("ledger", "ongoing").search(task.quote))


def last_day(text: str) -> date | None:
    """The last day of "2026", "2026-03" or "2026-03-31"; None for another text."""
    match = _ISO.fullmatch(text)
    return _day(int(match[1]), int(match[2] or 12), int(match[3] or 31)) if match else None


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, max(1, min(day, monthrange(year, month)[1])))


def _recurring(text: str, section: str, until: date | None) -> Iterator[Due]:
    """The days that come again, as the first rule of a section that fits each place names them."""
    taken: list[tuple[int, int]] = []
    for rule in rules.many("ledger", section) if rules.one("days", "due.may_recur").search(text) else ():
        every: Every = "quarter" if rule.means == "quarter" else "month" if rule.means == "month" else "year"
        for match in rule.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            groups = match.groupdict()
            months = [*rules.one("days", "due.month").finditer(groups.get("months") or "")]
            for one in months:
                yield Due(words=match[0], every="year", month=int(one["month"]), day=_part(one), until=until)
            if not months:
                yield Due(words=match[0], every=every, day=int(groups.get("day") or 31), until=until)


def _part(match: re.Match[str]) -> int:
    return int(match["day"]) if match["day"] else _PARTS.get(match["part"] or "", 31)


def _yearless(text: str, plan: Plan) -> Iterator[Due]:
    """Days of the plan's year: the first such day after its date."""
    written = last_day(plan.date) if plan.date else None
    year = _year_of(plan)
    if year is None or not rules.one("days", "due.may_lack_year").search(text):
        return
    for rule in rules.many("ledger", "yearless"):
        for match in rule.finditer(text):
            if _recurs(text, match.start()):
                continue
            month, day = _month_of(match)
            on = _day(year, month, day)
            if written and written.year == year and on < written.replace(day=1) and len(plan.date or "") > 4:
                on = _day(year + 1, month, day)
            yield Due(words=match[0], on=on)


def _recurs(text: str, at: int) -> bool:
    """Whether a month stands in a list of months of each year."""
    return any(match.start() < at < match.end() for match in _each_year().finditer(text))


def _each_year() -> re.Pattern[str]:
    return rules.many("ledger", "recurring")[0].regex


def _month_of(match: re.Match[str]) -> tuple[int, int]:
    groups = match.groupdict()
    if groups.get("quarter"):
        return 3 * int(numbers.parse(groups["quarter"]) or 4), 31
    if groups.get("half"):
        return (6 if groups["half"] == "上" else 12), 31
    return int(groups.get("month") or 12), int(groups.get("day") or 31)


def _year_of(plan: Plan) -> int | None:
    """The one year that a plan is for: that of its period, else that of its date; None for a longer period."""
    years: Sequence[str] = re.findall(r"\d{4}", plan.period or "") or re.findall(r"^\d{4}", plan.date or "")
    return int(years[0]) if len(set(years)) == 1 and int(years[0]) > 0 else None
