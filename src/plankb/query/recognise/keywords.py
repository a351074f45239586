"""The words of questions, from `rules/questions.toml`: what they mean, and which mean nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from plankb import rules
from plankb.model import Span
from plankb.query.recognise.text import TAKEN, QuestionText

_LATIN = re.compile("[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Keyword:
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
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    entries = rules.load("questions")["word"]
    return tuple((re.compile(entry[language]), entry) for entry in entries if language in entry)


def find_keywords(question: QuestionText) -> tuple[Keyword, ...]:
    """Takes the words of questions, in the order of the text. A pattern marked `keep` is read and left."""
    found = _found(question, "pattern")
    if _LATIN.search(question.text):
        found += _found(question, "english")
    return tuple(sorted(found, key=lambda word: word.span))


def _found(question: QuestionText, language: str) -> list[Keyword]:
    found = []
    for pattern, entry in _patterns(language):
        also = tuple(entry.get("also", {}).items())
        weak = entry.get("weak", False)
        for match in list(pattern.finditer(question.lower)):
            if match.group() and TAKEN not in match.group():
                found.append(Keyword(entry["slot"], entry["value"], match.span(), also, weak))
                if not entry.get("keep"):
                    question.take(*match.span())
    return found


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


def is_foreign(text: str, names: str) -> bool:
    """Whether a question asks for something that no plan holds: the weather, a joke, a telephone number.

    `names` are those of the facts: what they speak of (房价, 足球) is not foreign to these plans.
    """
    data = rules.load("questions")["filler"]
    rest, names = (_without(said.lower(), data["foreign_but"]) for said in (text, names))
    chinese = (word for word in data["foreign"] if not word.isascii())
    english = "|".join(re.escape(word) for word in data["foreign"] if word.isascii())
    return (
        any(word in rest and word not in names for word in chinese)
        or bool(re.search(rf"\b(?:{english})\b", rest))
        or bool(re.search(data["persons"], rest))
    )


def _without(text: str, phrases: list[str]) -> str:
    for phrase in phrases:
        text = text.replace(phrase, "")
    return text
