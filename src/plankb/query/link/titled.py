"""Questions for plans by words of their titles: 标题里有减污降碳的规划有几个."""

from __future__ import annotations

from plankb import rules
from plankb.query.model import Understood
from plankb.query.normalise.names import bare
from plankb.query.vocabulary import Vocabulary


def with_titled(text: str, vocabulary: Vocabulary) -> Understood | None:
    """The query for the plans whose titles hold the words asked for; None where none is asked for by its title."""
    match = rules.one("question_forms", "titled").search(text)
    if match is None:
        return None
    words = match["words"]
    found = tuple(plan.id for plan, title, _, _ in vocabulary.titles if bare(words) in title)
    if not found:
        return Understood(kind="plans", unknown=(words,))
    return Understood(kind="plans", plans=found, plan_words=(words,) * len(found))
