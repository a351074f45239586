"""The words of a task that name who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plankb.document import pieces
from plankb.model import ROLES, Span, Task

_OPEN, _CLOSE = "（([［【", "）)]］】"


def printed_names(task: Task) -> tuple[str, ...]:
    """All names in the three roles, as printed."""
    return tuple(dict.fromkeys(name for role in ROLES for name in getattr(task, role)))


def notes_of(task: Task) -> tuple[str, ...]:
    """The pieces of a task that name its bureaus, those that name most first.

    A bureau may be named in the measures too: the note is the piece that names most of the task's bureaus.
    """
    known = printed_names(task)
    pieces = (task.quote[start:end] for start, end in _pieces(task.quote))
    counted = [(sum(name in piece for name in known), piece.strip()) for piece in pieces]
    return tuple(piece for count, piece in sorted(counted, key=lambda one: -one[0]) if count)


def note_of(task: Task, notes: Iterable[str], names: Iterable[str]) -> str:
    """The one of the task's notes that gives a bureau, printed as one of `names`, its role; else the heading."""
    wanted = tuple(names)
    named = (note for note in notes if any(name in note for name in wanted))
    return next(named, task.section[-1] if task.section else task.title)


def _pieces(text: str) -> Iterator[Span]:
    """Bracketed pieces, then sentences, which may hold brackets themselves."""
    yield from _brackets(text)
    yield from (span for span in pieces(text) if text[slice(*span)].strip())


def _brackets(text: str) -> Iterator[Span]:
    """Outermost brackets with what they hold."""
    depth = start = 0
    for position, character in enumerate(text):
        if character in _OPEN:
            if depth == 0:
                start = position
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                yield start, position + 1
