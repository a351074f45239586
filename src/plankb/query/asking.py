"""What is typed, before it is read: whether it is a question at all, and whether one about the program itself."""

from __future__ import annotations

from plankb import rules


def is_question(text: str) -> bool:
    """Whether a text asks: it ends as a question does, or holds a word that is asked with."""
    words = text.strip()
    return words.endswith(("？", "?")) or bool(rules.one("question_forms", "asking").search(words))


def help_topic(text: str) -> str | None:
    """What is asked about the program; None for a question about plans."""
    return next(
        (rule.means for rule in rules.many("question_forms", "help") if rule.fullmatch(text.strip("？?。！! "))), None
    )
