"""Tables whose cells a file lost the edges of, so that one paragraph holds them all (指标2021年2022年2023年绿化率…).

Which figure belongs to which heading cannot be told any more: nothing is read from such a stretch, and it is said so.
"""

from __future__ import annotations

from collections.abc import Iterator

from plankb import rules
from plankb.document.clean import CleanText, Paragraph
from plankb.document.sentences import sentence_spans
from plankb.model import Span


def run_together(clean: CleanText) -> tuple[Span, ...]:
    """The stretches of running text that are tables run together, in order, none longer than its paragraph.

    Years or shares one behind the other run on to the end of their paragraph, as the rows below them do. Headings of
    columns hold the sentence they stand in: what follows in a table of work are sentences of their own.
    """
    return tuple(span for one in clean.paragraphs if one.kind == "text" for span in _of(clean, one))


def _of(clean: CleanText, paragraph: Paragraph) -> Iterator[Span]:
    start, end = paragraph.start, paragraph.end
    headings = rules.pattern("tables", "run_together.headings")
    figures = rules.pattern("tables", "run_together.figures")
    first = figures.search(clean.text, start, end)
    if first is None and headings.search(clean.text, start, end) is None:
        return
    for sentence in sentence_spans(clean.text, (start, end)):
        if first is not None and sentence[0] <= first.start() < sentence[1]:
            yield sentence[0], end
            return
        if headings.search(clean.text, *sentence):
            yield sentence
