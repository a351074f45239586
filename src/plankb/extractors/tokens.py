"""The words of a plan: one spaCy `Doc` whose tokens respect the edges of what is recognised in the text.

Character offsets are the truth and tokens a view of them. The words are cut once, by `plankb.segment`; where a time, a
quantity, a note or a body begins or ends inside a word, the word is cut there. `doc.spans` holds these four.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Protocol

from spacy.tokens import Doc, SpanGroup
from spacy.vocab import Vocab

from plankb import quantities, rules, segment, times
from plankb.document import CleanText
from plankb.extractors.notes.note import Note
from plankb.model import Span

Recognised = Mapping[str, tuple[Span, ...]]
"""What is recognised in a text, by kind: times, quantities, notes, bureaus."""


class _Found(Protocol):
    @property
    def span(self) -> Span: ...


_Finder = Callable[[str], Iterable[_Found]]


@dataclass(frozen=True)
class Tokens:
    """The `Doc` of a text, and the words as they were cut before the recognised edges parted them."""

    doc: Doc
    words: tuple[str, ...]
    text: str

    def whole(self, start: int, end: int) -> bool:
        """Whether a piece of the text begins and ends where words do (变更 in 国土变更调查 does, 更调查 does not). A
        word of the dictionary may be a noun and its adverb (效果显著)."""
        if self.doc.char_span(start, end) is not None:
            return True
        around = self.doc.char_span(start, start + 1, alignment_mode="expand")
        if around is None or self.text[start : around.end_char] not in rules.words("qualitative", "second_half"):
            return False
        return self.doc.char_span(around.start_char, end) is not None


def recognised(clean: CleanText, notes: Iterable[Note]) -> Recognised:
    """Where times, quantities, notes and bodies stand in a text, each kind in order and not overlapping."""
    listed = tuple(notes)
    return MappingProxyType(
        {
            "times": tuple(_in_paragraphs(clean, times.find)),
            "quantities": tuple(_in_paragraphs(clean, quantities.find)),
            "notes": tuple(note.span for note in listed),
            "bureaus": tuple(name.span for note in listed for name in note.names),
        }
    )


def tokens(text: str, spans: Recognised) -> Tokens:
    """The words of a text, cut at the edges of the spans."""
    words = tuple(segment.words(text))
    edges = sorted({edge for found in spans.values() for span in found for edge in span})
    parted = list(_parted(words, edges))
    doc = Doc(_vocab(), words=parted, spaces=[False] * len(parted))
    for kind, found in spans.items():
        placed = (doc.char_span(*span, label=kind) for span in found)
        doc.spans[kind] = SpanGroup(doc, name=kind, spans=[span for span in placed if span is not None])
    return Tokens(doc, words, text)


def _in_paragraphs(clean: CleanText, find: _Finder) -> Iterator[Span]:
    for paragraph in clean.paragraphs:
        if paragraph.kind != "contents":
            for found in find(clean.text[paragraph.start : paragraph.end]):
                yield paragraph.start + found.span[0], paragraph.start + found.span[1]


def _parted(words: Iterable[str], edges: Iterable[int]) -> Iterator[str]:
    """Words cut at every edge that falls inside one; `edges` rise."""
    waiting = iter(edges)
    edge, position = next(waiting, None), 0
    for word in words:
        end = position + len(word)
        while edge is not None and edge < end:
            if edge > position:
                yield word[len(word) - (end - position) : len(word) - (end - edge)]
                position = edge
            edge = next(waiting, None)
        yield word[len(word) - (end - position) :]
        position = end


@cache
def _vocab() -> Vocab:
    return Vocab()
