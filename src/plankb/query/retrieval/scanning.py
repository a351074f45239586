"""Candidates without an index of the full text: an office's few plans, each looked through term by term."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plankb.model import Plan
from plankb.query.answering.fulltext import sentences
from plankb.search.model import Hit
from plankb.store import Store

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width digits and letters; other characters of the texts are looked for as they stand."""
_OFTEN = 4_000
"""A term that a text holds more often than this tells nothing."""


class Texts:
    """The texts of a store's plans, folded, with where their sentences start."""

    def __init__(self, store: Store, plans: Iterable[Plan]) -> None:
        self._texts = {plan.id: store.text(plan.id).translate(_WIDE).lower() for plan in plans}
        self._spans = {id_: [span for span, _ in sentences(text)] for id_, text in self._texts.items()}
        self._starts = {id_: [start for start, _ in spans] for id_, spans in self._spans.items()}
        self._store = store
        self.size = sum(map(len, self._spans.values()))

    def frequency(self, term: str) -> int:
        """How often a term stands in the texts, at most as many times as there are sentences."""
        return min(self.size, sum(text.count(term) for text in self._texts.values()))

    def best(self, weight: Mapping[str, float], plans: Sequence[str], *, limit: int) -> Iterator[Hit]:
        """Of each of some plans the sentences that hold most of some terms, at most `limit`."""
        for plan in plans:
            score = self._scores(plan, weight)
            text = self._store.text(plan)
            for number in heapq.nlargest(limit, score, key=lambda number: (score[number], -number)):
                start, end = self._spans[plan][number]
                yield Hit(plan=plan, section=(), text=text[start:end], start=start, score=score[number])

    def _scores(self, plan: str, weight: Mapping[str, float]) -> dict[int, float]:
        text, starts, spans = self._texts[plan], self._starts[plan], self._spans[plan]
        score: dict[int, float] = {}
        for term, count in weight.items():
            held = {bisect_right(starts, at) - 1 for at in _places(text, term)}
            for number in held:
                if number >= 0 and spans[number][1] > starts[number]:
                    score[number] = math.fsum((score.get(number, 0.0), count))
        return score


def _places(text: str, term: str) -> Iterator[int]:
    at, found = text.find(term), 0
    while at >= 0 and found < _OFTEN:
        yield at
        found += 1
        at = text.find(term, at + len(term))
