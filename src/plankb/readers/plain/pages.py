"""Pages in a text file: their numbers, and the lines at their head and foot that come again on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plankb import rules
from plankb.document import heading_pattern
from plankb.readers.plain.lines import Line, patterns

_LONGEST = 40
"""The longest running head."""
_FEW, _SHARE = 2, 0.3
"""A running head comes at so many page breaks at least, and at this share of them."""
_TITLE_LINES = 4
"""Among so many first lines stands the title, which running heads repeat."""


def without_pages(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and running heads; the first line of a page is marked as such."""
    numbers = _page_numbers(lines)
    edges = list(_edges(lines, numbers))
    running = _running(lines, edges)
    kept: list[Line] = []
    broken = False
    for index, line in enumerate(lines):
        if index in numbers or index in running:
            broken = True
            continue
        starts = bool(kept) and (broken or lines[index - 1].text.endswith("\f"))
        kept.append(replace(line, broken=True) if starts else line)
        broken = False
    return kept


def _page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are a page number: marked as one (- 12 -), or a bare number that stands alone."""
    known = patterns()
    bare = [bool(known.page_number.fullmatch(line.stripped)) and "\t" not in line.stripped for line in lines]
    found = set()
    for index, line in enumerate(lines):
        if bare[index]:
            beside = (index and bare[index - 1]) or (index + 1 < len(lines) and bare[index + 1])
            beside = beside or (index + 1 < len(lines) and _counts(line.stripped, lines[index + 1].stripped))
            if known.marked_page_number.fullmatch(line.stripped) or not beside:
                found.add(index)
    return frozenset(found)


def _counts(number: str, after: str) -> bool:
    """Whether the next line says what a bare number counts (2024 | 年，…): it was broken off its sentence."""
    return after.startswith(("%", "％")) or bool(rules.pattern("parts", "year").match(number + after))


def _edges(lines: Sequence[Line], numbers: frozenset[int]) -> Iterator[list[int]]:
    """By page break the lines at the foot of the page before it and at the head of the page behind it."""
    for index in range(len(lines) - 1):
        ends = lines[index].text.endswith("\f") and index + 1 not in numbers
        if index in numbers or ends:
            foot = index - 1 if index in numbers else index
            yield [i for i in (foot, index + 1) if 0 <= i < len(lines) and i not in numbers]


def _running(lines: Sequence[Line], edges: Sequence[Sequence[int]]) -> frozenset[int]:
    """The lines at page breaks that come again at others, or say the title once more."""
    titles = {_key(line) for line in lines[:_TITLE_LINES]}
    counted = Counter(key for edge in edges for key in {_key(lines[index]) for index in edge})
    least = max(_FEW, _SHARE * len(edges))
    return frozenset(
        index
        for edge in edges
        for index in edge
        if index >= _TITLE_LINES and _may_run(lines[index])
        if counted[_key(lines[index])] >= least or _key(lines[index]) in titles
    )


def _may_run(line: Line) -> bool:
    text = line.stripped
    return (
        len(text) <= _LONGEST
        and "\t" not in text
        and not heading_pattern().match(text)
        and not re.search(r"[。；，]", text)
    )


def _key(line: Line) -> str:
    """What running heads of two pages have in common: their letters, not their numbers."""
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line.stripped))
