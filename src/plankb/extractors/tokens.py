"""The words of a plan, cut at the edges of what is recognised in the text: times, quantities, notes, bodies.

Character offsets are the truth and tokens a view of them. The words are cut once, by `plankb.segment`; what is
recognised in a paragraph is looked for when somebody asks about an edge in it, which few do. `Tokens.doc` is all of it
as a spaCy `Doc`, for those who go on with spaCy; plankb itself loads none to read a plan.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
        """Whether a piece of the text begins and ends where words do (变更 in 国土变更调查 does, 更调查 does not). A
        word of the dictionary may be a noun and its adverb (效果显著)."""
        if not self._is_edge(end):
            return False
        if self._is_edge(start):
            return True
        return self.clean.text[start : self._edge_behind(start)] in rules.words("qualitative", "second_half")

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
        from spacy.tokens import Doc, SpanGroup

        edges = sorted({edge for found in self.recognised.values() for edge in chain.from_iterable(found)})
        parted = list(_parted(self.words, edges))
        doc = Doc(_vocab(), words=parted, spaces=[False] * len(parted))
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

    def _is_edge(self, at: int) -> bool:
        """Whether a token begins or ends here."""
        return _holds(self._cuts, at) or _holds(self._named, at) or any(at in found for found in self._near(at, at))

    def _edge_behind(self, at: int) -> int:
        """Where the token that holds a character ends."""
        rising = (self._cuts, self._named, *self._near(at, self._cuts[bisect_right(self._cuts, at)]))
        return min(found[index] for found in rising if (index := bisect_right(found, at)) < len(found))

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


def _holds(rising: Sequence[int], at: int) -> bool:
    index = bisect_left(rising, at)
    return index < len(rising) and rising[index] == at


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
