"""Cities named as those of a province in which they do not lie: 河北太原, and 省内合肥、芜湖、株洲等市 of 安徽."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plankb import rules
from plankb.checks.pieces import around
from plankb.checks.registry import Draft, Remark
from plankb.register import Place, places

_LIST, _FEW = 3, 2
"""Cities from which on a list shows of which province it is; those of the draft's own that it holds at least."""


def remarks(draft: Draft) -> Iterator[Remark]:
    """A city right behind the name of a province; then the one of a list that lies in another province."""
    for match in _behind_province().finditer(draft.text):
        province = places.find(match["province"] + match["unit"]) or places.find(match["province"])
        city = _city(match["city"])
        if province and city and province.rank == "province" and province not in places.ancestors(city):
            yield _remark(draft, match.span("city"), city, province)
    own = places.of(draft.reading.plan.jurisdiction) if draft.reading.plan.jurisdiction else None
    if own is not None and own.rank == "province":
        yield from _listed(draft, own)


def _listed(draft: Draft, own: Place) -> Iterator[Remark]:
    """The one city of a list of the draft's own province that is not of it; of two provinces a list is on purpose."""
    for match in rules.one("bodies", "cities_listed").regex.finditer(draft.text):
        at, found = match.start("list"), list[tuple[Place | None, int, int]]()
        for name in match["list"].split("、"):
            found.append((_city(name), at, at + len(name)))
            at += len(name) + 1
        odd = [(city, (start, end)) for city, start, end in found if city and own not in places.ancestors(city)]
        mine = sum(city is not None and own in places.ancestors(city) for city, *_ in found)
        before = draft.text[around(draft.text, match.span())[0] : match.start()]
        told = not match["inside"] and rules.one("bodies", "told_of_others").search(before)
        if len(found) >= _LIST and mine >= _FEW and len(odd) == 1 and mine + 1 == len(found) and not told:
            yield _remark(draft, odd[0][1], odd[0][0], own)


def _city(name: str) -> Place | None:
    """The city of a whole name, short or full, that only one place bears; None for any other words."""
    found = places.find(name)
    return found if found is not None and found.rank == "city" else None


def _remark(draft: Draft, span: tuple[int, int], city: Place, province: Place) -> Remark:
    above = places.by_code(city.parent or "")
    details: dict[str, object] = {"city": draft.text[slice(*span)], "said": province.name}
    return Remark(span, "E822", details | {"province": above.name if above else ""})


@cache
def _behind_province() -> re.Pattern[str]:
    """A province and, up to a stop, the short or full name of a city."""
    tops = [place for place in places.all_places() if place.rank == "province"]
    names = {name for top in tops for name in (top.name[:2], top.name[:3]) if places.find(name) == top}
    listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"(?P<province>{listed})(?P<unit>省?)(?P<city>[\u4e00-\u9fff]{{2,4}}?市?)(?=[、，。；：（）等]|和|与)"
    )
