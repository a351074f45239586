"""Entries of the files on questions (`questions.toml`, `question_forms.toml`)."""

# Annotations are objects here, not text (no `from __future__`): pydantic would compile each at every start.

import re
from functools import cached_property
from typing import Literal

from pydantic import Field

from plankb.rules.lazy import LazyPattern
from plankb.rules.model import Entry, Shown

Meaning = str | bool
"""What a word of a question puts into a slot: a code ("lead"), or that it is asked for at all."""
Expected = dict[str, str | bool | list[str]]
"""Fields of a query, as `Understood.as_json` gives them."""


class _Asked(Shown):
    """A form of asking; each of its examples is a question whose query has the fields of `expect`."""

    pattern: str
    expect: Expected

    @property
    def finds(self) -> tuple[str, ...]:
        """Its pattern."""
        return (self.pattern,)


class QuestionWord(_Asked):
    """Words that put `value` into `slot`, and what `also` says into other slots; `english` are those of questions with
    Latin words, in small letters. `keep`: they are read and left for others; `weak`: what others say counts more."""

    pattern_fields = ("pattern", "english")

    slot: str
    value: Meaning
    english: str | None = None
    also: dict[str, Meaning] = Field(default_factory=dict)
    keep: bool = False
    weak: bool = False

    @property
    def meaning(self) -> str:
        """Slot and value."""
        return f"{self.slot} = {self.value}"

    @cached_property
    def in_chinese(self) -> LazyPattern:
        """The pattern, compiled when a question could match it."""
        return LazyPattern(self.pattern)

    @cached_property
    def in_english(self) -> LazyPattern | None:
        """The pattern of questions with Latin words; None where there is none."""
        return LazyPattern(self.english) if self.english else None

    def fault(self) -> str | None:
        """The first pattern that is no regular expression, or example in which none of them finds anything."""
        try:
            patterns = [found.regex for found in (self.in_chinese, self.in_english) if found]
        except re.error as error:
            return f"pattern: {error}"
        missed = (one for one in self.examples if not any(regex.search(one.lower()) for regex in patterns))
        return next((f"finds nothing in its example {one}" for one in missed), None)


Figure = Literal["a", "b"]


class ValueForm(_Asked):
    """A condition on values. `{a}` and `{b}` of the pattern stand for figures; which of them is the least value, which
    the greatest (None: there is none), and whether that itself is left out."""

    low: Figure | None = None
    high: Figure | None = None
    low_open: bool = False
    high_open: bool = False


Year = Literal["y", "z"]


class TimeForm(_Asked):
    """A condition on times. `{y}` and `{z}` of the pattern stand for years; which of them is the first, which the last
    (None: there is none), or which is the one year that is asked for."""

    start: Year | None = None
    end: Year | None = None
    years: Year | None = None


class FigureForm(Entry):
    """A form of words with figures in it: «a», «b» stand for a figure, «u» for one with its unit."""

    form: str
    chinese: str
    english: str
    example: str
