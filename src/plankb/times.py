"""Times named in text: what days they mean and how they bound what is said. Pure functions, for plans and questions.

The forms are data in `rules/times.toml`. `by` is the year by which something is due, None for a start (2021年起), a
comparison (较2020年), a recurrence (每年), a duration (三年内) and words that name no year (今年).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from functools import cache, lru_cache

from plankb import numbers, rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Bound, Span
from plankb.rules.kinds import TimeEdge
from plankb.rules.prefilter import Prefilter

_LOOK_AHEAD = 24
_CENTURY = 2000
_TO = ("至", "到")
_MAY_HOLD = compiled(r"[年月季每逐五]|[划案动]期|20\d\d[.．/－～—–~至-]")


@dataclass(frozen=True, slots=True)
class Time:
    """A time mention. `start`, `end` are ISO dates, None for an open or unknown side.

    `first`, `last` are the years it touches, None where none is named. `base`: the start of a comparison (较2020年);
    `past`: said of what has been (截至, 以来).
    """

    text: str
    span: Span
    bound: Bound
    by: str | None = None
    start: str | None = None
    end: str | None = None
    first: int | None = None
    last: int | None = None
    base: bool = False
    past: bool = False

    def ends_after(self, day: str | None) -> bool:
        """Whether it ends after a day (ISO); not where either is unknown."""
        return bool(day and self.end and self.end > day)

    def of_year(self, year: int) -> Time:
        """One year of a span (2022至2025年), with the place of the whole."""
        return replace(self, by=str(year), start=f"{year}-01-01", end=f"{year}-12-31", first=year, last=year)


@cache
def _cores() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((core.name, core.regex) for core in rules.many("times", "core"))


@cache
def _may_hold_core() -> Prefilter:
    return Prefilter(core.expression for core in rules.many("times", "core"))


@cache
def _edges(kind: str) -> tuple[tuple[re.Pattern[str], TimeEdge], ...]:
    end = r"\Z" if kind == "lead" else ""
    return tuple((compiled(f"(?:{edge.expression}){end}"), edge) for edge in rules.many("times", kind, TimeEdge))


@lru_cache(maxsize=4_096)
def find(text: str, *, year: int | None = None) -> tuple[Time, ...]:
    """The times named in a text, in order, not overlapping.

    `year` is the year of writing: it gives 今年 its days (never its `by`); None leaves them open.
    """
    if not _MAY_HOLD.search(text):
        return ()
    plain = numbers.half_width(text)
    found: list[Time] = []
    position = 0
    cores = _Cores(plain)
    while (best := cores.first(position)) is not None:
        name, match = best
        time = _mention(text, plain, name, match, floor=position, year=year)
        if found and found[-1].span[1] == time.span[0] and time.text.startswith(_TO):
            found[-1] = replace(found[-1], bound="from", by=None, end=None)  # 2025年3月1日至6月30日
        found.append(time)
        position = max(time.span[1], match.end(), position + 1)
    return tuple(found)


class _Cores:
    """The next core of each form in a text: a form is looked for again only behind the one that was taken."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        known = _cores()
        self._next = [(*known[index], known[index][1].search(plain)) for index in _may_hold_core()(plain)]

    def first(self, position: int) -> tuple[str, re.Match[str]] | None:
        """The first core at or after a position, which only grows; of two at one place the one that reads more."""
        best: tuple[str, re.Match[str]] | None = None
        for index, (name, pattern, match) in enumerate(self._next):
            if match and match.start() < position:
                match = pattern.search(self._plain, position)
                self._next[index] = (name, pattern, match)
            if match and (best is None or (match.start(), -match.end()) < (best[1].start(), -best[1].end())):
                best = name, match
        return best


def _mention(text: str, plain: str, name: str, match: re.Match[str], *, floor: int, year: int | None) -> Time:
    start, end = match.span()
    lead = _lead(plain, floor, start)
    if lead:
        start = lead[0]
    edge = _edge(plain, end)
    if edge:
        end = edge[0]
    facts = [side for _, side in filter(None, (lead, edge))]
    base = any(edge.base for edge in facts) or _is_base(plain, match.end())
    past = any(edge.past for edge in facts)
    first, last, day_start, day_end = _days(match, year)
    bound = _bound(name, lead, edge)
    named = (
        first is not None and name not in ("this year", "next year") and not (name == "year" and _is_name(plain, end))
    )
    by = str(last) if named and not base and bound in ("by", "during") else None
    if bound == "by":
        day_start = None
    elif bound == "from":
        day_end = None
    return Time(text[start:end], (start, end), bound, by, day_start, day_end, first, last, base, past)


