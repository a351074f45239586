"""Footnotes: what stands in small print at the foot of a page, below a short rule or behind a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plankb.readers.pdf.lines import Line
from plankb.readers.pdf.page import Rule

_SMALL = 0.9
_FOOT = 0.5
"""Footnotes stand in the lower half of a page."""
_RULE = (60.0, 240.0)
"""The length, in points, of the rule above footnotes."""
_MARK = re.compile(r"\s*(?:\d{1,2}(?!\d|[.．、]\d|年|月|%)|[①-⑳]|[*\uff0a]|[\[［〔]\d{1,2}[\]］〕])")


def split(lines: list[Line], rules: Sequence[Rule], usual: float, height: float) -> tuple[list[Line], list[list[Line]]]:
    """The lines of the text, and the lines of each footnote. `usual` is the size of running text in the document."""
    first = _first(lines, rules, usual, height)
    notes: list[list[Line]] = []
    for line in lines[first:]:
        if notes and not _MARK.match(line.text):
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
    marked = small < len(lines) and _MARK.match(lines[small].text) and lines[-1].base > 0.8 * height
    return small if marked else len(lines)
