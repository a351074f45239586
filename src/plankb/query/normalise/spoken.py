"""Spoken and dialectal words of a question in standard ones, and its greeting taken off."""

from __future__ import annotations

import re
from functools import cache

from plankb import rules


def standard(text: str) -> str:
    """A question in standard words (好多 asks for 多少), without the greeting that opens it; a lone greeting stays."""
    rest = _greeting().sub("", text)
    text = rest if any(char.isalnum() for char in rest) else text
    for pattern, to in _spoken():
        text = pattern.sub(to, text)
    return text


def is_greeting(text: str) -> bool:
    """Whether a text greets and says nothing more."""
    return not any(char.isalnum() for char in _greeting().sub("", text))


@cache
def _spoken() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["pattern"]), entry["to"]) for entry in rules.load("questions")["spoken"])


@cache
def _greeting() -> re.Pattern[str]:
    return rules.caseless(rules.load("questions")["filler"]["greeting"])
