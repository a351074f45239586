"""Targets place by place: one line a place, with the value that is best settled there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plankb.errors import Language
from plankb.model import Target
from plankb.phrases import value
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.vocabulary import short_place
from plankb.register import places

_SHOWN, _YEARS = 12, 4


@dataclass(frozen=True, slots=True)
class PlaceTargets:
    """A place with its targets, the best settled one first."""

    place: str
    targets: tuple[Target, ...]


def by_place(targets: Sequence[Target], query: Understood, library: Library) -> tuple[PlaceTargets, ...]:
    """The targets by the place that they bind; ranked by their best settled value where the query asks for that."""
    homes = {plan.id: plan.jurisdiction or "" for plan in library.vocabulary.plans}
    found: dict[str, list[Target]] = {place: [] for place in query.places}
    for target in targets:
        found.setdefault(_place_of(target, query.places, homes), []).append(target)
    groups = [
        PlaceTargets(place, tuple(sorted(own, key=_settled)))
        for place, own in found.items()
        if own and _has_rank(place, query.group)
    ]
    if query.aggregate in ("highest", "lowest"):
        valued = [group for group in groups if group.targets[0].value is not None]
        groups = sorted(valued, key=lambda group: _size(group.targets[0]), reverse=query.aggregate == "highest")
    return tuple(groups)


def _place_of(target: Target, asked: Sequence[str], homes: Mapping[str, str]) -> str:
    """The place that a target names, among those asked for; else that of its plan."""
    said = f"{target.indicator}{target.scope or ''}"
    return next((place for place in asked if short_place(place) in said), homes.get(target.plan, ""))


def _has_rank(place: str, group: str | None) -> bool:
    return group in (None, "place") or (bool(place) and places.of(place).rank == group)


def _settled(target: Target) -> tuple[bool, bool, bool, str]:
    """A number before words, binding before expected, a table before prose, the earliest time first."""
    return target.value is None, target.nature != "binding", target.source != "table", target.by or "9999"


def _size(target: Target) -> float:
    return float(target.normal.value if target.normal else target.value or 0)


def _value(target: Target, lang: Language) -> str:
    by = say("sentence", "by_year", lang, year=target.by) if target.by else ""
    return value(target, lang) + by


def place_words(groups: Sequence[PlaceTargets], query: Understood, library: Library, lang: Language) -> str:
    """One place after another with its value, its time and its plan."""
    titles = {plan.id: plan.title for plan in library.vocabulary.plans}
    lines = []
    for group in groups:
        first = group.targets[0]
        same = [target for target in group.targets if (target.plan, target.indicator) == (first.plan, first.indicator)]
        said = joined((_value(target, lang) for target in same), lang, limit=_YEARS)
        words = {"place": group.place, "indicator": first.indicator, "value": said}
        lines.append(say("sentence", "of_place", lang, plan=titles.get(first.plan, first.plan), **words))
    listed = joined(lines, lang, limit=_SHOWN, mark="parts")
    ranked = {"highest": "highest_places", "lowest": "lowest_places"} if len(groups) > 1 else {}
    key = ranked.get(query.aggregate or "", "of_places")
    missing = [place for place in query.places if place not in {group.place for group in groups}]
    rest = say("sentence", "of_no_place", lang, places=joined(missing, lang)) if missing else ""
    return say("sentence", key, lang, first=groups[0].place, count=len(groups), list=listed) + rest
