"""A regular expression that is compiled when a text first holds what each of its matches needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Protocol

from plankb.kept_patterns import compiled
from plankb.rules.needs import Sieve, could_match, rows, whole_sieve


class Finder(Protocol):
    """A pattern, compiled or not, or a rule."""

    def finditer(self, text: str, /) -> Iterator[re.Match[str]]:
        """All matches, in order, not overlapping."""
        ...


class LazyPattern:
    """Finds what `made(expression)` does. Until a text could hold a match, nothing is compiled.

    For patterns that no text of many runs of the program could match: those of questions. What an expression of the
    program itself (`own`) needs is kept, what one with words of the user needs is not.
    """

    def __init__(self, expression: str, made: Callable[[str], re.Pattern[str]] = compiled, *, own: bool = True) -> None:
        self.expression = expression
        self._made = made
        self._rows = whole_sieve if own else rows

    @cached_property
    def needs(self) -> Sieve:
        """Rows of strings; every text with a match holds one of each. () where the expression does not tell."""
        return self._rows(self.expression)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled. Raises re.error."""
        return self._made(self.expression)

    def can_match(self, text: str) -> bool:
        """Whether a text holds what a match needs; what is compiled already is not asked."""
        return "regex" in self.__dict__ or could_match(self.needs, text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.regex.search(text) if self.can_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start."""
        return self.regex.match(text) if self.can_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match over the whole text."""
        return self.regex.fullmatch(text) if self.can_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, in order, not overlapping."""
        return self.regex.finditer(text) if self.can_match(text) else iter(())

    def sub(self, to: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced by `to`."""
        return self.regex.sub(to, text) if self.can_match(text) else text
