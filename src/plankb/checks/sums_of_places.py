"""Amounts of the places inside one place beside the amount of the whole: do the shares of the districts add up?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from plankb.checks import levels, located
from plankb.checks.compare import Placed, above
from plankb.phrases import value
from plankb.register import Place, places

_AMOUNT = re.compile(r"\d[\d.,]*[^\d，。；、]{0,6}")
_AREA = re.compile(
    r"[\u4e00-\u9fff]{1,9}(?:[区市县旗镇乡州盟]|街道|管委会)(?:[（(][^（）()]{1,8}[）)])?\d[\d.,]*[^\d，。；、]{0,6}$"
)
"""An area of no known place with its amount, and no more: 某新区12座."""
_EQUAL = 1e-6
_FEW, _NEARLY = 2, 0.8
"""Parts that are a list, and the share of a whole from which parts of a place whose own parts nobody knows are all."""
Wrong = tuple[Placed, list[Placed], float]
"""The amount of the whole, those of its parts, and their sum."""


def wrong_sums(targets: Iterable[Placed]) -> Iterator[Wrong]:
    """Wholes that the amounts of their parts do not add up to, in one plan or over the plans of the parts.

    More than the whole is wrong in one plan, and over several plans where the whole is a cap; less is wrong where
    every place inside has its amount.
    """
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in targets:
        if one.place and one.level and one.target.by and not levels.relative(one.level) and not one.yearly:
            groups[one.indicator, one.scope, one.target.by, one.target.change, one.level.unit].append(one)
    for members in groups.values():
        inside: dict[str | None, list[Placed]] = defaultdict(list)
        for one in members:
            inside[one.place.parent if one.place else None].append(one)
        for whole in members:
            parts = inside.get(whole.place.code, []) if whole.place and whole.place == whole.home else []
            if len(parts) >= _FEW:
                yield from _beside(whole, _one_a_place(whole, parts, own=True), own=True)
                yield from _beside(whole, _one_a_place(whole, parts, own=False), own=False)


def wrong_lists(targets: Iterable[Placed]) -> Iterator[Wrong]:
    """Wholes that the places of a list behind them do not add up to: 3000个，其中甲区1500个、乙县800个、丙县500个.

    `check` reads such lists in the text itself.
    """
    by_plan: dict[str, list[Placed]] = defaultdict(list)
    for one in targets:
        if one.home and one.level and not levels.relative(one.level):
            by_plan[one.plan.id].append(one)
    for members in by_plan.values():
        whole: Placed | None = None
        parts: list[Placed] = []
        for one in sorted(members, key=lambda each: each.target.span):
            place = _place_of_part(one)
            if whole and (place or is_of_area(one)) and _goes_on(whole, one):
                parts.append(replace(one, place=place))
                continue
            if whole:
                yield from _beside(whole, parts, own=True)
            whole, parts = (one if one.place == one.home else None), []
        if whole:
            yield from _beside(whole, parts, own=True)


def is_of_area(one: Placed) -> bool:
    """Whether a quotation is an area that no register holds with its amount, and no more: 某新区12座."""
    return _AREA.match(one.target.quote) is not None


def _place_of_part(one: Placed) -> Place | None:
    """The place inside the plan's own that a quotation is, with an amount and no more: 甲区1500个; else None."""
    named = located.at_start(one.target.quote, within=one.home)
    if named is None or not above(one.home, named[0]) or not _AMOUNT.fullmatch(one.target.quote[named[1] :]):
        return None
    return named[0]


def _goes_on(whole: Placed, part: Placed) -> bool:
    """Whether an amount stands in the item of the whole, for its time and in its unit."""
    first, second = whole.target, part.target
    same = (first.section, first.by, first.change) == (second.section, second.by, second.change)
    return same and whole.level is not None and part.level is not None and whole.level.unit == part.level.unit


def _one_a_place(whole: Placed, parts: Sequence[Placed], *, own: bool) -> list[Placed]:
    """One amount for each place: of the whole's own plan, or of the places' own plans."""
    found: dict[Place | None, Placed] = {}
    for one in parts:
        if one.plan.id == whole.plan.id if own else one.home == one.place:
            found.setdefault(one.place, one)
    return list(found.values())


def _beside(whole: Placed, parts: list[Placed], *, own: bool) -> Iterator[Wrong]:
    if len(parts) < _FEW or whole.level is None or whole.place is None:
        return
    added = sum(part.level.value for part in parts if part.level)
    gap = added - whole.level.value
    if abs(gap) <= _EQUAL * max(added, whole.level.value):
        return
    too_much = gap > 0 and (whole.level.op in ("<=", "<") or (own and whole.level.op == "="))
    inside = _children()[whole.place.code]  # none of a place that no register holds
    all_there_are = len(parts) >= inside if inside else added >= _NEARLY * whole.level.value
    too_little = gap < 0 and whole.level.op not in ("<=", "<") and all_there_are
    if too_much or too_little:
        yield whole, parts, added


def said(wrong: Wrong) -> dict[str, object]:
    """What a message says of a wrong sum: place, time, measure, the whole, the sum, and each part with its place."""
    whole, parts, added = wrong
    listed = "、".join(f"{one.place.name if one.place else ''}{value(one.target)}" for one in parts)
    return {
        "place": whole.place.name if whole.place else "",
        "by": whole.target.by or "",
        "indicator": whole.target.indicator,
        "total": value(whole.target),
        "sum": levels.in_unit_of(whole.target, added),
        "parts": listed,
    }


@cache
def _children() -> Counter[str]:
    """How many places lie right inside a place, by its code."""
    return Counter(place.parent for place in places.all_places() if place.parent)
