"""Questions about the program itself: what it can do, how to export, how to set one's own bureau."""

from __future__ import annotations

from plankb import rules


def help_topic(text: str) -> str | None:
    """What is asked about the program; None for a question about plans."""
    return next(
        (rule.means for rule in rules.many("question_forms", "help") if rule.fullmatch(text.strip("？?。！! "))), None
    )
