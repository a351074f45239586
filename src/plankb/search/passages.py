"""Passages: the sentences of a plan and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator

from plankb.document import CleanText, pieces
from plankb.model import Span

_STOPS = "。！？；"


def sentences(clean: CleanText) -> Iterator[Span]:
    """[start, end) of each sentence and table row; the contents list is left out, since it repeats the headings."""
    for paragraph in clean.paragraphs:
        if paragraph.kind == "contents":
            continue
        if paragraph.kind == "row":
            yield paragraph.start, paragraph.end
            continue
        yield from pieces(clean.text, (paragraph.start, paragraph.end), stops=_STOPS)
