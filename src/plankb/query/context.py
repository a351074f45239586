"""Who asks and when: what 我们, an unnamed 市 and 今年 mean."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from plankb import rules, times
from plankb.late import dataclass


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


def as_of(text: str, context: Context) -> tuple[str, Context]:
    """A question without the day that it is asked as of (站在2023年6月看), and the context with that day as today."""
    match = rules.one("question_forms", "as_of").search(text)
    found = times.find(match["day"]) if match else ()
    day = next((time.start or time.end for time in found), None)
    if match is None or day is None:
        return text, context
    rest = (text[: match.start()] + text[match.end() :]).strip("，, ")
    return rest, replace(context, today=date.fromisoformat(day))
