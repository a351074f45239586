"""The words of questions, from `rules/questions.toml`: what they mean, and which mean nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from plankb import rules
from plankb.model import Span
from plankb.query.tape import TAKEN, Tape


@dataclass(frozen=True, slots=True)
class Word:
    """A pattern found in a question: what it means, and a second meaning (谁牵头 is a role and asks for bureaus)."""

    slot: str
    value: Any
    span: Span
    also: tuple[tuple[str, Any], ...] = ()
    weak: bool = False

    def meanings(self) -> tuple[tuple[str, Any], ...]:
        """Slot and value, then those of the second meaning."""
        return ((self.slot, self.value), *self.also)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    entries = rules.load("questions")["word"]
    return tuple((re.compile(entry["pattern"], re.IGNORECASE), entry) for entry in entries)


def find_words(tape: Tape) -> tuple[Word, ...]:
    """Takes the words of questions, in the order of the text. A pattern marked `keep` is read and left."""
    found = []
    for pattern, entry in _patterns():
        also = tuple(entry.get("also", {}).items())
        matches = pattern.finditer(tape.rest) if entry.get("keep") else tape.take_all(pattern)
        weak = entry.get("weak", False)
        spans = [match.span() for match in matches if match.group() and TAKEN not in match.group()]
        found += [Word(entry["slot"], entry["value"], span, also, weak) for span in spans]
    return tuple(sorted(found, key=lambda word: word.span))


@cache
def fillers() -> re.Pattern[str]:
    """Matches the words that carry no condition wherever they stand."""
    words = sorted(rules.load("questions")["filler"]["inside"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def edges() -> tuple[str, ...]:
    """The words that carry none at the edges of a phrase, longest first."""
    return tuple(sorted(rules.load("questions")["filler"]["edge"], key=len, reverse=True))


@cache
def alone() -> frozenset[str]:
    """The words that carry none where nothing else is left of a phrase."""
    return frozenset(rules.load("questions")["filler"]["alone"])


@cache
def english_fillers() -> frozenset[str]:
    """English words that carry no condition, in small letters."""
    return frozenset(rules.load("questions")["filler"]["english"])


def is_foreign(text: str) -> bool:
    """Whether a question asks for something that no plan holds: the weather, a joke, a telephone number."""
    data = rules.load("questions")["filler"]
    rest = text.lower()
    for phrase in data["foreign_but"]:
        rest = rest.replace(phrase, "")
    chinese = (word for word in data["foreign"] if not word.isascii())
    english = "|".join(re.escape(word) for word in data["foreign"] if word.isascii())
    return any(word in rest for word in chinese) or bool(re.search(rf"\b(?:{english})\b", rest))
