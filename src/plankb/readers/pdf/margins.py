"""What stands at the edges of a page: running heads, running feet and page numbers, which are no text of the document;
footnotes in small print at the foot, below a short rule or behind a mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

from plankb import rules
from plankb.readers.pdf.lines import Line, line_of
from plankb.readers.pdf.page import Rule

_form = partial(rules.pattern, "text")
_EDGE = 3
"""How many lines at the head and the foot of a page may be margins."""
_OFTEN = 3
_CLEAR = 1.4
"""The gap, in letters, between a line and a page number on it."""
_SMALL = 0.9
_FOOT = 0.5
"""Footnotes stand in the lower half of a page."""
_RULE = (60.0, 240.0)
"""The length, in points, of the rule above footnotes."""


def without_margins(pages: Sequence[list[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of each page without its running heads, feet and page numbers."""
    offsets = Counter(
        _number(line) - index for index, lines in enumerate(pages) for line in _ends(lines) if _number(line)
    )
    running = Counter(
        key
        for lines, height in zip(pages, heights, strict=True)
        for key in {_key(line, height) for line in _ends(lines)}
    )
    kept = []
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        own = list(lines)
        for foot in (False, True):
            for _ in range(_EDGE):
                if own and _is_margin(own, foot, index, height, offsets, running):
                    own.pop(-1 if foot else 0)
        usual = max((line.size for line in own), default=0.0)
        kept.append([line for each in own for line in _without_number(each, usual, index, height, offsets)])
    return kept


def _without_number(line: Line, usual: float, index: int, height: float, offsets: Counter[int]) -> list[Line]:
    """A line at the edge of the page without the page's number in small print, which stands between or behind the last
    lines where these reach below it; nothing where it is the number."""
    if 0.13 < line.base / height < 0.87:
        return [line]
    size = len(line.glyphs)
    while size and line.glyphs[size - 1].face.size < _SMALL * usual and line.glyphs[size - 1].text.isdecimal():
        size -= 1
    number = "".join(glyph.text for glyph in line.glyphs[size:])
    if not number or len(number) > 4 or offsets[int(number) - index] < 2:
        return [line]
    if not size:
        return []
    clear = line.glyphs[size].x0 - line.glyphs[size - 1].x1 > _CLEAR * line.size
    return [line_of(line.glyphs[:size])] if clear else [line]


def _ends(lines: list[Line]) -> list[Line]:
    return lines if len(lines) <= 2 * _EDGE else [*lines[:_EDGE], *lines[-_EDGE:]]


def _key(line: Line, height: float) -> tuple[str, int]:
    """What a line says without its digits, and which fiftieth of the page it stands in."""
    return re.sub(r"[\d\s]", "", line.text), round(line.base / height * 50)


def _number(line: Line) -> int:
    """The page number that a line is; 0 where it is none."""
    match = _form("page.number").fullmatch(line.text.strip()) if len(line.glyphs) <= 20 else None
    return int(match["n"]) if match and match["n"].isdigit() else 0


def _is_margin(
    lines: list[Line], foot: bool, index: int, height: float, offsets: Counter[int], running: Counter[tuple[str, int]]
) -> bool:
    line = lines[-1 if foot else 0]
    where = line.base / height
    if 0.13 < where < 0.87:
        return False
    text = line.text.strip()
    if _form("page.number").fullmatch(text) and len(line.glyphs) <= 20:
        number = _number(line)
        return (
            not number
            or offsets[number - index] > 1
            or bool(_form("page.number_marked").fullmatch(text))
            or _apart(lines, foot)
        )
    if not _apart(lines, foot):
        return False
    if _form("page.counted").search(text) or _form("page.printed").fullmatch(text):
        return True
    words, place = _key(line, height)
    return bool(words) and sum(running[words, place + d] for d in (-1, 0, 1)) >= _OFTEN


def _apart(lines: list[Line], foot: bool) -> bool:
    """Whether the outermost line stands clear of the text, or is printed smaller."""
    if len(lines) < 4:
        return True
    outer, first, second = (lines[-1], lines[-2], lines[-3]) if foot else lines[:3]
    gap, usual = abs(outer.base - first.base), abs(first.base - second.base)
    return gap > 1.2 * max(usual, first.size) or outer.size < 0.9 * first.size


def footnotes_apart(
    lines: list[Line], rules: Sequence[Rule], usual: float, height: float
) -> tuple[list[Line], list[list[Line]]]:
    """The lines of the text, and the lines of each footnote. `usual` is the size of running text in the document."""
    first = _first(lines, rules, usual, height)
    notes: list[list[Line]] = []
    for line in lines[first:]:
        if notes and not _form("page.note_mark").match(line.text):
            notes[-1].append(line)
        else:
            notes.append([line])
    return lines[:first], notes


def _first(lines: Sequence[Line], rules: Sequence[Rule], usual: float, height: float) -> int:
    """The index of the first line of the footnotes; the number of lines where there are none."""
    small = len(lines)
    while small and lines[small - 1].size <= _SMALL * usual and lines[small - 1].base > _FOOT * height:
        small -= 1
    left = min((line.x0 for line in lines), default=0.0)
    above = [
        rule.at
        for rule in rules
        if _RULE[0] <= rule.end - rule.start <= _RULE[1] and abs(rule.start - left) < 2 * usual
    ]
    for index in range(small, len(lines)):
        before = lines[index - 1].base if index else 0.0
        if any(before <= at <= lines[index].base for at in above):
            return index
    marked = small < len(lines) and _form("page.note_mark").match(lines[small].text) and lines[-1].base > 0.8 * height
    return small if marked else len(lines)
