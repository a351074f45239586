"""From a query to its answer: one module a kind finds the facts and says them in a sentence or two."""

from __future__ import annotations

from plankb.errors import Language
from plankb.query.answering.kinds import ANSWERS
from plankb.query.answering.notes import note
from plankb.query.answering.passages import fallback
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import say
from plankb.query.library import Library
from plankb.query.model import Answer, Understood

__all__ = ["answer"]


def answer(query: Understood, library: Library, lang: Language, *, question: str = "") -> Answer:
    """The answer to a query, all its facts; where nothing is known of the kind asked for, passages of the texts."""
    result = _result(query, library, lang)
    if not result.facts and query.kind in ("passages", "targets", "tasks", "definition") and not _is_narrow(query):
        result = fallback(query, library, lang) or result
    return Answer(
        question=question,
        understood=query,
        answer=result.text,
        facts=result.facts,
        note=note(query, result, library, lang),
        searched=tuple(plan.id for plan in plans_searched(query, library)),
    )


def _result(query: Understood, library: Library, lang: Language) -> Result:
    if query.kind is None:
        return Result(text=say("sentence", "declined", lang))
    if _asks_for_unknown(query):
        return Result.nothing(query, lang)
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
