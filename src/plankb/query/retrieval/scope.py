"""Which plans a question is about, by its own words: the places that it names, and how much of a title it says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plankb import rules
from plankb.model import Plan
from plankb.query.library import Library
from plankb.query.retrieval.question import pairs
from plankb.query.vocabulary import short_place
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


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of plans, by id: their terms, what each term weighs, and all those of a title together."""

    terms: Mapping[str, frozenset[str]]
    weight: Mapping[str, float]
    norm: Mapping[str, float]


def scope_of(question: str, library: Library, *, linked: Collection[str] = ()) -> Scope:
    """The plans of the places that a question names; else those that it was `linked` to (ids), else all."""
    plans = library.vocabulary.plans
    named = _named(question, library)
    own = {place: _plans_of(place, plans) for place in named}
    chosen = [plan for plan in plans if any(plan in found for found in own.values())]
    missing = tuple(short_place(place.name) for place, found in own.items() if not found)
    if not chosen and missing:
        above = {one.name for place in named for one in places.ancestors(place)}
        chosen = [plan for plan in plans if plan.jurisdiction in above]
    said = frozenset(pairs(fold(question)))
    country = not named and rules.one("retrieval", "whole_country").search(question) is not None
    titles = library.titles
    among = chosen or [plan for plan in plans if not named and plan.id in linked] or plans
    weights = {plan.id: _said_of(plan, said, titles) + _NATIONAL * (country and _is_national(plan)) for plan in among}
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


def _is_national(plan: Plan) -> bool:
    return plan.level in ("national", "ministry") or plan.jurisdiction is None


def titles_of(plans: Sequence[Plan]) -> Titles:
    """The titles of plans by their terms."""
    terms = {plan.id: frozenset(pairs(fold(plan.title))) for plan in plans}
    counts = Counter(term for own in terms.values() for term in own)
    weight = {term: math.log(1 + len(plans) / count) for term, count in counts.items()}
    return Titles(terms, weight, {id_: math.fsum(map(weight.__getitem__, own)) for id_, own in terms.items()})


def _said_of(plan: Plan, said: frozenset[str], titles: Titles) -> float:
    """How much a question and a title share: 1 where they say the same."""
    both = math.fsum(titles.weight[term] for term in said & titles.terms[plan.id])
    whole = titles.norm[plan.id] * math.fsum(titles.weight.get(term, 0.0) for term in said)
    return both / math.sqrt(whole) if whole else 0.0
