"""The sentence or clause that something stands in, by the stops around it."""

from __future__ import annotations

from plankb.model import Span

SENTENCE = "。；\n"
"""What ends a sentence, or a part of one that stands alone."""


def around(text: str, span: Span, stops: str = SENTENCE) -> Span:
    """The piece of a text between two stops that a span stands in, the stops left out."""
    start = max(text.rfind(stop, 0, span[0]) for stop in stops) + 1
    ends = [at for stop in stops if (at := text.find(stop, span[1])) >= 0]
    return start, min(ends, default=len(text))
