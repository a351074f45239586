"""Who asks and when: what 我们, an unnamed 市 and 今年 mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plankb import rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The day of the question, the bureau of the person who asks and the full name of its place; None: not known."""

    today: date | None = None
    bureau: str | None = None
    place: str | None = None


NOBODY = Context()


def named(text: str, context: Context) -> str:
    """A question with the asker's own bureau by its name (我们牵头哪些任务)."""
    if context.bureau is None:
        return text
    return rules.one("question_forms", "own_bureau").regex.sub(context.bureau, text)


def own_words(text: str) -> re.Match[str] | None:
    """The words by which somebody speaks of their own bureau."""
    return rules.one("question_forms", "own_bureau").search(text)
