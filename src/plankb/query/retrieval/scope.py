"""Which plans a question is about, by its own words: the places that it names, and how much of a title it says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from plankb import rules
from plankb.late import dataclass
from plankb.model import Plan
from plankb.query.library import Library
from plankb.query.retrieval.question import pairs
from plankb.query.vocabulary import is_national, short_place
from plankb.register import Place, places
from plankb.search.tokens import fold

_NATIONAL = 0.3
"""What the word for the whole country adds to a plan of a ministry."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The plans to look in, by id, each with how much of its title a question says, 0 to 1, and the terms of its title.
    `homes` are the places named, by full name, `names` the
    forms of those with plans; `needed` are places without a plan of their own: a
    passage must name them."""

    weights: Mapping[str, float]
    titles: Mapping[str, frozenset[str]]
    homes: tuple[str, ...]
    names: tuple[str, ...]
    needed: tuple[str, ...]
    titled: tuple[str, ...] = ()
    """Words of the question that name these plans and say nothing of what is looked for in them."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of plans, by id: their terms, what each term weighs, all those of a title together, and which plans
    hold a term."""

    terms: Mapping[str, frozenset[str]]
    weight: Mapping[str, float]
    norm: Mapping[str, float]
    holding: Mapping[str, Sequence[str]]


def scope_of(question: str, library: Library, *, linked: Collection[str] = ()) -> Scope:
    """The plans of the places that a question names; else those that it was `linked` to (ids), else all."""
    plans = library.vocabulary.plans
    named = _named(question, library)
    own = {place: _plans_of(place, plans) for place in named}
    held = {plan.id for found in own.values() for plan in found}
    chosen = [plan for plan in plans if plan.id in held]
    missing = tuple(short_place(place.name) for place, found in own.items() if not found)
    if not chosen and missing:
        above = {one.name for place in named for one in places.ancestors(place)}
        chosen = [plan for plan in plans if plan.jurisdiction in above]
    said = frozenset(pairs(fold(question)))
    country = not named and rules.one("retrieval", "whole_country").search(question) is not None
    titles = library.titles
    linked = set(linked)
    among = chosen or [plan for plan in plans if not named and plan.id in linked] or plans
    shares = _shares(said, titles)
    if country:
        weights = {plan.id: shares.get(plan.id, 0.0) + _NATIONAL * is_national(plan) for plan in among}
    else:
        weights = {plan.id: shares.get(plan.id, 0.0) for plan in among}
    names = tuple(form for place in own if own[place] for form in (place.name, short_place(place.name)))
    homes = tuple(place.name for place in named)
    return Scope(weights, titles.terms, homes, names, missing if len(missing) == len(named) else ())


def of_places(scope: Scope, jurisdictions: Collection[str], library: Library) -> Scope:
    """The part of a scope that is of some places, by full name; a scope of these places' plans where it holds none."""
    own = [plan.id for plan in library.vocabulary.plans if plan.jurisdiction in jurisdictions]
    return Scope({id_: scope.weights.get(id_, 0.0) for id_ in own}, scope.titles, scope.homes, scope.names, ())


def _named(question: str, library: Library) -> list[Place]:
    """The places that a question names; a name of several (吉林) is the one that has plans."""
    found, rest = [], question
    for place, at in places.mentions(question):
        found.append(place)
        said = place.name if question.startswith(place.name, at) else short_place(place.name)
        rest = rest[:at] + " " * len(said) + rest[at + len(said) :]
    for name, full in sorted(library.vocabulary.place_names.items(), key=lambda pair: -len(pair[0])):
        if name in rest:
            found.append(places.of(full))
            rest = rest.replace(name, " ")
    return list(dict.fromkeys(found))


def _plans_of(place: Place, plans: Sequence[Plan]) -> list[Plan]:
    name = short_place(place.name)
    return [plan for plan in plans if plan.jurisdiction == place.name or name in plan.title]


def titles_of(plans: Sequence[Plan]) -> Titles:
    """The titles of plans by their terms."""
    terms = {plan.id: frozenset(pairs(fold(plan.title))) for plan in plans}
    counts = Counter(term for own in terms.values() for term in own)
    weight = {term: math.log(1 + len(plans) / count) for term, count in counts.items()}
    holding: dict[str, list[str]] = {term: [] for term in weight}
    for id_, own in terms.items():
        for term in own:
            holding[term].append(id_)
    norm = {id_: math.fsum(map(weight.__getitem__, own)) for id_, own in terms.items()}
    return Titles(terms, weight, norm, holding)


def _shares(said: frozenset[str], titles: Titles) -> dict[str, float]:
    """How much a question and a title share, by plan: 1 where they say the same; titles that share nothing are not
    named."""
    both: dict[str, list[float]] = {}
    for term in said & titles.holding.keys():
        for id_ in titles.holding[term]:
            both.setdefault(id_, []).append(titles.weight[term])
    whole = math.fsum(titles.weight.get(term, 0.0) for term in said)
    return {id_: math.fsum(own) / math.sqrt(titles.norm[id_] * whole) for id_, own in both.items()}
