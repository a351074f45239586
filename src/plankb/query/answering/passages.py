"""Answers from the full text: what a term means, and the fallback where no structured fact fits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plankb.errors import Language
from plankb.model import Passage
from plankb.query.answering.fulltext import passages as passages_of
from plankb.query.answering.result import Result
from plankb.query.answering.select import plans_searched
from plankb.query.answering.sentences import say
from plankb.query.library import Library
from plankb.query.model import Understood

_MOST = 10
_EXPLAINS = "(?:”|（[^）]{0,20}）)?(?:，)?(?:是指|指的是|，即|是以|是一种|是通过|定义为)"


def definition(query: Understood, library: Library, lang: Language) -> Result:
    """The passages on a term, those that explain it first."""
    explains = re.compile(f"(?:{'|'.join(map(re.escape, query.words))}){_EXPLAINS}", re.IGNORECASE)
    found = sorted(_passages(query, library), key=lambda passage: not explains.search(passage.text))
    if not found:
        return Result.nothing(query, lang)
    return Result(text=_text("definition", query, found, lang), facts=tuple(found), passages=True)


def fallback(query: Understood, library: Library, lang: Language) -> Result | None:
    """The passages that hold the words of a query; None where there are none."""
    found = _passages(query, library)
    if not found:
        return None
    return Result(text=_text("passages", query, found, lang), facts=tuple(found), passages=True)


def passages(query: Understood, library: Library, lang: Language) -> Result:
    """The full text, where nothing else is asked for."""
    return fallback(query, library, lang) or Result.nothing(query, lang)


def _text(sentence: str, query: Understood, found: Sequence[Passage], lang: Language) -> str:
    return say("sentence", sentence, lang, words=" ".join(query.words), count=len(found))


def _passages(query: Understood, library: Library) -> list[Passage]:
    """Passages of the plans searched that hold every word of the topic as it stands."""
    if not query.words:
        return []
    plans = [plan.id for plan in plans_searched(query, library)]
    return passages_of(library.store, plans, query.words, limit=_MOST)
