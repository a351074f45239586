"""Targets place by place: one line a place, with the value that is best settled there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plankb import rules
from plankb.errors import Language
from plankb.late import dataclass
from plankb.model import Target
from plankb.phrases import value
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.normalise.names import bare
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
        found.setdefault(_place_of(target, query, homes), []).append(target)
    words = query.words
    groups = [
        PlaceTargets(
            place, tuple(sorted(own, key=lambda target: (not is_of_whole_place(target, words), *settled(target))))
        )
        for place, own in found.items()
        if own and has_rank(place, query.group)
    ]
    if query.aggregate in ("highest", "lowest"):
        valued = [group for group in groups if group.targets[0].value is not None]
        valued = [group for group in valued if _is_same_kind(group.targets[0], query)] or valued
        groups = sorted(valued, key=lambda group: group.targets[0].size, reverse=query.aggregate == "highest")[
            : query.limit
        ]
    return tuple(groups)


def _is_same_kind(target: Target, query: Understood) -> bool:
    """Whether a figure may be ranked with others: what is added is no whole (新增 where no addition is asked for)."""
    added = rules.one("question_forms", "what_is_added")
    return bool(added.search(target.indicator)) == any(map(added.search, query.words))


def _place_of(target: Target, query: Understood, homes: Mapping[str, str]) -> str:
    """The place that a target names, among those asked for or where places are asked for; else that of its plan."""
    said = f"{target.indicator}{target.scope or ''}"
    home = homes.get(target.plan, "")
    own = _named_inside(target, home) if query.group else None
    return own or next((place for place in query.places if short_place(place) in said), home)


def _named_inside(target: Target, home: str) -> str | None:
    """The place inside the plan's own that a target's name starts with (雄安新区森林覆盖率); None for none."""
    named = places.at_start(target.indicator, within=places.of(home) if home else None)
    if named is None or named[0].name == home:
        return None
    place = named[0]
    if home and places.of(home) not in places.ancestors(place):
        return None  # a word that is a place's name elsewhere (新建大型数据中心)
    above = {one.name for one in places.ancestors(places.of(home))} if home else set()
    return None if place.name in above else place.name


def has_rank(place: str, group: str | None) -> bool:
    """Whether a place is of the rank that places are grouped by."""
    if group in (None, "place"):
        return True
    below = ("county", "city", "zone") if group == "county" else (group,)
    return bool(place) and places.of(place).rank in below


def is_of_whole_place(target: Target, words: Sequence[str]) -> bool:
    """Whether a target's indicator is what was asked for and no part of it (森林覆盖率, not 秦岭范围森林覆盖率)."""
    name = rules.one("question_forms", "whole_place").sub(bare(target.indicator))
    return name in {"".join(map(bare, words)), *map(bare, words)}


def settled(target: Target) -> tuple[bool, bool, bool, str]:
    """A number before words, binding before expected, a table before prose, the earliest time first."""
    return target.value is None, target.nature != "binding", target.source != "table", target.by or "9999"


def _value(target: Target, lang: Language) -> str:
    by = say("sentence", "by_year", lang, year=target.by) if target.by else ""
    return value(target, lang) + by


def place_words(groups: Sequence[PlaceTargets], query: Understood, library: Library, lang: Language) -> str:
    """One place after another with its value, its time and its plan."""
    titles = library.vocabulary.title_of
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
    return say("sentence", key, lang, first=groups[0].place, count=len(groups), list=listed)
