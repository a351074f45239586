"""Facts of a place that no plan is for: of plans whose own place was not recognised, and of the places inside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from plankb.errors import Language
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.query.vocabulary import short_place
from plankb.register import places

Answered = Callable[[Understood, Library, Language], Result]
"""How the query that is meant is answered."""
_PLACES = 8
_PLACELESS, _OFTEN = 100, 3
"""Plans of a knowledge base whose texts are looked through, and how often a text names the place that it is for."""


def of_placeless(query: Understood, library: Library, lang: Language, answered: Answered) -> Result | None:
    """The facts of plans whose place was not recognised and whose text names the place asked for again and again, which
    is said first; None where a plan is for that place, or such plans have no such fact."""
    homes = {plan.jurisdiction for plan in library.vocabulary.plans}
    asked = (*query.places, *(word for word in query.unknown if places.find(word)))
    placeless = [plan for plan in library.vocabulary.plans if plan.jurisdiction is None]
    if len(asked) != 1 or homes & set(asked) or not placeless or len(library.vocabulary.plans) > _PLACELESS:
        return None
    name = short_place(asked[0])
    own = [plan for plan in placeless if library.store.text(plan.id).count(name) >= _OFTEN]
    if query.plans:
        own = [plan for plan in own if plan.id in query.plans]
    if not own:
        return None
    unknown = tuple(word for word in query.unknown if word not in asked)
    ids = tuple(plan.id for plan in own)
    found = answered(replace(query, places=(), plans=ids, unknown=unknown, inside=()), library, lang)
    if not found.facts:
        return None
    titles = joined((f"《{plan.title}》" for plan in own), lang)
    return replace(found, text=say("sentence", "placeless", lang, plans=titles, place=name, text=found.text))


def inside(query: Understood, library: Library, lang: Language, answered: Answered) -> Result | None:
    """The facts of the places inside one that has none of its own; None where these have none either."""
    outer = (*query.places, *(word for word in query.unknown if places.find(word)))
    unknown = tuple(word for word in query.unknown if word not in outer)
    found = answered(replace(query, places=query.inside, unknown=unknown, inside=()), library, lang)
    if not found.facts:
        return None
    homes = {plan.jurisdiction for plan in library.vocabulary.plans}
    key = "inside_instead" if homes & set(outer) else "inside_only"
    remark = say("note", key, lang, name=joined(outer, lang), places=joined(query.inside, lang, limit=_PLACES))
    return replace(found, remarks=(*found.remarks, remark), inside=True)
