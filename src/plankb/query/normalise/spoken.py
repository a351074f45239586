"""Spoken and dialectal words of a question in standard ones, and its greeting taken off."""

from __future__ import annotations

from plankb import rules
from plankb.rules.kinds import Rewrite


def standard(text: str) -> str:
    """A question in standard words (好多 asks for 多少), without the greeting that opens it; a lone greeting stays."""
    rest = rules.one("questions", "greeting").sub(text)
    text = rest if any(char.isalnum() for char in rest) else text
    for rule in rules.many("questions", "spoken", Rewrite):
        text = rule.sub(text)
    return text


def is_greeting(text: str) -> bool:
    """Whether a text greets and says nothing more."""
    return not any(char.isalnum() for char in rules.one("questions", "greeting").sub(text))
