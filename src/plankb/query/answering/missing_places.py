"""Of several places those whose plans set no such target: what their texts say instead, else that it is missing."""

from __future__ import annotations

from dataclasses import replace

from plankb.errors import Language
from plankb.model import Target
from plankb.query.answering.closest import closest
from plankb.query.answering.conditions import is_of_place
from plankb.query.answering.passages import quoted
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, say
from plankb.query.library import Library
from plankb.query.model import Understood
from plankb.register import places

_CLOSE, _MOST = 0.5, 12


def with_missing_places(query: Understood, result: Result, library: Library, lang: Language) -> Result:
    """The targets of several places with a sentence on each of these that has none: quoted where its plans hold most of
    the words."""
    asked = (*query.places, *(word for word in query.unknown if places.find(word)))
    if query.kind != "targets" or query.group or not 1 < len(asked) <= _MOST:
        return result
    targets = [fact for fact in result.facts if isinstance(fact, Target)]
    if not targets:
        return result
    homes = {plan.id: plan.jurisdiction for plan in library.vocabulary.plans}
    own = {homes.get(target.plan) for target in targets}
    missing = [
        place for place in asked
        if place not in own and not any(is_of_place(target, (place,), library.vocabulary) for target in targets)
    ]  # fmt: skip
    if not missing:
        return result
    said = {place: _text_of(place, query, library, lang) for place in missing}
    texts = [text for text in said.values() if text]
    without = [place for place in missing if not said[place]]
    if without:
        texts.append(say("sentence", "of_no_place", lang, places=joined(without, lang)).strip())
    return replace(result, text=" ".join([result.text, *texts]))


def _text_of(place: str, query: Understood, library: Library, lang: Language) -> str:
    """What the plans of a place say that comes closest; empty where nothing comes close."""
    plans = {plan.id: plan.title for plan in library.vocabulary.plans if plan.jurisdiction == place}
    words = [*query.words, *(query.period.years if query.period else ())]
    found = closest(words, tuple(plans), library, figure=query.amount)
    if found is None or found.share < _CLOSE:
        return ""
    return say(
        "sentence", "of_place_text", lang, place=place, text=quoted(found.passage), plan=plans[found.passage.plan]
    )
