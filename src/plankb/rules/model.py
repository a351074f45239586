"""The one form of a rule of the language: a pattern or words, what they mean, where they hold and where they do not."""

# Annotations are objects here, not text (no `from __future__`): pydantic would compile each at every start.

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from plankb.kept_patterns import compiled
from plankb.rules.lazy import LazyPattern

_SAID = compiled(r"\\u[0-9a-fA-F]{4}|\\.|\(\?P[<=]\w+|(?P<set>\[(?:\\.|[^\]\\])+\])|(?P<letter>[A-Za-z])")
"""The parts of a pattern that hold letters: signs of the pattern itself, sets, and letters of the text."""


@cache
def caseless(pattern: str) -> re.Pattern[str]:
    """A pattern that takes letters of either case; its own sets name both cases.

    Each Latin letter becomes a set of two: `re.IGNORECASE` takes 3 ms to fold a set of all Chinese characters.
    """
    if any(char.upper() != char.lower() and not char.isascii() for char in pattern):  # μ has more than two cases
        return compiled(pattern, re.IGNORECASE)

    def either(said: re.Match[str]) -> str:
        letter = said["letter"]
        return f"[{letter.upper()}{letter.lower()}]" if letter else said.group()

    return compiled(_SAID.sub(either, pattern))


class Entry(BaseModel):
    """One entry of a rule file. Entries whose content is no pattern and no words derive from this class."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    pattern_fields: ClassVar[tuple[str, ...]] = ()
    """The fields that hold regular expressions: `{name}` in them stands for a part (see `plankb.rules`)."""

    def fault(self) -> str | None:
        """What is wrong between the entry and its own examples; None when they agree."""
        return None


class Shown(Entry):
    """An entry with names that it holds for (`examples`), and names or phrases that it must not hold for (`not`)."""

    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(default=(), alias="not")

    @model_validator(mode="before")
    @classmethod
    def _one_example(cls, data: object) -> object:
        """`example = "…"` is the short form of `examples = ["…"]`."""
        if isinstance(data, dict) and isinstance(data.get("example"), str):
            return {**{key: value for key, value in data.items() if key != "example"}, "examples": [data["example"]]}
        return data

    @property
    def finds(self) -> tuple[str, ...]:
        """What the entry is known by, for a list: its names, its words or its pattern."""
        raise NotImplementedError

    @property
    def meaning(self) -> str:
        """What it stands for, in a word; "" where its section tells."""
        return ""


class Rule(Shown):
    """What a form of words means.

    Just one of `pattern` (a regular expression of Python's `re`) and `words` (taken literally, the longest first)
    says what the rule finds. `means` is the code for it ("lead", ">="), "" where the section alone tells; `to` what
    is put in place of the words, None where nothing is. The rule finds something in each of `examples` and nothing
    in any of `counter_examples` (`not` in the file). `caseless`: letters may be of either case; `source`: the standard
    or document that the rule is taken from.
    """

    pattern_fields: ClassVar[tuple[str, ...]] = ("pattern",)

    name: str = ""
    pattern: str | None = None
    words: tuple[str, ...] = ()
    means: str = ""
    to: str | None = None
    caseless: bool = False
    source: str = ""

    @field_validator("words")
    @classmethod
    def _whole_words(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(words)) < len(words):
            twice = sorted(word for word, times in Counter(words).items() if times > 1)
            raise PydanticCustomError("E180", "said twice", {"words": "、".join(twice)})
        if "" in words:
            raise PydanticCustomError("E173", "empty", {"field": "words"})
        return words

    @model_validator(mode="after")
    def _pattern_or_words(self) -> Self:
        if bool(self.pattern) == bool(self.words):
            raise PydanticCustomError("E181", "just one is needed")
        return self

    @property
    def finds(self) -> tuple[str, ...]:
        """Its words, else its pattern."""
        return self.words or (self.pattern or "",)

    @property
    def meaning(self) -> str:
        """What it means, else what it becomes."""
        return self.means or self.to or ""

    @cached_property
    def expression(self) -> str:
        """The rule as a regular expression, to be put into another one."""
        if self.pattern is not None:
            return self.pattern
        return "(?:" + "|".join(map(re.escape, sorted(self.words, key=lambda word: (-len(word), word)))) + ")"

    @cached_property
    def lazy(self) -> LazyPattern:
        """The rule as a pattern that is compiled when it could match."""
        return LazyPattern(self.expression, caseless if self.caseless else compiled)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The rule, compiled once."""
        return self.lazy.regex

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the rule; empty for a pattern."""
        return frozenset(self.words)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where the rule holds."""
        return self.lazy.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """The rule at the start of a text."""
        return self.lazy.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The rule over a whole text."""
        return self.lazy.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All places where the rule holds, in order, not overlapping."""
        return self.lazy.finditer(text)

    def sub(self, text: str) -> str:
        """The text with what the rule finds replaced by `to`."""
        return self.lazy.sub(self.to or "", text)

    def unusable(self) -> str | None:
        """Why the pattern is no regular expression; None when it is one."""
        try:
            re.compile(self.expression)
        except re.error as error:
            return f"pattern: {error}"
        return None

    def fault(self) -> str | None:
        """The first example without the words of the rule, or counter-example with them."""
        if why := self.unusable():
            return why
        for example in self.examples:
            if not self.search(example):
                return f"finds nothing in its example {example}"
        for example in self.counter_examples:
            if match := self.search(example):
                return f"finds {match[0]} in its counter-example {example}"
        return None
