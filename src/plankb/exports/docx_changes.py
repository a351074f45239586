"""What mends the findings of a draft, as tracked changes (修订) in the Word file, to be accepted or rejected there."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from plankb.document import CleanText
from plankb.exports.docx_runs import PROPERTIES, SPACE, W, inside
from plankb.exports.safe import plain_text
from plankb.model import Finding, Fix
from plankb.name_forms import squeezed
from plankb.readers.docx import Piece, WordText

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MARKS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "commentRangeStart", "bookmarkStart"))
"""Marks that share one space of ids."""
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


@dataclass(frozen=True, slots=True)
class Change:
    """A fix in the file: [start, end) of its source text, the words that stand there, and those that shall."""

    span: tuple[int, int]
    old: str
    new: str


def placed(clean: CleanText, findings: Iterable[Finding]) -> list[Change]:
    """The fixes of findings in the order of the file; of those that overlap the first alone."""
    fixes = sorted({(fix.span, fix.text) for finding in findings for fix in finding.fixes})
    kept: list[Change] = []
    reached = -1
    for span, text in fixes:
        if span[0] >= reached and not (span[0] == span[1] == reached):
            kept.append(_change(clean, Fix(span=span, text=text)))
            reached = span[1]
    return kept


def _change(clean: CleanText, fix: Fix) -> Change:
    start, end = fix.span
    if start == end:  # put in behind the character before
        place = clean.source(start - 1, start)[1] if start else 0
        return Change((place, place), "", fix.text)
    return Change(clean.source(start, end), clean.text[start:end], fix.text)


def track(found: WordText, changes: Sequence[Change], *, author: str) -> None:
    """Writes the changes into an open document whose runs have been cut at their edges.

    One that lies in a run with more than text, in a text box, or at a number that Word counts is left to its comment.
    """
    tracker = _Tracker(found.document.element.body, author)
    for change in changes:
        if change.old:
            pieces = inside(found.pieces, change.span)
            whole = "".join(piece.element.text or "" for piece in pieces if _plain(piece))
            if pieces and all(map(_plain, pieces)) and squeezed(whole) == squeezed(change.old):
                last = [tracker.delete(piece.run) for piece in pieces][-1]
                tracker.insert(last, pieces[0].run, change.new)
        elif before := next((p for p in reversed(found.pieces) if p.end == change.span[0] and _plain(p)), None):
            tracker.insert(before.run, before.run, change.new)


def _plain(piece: Piece) -> bool:
    """Whether a piece is all that its run holds, and no other program has to agree (text boxes are stored twice)."""
    content = [child for child in piece.run if child.tag != PROPERTIES]
    alone = len(content) == 1 and content[0] is piece.element and piece.element.tag == f"{W}t"
    return alone and next(piece.run.iterancestors(_ALTERNATIVE), None) is None


def today() -> str:
    """The day, as Word dates a remark: to the day alone, so that one draft gives one file."""
    return f"{datetime.now(UTC):%Y-%m-%d}T00:00:00Z"


class _Tracker:
    """Writes tracked changes of one author, each with an id of its own."""

    def __init__(self, body: Element, author: str) -> None:
        ids = [int(value) for mark in body.iter(*_MARKS) if (value := mark.get(f"{W}id", "")).isdecimal()]
        self._next = max(ids, default=0) + 1
        self._author = author
        self._when = today()

    def delete(self, run: Element) -> Element:
        """Marks a run as deleted, and gives the mark."""
        mark = self._mark(run, "del")
        run.addprevious(mark)
        mark.append(run)
        for text in run.findall(f"{W}t"):
            text.tag = f"{W}delText"
            text.set(SPACE, "preserve")
        return mark

    def insert(self, after: Element, like: Element, text: str) -> None:
        """Puts text behind an element, in a run that looks like another one; nothing for no text."""
        if not text:
            return
        mark = self._mark(like, "ins")
        run = like.makeelement(f"{W}r", {})
        run.extend(copy.deepcopy(child) for child in like if child.tag == PROPERTIES)
        words = like.makeelement(f"{W}t", {SPACE: "preserve"})
        words.text = plain_text(text)
        run.append(words)
        mark.append(run)
        after.addnext(mark)

    def _mark(self, like: Element, name: str) -> Element:
        mark = like.makeelement(
            f"{W}{name}", {f"{W}id": str(self._next), f"{W}author": self._author, f"{W}date": self._when}
        )
        self._next += 1
        return mark
