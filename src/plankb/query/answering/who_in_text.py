"""Who answers for something, where no task names a bureau and a sentence of the text does."""

from __future__ import annotations

from plankb import rules
from plankb.model import Passage
from plankb.query.answering.fulltext import passages
from plankb.query.answering.select import plans_searched
from plankb.query.library import Library
from plankb.query.model import Understood

_POOL = 100


def sentence_on_who(query: Understood, library: Library) -> Passage | None:
    """The first sentence on what a query asks for that says who answers for it; None where none does."""
    plans = [plan.id for plan in plans_searched(query, library)]
    answers = rules.one("question_forms", "says_who_answers")
    found = passages(library.store, plans, query.words, limit=_POOL)
    return next((passage for passage in found if answers.search(passage.text)), None)
