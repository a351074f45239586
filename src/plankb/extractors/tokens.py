"""The words of a plan as spaCy `Doc`s, whose tokens respect what is recognised in the text: times, quantities, notes,
bodies.

Character offsets are the truth and tokens a view of them. The words are cut once, by `plankb.segment`. `Tokens.doc` is
the whole plan, `doc.spans` holds what is recognised; the `Doc` of a paragraph alone is made when somebody asks about an
edge in it, which few do.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from plankb import quantities, rules, segment, times
from plankb.document import CleanText, Paragraph
from plankb.extractors.notes.note import Note
from plankb.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_AT_ONCE = 8
"""`Doc`s of paragraphs that are held, so that a long plan takes no more memory for them than a short one."""

Recognised = Mapping[str, tuple[Span, ...]]
"""What is recognised in a text, by kind: times, quantities, notes, bureaus."""


class _Found(Protocol):
    @property
    def span(self) -> Span: ...


_Finder = Callable[[str], Iterable[_Found]]


@dataclass(frozen=True)
class Tokens:
    """The words of a text as they were cut before the recognised edges parted them, and where tokens begin and end."""

    clean: CleanText
    notes: tuple[Note, ...]
    words: tuple[str, ...]

    def whole(self, start: int, end: int) -> bool:
        """Whether a piece of the text begins and ends where tokens do (变更 in 国土变更调查 does, 更调查 does not). A
        word of the dictionary may be a noun and its adverb (效果显著)."""
        if self._spans_tokens(start, end):
            return True
        doc, at = self._doc_at(start)
        around = doc.char_span(start - at, start - at + 1, alignment_mode="expand")
        if around is None or self.clean.text[start : at + around.end_char] not in rules.words(
            "qualitative", "second_half"
        ):
            return False
        return self._spans_tokens(at + around.start_char, end)

    @cached_property
    def recognised(self) -> Recognised:
        """Where times, quantities, notes and bodies stand in the text, each kind in order and not overlapping."""
        return MappingProxyType(
            {
                "times": tuple(self._in_paragraphs(times.find)),
                "quantities": tuple(self._in_paragraphs(quantities.find)),
                "notes": tuple(note.span for note in self.notes),
                "bureaus": tuple(name.span for note in self.notes for name in note.names),
            }
        )

    @cached_property
    def doc(self) -> Doc:
        """The text as a spaCy `Doc`; `doc.spans` holds what is recognised."""
        from spacy.tokens import SpanGroup

        edges = sorted({edge for found in self.recognised.values() for edge in chain.from_iterable(found)})
        doc = _doc(_parted(self.words, edges))
        for kind, found in self.recognised.items():
            placed = (doc.char_span(*span, label=kind) for span in found)
            doc.spans[kind] = SpanGroup(doc, name=kind, spans=[span for span in placed if span is not None])
        return doc

    @cached_property
    def _cuts(self) -> array[int]:
        """Where words begin and end."""
        return array("I", accumulate(map(len, self.words), initial=0))

    @cached_property
    def _named(self) -> list[int]:
        """Where notes and the names in them begin and end."""
        spans = chain.from_iterable((note.span, *(name.span for name in note.names)) for note in self.notes)
        return sorted(set(chain.from_iterable(spans)))

    @cached_property
    def _paragraphs(self) -> list[int]:
        """Where paragraphs begin."""
        return [paragraph.start for paragraph in self.clean.paragraphs]

    @cached_property
    def _edges(self) -> dict[int, list[int]]:
        """Where the times and quantities of a paragraph begin and end, by its number, as far as they were asked for."""
        return {}

    @cached_property
    def _docs(self) -> dict[int, tuple[Doc, int]]:
        """The `Doc`s of the paragraphs that were asked for last, by their number, each with its place."""
        return {}

    def _spans_tokens(self, start: int, end: int) -> bool:
        if self._is_cut(start) and self._is_cut(end):
            return True  # as most do; what is recognised may only part words further
        doc, at = self._doc_at(start)
        inside = min(end, at + len(doc.text))
        if doc.char_span(start - at, inside - at) is None:
            return False
        return inside == end or self._spans_tokens(inside, end)

    def _is_cut(self, position: int) -> bool:
        """Whether a word begins or ends at a position."""
        return self._cuts[bisect_left(self._cuts, position)] == position

    def _doc_at(self, position: int) -> tuple[Doc, int]:
        """The `Doc` of the paragraph at a position, up to the next one, and where it begins."""
        number = max(bisect_right(self._paragraphs, position) - 1, 0)
        if number not in self._docs:
            if len(self._docs) >= _AT_ONCE:  # a plan is asked about from its first paragraph to its last
                self._docs.clear()
            start = self._paragraphs[number] if number else 0
            end = self._paragraphs[number + 1] if number + 1 < len(self._paragraphs) else len(self.clean.text)
            self._docs[number] = self._doc_of(start, end), start
        return self._docs[number]

    def _doc_of(self, start: int, end: int) -> Doc:
        """The tokens of a piece of the text."""
        first, last = bisect_right(self._cuts, start) - 1, bisect_left(self._cuts, end)
        pieces = (
            self.clean.text[max(start, self._cuts[at]) : min(end, self._cuts[at + 1])] for at in range(first, last)
        )
        edges = sorted({edge - start for edge in self._edges_in(start, end)})
        return _doc(_parted(pieces, edges))

    def _edges_in(self, start: int, end: int) -> Iterator[int]:
        """Where what is recognised in a piece of the text begins and ends."""
        named = self._named[bisect_left(self._named, start) : bisect_right(self._named, end)]
        near = (edge for found in self._near(start, end) for edge in found if start <= edge <= end)
        return chain(named, near)

    def _near(self, start: int, end: int) -> Iterator[list[int]]:
        """The edges in the paragraphs that touch a piece of the text."""
        first = max(bisect_right(self._paragraphs, start) - 1, 0)
        if first and self.clean.paragraphs[first - 1].end >= start:
            first -= 1
        for number in range(first, bisect_right(self._paragraphs, end)):
            if number not in self._edges:
                paragraph = self.clean.paragraphs[number]
                spans = (self._in_paragraph(paragraph, find) for find in (times.find, quantities.find))
                self._edges[number] = sorted(set(chain.from_iterable(chain.from_iterable(spans))))
            yield self._edges[number]

    def _in_paragraphs(self, find: _Finder) -> Iterator[Span]:
        for paragraph in self.clean.paragraphs:
            yield from self._in_paragraph(paragraph, find)

    def _in_paragraph(self, paragraph: Paragraph, find: _Finder) -> Iterator[Span]:
        if paragraph.kind != "contents":
            for found in find(self.clean.text[paragraph.start : paragraph.end]):
                yield paragraph.start + found.span[0], paragraph.start + found.span[1]


def tokens(clean: CleanText, notes: Iterable[Note]) -> Tokens:
    """The words of a text in which notes were found; a word that is said often is held once."""
    known: dict[str, str] = {}
    words = tuple(known.setdefault(word, word) for word in segment.words(clean.text))
    return Tokens(clean, tuple(notes), words)


def _doc(words: Iterable[str]) -> Doc:
    from spacy.tokens import Doc

    listed = list(words)
    return Doc(_vocab(), words=listed, spaces=[False] * len(listed))


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
    from spacy.vocab import Vocab

    return Vocab()
