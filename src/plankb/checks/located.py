"""Which place lies in which, as the plans that are compared tell it of places that no list holds.

A plan of a province, city or county that the register does not know (renamed, new, or of a study) still stands above
and below others: its text cites the plan of the place above (《某省…规划》), or names the places below (其中某市12座).
What is told holds for one comparison: `told_by` opens it, and what was kept of places is forgotten when it ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import ParamSpec, TypeVar

from plankb import rules
from plankb.model import Plan
from plankb.register import COUNTRY, Place, places

P = ParamSpec("P")
T = TypeVar("T")
_RANKS: Mapping[str, int] = {"province": 1, "city": 2, "county": 3, "township": 4}
_TOLD: ContextVar[Mapping[str, Place]] = ContextVar("places told by plans", default=MappingProxyType({}))
_KEPT: list[Callable[[], None]] = []


def kept(size: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keeps what a function gives, as long as the places that plans tell stay the same."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        cached = lru_cache(maxsize=size)(function)
        _KEPT.append(cached.cache_clear)
        return cached  # type: ignore[return-value]

    return decorate


def forget() -> None:
    """Lets go of all that was kept."""
    for clear in _KEPT:
        clear()


def of(jurisdiction: str) -> Place:
    """The place of a jurisdiction as a record names it."""
    return _TOLD.get().get(jurisdiction) or places.of(jurisdiction)


def ancestors(place: Place) -> tuple[Place, ...]:
    """A place and those above it, nearest first, the country left out."""
    told = _TOLD.get()
    chain = [place]
    while told and (above := told.get(chain[-1].parent or "")):
        chain.append(above)
    return (*chain[:-1], *places.ancestors(chain[-1]))


def at_start(text: str, *, within: Place | None = None) -> tuple[Place, int] | None:
    """The place whose name a text starts with, and how long the name is; one that plans tell lies in `within`."""
    for name, place in _TOLD.get().items() if within else ():
        if text.startswith(name) and within in ancestors(place):
            return place, len(name)
    return places.at_start(text, within=within)


def is_of_unlisted(plan: Plan) -> bool:
    """Whether a plan is of such a place."""
    return plan.jurisdiction is not None and is_unlisted(plan.jurisdiction)


def is_unlisted(jurisdiction: str) -> bool:
    """Whether no list holds a place, so that only plans tell where it lies."""
    place = places.of(jurisdiction)
    return place.code == jurisdiction and place.rank in _RANKS


@contextmanager
def told_by(plans: Sequence[Plan], texts: Mapping[str, str]) -> Iterator[None]:
    """What some plans tell of their places holds inside; within another such scope that of the outer one does."""
    if _TOLD.get():
        yield
        return
    token = _TOLD.set(_hierarchy(plans, texts))
    forget()
    try:
        yield
    finally:
        _TOLD.reset(token)
        forget()


@dataclass(frozen=True, slots=True)
class _Home:
    """A place that plans are of, with all that they say."""

    place: Place
    text: str
    listed: bool

    def cites(self, other: Place) -> bool:
        """Whether the plans follow another place's: name its plan, its bodies, or it right before their own name."""
        said = (f"《{other.name}", other.name + self.place.name)
        organs = rules.one("plan_info", "organs").regex
        return any(words in self.text for words in said) or any(
            organs.match(self.text, at) for at in _ends(self.text, other.name)
        )


def _ends(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at + len(name)
        at = text.find(name, at + 1)


def _hierarchy(plans: Iterable[Plan], texts: Mapping[str, str]) -> Mapping[str, Place]:
    """The places that no list holds, by name, each with the place above it as its parent."""
    by_place: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        if plan.jurisdiction:
            by_place[plan.jurisdiction].append(plan)
    found = {name: places.of(name) for name in by_place}
    unlisted = {name for name in found if is_unlisted(name)}
    if not unlisted:
        return {}
    homes = [
        _Home(place, "\n".join(texts.get(plan.id, plan.title) for plan in by_place[name]), name not in unlisted)
        for name, place in found.items()
        if place.rank in _RANKS
    ]
    homes = [_as_namesake(home) if _is_namesake(home, homes) else home for home in homes]
    told = {}
    for home in sorted((home for home in homes if not home.listed), key=lambda home: _RANKS[home.place.rank]):
        rank = _rank_of(home, homes)
        above = _above(home, rank, homes)
        parent = above.place.code if above else COUNTRY.code if rank == "province" else home.place.parent
        told[home.place.name] = replace(home.place, rank=rank, parent=parent)
    return told


def _is_namesake(home: _Home, homes: Sequence[_Home]) -> bool:
    """Whether a place only bears the name of a listed one: plans of a place that no list holds name it, and neither
    they nor its own name a place that the listed one lies in."""
    if not home.listed or home.place.rank not in ("city", "county"):
        return False
    named_by = [
        other
        for other in homes
        if not other.listed and _RANKS[other.place.rank] < _RANKS[home.place.rank] and home.place.name in other.text
    ]
    real = [place.name for place in places.ancestors(home.place)[1:]]
    return bool(named_by) and not any(name[:-1] in each.text for name in real for each in (home, *named_by))


def _as_namesake(home: _Home) -> _Home:
    return replace(home, place=replace(home.place, code=home.place.name, parent=None), listed=False)


def _rank_of(home: _Home, homes: Sequence[_Home]) -> places.Rank:
    """The rank of a place: a 市 that follows the plans of another 市, whose own plans name it, is a county."""
    if home.place.rank == "city" and any(
        other.place.rank == "city" and other is not home and home.cites(other.place)
        and home.place.name in other.text and not other.cites(home.place)
        for other in homes
    ):  # fmt: skip
        return "county"
    return home.place.rank


def _above(home: _Home, rank: places.Rank, homes: Sequence[_Home]) -> _Home | None:
    """The place right above: the nearest that the plans follow or that names the place; else the only one of its rank
    that no list holds."""
    higher = [other for other in homes if _RANKS[other.place.rank] < _RANKS[rank] and other is not home]
    higher.sort(key=lambda other: -_RANKS[other.place.rank])
    named = [other for other in higher if home.cites(other.place) or home.place.name in other.text]
    if named:
        nearest = [other for other in named if other.place.rank == named[0].place.rank]
        return max(nearest, key=lambda other: (home.cites(other.place), other.text.count(home.place.name)))
    unlisted = [other for other in higher if not other.listed]
    ranks = [[other for other in unlisted if other.place.rank == one.place.rank] for one in unlisted]
    return next((alone[0] for alone in ranks if len(alone) == 1), None)
