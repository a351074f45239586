"""Doubts: what was seen and not understood, kept with its reason so that a person can look.

Those about who answers: notes not read whole, notes of no task, bodies that the register does not know.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from plankb import register
from plankb.document.enclosed import brackets
from plankb.document.spans import held
from plankb.extractors.notes import Note, sign_at
from plankb.extractors.notes.names import pieces, trimmed
from plankb.extractors.notes.vocabulary import pattern, tells_who_leads
from plankb.extractors.records import Context
from plankb.extractors.tables import Held
from plankb.model import Doubt, Span, Task, Words
from plankb.register import Entity, is_function
from plankb.register.bodies import Bodies
from plankb.register.listed import is_collective, known_start

_LIKE = 60.0


def doubt(context: Context, reason: str, span: Span, **details: object) -> Doubt:
    """A doubt about a piece of a plan; `reason` is a table of `words/doubts.toml`, `details` fill its words."""
    quote = context.words(span)
    return Doubt(
        id=context.ids.make("doubt", (reason, quote)),
        plan=context.plan.id,
        section=context.outline.path_at(span[0]),
        quote=quote,
        span=span,
        reason=reason,
        message=Words.of(f"doubts.{reason}", **details),
    )


def role_doubts(
    context: Context, *, notes: Sequence[Note], tables: Sequence[Held], tasks: Sequence[Task], bodies: Bodies
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
    in_task = held([task.span for task in tasks], [note.span[0] for note in notes])
    for note in notes:
        for part in note.unread:
            yield doubt(context, "note-part", part, words=context.words(part))
        for part in (*note.unclear, *_signs_of_unknown_meaning(context.clean.text, note)):
            yield doubt(context, "note-role", part, words=context.words(part))
        if note.names and note.span[0] not in in_task:
            yield doubt(context, "note-loose", note.span)


def _signs_of_unknown_meaning(text: str, note: Note) -> Iterator[Span]:
    """The names with a sign that no remark makes leads."""
    for name in note.names:
        if name.part != "lead" and sign_at(text, name):
            yield name.span


def _unread(context: Context, notes: Sequence[Note]) -> Iterator[Doubt]:
    """Brackets that speak of responsibility, or name bodies with words of unknown meaning, and lines with a label of
    unknown meaning before bodies, that gave no note."""
    text = context.clean.text
    lines = [(paragraph.start, paragraph.end) for paragraph in context.clean.paragraphs if paragraph.kind == "text"]
    inside = [list(brackets(text, *line)) for line in lines]
    starts = [line[0] for line in lines] + [span[0] for group in inside for span in group]
    read = held([note.span for note in notes], starts)
    for line, group in zip(lines, inside, strict=True):
        if line[0] not in read and _is_labelled(text, line):
            yield doubt(context, "note-unread", line)
        for span in group:
            words = context.words(span)
            if span[0] in read or tells_who_leads(words):
                continue
            if pattern("speaks").search(words) or _only_bodies(text, span):
                yield doubt(context, "note-unread", span)


def _is_labelled(text: str, line: Span) -> bool:
    """Whether a line is nothing but a label of unknown meaning and known bodies (监管单位：市审计局)."""
    label = pattern("unknown_label").match(text, *line)
    if label is None:
        return False
    names = [text[slice(*trimmed(text, piece))] for piece in pieces(text, (label.end(), line[1]))]
    named = [name for name in names if name]
    return bool(named) and all(is_function(name) or is_collective(name) for name in named)


def _only_bodies(text: str, bracket: Span) -> bool:
    """Whether a bracket names known bodies with words of unknown meaning: behind them, where all pieces are bodies
    (市教育局审定), or as a label before one (业务指导：市教育局)."""
    inside = [text[slice(*piece)] for piece in pieces(text, (bracket[0] + 1, bracket[1] - 1))]
    names = [pattern("any_label").sub("", piece) for piece in inside]
    if any(name != piece and is_function(name) for piece, name in zip(inside, names, strict=True)):
        return True
    told = [piece for piece in inside if known_start(piece)]
    return bool(told) and all(piece in told or is_function(piece) or is_collective(piece) for piece in inside)


def _tables(context: Context, tables: Sequence[Held], tasks: Sequence[Task]) -> Iterator[Doubt]:
    """Tables with columns for who answers that gave no task."""
    starts = sorted(task.span[0] for task in tasks)
    for each in tables:
        rows, span = each.table.rows, each.table.span
        inside = bisect_left(starts, span[0]) < bisect_left(starts, span[1])
        if not inside and len(rows) > 1 and each.headed:
            yield doubt(context, "table-unread", rows[0].span)


def _bodies(context: Context, bodies: Bodies) -> Iterator[Doubt]:
    known = [name for name, entity, _ in bodies.named() if entity.known]
    for name, entity, span in bodies.named():
        former = register.renaming(name, home=bodies.home)
        if former and bodies.year is not None and bodies.year > former.until + 1:
            yield doubt(context, "bureau-former", span, words=name, year=former.until, source=former.source)
        elif not entity.known and (register.has_prefix(name) or not pattern("office").search(name)):
            yield _unknown(context, name, entity, span, known)


def _unknown(context: Context, name: str, entity: Entity, span: Span, known: Sequence[str]) -> Doubt:
    if entity.place is None:
        return doubt(context, "bureau-place", span, words=name)
    like = register.suggest(name, known, limit=2, cutoff=_LIKE)
    reason = "bureau-like" if like else "bureau-unknown"
    return doubt(context, reason, span, words=name, like="、".join(like))
