"""Text that is struck out: a line is drawn through it, and through nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from plankb.readers.pdf.lines import line_of
from plankb.readers.pdf.page import Glyph, Page, Rule

_LOWEST, _HIGHEST = 0.12, 0.55
"""How far above the baseline, in letter sizes, a line goes through a letter."""
_BEYOND = 0.5
"""How far, in letter sizes, such a line may reach beyond the letters."""
_COVERED = 0.7
"""The share of the line behind which letters stand: the rule of a table goes on through empty space."""


def without_struck(page: Page) -> tuple[Page, tuple[str, ...]]:
    """The page without letters that are struck out and the lines through them, and what these letters say."""
    if not page.across or not page.glyphs:
        return page, ()
    order = sorted(page.glyphs, key=lambda glyph: glyph.base)
    bases = [glyph.base for glyph in order]
    largest = max(glyph.face.size for glyph in order)
    struck: set[int] = set()
    lines: set[Rule] = set()
    said: list[str] = []
    for rule in sorted(page.across):
        near = slice(bisect_left(bases, rule.at), bisect_right(bases, rule.at + _HIGHEST * largest))
        found = _through(rule, order[near])
        if found:
            lines.add(rule)
            new = [glyph for glyph in found if id(glyph) not in struck]
            said += [line_of(new).text] if new else []
            struck.update(map(id, found))
    if not struck:
        return page, ()
    kept = tuple(glyph for glyph in page.glyphs if id(glyph) not in struck)
    return replace(page, glyphs=kept, across=tuple(rule for rule in page.across if rule not in lines)), tuple(said)


def _through(rule: Rule, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters that a line goes through; none where it is a rule of a table or goes through letters by chance."""
    found = [
        glyph
        for glyph in glyphs
        if rule.start <= glyph.middle[0] <= rule.end and _LOWEST <= (glyph.base - rule.at) / glyph.face.size <= _HIGHEST
    ]
    if not found:
        return []
    size = max(glyph.face.size for glyph in found)
    first, last = min(glyph.x0 for glyph in found), max(glyph.x1 for glyph in found)
    within = rule.start >= first - _BEYOND * size and rule.end <= last + _BEYOND * size
    covered = sum(glyph.x1 - glyph.x0 for glyph in found)
    return found if within and covered >= _COVERED * (rule.end - rule.start) else []
