"""Which patterns could match in a text at all, told by its characters: most texts hold none that most patterns need.

What a pattern needs is read off its expression (`needs.py`). Of each word that it needs one character is looked for,
the one that tells most; only the patterns that pass are asked for their words, and then for a match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from plankb.kept_patterns import compiled
from plankb.rules.needs import Sieve, could_match, needs

_WIDEST = 60
"""Words of a row that are looked for one by one; the characters of a wider row have told enough."""
_COMMON = (
    "，、。建生化能业市和设环工发的区用源展推水理境态等进污绿加实色电碳新产地动全施制行（）管体大强治开保目城重力省提气一局物点合染标项高量机系资监分"
    "贵改排有中成作利节年以规低公要农应度造达到技质升责控效国护性域为安统方放政筑企务持与式通在基程处关完平术级构及快运对范现优面定测三划活防上期减同"
)
"""The characters that plans are made of, the commonest first: they tell least."""
_RANK = {char: rank for rank, char in enumerate(_COMMON)}


class Prefilter:
    """Several patterns, by their expressions, in order."""

    def __init__(self, expressions: Iterable[str]) -> None:
        told = [needs(expression) for expression in expressions]
        self._marks: dict[str, int] = {}
        self._patterns: list[tuple[int, int, Sieve]] = []
        bit = 1
        for index, rows in enumerate(told):
            mask = 0
            for row in rows:
                for char in _telling(row):
                    self._marks[char] = self._marks.get(char, 0) | bit
                mask |= bit
                bit <<= 1
            sieve = sorted((tuple(sorted(row)) for row in rows if len(row) <= _WIDEST), key=lambda row: (len(row), row))
            self._patterns.append((index, mask, tuple(sieve)))
        self._chars = frozenset(self._marks)

    def __call__(self, text: str) -> Iterator[int]:
        """The numbers of the patterns that could match in a text, in order."""
        held = 0
        marks = self._marks
        for char in self._chars.intersection(text):
            held |= marks[char]
        for index, mask, sieve in self._patterns:
            if mask & held == mask and could_match(sieve, text):
                yield index


class Screened:
    """A pattern that is asked only of texts with a character that each of its matches needs."""

    def __init__(self, regex: re.Pattern[str]) -> None:
        self.regex = regex

    @cached_property
    def _may(self) -> re.Pattern[str]:
        """What every text with a match holds, as quickly found as can be."""
        rows = sorted(map(_telling, needs(self.regex.pattern)), key=len)
        return compiled(f"[{re.escape(''.join(rows[0]))}]" if rows else "")

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.regex.search(text) if self._may.search(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start."""
        return self.regex.match(text) if self._may.search(text) else None


def _telling(row: Iterable[str]) -> list[str]:
    """Characters of which a text has one where it has a word of a row: of each word the least common one."""
    return sorted({max(word, key=lambda char: (_RANK.get(char, len(_RANK)), char)) for word in row})
