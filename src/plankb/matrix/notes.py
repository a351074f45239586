"""The words of a task that name who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plankb.model import ROLES, Span, Task

_OPEN, _CLOSE = "（([［【", "）)]］】"
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")


def printed_names(task: Task) -> tuple[str, ...]:
    """All names in the three roles, as printed."""
    return tuple(dict.fromkeys(name for role in ROLES for name in getattr(task, role)))


def note_of(task: Task, names: Iterable[str]) -> str:
    """The note that gives a bureau, printed as one of `names`, its role; the heading where no words name it.

    A bureau may be named in the measures too: the note is the piece that names most of the task's bureaus.
    """
    wanted, known = tuple(names), printed_names(task)
    pieces = [task.quote[start:end] for start, end in _pieces(task.quote)]
    naming = [piece for piece in pieces if any(name in piece for name in wanted)]
    if not naming:
        return task.section[-1] if task.section else task.title
    return max(naming, key=lambda piece: sum(name in piece for name in known)).strip()


def _pieces(text: str) -> Iterator[Span]:
    """Bracketed pieces, then sentences, which may hold brackets themselves."""
    yield from _brackets(text)
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.span()


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
