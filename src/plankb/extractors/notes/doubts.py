"""Doubts about who answers: notes not read whole, notes of no task, bodies that the register does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plankb import register
from plankb.document import Table
from plankb.extractors.doubts import doubt
from plankb.extractors.notes.bureaus import Bodies
from plankb.extractors.notes.note import Note, brackets
from plankb.extractors.notes.vocabulary import note_rules
from plankb.extractors.reading import Context
from plankb.extractors.task_layout import header
from plankb.model import Doubt, Span, Task
from plankb.register import Entity

_SPEAKS = re.compile(r"(?:牵头|负责|配合)[）)〕】］\]]$|(?:责任|配合|主责|牵头)单位|按职责分工")
_LIKE = 60.0


def role_doubts(
    context: Context, *, notes: Sequence[Note], tables: Sequence[Table], tasks: Sequence[Task], bodies: Bodies
) -> tuple[Doubt, ...]:
    """The doubts of a plan's notes and bodies, each body once, at its first mention in a note or table."""
    found = [
        *_notes(context, notes, tasks),
        *_unread(context, notes),
        *_tables(context, tables, tasks),
        *_bodies(context, bodies),
    ]
    return tuple(sorted(found, key=lambda item: item.span))


def _notes(context: Context, notes: Sequence[Note], tasks: Sequence[Task]) -> Iterator[Doubt]:
    spans = [task.span for task in tasks]
    for note in notes:
        for part in note.unread:
            yield doubt(context, "note-part", part, words=context.words(part))
        if not any(start <= note.span[0] < end for start, end in spans):
            yield doubt(context, "note-loose", note.span)


def _unread(context: Context, notes: Sequence[Note]) -> Iterator[Doubt]:
    """Brackets that speak of responsibility and gave no note."""
    read = [note.span for note in notes]
    for paragraph in context.clean.paragraphs:
        if paragraph.kind != "text":
            continue
        for span in brackets(context.clean.text, paragraph.start, paragraph.end):
            words = context.words(span)
            said = _SPEAKS.search(words) and not note_rules().first_leads.search(words)
            if said and not any(a <= span[0] < b for a, b in read):
                yield doubt(context, "note-unread", span)


def _tables(context: Context, tables: Sequence[Table], tasks: Sequence[Task]) -> Iterator[Doubt]:
    """Tables with columns for who answers that gave no task."""
    for table in tables:
        inside = any(table.span[0] <= task.span[0] < table.span[1] for task in tasks)
        if not inside and len(table.rows) > 1 and header(table) is not None:
            yield doubt(context, "table-unread", table.rows[0].span)


def _bodies(context: Context, bodies: Bodies) -> Iterator[Doubt]:
    known = [name for name, entity, _ in bodies.named() if entity.known]
    for name, entity, note in bodies.named():
        span = _place_of(name, note)
        if span is None:
            continue
        former = register.renaming(name, home=bodies.home)
        if former and bodies.year is not None and bodies.year > former.until + 1:
            yield doubt(context, "bureau-former", span, words=name, year=former.until, source=former.source)
        elif not entity.known:
            yield _unknown(context, name, entity, span, known)


def _unknown(context: Context, name: str, entity: Entity, span: Span, known: Sequence[str]) -> Doubt:
    if entity.place is None:
        return doubt(context, "bureau-place", span, words=name)
    like = register.suggest(name, known, limit=2, cutoff=_LIKE)
    reason = "bureau-like" if like else "bureau-unknown"
    return doubt(context, reason, span, words=name, like="、".join(like))


def _place_of(name: str, note: Note) -> Span | None:
    return next((found.span for found in note.names if found.text == name), None)
