"""Places inside places: 福建各市, a province without a plan of its own, 全省 beside one of its cities."""

from __future__ import annotations

from dataclasses import replace

from plankb.query.model import Understood
from plankb.query.vocabulary import Vocabulary
from plankb.register import places


def levels_as_places(query: Understood, vocabulary: Vocabulary) -> Understood:
    """The query with 全省 beside a place (贵阳占全省多少) as the place of that level that holds it.

    A level that a place of the query has itself says no more, and stays.
    """
    if not (query.places and query.levels):
        return query
    ranks = {plan.level for plan in vocabulary.plans if plan.jurisdiction in query.places}
    if ranks & set(query.levels):
        return query
    named = [places.of(place) for place in query.places]
    above = [
        one.name for place in named for one in places.ancestors(place)[1:] if one.rank in query.levels
    ]  # fmt: skip
    held = {plan.jurisdiction for plan in vocabulary.plans}
    found = tuple(dict.fromkeys(name for name in above if name in held))
    return replace(query, places=(*query.places, *found), levels=()) if found else query


def with_places_inside(query: Understood, vocabulary: Vocabulary) -> Understood:
    """The query with the places inside those that it names, where these are asked for one by one (福建各市).

    Else they are told beside the answer, or stand in for a place that has no plan of its own (山东有哪些规划).
    """
    asked = (*query.places, *(word for word in query.unknown if places.find(word)))
    if not asked:
        return query
    inside = places_inside(asked, vocabulary)
    if not inside:
        return query
    fitting = tuple(place for place in inside if _is_of_group(place, query.group))
    if query.group and fitting and query.kind in ("plans", "targets", "tasks", "conflicts"):
        return replace(query, places=fitting, unknown=tuple(word for word in query.unknown if word not in asked))
    if query.kind in ("plans", "targets") and not query.plans and not query.group:
        return replace(query, inside=inside)
    return query


def places_inside(asked: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The places with plans of their own that lie inside others, these left out."""
    outer = {place.name for name in asked if (place := places.find(name))}
    homes = dict.fromkeys(plan.jurisdiction for plan in vocabulary.plans if plan.jurisdiction)
    return tuple(
        home
        for home in homes
        if home not in outer and outer & {place.name for place in places.ancestors(places.of(home))}
    )


def _is_of_group(place: str, group: str | None) -> bool:
    return group in (None, "place", "county") or places.of(place).rank == group
