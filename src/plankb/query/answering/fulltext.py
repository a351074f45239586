"""Passages of the plans' texts that hold words as they stand: what a definition and the fallback are answered with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from plankb.kept_patterns import compiled
from plankb.model import Passage, Span
from plankb.query.normalise.names import bare, pieces
from plankb.rules.lazy import LazyPattern
from plankb.store import Store

if TYPE_CHECKING:
    from plankb.query.library import Library

_SENTENCE = LazyPattern(r"[^\n。！？]+[。！？]?")
_STOPS = "\n。！？"
_CLAUSE, _ITEM = compiled("(?<=[，；;。])"), compiled("(?<=、)")
_NO_SENTENCE = LazyPattern(r"^[^。]{0,60}[\d.…IVX]+$|^《[^》]+》[^。]{0,30}[；;。]?$")
"""A line of the contents list, or a title that stands alone."""
HAN = LazyPattern("[\u4e00-\u9fff]{2,}")
"""What the index of the full text holds letter by letter, wherever it stands."""
_SHORTEST = 12
_PIECES = 3
_MANY_PLANS = 100
"""Plans whose texts are all looked through: more are as many as say a common word, and a few passages are wanted."""
_START = 2
"""Characters at the start of a word that stand unbroken in each sentence that holds it."""


def sentences(text: str) -> Iterator[tuple[Span, str]]:
    """The sentences and rows of tables of a text with their spans, without its contents list and lone titles."""
    for match in _SENTENCE.finditer(text):
        if len(match.group()) >= _SHORTEST and not _NO_SENTENCE.search(match.group()):
            yield match.span(), match.group()


def clauses(text: str, *, lists: Callable[[str], bool]) -> Iterator[str]:
    """The clauses of a sentence with their marks; of one that `lists` things each item."""
    for clause in _CLAUSE.split(text):
        yield from _ITEM.split(clause) if lists(clause) else (clause,)


def passages(library: Library, plans: Sequence[str], words: Sequence[str], *, limit: int) -> list[Passage]:
    """The sentences that hold all words, those that hold them unbroken and most often first; at most `limit`."""
    store = library.store
    saying = _saying(store, plans, words)
    found = _found(store, saying, words, literal=True)
    if len(found) < limit:
        starts = [bare(word)[:_START] for word in words]
        found = _found(store, _saying(store, plans, starts), words, literal=False)
    if not found:  # a title or a line of the contents is better than nothing
        found = _found(store, saying, words, literal=True, lone=True)
    found.sort(key=lambda hit: (-hit[0], hit[1], hit[2]))
    return [
        Passage(
            plan=plan,
            section=library.section_at(plan, span[0]),
            text=text,
            span=span,
            highlights=highlights(text, words),
            score=score,
        )
        for score, plan, span, text in found[:limit]
    ]


def _saying(store: Store, plans: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """Of some plans those whose texts may hold all words letter by letter, by the index of the store's file; of a great
    many those with the passages that it finds best."""
    han = [word for word in words if HAN.fullmatch(word)] if store.has_fulltext else []
    held = [store.fulltext.plans_saying(word) for word in han]
    found = [plan for plan in plans if all(plan in one for one in held)]
    if han and len(found) > _MANY_PLANS:
        best = store.fulltext.plans_saying_best(han, passages=_MANY_PLANS)
        return [plan for plan in found if plan in best] or found
    return found


def _found(
    store: Store, plans: Sequence[str], words: Sequence[str], *, literal: bool, lone: bool = False
) -> list[tuple[float, str, Span, str]]:
    """Score, plan, span and text of each sentence; with `literal` of those that hold the words letter by letter."""
    hits = (
        (plan, match, score)
        for plan in plans
        for match, score in _hits(store.text(plan), words, literal=literal, lone=lone)
    )
    return [(score, plan, match.span(), match.group()) for plan, match, score in hits]


def _hits(
    text: str, words: Sequence[str], *, literal: bool, lone: bool = False
) -> Iterator[tuple[re.Match[str], float]]:
    folded = [word.casefold() for word in words]
    whole = text.casefold() if literal else ""
    if literal and not all(word in whole for word in folded):
        return
    around = literal and len(whole) == len(text)  # but for a letter that folds into two
    wanted = [bare(word) for word in words]
    first = [word[:_START] for word in wanted]
    for match in _around(text, whole, max(folded, key=len)) if around else _SENTENCE.finditer(text):
        sentence = match.group()
        if literal and not all(word in sentence.casefold() for word in folded):
            continue
        if not lone and (len(sentence) < _SHORTEST or _NO_SENTENCE.search(sentence)):
            continue
        held = bare(sentence)
        if not all(start in held for start in first):
            continue
        parts = [pieces(word, held) for word in wanted]
        if all(0 < part <= _PIECES for part in parts):
            often = min(sum(held.count(word) for word in wanted), 5)
            yield match, often + 1 / sum(parts) + 1 / len(held)


def _around(text: str, folded: str, word: str) -> Iterator[re.Match[str]]:
    """The sentences of a text in whose folded form a word stands: few of all, which need not be looked at."""
    end = 0
    while (at := folded.find(word, end)) >= 0:
        start = max(end, *(text.rfind(stop, end, at) + 1 for stop in _STOPS))
        match = _SENTENCE.regex.match(text, start)
        if match:
            yield match
        end = max(match.end() if match else 0, at + 1)


def highlights(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Where words stand in a text, the longest first, in either case."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return tuple(match.span() for match in re.finditer(pattern, text, re.IGNORECASE))