def _lead(plain: str, floor: int, start: int) -> tuple[int, TimeEdge] | None:
    """Where the longest lead that ends at a core starts, with its rule."""
    found = ((pattern.search(plain, max(floor, start - 4), start), entry) for pattern, entry in _edges("lead"))
    return min(((m.start(), entry) for m, entry in found if m), key=lambda item: item[0], default=None)


def _edge(plain: str, end: int) -> tuple[int, TimeEdge] | None:
    """Where the longest edge that starts at the end of a core ends, with its rule."""
    found = ((pattern.match(plain, end), entry) for pattern, entry in _edges("edge"))
    return max(((m.end(), entry) for m, entry in found if m), key=lambda item: item[0], default=None)


def _is_base(plain: str, end: int) -> bool:
    """Whether what follows makes the time the start of a comparison."""
    return bool(rules.union("times", "base_after").match(plain[end : end + _LOOK_AHEAD]))


def _is_name(plain: str, end: int) -> bool:
    """Whether a year belongs to the name of an event that follows (2023年世界大学生运动会)."""
    return bool(rules.union("times", "named_after").match(plain[end : end + _LOOK_AHEAD]))


def _bound(name: str, lead: tuple[int, TimeEdge] | None, edge: tuple[int, TimeEdge] | None) -> Bound:
    if name == "each":
        return "each"
    for side in (edge, lead):
        if side and side[1].bound != "during":
            return side[1].bound
    return "by" if name == "month without a year" else "during"


def _number(match: re.Match[str], group: str) -> int | None:
    text = match.groupdict().get(group)
    if text is None:
        return None
    return int(text) if text.isdecimal() else int(numbers.parse(text) or 0)


def _days(match: re.Match[str], year: int | None) -> tuple[int | None, int | None, str | None, str | None]:
    """First year, last year, first day, last day of a core; None where it does not say."""
    groups = match.groupdict()
    if groups.get("plan"):
        last = _last_of_plan(groups["plan"])
        begin, last = _part(last - 4, last, groups.get("part"), _number(match, "years"))
        return begin, last, f"{begin}-01-01", f"{last}-12-31"
    first = _number(match, "year")
    if groups.get("short"):
        first = _CENTURY + int(groups["short"])
    if groups.get("this") or groups.get("next"):
        first = None if year is None else year + bool(groups.get("next"))
    if first is None:
        return None, None, None, None
    last = _number(match, "year2") or first
    from_month, to_month = _months(match)
    day = _number(match, "day")
    last_day = _number(match, "day2") if groups.get("month2") else day
    to_day = min(last_day or 31, monthrange(max(last, 1), to_month)[1])
    return first, last, f"{first}-{from_month:02}-{day or 1:02}", f"{last}-{to_month:02}-{to_day:02}"


def _part(first: int, last: int, part: str | None, years: int | None) -> tuple[int, int]:
    """The first or last so many years of a period; the whole where no part is named."""
    if not part or not years:
        return first, last
    return (last - years + 1, last) if part == "后" else (first, first + years - 1)


def _months(match: re.Match[str]) -> tuple[int, int]:
    groups = match.groupdict()
    if groups.get("quarter"):
        quarter = int(numbers.parse(groups["quarter"]) or 1)
        return 3 * quarter - 2, 3 * quarter
    if groups.get("half"):
        return (1, 6) if groups["half"] == "上" else (7, 12)
    month = _number(match, "month")
    return (month, _number(match, "month2") or month) if month else (1, 12)


def five_year_plan(text: str) -> tuple[int, int] | None:
    """The first and last year of the five-year plan that a title names (第十四个五年规划: 2021, 2025); None without."""
    match = rules.one("times", "five_year_plan").search(text)
    return (last - 4, last) if match and (last := _last_of_plan(match["plan"])) else None


def _last_of_plan(number: str) -> int:
    """The last year of 十一五 (一) and those after it."""
    return 1955 + 5 * (10 + int(numbers.parse(number) or 0))


def in_words(time: str) -> str:
    """A time of a record (2025, 2025-06) as an office writes it: 2025年, 2025年6月; other words as they are."""
    parts = time.split("-")
    if not all(part.isdigit() for part in parts):
        return time
    return "".join(f"{part if unit == '年' else int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
