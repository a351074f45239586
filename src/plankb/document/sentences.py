"""Sentences and clauses of the running text, with what the place says about them.

A sentence ends at 。 ！ ？ or its paragraph; a clause at ， ； ： outside brackets. Table rows, the contents list and
headings that stand alone are none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from plankb import rules
from plankb.document.clean import CleanText, Paragraph
from plankb.document.heads import INLINE
from plankb.document.outline import Outline, Section
from plankb.headings import TITLE_OF_ATTACHMENT
from plankb.late import dataclass
from plankb.model import Source, Span

_OPEN, _CLOSE = "（(《〔［[〈【", "）)》〕］]〉】"
_STOPS = "。！？!?"
_COMMAS = "，；：;,:"
_POINT = r"(?<=[\u4e00-\u9fff”）％%])[.．](?=[\u4e00-\u9fff“]|$)"
"""A point between Chinese words, which stands for 。 in files that lost their full stops."""
_LONG_HEADING = 24
_NO_ITEMS = ("part", "chapter", "section", "legal", "cn", "box", "table", "annex", TITLE_OF_ATTACHMENT)
_LONGEST_CLAUSE, _LONGEST_SENTENCE = 600, 2000
"""No clause and no sentence of a plan is longer; a text without marks is cut there, so that reading stays quick."""


@cache
def _sentence_marks() -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(_OPEN + _CLOSE + _STOPS)}]|{_POINT}")


@cache
def _clause_marks() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_OPEN + _CLOSE + _COMMAS)}]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: `span` without the mark that ends it, `mark` ("" at the end of a paragraph)."""

    span: Span
    mark: str


@dataclass(frozen=True, slots=True)
class Place:
    """What the place of a sentence says: `goal`: a section of targets, where a time holds on past 。; `past`: a section
    on what has been; `preamble`: before the first heading of a plan that has some; `source`: prose or a 专栏."""

    section: int | None
    path: tuple[str, ...]
    source: Source
    goal: bool
    past: bool
    paragraph: int
    preamble: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its clauses and its place; `titles`: it is the heading of an item whose text runs on behind it."""

    span: Span
    clauses: tuple[Clause, ...]
    place: Place
    titles: bool = False


@cache
def title_pattern(kind: str) -> re.Pattern[str]:
    """The titles of sections of a kind: `goal`, `own_goal`, `aims`, `past`, `achieved`, `surely_past`,
    `not_past`; `label` and `sets_goals` are of paragraphs."""
    return rules.one("past", f"titles.{kind}").regex


def sentences(clean: CleanText, outline: Outline) -> Iterator[Sentence]:
    """The sentences of a plan in order."""
    alone = _headings_alone(clean, outline)
    titles = frozenset(section.span[1] for section in outline.sections if section.run_in)
    for index, paragraph in enumerate(clean.paragraphs):
        if paragraph.kind != "text" or paragraph.start in alone:
            continue
        place = _place(clean.text, outline, paragraph, index)
        for sentence in sentences_in(clean.text, (paragraph.start, paragraph.end), place):
            end = sentence.span[1]
            yield replace(sentence, titles=True) if end in titles or end + 1 in titles else sentence


def sentences_in(text: str, span: Span, place: Place) -> Iterator[Sentence]:
    """The sentences of a piece of text that has one place, such as a table cell."""
    for part in sentence_spans(text, span):
        yield Sentence(part, tuple(clauses(text, part)), place)


def _headings_alone(clean: CleanText, outline: Outline) -> frozenset[int]:
    """Starts of paragraphs that are nothing but a heading. A long one, one with a stop, or one of a number with nothing
    below it (3.新建书屋5家, a line of a list of works) is an item and may hold a target."""
    alone: set[int] = set()
    for section in outline.sections:
        paragraph = clean.paragraph_at(section.span[0])
        line = clean.text[paragraph.start : paragraph.end]
        listed = section.leaf and any(map(str.isdigit, section.title)) and not clean.text[slice(*section.body)].strip()
        item = section.form not in _NO_ITEMS and (len(line) > _LONG_HEADING or line[-1] in "。；" or listed)
        if section.span[0] == paragraph.start and not section.run_in and not item:
            alone.update(one.start for one in clean.paragraphs_in(*section.span))
    return frozenset(alone)


def _place(text: str, outline: Outline, paragraph: Paragraph, index: int) -> Place:
    section = outline.at(paragraph.start)
    labelled = bool(title_pattern("label").match(text, paragraph.start, paragraph.end))
    if section is None:
        before = bool(outline.sections) and paragraph.start < outline.sections[0].span[0]
        sets = title_pattern("sets_goals").search(text, paragraph.start, paragraph.end) is not None
        preamble = before and not sets  # a report's goals stand in its first paragraph, a plan's only tells
        return Place(None, (), "prose", goal=labelled or sets, past=False, paragraph=index, preamble=preamble)
    chain = outline.ancestors(section)
    titles = [node.title for node in chain]
    boxed = any(node.form == "box" for node in chain)
    goal = any(title_pattern("goal").search(title) for title in titles)
    past = _is_past(titles)
    own = _own_index(chain)
    return Place(
        own,
        section.path,
        "box" if boxed else "prose",
        goal=(goal or labelled) and not boxed,
        past=past,
        paragraph=index,
    )


def _is_past(titles: Sequence[str]) -> bool:
    """Whether sections of such titles, outermost first, tell what has been: the innermost of past and goals decides."""
    if any(title_pattern("surely_past").search(title) for title in titles):
        return True
    if not any(title_pattern("goal").search(title) for title in titles):
        return any(_holds(title, "past") or _holds(title, "achieved") for title in titles)
    for title in reversed(titles):
        if _holds(title, "past"):
            return True
        if title_pattern("own_goal").search(title):
            return False
    return False


def _holds(title: str, kind: str) -> bool:
    return bool(title_pattern(kind).search(title)) and not title_pattern("not_past").search(title)


def _own_index(chain: tuple[Section, ...]) -> int | None:
    """The section that bounds how far a time holds: dashes, 一是 and run-in headings do not end it."""
    solid = [node.index for node in chain if node.form not in (*INLINE, "run_in")]
    return solid[-1] if solid else None


def sentence_spans(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a piece of text, without the mark that ends each; marks in brackets end none."""
    start, depth = span[0], 0
    for match in _sentence_marks().finditer(text, *span):
        char = match.group()
        if char in _STOPS or char in ".．":
            if depth == 0:
                yield from _bounded(start, match.start())
                start = match.end()
        else:
            depth = max(0, depth + (char in _OPEN) - (char in _CLOSE))
    if start < span[1]:
        yield from _bounded(start, span[1])


