"""When a draft was written: as its own pages say it, else the earliest day that its words allow.

A year alone is a date too ("2023"): what is due before that year is past.
"""

from __future__ import annotations

from plankb import rules, times
from plankb.extractors import Reading

_HEAD, _TAIL = 2500, 400


def date_of(reading: Reading) -> str | None:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None where nothing tells.

    The issuing line comes first; then the year of the draft's own document number; then its period's first year; last
    the latest year that the draft tells of as past (截至2022年底).
    """
    plan = reading.plan
    if plan.date:
        return plan.date
    return _numbered(reading.clean.text) or (plan.period or "")[:4] or _told(reading.clean.text)


def _numbered(text: str) -> str | None:
    """The year of a document number that stands on a line of its own: 某府办发〔2023〕12号."""
    pattern = rules.one("checks", "dated").regex
    found = pattern.search(text[:_HEAD]) or pattern.search(text[-_TAIL:])
    return found["year"] if found else None


def _told(text: str) -> str | None:
    """The year after the latest one that is told of as over: of 截至2022年底 it is 2023."""
    ended = [time.last for time in times.find(text) if time.past and time.last and _over(time)]
    return str(max(ended) + 1) if ended else None


def _over(time: times.Time) -> bool:
    return time.end is not None and time.end.endswith("-12-31") and time.text.rstrip().endswith(("底", "末"))
