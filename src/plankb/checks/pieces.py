"""The sentence or clause that something stands in, by the stops around it; whether a span lies in one of many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from plankb.model import Span

SENTENCE = "。；\n"
"""What ends a sentence, or a part of one that stands alone."""


def around(text: str, span: Span, stops: str = SENTENCE) -> Span:
    """The piece of a text between two stops that a span stands in, the stops left out."""
    start, end = 0, len(text)
    for stop in stops:  # each is looked for no farther than the nearest so far
        start = max(start, text.rfind(stop, start, span[0]) + 1)
        if (at := text.find(stop, span[1], end)) >= 0:
            end = at
    return start, end


class Covered:
    """Spans, none of which need lie apart from another, that can be asked whether one of them holds a span whole."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def hold(self, span: Span) -> bool:
        """Whether one of the spans holds another."""
        at = bisect_right(self._starts, span[0]) - 1
        return at >= 0 and span[1] <= self._ends[at]