def _bounded(start: int, end: int) -> Iterator[Span]:
    """A sentence, in parts where it is longer than any."""
    while end - start > _LONGEST_SENTENCE:
        yield start, start + _LONGEST_SENTENCE
        start += _LONGEST_SENTENCE
    yield start, end


@cache
def _pieces(stops: str) -> re.Pattern[str]:
    return re.compile(rf"[^{stops}\n]+[{stops}]*[”’）)]*")


def pieces(text: str, span: Span | None = None, *, stops: str = _STOPS) -> Iterator[Span]:
    """The pieces of a text up to one of some marks, marks and closing quotation marks included, whatever brackets hold;
    the end of a line ends one too."""
    start, end = span or (0, len(text))
    for match in _pieces(stops).finditer(text, start, end):
        yield match.span()


def clauses(text: str, span: Span) -> Iterator[Clause]:
    """The clauses of a sentence; marks in brackets and inside numbers end none."""
    start, depth = span[0], 0
    for match in _clause_marks().finditer(text, *span):
        index, char = match.start(), match.group()
        while index - start >= _LONGEST_CLAUSE:
            yield Clause((start, start + _LONGEST_CLAUSE), "")
            start += _LONGEST_CLAUSE
        if char not in _COMMAS:
            depth = max(0, depth + (char in _OPEN) - (char in _CLOSE))
        elif depth == 0 and not _inside_number(text, index):
            if start < index:
                yield Clause((start, index), char)
            start = index + 1
    while span[1] - start > _LONGEST_CLAUSE:
        yield Clause((start, start + _LONGEST_CLAUSE), "")
        start += _LONGEST_CLAUSE
    if start < span[1]:
        yield Clause((start, span[1]), "")


def _inside_number(text: str, index: int) -> bool:
    """Whether a half-width comma or a colon stands between digits (3,100; 1:1.5)."""
    return text[index] in ",:：" and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()
