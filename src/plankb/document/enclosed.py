"""What stands between marks that open and close: brackets, whatever their widths, and titles of documents (《…》)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from plankb.model import Span

OPEN, CLOSE = "（(［[〔【〖{「", "）)］]〕】〗}」"
_OPENING = re.compile(f"[{re.escape(OPEN)}]")
_BRACKET = re.compile(f"[{re.escape(OPEN + CLOSE)}\n]")
_DEEPEST = 8
"""Brackets around one another that are taken off: no more are printed, and each costs a look at all inside."""
_LONGEST_TITLE = 160


def brackets(text: str, start: int, end: int) -> Iterator[Span]:
    """Outermost bracketed pieces of a text, brackets included, widths mixed; one left open ends with its line."""
    position = start
    while opening := _OPENING.search(text, position, end):
        position = _closing(text, opening.start(), end)
        yield opening.start(), position


def _closing(text: str, position: int, stop: int) -> int:
    return min(_closings(text)[position], stop)


@lru_cache(maxsize=4)
def _closings(text: str) -> dict[int, int]:
    """Where each opening bracket of a text ends: one pass, however deep they nest."""
    found: dict[int, int] = {}
    open_: list[int] = []
    for mark in _BRACKET.finditer(text):
        if mark[0] in OPEN:
            open_.append(mark.start())
        elif mark[0] == "\n":
            found.update(dict.fromkeys(open_, mark.start()))
            open_.clear()
        elif open_:
            found[open_.pop()] = mark.end()
    return found | dict.fromkeys(open_, len(text))


def inside_of(text: str, bracket: Span) -> Span:
    """What stands in a bracket, in the innermost where several say the same thing ((…))."""
    found = bracket
    for _ in range(_DEEPEST):
        left, right = found
        found = (left + 1, right - 1 if _closes(text, left, right) else right)
        if found[0] >= found[1] or next(brackets(text, *found), None) != found:
            break
    return found


def _closes(text: str, left: int, right: int) -> bool:
    """Whether the bracket at `left` has an end of its own before `right`: one left open ends with its line, and the
    mark there may close what stands inside ((责任部门：各市交通运输局（委）)."""
    open_ = sum((mark[0] in OPEN) - (mark[0] in CLOSE) for mark in _BRACKET.finditer(text, left + 1, right - 1))
    return text[right - 1] in CLOSE and open_ <= 0


def titles(text: str) -> Iterator[Span]:
    """Every 《…》 of a text in order, signs included, titles inside titles left whole."""
    position = text.find("《")
    while position >= 0:
        end = _end_of_title(text, position)
        if end is not None:
            yield position, end
        position = text.find("《", end or position + 1)


def _end_of_title(text: str, start: int) -> int | None:
    """Where the title that opens at `start` ends; None when it does not."""
    depth = 0
    for index in range(start, min(len(text), start + _LONGEST_TITLE)):
        if text[index] == "《":
            depth += 1
        elif text[index] == "》":
            depth -= 1
            if depth == 0:
                return index + 1
    return None
