"""The plans, levels and places of which one thing is asked side by side: 省里、空气规划、生态规划谁定得最严."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plankb import rules
from plankb.query.model import Side, Understood
from plankb.query.recognise.mentions import Mentions
from plankb.query.vocabulary import Vocabulary, is_of_level

_TWO = 2


def with_sides(query: Understood, mentions: Mentions, vocabulary: Vocabulary) -> Understood:
    """The query with its sides, where it asks for targets of two or more that are listed and one is a plan; several
    places alone are conditions of their own."""
    if query.kind not in ("targets", "conflicts") or query.parts or query.not_plans:
        return query
    if query.topic is None and not query.claims:
        return query
    sides = find_sides(mentions, vocabulary)
    if len(sides) < _TWO:
        sides = _country_and_places(mentions, vocabulary)
    if len(sides) < _TWO:
        return query
    plans = tuple(dict.fromkeys(id_ for side in sides for id_ in side.plans))
    said = {side.said for side in sides}
    form = "same" if query.kind == "conflicts" or (query.form == "verify" and not query.claims) else query.form
    return replace(
        query,
        kind="targets",
        form=form if query.topic else "same",
        value=query.value if query.topic else query.claims[0],
        claims=query.claims if query.topic else (),
        aggregate=query.aggregate if query.aggregate != "count" else None,
        sides=sides,
        plans=plans,
        places=tuple(place for place in query.places if place not in said),
        levels=(),
        together=False,
        inside=(),
    )


def find_sides(mentions: Mentions, vocabulary: Vocabulary) -> tuple[Side, ...]:
    """The plans, levels and places that stand in one list, with at least one plan or level among them."""
    text, joint = mentions.text, rules.one("question_forms", "side_joint").regex
    named = [(plan.span, text[slice(*plan.span)], plan.ids, True) for plan in mentions.plans if plan.ids]
    for level, span in mentions.levels:
        own = tuple(plan.id for plan in vocabulary.plans if is_of_level(plan, (level,)))
        named.append((span, text[slice(*span)], own, True))
    for place in mentions.places:
        own = tuple(plan.id for plan in vocabulary.plans if plan.jurisdiction == place.name)
        named.append((place.span, place.name, own, False))
    named.sort()
    chain: list[tuple[str, tuple[str, ...], bool]] = []
    best: list[tuple[str, tuple[str, ...], bool]] = []
    end = 0
    for span, said, ids, is_plan in named:
        if not joint.fullmatch(text[end : span[0]]):
            chain = []
        chain.append((said, ids, is_plan))
        best = list(chain) if len(chain) > len(best) else best
        end = span[1]
    if not any(is_plan for *_, is_plan in best):
        return ()
    return _narrowed([Side(said=said.strip("的里 "), plans=ids) for said, ids, _ in best if ids], vocabulary)


def _country_and_places(mentions: Mentions, vocabulary: Vocabulary) -> tuple[Side, ...]:
    """The country and the places of a question that names both wherever they stand (全国要到多少，甘肃呢): no plan is
    of both, so that they can only be sides."""
    country = next((span for level, span in mentions.levels if level == "national"), None)
    named = [place for place in mentions.places if place.known and place.span not in mentions.excluded]
    if country is None or not named or mentions.plans:
        return ()
    own = tuple(plan.id for plan in vocabulary.plans if is_of_level(plan, ("national",)))
    found = [(country, Side(said=mentions.text[slice(*country)], plans=own))]
    for place in named:
        ids = tuple(plan.id for plan in vocabulary.plans if plan.jurisdiction == place.name)
        found += [(place.span, Side(said=place.name, plans=ids))] if ids else []
    return _narrowed([side for _, side in sorted(found, key=lambda one: one[0])], vocabulary)


def _narrowed(sides: Sequence[Side], vocabulary: Vocabulary) -> tuple[Side, ...]:
    """The sides, each with plans of its own; one that several titles may mean is of the place of the others."""
    homes = {plan.id: plan.jurisdiction for plan in vocabulary.plans}
    sure = {homes[side.plans[0]] for side in sides if len(side.plans) == 1}
    found: list[Side] = []
    for side in sides:
        near = tuple(id_ for id_ in side.plans if homes[id_] in sure)
        own = near if len(side.plans) > 1 and near else side.plans
        taken = {id_ for one in found for id_ in one.plans}
        if rest := tuple(id_ for id_ in own if id_ not in taken):
            found.append(replace(side, plans=rest))
    return tuple(found)
