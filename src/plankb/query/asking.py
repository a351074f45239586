"""Whether something typed is a question, where words to search for may be typed too."""

from __future__ import annotations

from plankb import rules


def is_question(text: str) -> bool:
    """Whether a text asks: it ends as a question does, or holds a word that is asked with."""
    words = text.strip()
    return words.endswith(("？", "?")) or bool(rules.one("question_forms", "asking").search(words))
