"""From a query to its answer: one module a kind finds the facts and says them in a sentence or two."""

from __future__ import annotations

from plankb.errors import Language
from plankb.query.answer.kinds import ANSWERS
from plankb.query.answer.notes import note
from plankb.query.answer.passages import fallback
from plankb.query.answer.told import Told
from plankb.query.library import Library
from plankb.query.model import Answer, Understood
from plankb.query.select import plans_searched
from plankb.query.sentences import say

__all__ = ["answer"]


def answer(query: Understood, library: Library, lang: Language, *, question: str = "") -> Answer:
    """The answer to a query, all its facts; where nothing is known of the kind asked for, passages of the texts."""
    told = _told(query, library, lang)
    if not told.facts and query.kind in ("passages", "targets", "tasks", "definition") and not _is_narrow(query):
        told = fallback(query, library, lang) or told
    return Answer(
        question=question,
        understood=query,
        answer=told.text,
        facts=told.facts,
        note=note(query, told, library, lang),
        searched=tuple(plan.id for plan in plans_searched(query, library)),
    )


def _told(query: Understood, library: Library, lang: Language) -> Told:
    if query.kind is None:
        return Told(text=say("sentence", "declined", lang))
    if _asks_for_unknown(query):
        return Told.nothing(query, lang)
    return ANSWERS[query.kind](query, library, lang)


def _asks_for_unknown(query: Understood) -> bool:
    """Whether a condition names what no plan holds, so that no fact can meet all conditions."""
    wanted = [who for who in query.who if not who.excluded]
    absent = [who for who in wanted if not who.ids and not who.collectives]
    return bool(query.unknown) or bool(absent and (query.together or len(absent) == len(wanted)))


def _is_narrow(query: Understood) -> bool:
    """Whether more than words is asked for: passages would not meet it."""
    return bool(
        query.who or query.period or query.value or query.unit or query.nature or query.missing or query.unknown
        or query.stretch is not None or query.qualitative is not None or query.topic is None
    )  # fmt: skip
