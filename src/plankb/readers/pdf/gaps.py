"""White space between the letters of a table: where its columns meet, and where its rows do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from plankb import rules
from plankb.readers.pdf.lines import to_lines
from plankb.readers.pdf.page import Glyph

_LEAST = 3.0
"""The least white space between columns, in points."""
_CROSSED = 0.25
"""In so many rows a text may reach over two columns."""
_BOTH = 0.34
"""In so many rows something must stand on either side of a column's edge."""
_CLEAR = 1.0
"""How far letters may reach over an edge, in points."""
_ABOVE, _BELOW = 0.86, 0.14
"""What a letter takes above and below its baseline, in sizes."""
_WIDER = 1.5
"""So much wider than the space between the lines of a cell is that between rows."""


def edges(left: float, right: float, bands: Sequence[Sequence[Glyph]]) -> list[float]:
    """The x where columns meet between two edges: places that no letter covers in most rows, each close before what
    stands behind it. `bands` are the letters of each row."""
    width = int(right - left) + 1
    covered = [0] * width
    for band in bands:
        places = {x for g in band for x in range(max(0, int(g.x0 - left)), min(width, int(g.x1 - left) + 1))}
        for x in places:
            covered[x] += 1
    free = [count <= _CROSSED * len(bands) for count in covered]
    found = []
    start = 0
    for x in range(width):
        if free[x]:
            continue
        edge = left + x - _CLEAR - 0.5
        if start and x - start >= _LEAST and _parts(edge, bands):
            found.append(edge)
        start = x + 1
    return found


def is_crossed(x: float, glyphs: Iterable[Glyph]) -> bool:
    """Whether a letter stands across an edge."""
    return any(glyph.x0 < x - 0.5 and glyph.x1 > x + 0.5 for glyph in glyphs)


def is_head(band: Sequence[Glyph], edges: Sequence[float]) -> bool:
    """Whether a row says what columns are called, so that one row below it makes a table (the page ends there)."""
    columns: list[list[Glyph]] = [[] for _ in range(len(edges) + 1)]
    for glyph in band:
        columns[sum(x <= glyph.middle[0] for x in edges)].append(glyph)
    cells = ["".join(glyph.text for line in to_lines(own) for glyph in line.glyphs) for own in columns]
    known = sum(bool(rules.one("text", "grid.heading").fullmatch(cell)) for cell in cells)
    return len(cells) > 2 and known * 2 > len(cells)


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The letters of each row from top to bottom: rows are further apart than the lines of their cells. Every line is
    a row where all are equally far apart."""
    lines: list[tuple[float, float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base - _ABOVE * glyph.face.size):
        top, bottom = glyph.base - _ABOVE * glyph.face.size, glyph.base + _BELOW * glyph.face.size
        if lines and top < lines[-1][1]:
            lines[-1] = lines[-1][0], max(lines[-1][1], bottom), [*lines[-1][2], glyph]
        else:
            lines.append((top, bottom, [glyph]))
    spaces = [lower[0] - upper[1] for upper, lower in pairwise(lines)]
    least = min(spaces, default=0.0)
    found: list[list[Glyph]] = []
    for index, (_, _, own) in enumerate(lines):
        if found and max(spaces) > _WIDER * max(least, 1.0) and spaces[index - 1] < _WIDER * max(least, 1.0):
            found[-1].extend(own)
        else:
            found.append(own)
    return found


def _parts(edge: float, bands: Sequence[Sequence[Glyph]]) -> bool:
    """Whether in most rows something stands on either side."""
    both = sum(
        any(glyph.x1 <= edge + _CLEAR for glyph in band) and any(glyph.x0 >= edge - _CLEAR for glyph in band)
        for band in bands
    )
    return both >= _BOTH * len(bands)
