"""Highlights: where the words of a query stand in a passage that was found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plankb.model import Passage, Span
from plankb.search.model import Hit
from plankb.search.tokens import fold, is_han, runs

_LETTER = r"[a-z0-9\u00b5-\u02ff\u0370-\u052f]"


def mark(piece: str, *, open_end: bool) -> re.Pattern[str]:
    """What a part of a query looks like in folded text: other letters must be a whole word, Chinese need not."""
    said = r"\s*".join(re.escape(piece[start:end]) for start, end in runs(piece))
    before = "" if is_han(piece[0]) else rf"(?<!{_LETTER})(?<!\d\.)"
    after = "" if open_end or is_han(piece[-1]) else rf"(?!{_LETTER})"
    return re.compile(before + said + after)


def passage(hit: Hit, marks: Iterable[re.Pattern[str]]) -> Passage:
    """A hit with its highlights."""
    folded = fold(hit.text)
    spans = sorted((match.start(), match.end()) for one in marks for match in one.finditer(folded))
    return Passage(
        plan=hit.plan,
        section=hit.section,
        text=hit.text,
        span=(hit.start, hit.start + len(hit.text)),
        highlights=_merged(spans),
        score=round(hit.score, 4),
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans without overlaps."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
