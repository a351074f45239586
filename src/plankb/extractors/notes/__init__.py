"""Who answers for work: responsibility notes, their names and roles, and deadlines.

A note (`note`) is read into names with their roles (`names`), by the words of `vocabulary`; `deadlines` are the times.
Here are the notes of a whole plan: labelled lines one below the other are one, so is a label alone on its line with the
names below it (责任单位⏎市教育局), and a remark may tell who of a list leads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import cast

from plankb import register, rules
from plankb.document import CleanText, Paragraph
from plankb.extractors.notes.names import Name
from plankb.extractors.notes.note import Note, in_cell, in_paragraph
from plankb.extractors.notes.vocabulary import Part, pattern, role_of_label
from plankb.model import Span
from plankb.register import is_function

__all__ = ["Note", "find_notes", "in_cell", "in_paragraph", "sign_at"]

_COMMAS = "，,；;"
_ANY_STAR = "星"
_LONGEST = 120
"""Characters of a line of names."""
_BEHIND = 12
"""How far behind a note a remark on it starts, and 下同 behind the remark."""

_Leads = Callable[[str, Note], Collection[Name]]


def find_notes(clean: CleanText) -> tuple[Note, ...]:
    """All notes of a plan's paragraphs, in order; labelled lines one below the other are one note, and so is a label
    alone on its line with the names below it."""
    found: list[Note] = []
    last: Paragraph | None = None
    waiting: tuple[Part, int] | None = None
    for paragraph in clean.paragraphs:
        span = (paragraph.start, paragraph.end)
        if paragraph.kind == "text" and (part := _label_alone(clean.text, span)):
            waiting = (part, paragraph.start)
            continue
        below = _names_below(clean.text, span, waiting[0]) if waiting and paragraph.kind == "text" else None
        if below is not None and waiting is not None:
            begun = replace(below, span=(waiting[1], paragraph.end))
            goes_on = bool(found) and last is not None and last.box == paragraph.box
            found[-1:] = [found[-1].joined_with(begun)] if goes_on else [*found[-1:], begun]
            last = paragraph
            continue
        waiting = None
        own = in_paragraph(clean.text, span) if paragraph.kind == "text" else ()
        labelled = bool(own) and own[-1].labelled and own[-1].span[1] == paragraph.end
        whole = labelled and len(own) == 1 and own[0].span[0] == paragraph.start
        if whole and last is not None and last.box == paragraph.box:
            found[-1] = found[-1].joined_with(own[0])
        else:
            found.extend(own)
        last = paragraph if labelled else None
    return _with_leads(clean.text, found)


def _label_alone(text: str, paragraph: Span) -> Part | None:
    """The part that a paragraph names which is nothing but a label; None for any other paragraph."""
    match = _alone().fullmatch(text, *paragraph) if paragraph[1] - paragraph[0] <= _LONGEST else None
    role = role_of_label(match) if match else ""
    return cast(Part, role) if role in ("lead", "support", "answer") else None


def _names_below(text: str, paragraph: Span, part: Part) -> Note | None:
    """The names of a paragraph that is nothing but bodies; None for any other paragraph."""
    if paragraph[1] - paragraph[0] > _LONGEST:
        return None
    note = in_cell(text, paragraph, part)
    if note is None or note.unread or note.unclear:
        return None
    placed = (name.collective or is_function(name.text) or register.has_prefix(name.text) for name in note.names)
    return replace(note, labelled=True) if all(placed) else None


@cache
def _alone() -> re.Pattern[str]:
    one, before = rules.union("roles", "label").pattern, pattern("before_label").pattern
    return re.compile(f"(?:{before})?(?P<label>{one})\\s*[：:]?\\s*")


def _with_leads(text: str, found: Sequence[Note]) -> tuple[Note, ...]:
    """The notes with the leads that a remark tells by their place in the list (排在第一位的为牵头单位，下同).

    It speaks of the note that it stands in or behind, with 下同 of all later ones too; one that stands by itself speaks
    of all later notes, or of all where it stands behind the last. A remark on a sign at names speaks of the whole plan.
    """
    starred = pattern("star_leads").search(text)
    if starred:
        return tuple(note.led_by(_starred(text, note, starred["star"])) for note in found)
    remark, leads = _remark(text)
    if remark is None:
        return tuple(found)
    first, last = _reach(text, remark, found)
    concerned = (first <= note.span[0] < last for note in found)
    return tuple(note.led_by(leads(text, note)) if told else note for note, told in zip(found, concerned, strict=True))


def _remark(text: str) -> tuple[re.Match[str] | None, _Leads]:
    """The remark of a plan on who leads, and the names of a note that it means."""
    if by_comma := pattern("comma_leads").search(text):
        return by_comma, _before_comma
    return pattern("first_leads").search(text), _first_bureau


def _reach(text: str, remark: re.Match[str], found: Sequence[Note]) -> tuple[int, int]:
    """From where to where the notes start that a remark speaks of."""
    at = remark.start()
    before = max((note for note in found if note.span[0] <= at), key=lambda note: note.span, default=None)
    more = pattern("from_here_on").search(text, remark.end(), remark.end() + _BEHIND)
    near = before is not None and at - before.span[1] <= _BEHIND
    if before is not None and near and (more or "\n" not in text[before.span[1] : at]):
        return before.span[0], len(text) if more else remark.end()
    return at if any(note.span[0] > at for note in found) else 0, len(text)


def _starred(text: str, note: Note, sign: str) -> Collection[Name]:
    """The names with the sign of a remark (标★的为牵头单位; 带星号的…: with any sign)."""
    signs = [(name, sign_at(text, name)) for name in note.names]
    return [name for name, own in signs if own and (own == sign or sign == _ANY_STAR)]


def sign_at(text: str, name: Name) -> str:
    """The sign that stands right before or behind a name (市教育局★); "" where there is none."""
    star, (start, end) = pattern("star"), name.span
    found = star.match(text, end) or (star.match(text, start - 1) if start else None)
    return found[0] if found else ""


def _first_bureau(_: str, note: Note) -> Collection[Name]:
    return [name for name in note.names if not name.collective][:1]


def _before_comma(text: str, note: Note) -> Collection[Name]:
    """The names before the first comma; none where several stand without one."""
    for index, (left, right) in enumerate(pairwise(note.names), start=1):
        if set(text[left.span[1] : right.span[0]]) & set(_COMMAS):
            return note.names[:index]
    return note.names if len(note.names) == 1 else ()
