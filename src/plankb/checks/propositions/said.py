"""A proposition: what a clause of a plan says of a subject, in one slot (an order of steps, a stance, a share …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, TypeVar

from plankb import rules
from plankb.checks.pieces import around
from plankb.checks.thesaurus import as_one
from plankb.model import Plan, Span
from plankb.rules.needs import Sieve, could_match, whole_sieve

V = TypeVar("V")
_NUMBER = re.compile(r"^[\s，]*(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]+[）)])")
"""The number of an item."""
CLAUSE, SENTENCE = "，。；：！？\n\t", "。！？\n\t"
"""What ends a clause, and a sentence."""
LIST = re.compile("[、和与及]")
"""What joins the members of a list."""
_SHORT, _TITLE, _HEADING = 2, 40, 24
"""Pairs of characters below which words name no subject of their own; characters of what leads in, and of a title."""


@dataclass(frozen=True, slots=True)
class Said(Generic[V]):
    """What a plan says in one slot. `subject` and `about` are pairs of characters, of what the clause speaks of and of
    the item's title and the clauses before it; `printed` is the value in the plan's own words."""

    plan: Plan
    span: Span
    subject: frozenset[str]
    about: frozenset[str]
    value: V
    printed: str
    words: str
    """The words of the subject."""
    beside: str = ""
    """What the item's title and the clauses before say."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause of a plan's text with the sentence that it stands in."""

    plan: Plan
    text: str
    span: Span
    sentence: Span

    @property
    def words(self) -> str:
        """The words of the clause."""
        return self.text[slice(*self.span)]

    @property
    def before(self) -> str:
        """What the sentence says before the clause."""
        return self.text[self.sentence[0] : self.span[0]]

    @property
    def heading(self) -> str:
        """The title of the item and what it says before the sentence; of an item without a title the line above."""
        line = self.text.rfind("\n", 0, self.sentence[0]) + 1
        title = self.text[line : self.sentence[0]]
        if title or line == 0:
            return title[:_TITLE] + "，" + title[max(_TITLE, len(title) - 2 * _TITLE) :]
        above = self.text[self.text.rfind("\n", 0, line - 1) + 1 : line - 1]
        return above if len(above) < _TITLE and "\t" not in above else ""

    def said(self, value: V, printed: str, subject: str, span: Span | None = None, beside: str = "") -> Said[V]:
        """A proposition whose subject is some words of the clause; where these name none, the clauses before do too.
        `beside` are more words that stand around it."""
        words = _NUMBER.sub("", subject)
        pairs = pairs_of(words)
        if len(pairs) < _SHORT and self.before:
            words = _NUMBER.sub("", f"{self.before}，{subject}")
            pairs = pairs_of(words)
        about = pairs | pairs_of(beside) | pairs_of(self.before) | pairs_of(self.heading)
        around = f"{self.heading}，{self.before}"
        return Said(self.plan, span or self.span, pairs, about, value, printed, words, around)


def passages(
    plan: Plan, text: str, pattern: re.Pattern[str], *, past: bool = False
) -> Iterator[tuple[Passage, re.Match[str]]]:
    """The clauses in which a pattern is found, each with the match; what tells of the past (unless `past`), of
    other places or of what has been is left out, and so are titles and the rows of tables."""
    if not could_match(_needs(pattern), text):
        return
    told, numbered = rules.pattern("propositions", "told"), rules.pattern("propositions", "title")
    for match in pattern.finditer(text):
        span = match.start() + (match.group()[:1] in CLAUSE), match.end()
        sentence = around(text, span, SENTENCE)
        whole = text[sentence[1] : sentence[1] + 2] in ("。\n", "。")  # a title goes on, or has no stop
        title = not whole and sentence[1] - sentence[0] <= _HEADING and numbered.match(text, *sentence)
        cited = text.rfind("《", sentence[0], span[0]) > text.rfind("》", sentence[0], span[0])
        in_table = text[sentence[0] - 1 : sentence[0]] == "\t" or text[sentence[1] : sentence[1] + 1] == "\t"
        if not (in_table or title or cited or (not past and told.search(text, *sentence))):
            yield Passage(plan, text, around(text, span, CLAUSE), sentence), match


@cache
def _needs(pattern: re.Pattern[str]) -> Sieve:
    """What a text must hold: most patterns find nothing in most plans, and take long to look through a whole one."""
    return whole_sieve(pattern.pattern)


@lru_cache(maxsize=100_000)
def pairs_of(words: str) -> frozenset[str]:
    """The pairs of characters that follow one another in what tells a subject from others: no stock words, no numbers
    and no names of the plan's own area."""
    plain = rules.pattern("propositions", "stock").sub("，", as_one(words))
    return frozenset(
        plain[at : at + 2] for at in range(len(plain) - 1) if plain[at].isalnum() and plain[at + 1].isalnum()
    )
