"""Whose plan it is: the place that its title and its issuers name, never one that its text only mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from plankb import register, segment
from plankb.model import Level
from plankb.plan_info.line import one
from plankb.register import COUNTRY, Place, places

_SPEAKS_IN = 4000
_RANKS: dict[str, Level] = {"province": "province", "city": "city", "county": "county", "township": "township"}


def jurisdiction(title: str, issuers: Sequence[str], others: Iterable[str], text: str) -> Place | None:
    """The place of a plan. `others` are the lines of its first page that are no prose; `text` only tells which of
    several places of one name is meant, and whether a place that no list holds has a government."""
    titled = named_in(title)
    issuing = _highest([place for name in issuers if (place := _of_body(name))])
    if titled and issuing and issuing is not COUNTRY and not _begins(title, titled):
        return issuing
    if titled:
        return issuing if issuing is not None and titled in places.ancestors(issuing) else titled
    if several := _shared(title):
        return _meant(several, issuers, text)
    if issuing:
        return issuing
    return _unlisted(title, issuers, text) or _of_lines(others)


def named_in(line: str) -> Place | None:
    """The first place that a line names as words of their own (示范县 is not 范县, 矿区 alone no district)."""
    starts = _word_starts(line)
    for place, start in places.mentions(line):
        if start in starts and not one("common").regex.match(line, start):
            return _within(place, line, start)
    return None


def _word_starts(line: str) -> frozenset[int]:
    starts, position = [], 0
    for word in segment.words(line):
        starts.append(position)
        position += len(word)
    return frozenset(starts)


def _begins(title: str, place: Place) -> bool:
    """Whether a title begins with a place, so that it is the plan's own and not one that it speaks of."""
    found = places.at_start(title)
    return found is not None and (found[0] == place or found[0] in places.ancestors(place))


def _highest(found: Sequence[Place]) -> Place | None:
    """The place of bodies that issue together: the one that holds those of the others, else the first."""
    inside = [place for place in found if place is not COUNTRY]
    return next((p for p in inside if all(p in places.ancestors(q) for q in inside)), next(iter(found), None))


def _of_body(name: str) -> Place | None:
    return named_in(name) or register.resolve(name).place


def _of_lines(lines: Iterable[str]) -> Place | None:
    for line in lines:
        if one("nationwide").search(line):
            return COUNTRY
        if place := named_in(line):
            return place
    return None


def _meant(several: Sequence[Place], issuers: Sequence[str], text: str) -> Place:
    """Which of the places of one name is meant: the one whose cities and provinces are named most."""
    said = Counter(place for place, _ in places.mentions("".join(issuers) + text[:_SPEAKS_IN]))
    return max(several, key=lambda place: sum(said[above] for above in places.ancestors(place)))


def _unlisted(title: str, issuers: Sequence[str], text: str) -> Place | None:
    """The place that a title begins with where no list holds it but an issuer is of it, the text names its government
    or party organs, or says 全市 of a title's 市; else that of an issuer which is such a place and a known body."""
    opening = text[:_SPEAKS_IN]
    for found in filter(None, (places.unlisted(title[:size]) for size in range(2, 9))):
        of_issuer = any(name.startswith(found.name) and len(name) > len(found.name) for name in issuers)
        organs = re.search(re.escape(found.name) + one("organs").expression, opening)
        if of_issuer or organs or _speaks_of_itself(found.name, title, text):
            return found
    return next((place for name in issuers if (place := _unlisted_issuer(name))), None)


def _speaks_of_itself(name: str, title: str, text: str) -> bool:
    """Whether a text means by 全省, 全市 or 全县 the whole of the name that its title begins with as a name."""
    whole = re.search(f"[全我本]{name[-1]}", text) if name[-1] in "省市县" else None
    return whole is not None and one("own_name").search(f"{name}，{title.removeprefix(name)}") is not None


def _unlisted_issuer(name: str) -> Place | None:
    found = ((places.unlisted(name[:size]), name[size:]) for size in range(3, 9))
    return next((place for place, body in found if place and register.is_function(place.name[-1] + body)), None)


def _shared(title: str) -> tuple[Place, ...]:
    """The places that a title can mean by a name that several share (鼓楼区)."""
    starts = range(len(title) - 1)
    return next((found for i in starts for n in (4, 3, 2) if (found := places.shared(title[i : i + n]))), ())


def _within(place: Place, line: str, start: int) -> Place:
    """The place named right behind a place that holds it (贵州省贵阳市花溪区)."""
    rest = line[start:]
    while True:
        size = next((n for n in range(len(rest), 1, -1) if places.find(rest[:n]) == place), 0)
        inner = places.at_start(rest[size:], within=place) if size else None
        if inner is None or place not in places.ancestors(inner[0]) or inner[0] == place:
            return place
        place, rest = inner[0], rest[size:]


def level(place: Place | None, issuer: str | None) -> Level | None:
    """The level of a plan; None where its place is not known."""
    if place is None:
        return None
    if place is COUNTRY:
        return "ministry" if issuer and issuer not in one("whole_country").vocabulary else "national"
    return _RANKS.get(place.rank, "county")
