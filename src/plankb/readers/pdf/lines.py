"""Glyphs put into the lines they are printed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from plankb import rules
from plankb.readers.pdf.page import Face, Glyph

_SAME_LINE = 0.45
"""How far, in letter sizes, baselines of one line may lie apart (raised and lowered signs)."""
_SPACE = 0.22
_WIDE_GAP = 1.4
"""Gaps in letter sizes: from which two Latin words are parted, and from which columns of text may be."""

_RAISED, _SMALL, _BEHIND = 0.12, 0.85, 0.6
_LEFT, _BASE = attrgetter("x0"), attrgetter("base")
_MARK = re.compile(r"[\d①-⑳*\uff0a]")


@dataclass(frozen=True)
class Line:
    """Glyphs of one printed line from left to right; `face` is the one that most of them have."""

    glyphs: tuple[Glyph, ...]
    face: Face

    @property
    def x0(self) -> float:
        """Where it starts."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.glyphs[-1].x1

    @cached_property
    def base(self) -> float:
        """The baseline of its usual letters."""
        return next(glyph.base for glyph in self.glyphs if glyph.face == self.face)

    @property
    def size(self) -> float:
        """Of its usual letters, in points."""
        return self.face.size

    @cached_property
    def text(self) -> str:
        """Its characters, gaps as spaces."""
        return "".join(text for text, _ in self.pieces())

    def pieces(self) -> list[tuple[str, Glyph | None]]:
        """Its characters with their glyphs; spaces, which have none, where the print leaves a gap."""
        found: list[tuple[str, Glyph | None]] = [(self.glyphs[0].text, self.glyphs[0])]
        size = max(1.0, self.size)
        for left, right in pairwise(self.glyphs):
            gap = (right.x0 - left.x1) / size
            if gap > _WIDE_GAP:
                found.append(("  ", None))
            elif gap > _SPACE or (right.spaced and left.text.isascii() and right.text.isascii()):
                found.append((" ", None))
            found.append((right.text, right))
        return found


def line_of(glyphs: Sequence[Glyph]) -> Line:
    """A line of glyphs, which come in any order."""
    faces = Counter(glyph.face for glyph in glyphs)
    return Line(tuple(sorted(glyphs, key=_LEFT)), faces.most_common(1)[0][0])


def to_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines from top to bottom. Letters printed twice in one place, as makers of false bold do, are one."""
    rows: list[list[Glyph]] = []
    base, size = 0.0, 0.0
    for glyph in sorted(glyphs, key=_BASE):
        if rows and glyph.base - base <= _SAME_LINE * max(size, glyph.face.size):
            rows[-1].append(glyph)
            if glyph.face.size > size:
                base, size = glyph.base, glyph.face.size
        else:
            rows.append([glyph])
            base, size = glyph.base, glyph.face.size
    return [_unmarked(line_of(_once(row))) for row in _with_marks(rows)]


def _with_marks(rows: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The rows, with marks of notes that are set so high that they make a row of their own in the row below."""
    found: list[list[Glyph]] = []
    for row in rows:
        above = found[-1] if found else []
        if above and all(_MARK.match(glyph.text) and _marks(glyph, row) for glyph in above):
            found[-1] = [*row, *above]
        else:
            found.append(row)
    return found


def _marks(mark: Glyph, row: list[Glyph]) -> bool:
    """Whether a small sign stands above the line, just behind one of a row's letters."""
    return any(
        mark.face.size < _SMALL * glyph.face.size
        and 0 < glyph.base - mark.base < glyph.face.size
        and -0.2 <= (mark.x0 - glyph.x1) / glyph.face.size <= _BEHIND
        for glyph in row
    )


def _unmarked(line: Line) -> Line:
    """A line without the raised numbers and stars that point to footnotes: small, above the line, behind Chinese."""
    base, size = line.base, line.size
    if all(glyph.face.size >= _SMALL * size for glyph in line.glyphs):
        return line
    kept: list[Glyph] = []
    for glyph in line.glyphs:
        raised = base - glyph.base > _RAISED * size and glyph.face.size < _SMALL * size
        points = raised and bool(kept) and _MARK.match(glyph.text) is not None
        if not (points and rules.pattern("pdf", "before_note").match(kept[-1].text)):
            kept.append(glyph)
    return Line(tuple(kept), line.face) if len(kept) < len(line.glyphs) else line


def _once(row: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in sorted(row, key=_LEFT):
        near = [other for other in kept[-2:] if abs(other.x0 - glyph.x0) < 0.2 * glyph.face.size]
        if not any(other.text == glyph.text and abs(other.base - glyph.base) < 2 for other in near):
            kept.append(glyph)
    return kept
