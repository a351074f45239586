"""Passages of the plans' texts that hold words as they stand: what a definition and the fallback are answered with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plankb.model import Passage, Span
from plankb.query.matching import bare, pieces
from plankb.store import Store

_SENTENCE = re.compile(r"[^\n。！？]+[。！？]?")
_NO_SENTENCE = re.compile(r"^[^。]{0,60}[\d.…IVX]+$|^《[^》]+》[^。]{0,30}[；;。]?$")
"""A line of the contents list, or a title that stands alone."""
_SHORTEST = 12
_PIECES = 3


def passages(store: Store, plans: Sequence[str], words: Sequence[str], *, limit: int) -> list[Passage]:
    """The sentences that hold all words, those that hold them unbroken and most often first; at most `limit`."""
    from plankb.extractors.outline import Outline, outline

    outlines: dict[str, Outline] = {}

    def path(plan: str, position: int) -> tuple[str, ...]:
        if plan not in outlines:
            outlines[plan] = outline(store.clean(plan))
        return outlines[plan].path_at(position)

    found = [
        (score, plan, match.span(), match.group()) for plan in plans for match, score in _hits(store.text(plan), words)
    ]
    found.sort(key=lambda hit: (-hit[0], hit[1], hit[2]))
    return [
        Passage(
            plan=plan,
            section=path(plan, span[0]),
            text=text,
            span=span,
            highlights=_highlights(text, words),
            score=score,
        )
        for score, plan, span, text in found[:limit]
    ]


def _hits(text: str, words: Sequence[str]) -> Iterator[tuple[re.Match[str], float]]:
    wanted = [bare(word) for word in words]
    first = [word[:2] for word in wanted]
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        if len(sentence) < _SHORTEST or _NO_SENTENCE.search(sentence):
            continue
        held = bare(sentence)
        if not all(start in held for start in first):
            continue
        parts = [pieces(word, held) for word in wanted]
        if all(0 < part <= _PIECES for part in parts):
            often = min(sum(held.count(word) for word in wanted), 5)
            yield match, often + 1 / sum(parts) + 1 / len(held)


def _highlights(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return tuple(match.span() for match in re.finditer(pattern, text, re.IGNORECASE))
