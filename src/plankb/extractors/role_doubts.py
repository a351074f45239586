"""Doubts about who answers: notes not read whole, notes of no task, bodies that the register does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from plankb import register
from plankb.extractors import note_rules, notes
from plankb.extractors.bureaus import Bodies
from plankb.extractors.doubts import doubt
from plankb.extractors.notes import Note
from plankb.extractors.task_layout import header
from plankb.model import Doubt, Span, Task
from plankb.register import Entity

_SPEAKS = re.compile(r"(?:牵头|负责|配合)[）)〕】］\]]$|(?:责任|配合|主责|牵头)单位|按职责分工")
_LIKE = 60.0


def doubts(doc: Any, tasks: Sequence[Task], bodies: Bodies) -> tuple[Doubt, ...]:
    """The doubts of a plan's notes and bodies, each body once, at its first mention in a note or table."""
    found = [*_notes(doc, tasks), *_unread(doc), *_tables(doc, tasks), *_bodies(doc, bodies)]
    return tuple(sorted(found, key=lambda item: item.span))


def _notes(doc: Any, tasks: Sequence[Task]) -> Iterator[Doubt]:
    spans = [task.span for task in tasks]
    for note in doc._.notes:
        for part in note.unread:
            yield doubt(doc, "note-part", part, words=doc._.clean.text[slice(*part)])
        if not any(start <= note.span[0] < end for start, end in spans):
            yield doubt(doc, "note-loose", note.span)


def _unread(doc: Any) -> Iterator[Doubt]:
    """Brackets that speak of responsibility and gave no note."""
    read = [note.span for note in doc._.notes]
    for paragraph in doc._.clean.paragraphs:
        if paragraph.kind != "text":
            continue
        for span in notes.brackets(doc._.clean.text, paragraph.start, paragraph.end):
            words = doc._.clean.text[slice(*span)]
            said = _SPEAKS.search(words) and not note_rules.note_rules().first_leads.search(words)
            if said and not any(a <= span[0] < b for a, b in read):
                yield doubt(doc, "note-unread", span)


def _tables(doc: Any, tasks: Sequence[Task]) -> Iterator[Doubt]:
    """Tables with columns for who answers that gave no task."""
    for table in doc._.tables:
        inside = any(table.span[0] <= task.span[0] < table.span[1] for task in tasks)
        if not inside and len(table.rows) > 1 and header(table) is not None:
            yield doubt(doc, "table-unread", table.rows[0].span)


def _bodies(doc: Any, bodies: Bodies) -> Iterator[Doubt]:
    known = [name for name, entity, _ in bodies.named() if entity.known]
    for name, entity, note in bodies.named():
        span = _place_of(name, note)
        if span is None:
            continue
        former = register.renaming(name, home=bodies.home)
        if former and bodies.year is not None and bodies.year > former.until + 1:
            yield doubt(doc, "bureau-former", span, words=name, year=former.until, source=former.source)
        elif not entity.known:
            yield _unknown(doc, name, entity, span, known)


def _unknown(doc: Any, name: str, entity: Entity, span: Span, known: Sequence[str]) -> Doubt:
    if entity.place is None:
        return doubt(doc, "bureau-place", span, words=name)
    like = register.suggest(name, known, limit=2, cutoff=_LIKE)
    reason = "bureau-like" if like else "bureau-unknown"
    return doubt(doc, reason, span, words=name, like="、".join(like))


def _place_of(name: str, note: Note) -> Span | None:
    return next((found.span for found in note.names if found.text == name), None)
