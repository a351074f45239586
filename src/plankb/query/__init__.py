"""Questions: understood, answered in full from the facts, or honestly declined. Loads neither spaCy nor jieba."""

from __future__ import annotations

from plankb.errors import Language
from plankb.query.answering import answer
from plankb.query.answering.chips import Chip, chips
from plankb.query.answering.conditions import role_of
from plankb.query.context import NOBODY, Context
from plankb.query.dialogue import Dialogue
from plankb.query.library import Library
from plankb.query.model import Answer, Understood
from plankb.query.normalise.english import is_english
from plankb.query.normalise.spoken import is_question
from plankb.query.short_titles import short_titles
from plankb.query.understand import understand

__all__ = [
    "Answer",
    "Chip",
    "Context",
    "Dialogue",
    "Library",
    "Understood",
    "answer",
    "ask",
    "chips",
    "is_english",
    "is_question",
    "role_of",
    "short_titles",
    "understand",
]


def ask(question: str, library: Library, *, lang: Language | None = None, context: Context = NOBODY) -> Answer:
    """Answers a question. `lang` None answers in the question's language; `context` is who asks and when.

    Raises E301 for a question without a word, E302 for one that is too long.
    """
    return Dialogue(library, context=context).ask(question, lang=lang)
