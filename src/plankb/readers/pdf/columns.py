"""Two columns of text: where the gutter between them runs, and what stands above, left, right and below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plankb.readers.pdf.lines import Line, to_lines
from plankb.readers.pdf.page import Glyph

_LEAST = 4
"""So many lines on each side make columns."""
_WIDTH = 10.0
"""The least width of a column, in letters: what is narrower is a list or a table without lines."""
_GUTTER = 0.9
"""The least width of the gutter, in letters."""
_BEFORE = 2.0
"""How far, in points, the gutter runs before the right column at most: a line of the left one may reach into it."""
_FULL = 0.5
"""The share of the left lines that must reach the gutter: text that wraps does, cells do not."""
_INDENT = 2.5
_ALIGNED = 0.8
"""The share of a column's lines that start at its edge or are set in by no more letters than a paragraph is."""
_SHARED = 0.3
"""The share of a column's lines that start where its edge is; a line at the foot of the page may start before it."""
_MIDDLE = (0.3, 0.7)
_WIDE, _PARTED = 1.5, 0.5
"""How wide, in letters, gaps inside a column are, and what share of its lines has some, where it is several columns
of a table."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """The space between two columns: it runs at `x` from `top` to `bottom`."""

    x: float
    top: float
    bottom: float

    def left(self, line: Line) -> bool:
        """Whether a line at its height stands in the left column."""
        return self.holds(line) and line.x1 <= self.x

    def holds(self, line: Line) -> bool:
        """Whether a line stands at its height."""
        return self.top <= line.base <= self.bottom


def lines_beside(gutter: Gutter, glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page from top to bottom, none of them across the gutter."""
    groups: tuple[list[Glyph], list[Glyph], list[Glyph]] = ([], [], [])
    for glyph in glyphs:
        inside = gutter.top <= glyph.base <= gutter.bottom
        groups[0 if not inside else 1 if glyph.x1 <= gutter.x else 2].append(glyph)
    return sorted((line for own in groups for line in to_lines(own)), key=lambda line: line.base)


def find_gutter(lines: Sequence[Line]) -> Gutter | None:
    """The gutter of a page whose text is set in two columns, by its lines as they run across; None where it is one."""
    if len(lines) < _LEAST:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    split = [line for line in lines if any(low <= x <= high for x in _gaps(line)) or line.x0 > low]
    if len(split) < _LEAST:
        return None
    xs = sorted({round(x) for line in lines for x in _gaps(line) if low <= x <= high})
    found = [gutter for x in xs if (gutter := _run(lines, float(x))) is not None]
    return max(found, key=lambda gutter: gutter.bottom - gutter.top, default=None)


def _gaps(line: Line) -> list[float]:
    """The places in the wide gaps inside a line where a gutter may run: the middle, and just before what follows."""
    wide = [(a.x1, b.x0) for a, b in pairwise(line.glyphs) if b.x0 - a.x1 > _GUTTER * line.size]
    return [x for left, right in wide for x in ((left + right) / 2, right - _BEFORE)]


def _run(lines: Sequence[Line], x: float) -> Gutter | None:
    """The longest run of lines that leave `x` free, where it has full columns on both sides."""
    best: list[Line] = []
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and not any(g.x0 - 1 < x < g.x1 + 1 for g in line.glyphs):
            run.append(line)
            continue
        if len(run) > len(best):
            best = run
        run = []
    lefts = [[g for g in line.glyphs if g.x1 <= x] for line in best]
    rights = [[g for g in line.glyphs if g.x0 >= x] for line in best]
    lefts, rights = [own for own in lefts if own], [own for own in rights if own]
    if min(len(lefts), len(rights)) < _LEAST:
        return None
    size = best[0].size
    edge = max(own[-1].x1 for own in lefts)
    wide = min(edge - min(own[0].x0 for own in lefts), max(own[-1].x1 for own in rights) - x)
    full = sum(own[-1].x1 > edge - 2 * size for own in lefts)
    sides = (lefts, rights)
    aligned = all(_aligned([own[0].x0 for own in side], size) and not _is_parted(side, size) for side in sides)
    if wide < _WIDTH * size or full < _FULL * len(lefts) or not aligned:
        return None
    return Gutter(x, best[0].base - size, best[-1].base + size / 2)


def _aligned(starts: Sequence[float], size: float) -> bool:
    """Whether lines start at one edge, first lines of paragraphs a little behind it."""
    often = max(2.0, _SHARED * len(starts))
    left = min((x for x in starts if sum(abs(x - other) < 2 for other in starts) >= often), default=min(starts))
    return sum(start - left <= _INDENT * size for start in starts) >= _ALIGNED * len(starts)


def _is_parted(side: Sequence[Sequence[Glyph]], size: float) -> bool:
    """Whether most lines of a column have wide gaps inside, as rows of a table without lines have."""
    parted = sum(any(b.x0 - a.x1 > _WIDE * size for a, b in pairwise(own)) for own in side)
    return parted > _PARTED * len(side)
