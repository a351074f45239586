"""What a plan's own pages say about it: title, issuer, jurisdiction, level, period and date.

Only what the given record leaves open is filled; what is not sure stays None. The forms are in `rules/plan_info.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any

from plankb import numbers, register, rules
from plankb.document import CleanText, Outline
from plankb.model import Level, Plan
from plankb.register import COUNTRY, Place, places

_HEAD, _TAIL, _LONGEST = 24, 6, 90
_SPEAKS_IN = 4000
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_DATE = re.compile(
    rf"[\s（(]*{_YEAR}\s*年\s*(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月"
    r"(?:\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?(?:印发|发布)?[\s）)]*$"
)
_ORGANS = r"(?:人民)?(?:政府|委员会|委办公室|委、|委员会办公室)"
_FIVE_YEARS = "一二三四五六七"


@cache
def _pattern(table: str, key: str = "pattern") -> re.Pattern[str]:
    return re.compile(rules.load("plan_info")[table][key])


def fill(plan: Plan, clean: CleanText, outline: Outline) -> Plan:
    """The record with its open fields filled; a title equal to the id, or empty, counts as open."""
    head, tail = _lines(clean, outline)
    title, issuer = _title(head)
    issuer = issuer or _issuer(head, tail)
    given = plan.title if plan.title and plan.title != plan.id else None
    place = _place(plan.jurisdiction, given or title or "", issuer, clean.text)
    issuer = issuer or _issuer(head, tail, home=place)
    found: dict[str, Any] = {
        "issuer": issuer,
        "jurisdiction": places.label(place) if place else None,
        "level": _level(place, issuer),
        "period": _period(given or title or ""),
        "date": _date(head, tail),
    }
    update = {name: value for name, value in found.items() if value is not None and getattr(plan, name) is None}
    return plan.model_copy(update={**update, "title": given or title or plan.title or plan.id})


def _lines(clean: CleanText, outline: Outline) -> tuple[list[str], list[str]]:
    """The lines of the title page and the last lines."""
    first = outline.sections[0].span[0] if outline.sections else len(clean.text)
    texts = [(p.start, clean.text[p.start : p.end]) for p in clean.paragraphs if p.kind == "text"]
    head = [text for start, text in texts if start < first][:_HEAD]
    return head or [text for _, text in texts[:1]], [text for _, text in texts[-_TAIL:]]


def _title(head: list[str]) -> tuple[str | None, str | None]:
    """The plan's title and, where a circular carries the plan, its issuer."""
    before = ""
    for line in head:
        if len(line) > _LONGEST or "。" in line:
            break
        bare = re.sub(r"\s", "", line)
        circular = _pattern("circular").match(bare) or _pattern("circular").match(before + bare)
        if circular:
            return circular["title"], _named(circular["issuer"] or before)
        if _pattern("title").search(bare) and len(bare) > 4:
            return bare, None
        before = bare
    return None, None


def _named(text: str) -> str | None:
    bare = re.sub(_pattern("issuer", "more"), "", text).removesuffix("文件")
    bare = re.sub(_pattern("issuer", "before"), "", bare)
    return bare if len(bare) >= 3 else None


def _issuer(head: list[str], tail: list[str], *, home: Place | None = None) -> str | None:
    """A line of the title page, or before the last date, that is a known body, or one of the place `home`."""
    signed = [line for line, after in pairwise(tail) if _DATE.match(after)]
    for line in (*head, *signed):
        bare = re.sub(r"\s", "", line)
        match = _pattern("issuer", "header").match(bare)
        if match and (register.is_body(match["issuer"]) or _is_body_of(home, match["issuer"])):
            return match["issuer"]
    return None


def _is_body_of(home: Place | None, name: str) -> bool:
    return home is not None and name.startswith(home.name) and register.resolve(name, home=home).known


def _date(head: list[str], tail: list[str]) -> str | None:
    """`YYYY-MM-DD` or `YYYY-MM` of a line that is a date, title page first."""
    for line in (*head, *reversed(tail)):
        match = _DATE.match(line) or _DATE.search(line[-20:] if line.endswith("印发") else "")
        if match:
            parts = [numbers.parse(match[name]) for name in ("year", "month", "day") if match[name]]
            return "-".join(f"{int(part or 0):02d}" for part in parts)
    return None


def _period(title: str) -> str | None:
    for entry in rules.load("plan_info")["period"]:
        match = re.search(entry["pattern"], title)
        if match is None:
            continue
        named = match.groupdict()
        if named.get("five"):
            end = 2005 + 5 * (_FIVE_YEARS.index(named["five"]) + 1)
            return f"{end - 4}-{end}"
        return f"{named.get('from') or named['year']}-{named.get('to') or named['year']}"
    return None


def _place(given: str | None, title: str, issuer: str | None, text: str) -> Place | None:
    """The plan's place: as given, else as its title or issuer names it, else the one that its text speaks of."""
    if given:
        return places.of(given)
    for line in (
        (issuer or "", title) if places.find(issuer or "") is None and _shared(title) else (title, issuer or "")
    ):
        named = next(places.mentions(line), None)
        if named:
            return _within(named[0], line, named[1])
    if several := _shared(title):
        said = Counter(place for place, _ in places.mentions(text[:_SPEAKS_IN]))
        return max(several, key=lambda place: sum(said[above] for above in places.ancestors(place)))
    if issuer and register.resolve(issuer).place is COUNTRY:
        return COUNTRY
    return _unlisted(title, text) or _spoken_of(text[:_SPEAKS_IN])


def _unlisted(title: str, text: str) -> Place | None:
    """The place that a title begins with where no list holds it but the text names its government or party organs."""
    found = (places.unlisted(title[:size]) for size in range(2, 9))
    return next((p for p in found if p and re.search(re.escape(p.name) + _ORGANS, text[:_SPEAKS_IN])), None)


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


def _spoken_of(text: str) -> Place | None:
    """The place that a text without a place in its title is about: of the level it speaks of, the one named most."""
    said = Counter({e["level"]: len(re.findall(e["pattern"], text)) for e in rules.load("plan_info")["speaks"]})
    level, times = said.most_common(1)[0]
    if not times:
        return None
    if level == "national":
        return COUNTRY
    named = Counter(place for place, _ in places.mentions(text) if _rank(place) == level)
    return named.most_common(1)[0][0] if named else None


def _rank(place: Place) -> str:
    municipality = place.rank == "province" and place.name.endswith("市")
    return "city" if municipality else place.rank


def _level(place: Place | None, issuer: str | None) -> Level | None:
    if place is None:
        return None
    if place is COUNTRY:
        return "ministry" if issuer and issuer not in ("国务院", "国务院办公厅", "中共中央") else "national"
    ranks: dict[str, Level] = {"province": "province", "city": "city", "county": "county", "township": "township"}
    return ranks.get(place.rank, "county")
