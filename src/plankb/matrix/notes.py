"""The words of a task that name who answers for it, and its text without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plankb.model import ROLES, Span, Task

_OPEN, _CLOSE = "（([［【", "）)]］】"
_AFTER_NOTE = ("", "\n", "。")
_SEPARATORS = re.compile(r"[、，；：。\s]+")
_MOST_OTHER_WORDS = 24
"""牵头, 等按职责分工负责, 各市〈州〉人民政府: more characters than such words take is a sentence of its own."""
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")


def printed_names(task: Task) -> tuple[str, ...]:
    """All names in the three roles, as printed."""
    return tuple(dict.fromkeys(name for role in ROLES for name in getattr(task, role)))


def note_of(task: Task, names: Iterable[str]) -> str:
    """The note that gives a bureau, printed as one of `names`, its role; the task's quote where no words name it.

    A bureau may be named in the measures too: the note is the piece that names most of the task's bureaus.
    """
    wanted, known = tuple(names), printed_names(task)
    pieces = [task.text[start:end] for start, end in _pieces(task.text)]
    naming = [piece for piece in pieces if any(name in piece for name in wanted)]
    if not naming:
        return task.quote
    return max(naming, key=lambda piece: sum(name in piece for name in known)).strip()


def measures(task: Task) -> str:
    """The text of a task without its heading and without the notes in brackets that only name bureaus."""
    text = task.text.strip()
    kept, last = [], 0
    for start, end in _brackets(text):
        if _is_note(text, (start, end), task):
            kept.append(text[last:start])
            last = end
    body = "".join([*kept, text[last:]])
    lines = [line.strip() for line in body.splitlines()]
    return "\n".join(line for line in _without_heading(lines, task) if line.strip("。；，"))


def _is_note(text: str, span: Span, task: Task) -> bool:
    """Whether a bracket closes a sentence and says little but names of bureaus."""
    rest = text[span[0] + 1 : span[1] - 1]
    named = 0
    for name in sorted((*printed_names(task), *(task.collective or ())), key=len, reverse=True):
        named += name in rest
        rest = rest.replace(name, "")
    return (
        named > 0 and len(_SEPARATORS.sub("", rest)) <= _MOST_OTHER_WORDS and text[span[1] : span[1] + 1] in _AFTER_NOTE
    )


def _without_heading(lines: list[str], task: Task) -> Iterator[str]:
    heading = task.section[-1] if task.section else task.title
    for index, line in enumerate(lines):
        rest = line
        if index == 0:
            for head in (heading, task.title):
                if rest.startswith(head):
                    rest = rest.removeprefix(head).lstrip("。． ")
                    break
        if rest:
            yield rest


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
