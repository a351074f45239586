"""What a plan says of its own time in force: from when, until when, and which documents it puts out of force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from plankb import numbers, rules

_TITLE = re.compile(r"《([^《》]{4,80})》")


@dataclass(frozen=True, slots=True)
class Validity:
    """`start` and `end`: first and last day in force (ISO dates), None where nothing is said; `repeals`: titles."""

    start: str | None = None
    end: str | None = None
    repeals: tuple[str, ...] = ()


def validity(text: str, issued: str | None) -> Validity:
    """The validity that a plan's text says; `issued` is its date, for 自印发之日起 and 有效期3年."""
    start = _start(text, issued)
    repealed = rules.one("validity", "repeals").finditer(text)
    titles = dict.fromkeys(title for match in repealed for title in _TITLE.findall(match[0]))
    return Validity(start, _end(text, start or _day(issued)), tuple(titles))


def _start(text: str, issued: str | None) -> str | None:
    for rule in rules.many("validity", "start"):
        for match in rule.finditer(text):
            return _iso(match) if "year" in match.groupdict() else _day(issued)
    return None


def _end(text: str, start: str | None) -> str | None:
    for rule in rules.many("validity", "end"):
        for match in rule.finditer(text):
            if "year" in match.groupdict():
                return _iso(match)
            count = int(numbers.parse(match["years"].replace("两", "二")) or 0)
            if start and count:
                return _years_after(start, count)
    return None


def _iso(match: re.Match[str]) -> str | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:  # 2月30日
        return None


def _day(issued: str | None) -> str | None:
    """The day of issue; None where only the month is known."""
    return issued if issued and len(issued) == len("2024-05-01") else None


def _years_after(start: str, count: int) -> str:
    """The last day of so many years from a day on."""
    first = date.fromisoformat(start)
    try:
        return (first.replace(year=first.year + count) - timedelta(days=1)).isoformat()
    except ValueError:  # 29 February
        return first.replace(year=first.year + count, day=28).isoformat()
