"""Tables whose rows are parted by lines and whose columns only by white space, as tables open at the sides are printed.

Lines of one length below one another are rungs. Between them no letter stands where columns meet; where one does, its
cell covers both columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from statistics import median

from plankb.readers.pdf import gaps
from plankb.readers.pdf.grid import Grid, GridCell, cells_of, joined
from plankb.readers.pdf.page import Glyph, Rule

_RUNGS = 4
"""So many lines make a table; two or three frame a heading or a note."""
_BEGUN = 2
"""The lines around the head of a table that begins at the end of a page."""
_APART = 0.6
"""The space, in letters, between lines that belong to two rows."""
_ALIKE = 6.0
"""How far, in points, the ends of rungs may differ."""
_TALLEST = 300.0
"""The tallest row, in points."""
_LEAST = 3.0
"""The least height of a row, in points."""
_LARGER = 1.2
"""Text so much larger than that of the rows is none of them."""
_STEP = 2.2
"""How far apart, in letters, lines of a row may lie that the end of the page cut off."""


def ladders(across: Iterable[Rule], glyphs: Sequence[Glyph]) -> list[Grid]:
    """The grids of such tables; `across` are the lines that belong to no other table."""
    rules = joined(across)
    found = []
    for rungs in (part for group in _rungs(rules) for part in _parted(group, glyphs)):
        inside = [g for g in glyphs if rungs[0].at < g.middle[1] < rungs[-1].at and _beside(g, rungs[0])]
        grid = _grid(rules, rungs, inside, glyphs)
        if grid is not None:
            found.append(grid)
    return found


def _beside(glyph: Glyph, rung: Rule) -> bool:
    return rung.start - _ALIKE <= glyph.middle[0] <= rung.end + _ALIKE


def _rungs(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of lines as long as one another, from top to bottom."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        own = next((group for group in groups if _goes_on(group[-1], rule)), None)
        if own is None:
            groups.append([rule])
        else:
            own.append(rule)
    return groups


def _parted(rungs: Sequence[Rule], glyphs: Sequence[Glyph]) -> Iterator[list[Rule]]:
    """The rungs of each of several tables below one another: between two of them stands larger text."""
    bands = [[g for g in glyphs if a.at < g.middle[1] < b.at and _beside(g, a)] for a, b in pairwise(rungs)]
    sizes = [glyph.face.size for band in bands for glyph in band]
    usual = median(sizes) if sizes else 0.0
    own = [rungs[0]]
    for rung, band in zip(rungs[1:], bands, strict=True):
        if band and median(glyph.face.size for glyph in band) > _LARGER * usual:
            yield own
            own = []
        own.append(rung)
    yield own


def _goes_on(rung: Rule, rule: Rule) -> bool:
    alike = abs(rung.start - rule.start) <= _ALIKE and abs(rung.end - rule.end) <= _ALIKE
    return alike and rule.at - rung.at <= _TALLEST


def _grid(rules: Sequence[Rule], rungs: list[Rule], inside: Sequence[Glyph], glyphs: Sequence[Glyph]) -> Grid | None:
    bands = [[g for g in inside if a.at < g.middle[1] < b.at] for a, b in pairwise(rungs)]
    begun = len(rungs) < _RUNGS
    if begun:  # the page may end below the first row
        bands.append(_below(rungs[-1], glyphs))
    edges = gaps.edges(rungs[0].start, rungs[0].end, [band for band in bands if band])
    if not edges or (begun and not (len(rungs) == _BEGUN and gaps.is_head(bands[0], edges) and _is_row(bands[1]))):
        return None
    rest = _cut_off(rungs[-1], edges, glyphs)
    if rest:
        rungs = [*rungs, Rule(max(g.base for g in rest) + rest[0].face.size * 0.4, rungs[0].start, rungs[0].end)]
    own = [r for r in rules if rungs[0].at <= r.at <= rungs[-1].at and _within(r, rungs[0])]
    lines = joined([*own, rungs[-1]])
    ys = tuple(line.at for line in lines)
    if any(b - a < _LEAST for a, b in pairwise(ys)):
        ys = tuple(y for y, below in zip(ys, (*ys[1:], ys[-1] + _TALLEST), strict=True) if below - y >= _LEAST)
    held = [[g for g in (*inside, *rest) if a < g.middle[1] < b] for a, b in pairwise(ys)]
    upright = [
        Rule(x, a, b)
        for x in edges
        for (a, b), band in zip(pairwise(ys), held, strict=True)
        if not gaps.is_crossed(x, band)
    ]
    xs = (rungs[0].start, *edges, rungs[0].end)
    columns = [[g for g in (*inside, *rest) if a <= g.x0 and g.x1 <= b + 1] for a, b in pairwise(xs)]
    return Grid(xs, ys, tuple(_tight(cell, columns) for cell in cells_of(xs, ys, lines, upright)))


def _tight(cell: GridCell, columns: Sequence[Sequence[Glyph]]) -> GridCell:
    """A cell as wide as the texts of its columns: the white space behind them is no room for a word."""
    own = [glyph for column in columns[cell.column : cell.column + cell.columns] for glyph in column]
    if not own:
        return cell
    left, right = min(glyph.x0 for glyph in own) - 2, max(glyph.x1 for glyph in own) + 2
    return replace(cell, box=cell.box._replace(x0=left, x1=right))


def _within(rule: Rule, rung: Rule) -> bool:
    return rung.start - _ALIKE <= rule.start and rule.end <= rung.end + _ALIKE


def _is_row(band: Sequence[Glyph]) -> bool:
    """Whether the lines of a band stand as close as those of one row."""
    bases = sorted({glyph.base for glyph in band})
    return bool(band) and all(b - a - band[0].face.size < _APART * band[0].face.size for a, b in pairwise(bases))


def _below(last: Rule, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters that follow closely below the last rung."""
    found: list[Glyph] = []
    at = last.at
    for glyph in sorted((g for g in glyphs if g.middle[1] > last.at and _beside(g, last)), key=lambda g: g.base):
        if glyph.base - at > _STEP * glyph.face.size:
            break
        found.append(glyph)
        at = glyph.base
    return found


def _cut_off(last: Rule, edges: Sequence[float], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters below the last rung that are a row whose end the page cut off; none where the table ends there."""
    found = list(takewhile(lambda g: not any(gaps.is_crossed(x, (g,)) for x in edges), _below(last, glyphs)))
    columns = {sum(x <= glyph.middle[0] for x in edges) for glyph in found}
    return found if len(columns) > 1 else []
