"""A plan as it was read: its text cut into blocks and pieces, each piece with what was seen in it.

What an export of the reading shows is decided here, once; `reading_html` only draws it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from plankb import quantities, times
from plankb.columns import COLUMNS, Shown, heading, join, name_of
from plankb.document import Paragraph, ParagraphKind
from plankb.errors import Language
from plankb.extractors import Reading
from plankb.extractors.notes import find_notes
from plankb.model import AnyFact, Bureau, Citation, Deadline, Doubt, Project, Span, Target, Task
from plankb.phrases import value
from plankb.words import word

_CARD: Mapping[str, tuple[str, ...]] = {
    "task": ("lead", "support", "joint", "collective", "by"),
    "target": ("indicator", "value", "by", "scope", "nature", "baseline"),
    "deadline": ("bound", "start", "end"),
    "project": ("quantity", "box"),
    "citation": ("number",),
    "doubt": ("reason",),
}
"""The columns of a fact's card."""

MarkKind = Literal["target", "project", "citation", "doubt", "note", "bureau", "time", "quantity"]
MARKS: tuple[MarkKind, ...] = ("target", "project", "citation", "doubt", "note", "bureau", "time", "quantity")
"""From the outermost to the innermost: a piece that is several things is drawn as the last of them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was seen at a place; `card` is the number of the fact's card, None for what is no fact."""

    span: Span
    kind: MarkKind
    card: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A fact in the margin: a line that names it, and its record as (field, text) pairs."""

    number: int
    kind: str
    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text over which the same marks lie."""

    text: str
    kinds: tuple[MarkKind, ...]
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its cells (one, but for a table row) of pieces, and the cards of the facts that begin in it.

    `level` is the depth of the heading that it is, from 1; 0 for other text.
    """

    kind: ParagraphKind
    level: int
    cells: tuple[tuple[Piece, ...], ...]
    cards: tuple[Card, ...]


def blocks(reading: Reading, lang: Language) -> Iterator[Block]:
    """The plan from its first to its last paragraph."""
    cards = [_card(number, fact, lang) for number, fact in enumerate(reading.facts, 1)]
    marks = _Marks(_marks(reading))
    starts = [paragraph.start for paragraph in reading.clean.paragraphs]
    beginning: dict[int, list[Card]] = defaultdict(list)
    for card, fact in zip(cards, reading.facts, strict=True):
        beginning[max(0, bisect_left(starts, fact.span[0] + 1) - 1)].append(card)
    levels = {section.span[0]: len(section.path) for section in reading.outline.sections if not section.run_in}
    for index, paragraph in enumerate(reading.clean.paragraphs):
        cells = tuple(tuple(marks.pieces(reading.clean.text, span)) for span in _cells(reading.clean.text, paragraph))
        level = levels.get(paragraph.start, 0) if paragraph.kind == "text" else 0
        yield Block(paragraph.kind, level, cells, tuple(beginning[index]))


def _cells(text: str, paragraph: Paragraph) -> Iterator[Span]:
    if paragraph.kind != "row":
        yield paragraph.start, paragraph.end
        return
    start = paragraph.start
    for cell in text[paragraph.start : paragraph.end].split("\t"):
        yield start, start + len(cell)
        start += len(cell) + 1


class _Marks:
    """The marks of a plan, found by place."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.span)
        self._starts = [mark.span[0] for mark in self._marks]
        self._longest = max((mark.span[1] - mark.span[0] for mark in self._marks), default=0)

    def pieces(self, text: str, span: Span) -> Iterator[Piece]:
        """A part of the text, cut where a mark begins or ends."""
        start, end = span
        first = bisect_left(self._starts, start - self._longest)
        here = [m for m in self._marks[first : bisect_left(self._starts, end)] if m.span[1] > start]
        edges = sorted({start, end, *(edge for mark in here for edge in mark.span if start < edge < end)})
        for left, right in pairwise(edges):
            over = [mark for mark in here if mark.span[0] <= left and right <= mark.span[1]]
            kinds = tuple(kind for kind in MARKS if any(mark.kind == kind for mark in over))
            numbers = tuple(mark.card for mark in over if mark.card is not None)
            yield Piece(text[left:right], kinds, numbers)


def _marks(reading: Reading) -> Iterator[Mark]:
    text = reading.clean.text
    for card, fact in enumerate(reading.facts, 1):
        if isinstance(fact, Target | Project | Citation | Doubt):
            yield Mark(fact.span, fact.kind, card)
    for note in find_notes(reading.clean):
        yield Mark(note.span, "note")
    for paragraph in reading.clean.paragraphs:
        if paragraph.kind == "contents":
            continue
        part = text[paragraph.start : paragraph.end]
        named = [found.span for found in times.find(part)]
        yield from (Mark(_shifted(span, paragraph.start), "time") for span in named)
        for quantity in quantities.find(part):
            in_time = any(start < quantity.span[1] and quantity.span[0] < end for start, end in named)
            if not (in_time or quantity.small):
                yield Mark(_shifted(quantity.span, paragraph.start), "quantity")
    yield from (Mark(span, "bureau") for span in _bureau_spans(text, reading.bureaus))


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _bureau_spans(text: str, bureaus: Iterable[Bureau]) -> Iterator[Span]:
    names = sorted({name for bureau in bureaus for name in bureau.names}, key=len, reverse=True)
    if names:
        yield from (match.span() for match in re.finditer("|".join(map(re.escape, names)), text))


def _card(number: int, fact: AnyFact, lang: Language) -> Card:
    shown = Shown(lang)
    return Card(number, fact.kind, _title(fact, shown), tuple(_fields(fact, shown)))


def _title(fact: AnyFact, shown: Shown) -> str:
    match fact:
        case Task():
            return fact.title + (f" · {join(fact.lead)}" if fact.lead else "")
        case Target():
            return f"{fact.indicator} {value(fact, shown.lang)}" + (f" · {fact.by}" if fact.by else "")
        case Deadline():
            return f"{fact.by or ''} {word('bound', fact.bound, shown.lang)}"
        case Citation():
            return f"《{fact.title}》{fact.number or ''}"
        case Doubt():
            return fact.message.text(shown.lang)
    return name_of(fact)


def _fields(fact: AnyFact, shown: Shown) -> Iterator[tuple[str, str]]:
    """The fields of the record that say something, under their names."""
    for key in (*_CARD[fact.kind], "section", "id"):
        text = fact.reason if key == "reason" and isinstance(fact, Doubt) else COLUMNS[fact.kind][key](fact, shown)
        if text:
            yield heading(key, shown.lang), text


def legend(reading: Reading) -> Sequence[tuple[str, int]]:
    """Each kind of fact with how many there are."""
    kinds = [fact.kind for fact in reading.facts]
    return [(kind, kinds.count(kind)) for kind in dict.fromkeys(sorted(kinds))]
