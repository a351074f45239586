"""Deadlines by year and quarter. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from plankb.model import Deadline
from plankb.words import Speaker

_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a quarter of it; `quarter` 0 is a year named without a month, `year` "" a time without a year."""

    year: str
    quarter: int = 0

    def title(self, say: Speaker) -> str:
        """What it is called."""
        if not self.year:
            return say("deadlines.undated")
        key = "deadlines.quarter" if self.quarter else "deadlines.year"
        return say(key, year=self.year, quarter=self.quarter)


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of the timeline: a period with how much is due in it; `period` None stands for all times."""

    period: Period | None
    count: int


def period_of(deadline: Deadline) -> Period:
    """When something is due: the year and quarter of its end, the year alone where no month is named."""
    by, end = deadline.by or "", deadline.end or deadline.start or ""
    year = (end or by)[:4]
    if not year.isdigit():
        return Period("")
    named_month = len(by) > len("2025") or not by
    return Period(year, (int(end[5:7]) - 1) // _MONTHS + 1) if named_month and end[5:7].isdigit() else Period(year)


def timeline(deadlines: Iterable[Deadline]) -> list[Slot]:
    """All periods in order, with how much is due; the first line is for all."""
    counts = Counter(map(period_of, deadlines))
    slots = [Slot(period, counts[period]) for period in sorted(counts)]
    return [Slot(None, sum(counts.values())), *slots] if slots else []
