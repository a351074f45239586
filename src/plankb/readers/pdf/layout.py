"""A page's glyphs put into ruled tables, frames and lines of running text, in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from plankb.readers.pdf.columns import Gutter, find_gutter, lines_beside
from plankb.readers.pdf.grid import Grid, GridCell, grids
from plankb.readers.pdf.joined_tables import SAME_EDGE
from plankb.readers.pdf.ladders import ladders
from plankb.readers.pdf.lines import Line, to_lines
from plankb.readers.pdf.page import Glyph, Page, Rule
from plankb.readers.pdf.unruled import take_tables

_EDGE = 3.0
"""How far, in points, a line may lie from the table that it belongs to."""
_SAME_SPACE = 16.0
"""The same where only white space parts them."""
_PAGE_FRAME = 0.8
"""A frame as tall as this share of the page is its border."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table with the lines of each cell; one of a single column is a frame around text."""

    grid: Grid
    cells: tuple[tuple[GridCell, tuple[Line, ...]], ...]
    exact: bool = True
    """Whether lines part its cells; otherwise only gaps do."""

    @property
    def top(self) -> float:
        """Where it starts."""
        return self.grid.ys[0]

    @property
    def frame(self) -> bool:
        """Whether it is a frame around text rather than a table."""
        return len(self.grid.xs) == 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page: lines of running text and ruled tables, each from top to bottom, and the gutter between
    two columns of text (None for one)."""

    lines: list[Line]
    tables: list[Ruled]
    gutter: Gutter | None

    def parts(self, lines: list[Line]) -> list[tuple[list[Line], list[Ruled]]]:
        """Lines and tables in the order they are read: above, left, right, below; a table across both columns parts
        what is above it from what is below."""
        gutter = self.gutter
        if gutter is None:
            return [(lines, self.tables)]
        across = [table for table in self.tables if _is_across(gutter, table)]
        found: dict[tuple[int, int], tuple[list[Line], list[Ruled]]] = defaultdict(lambda: ([], []))
        for line in lines:
            found[_part(gutter, across, line.base, line.x1)][0].append(line)
        for table in self.tables:
            key = _part(gutter, across, table.top, table.grid.xs[-1])
            found[(across.index(table), _ACROSS) if table in across else key][1].append(table)
        return [found[key] for key in sorted(found)]


_ABOVE, _LEFT, _RIGHT, _ACROSS, _BELOW = range(5)


def _is_across(gutter: Gutter, table: Ruled) -> bool:
    """Whether a table stands across both columns of text."""
    return gutter.top <= table.top <= gutter.bottom and table.grid.xs[0] < gutter.x < table.grid.xs[-1]


def _part(gutter: Gutter, across: Sequence[Ruled], y: float, right: float) -> tuple[int, int]:
    """Behind how many tables that stand across something stands, and in which part there."""
    before = sum(table.top < y for table in across)
    if y < gutter.top:
        return 0, _ABOVE
    if y > gutter.bottom:
        return len(across), _BELOW
    return before, _LEFT if right <= gutter.x + 2 else _RIGHT


def lay_out(page: Page, above: Grid | None = None) -> Sheet:
    """The lines and ruled tables of a page; `above` is the grid of the last table on the page before."""
    found = [grid for grid in grids(page.across, page.down) if not _is_border(grid, page)]
    loose = [rule for rule in page.across if not any(_touches(grid, rule) for grid in found)]
    found += ladders(loose, page.glyphs)
    found.sort(key=lambda grid: grid.box.width * grid.box.height)
    held: dict[int, list[Glyph]] = defaultdict(list)
    free: list[Glyph] = []
    for glyph in page.glyphs:
        inside = next((n for n, grid in enumerate(found) if grid.box.holds(*glyph.middle)), None)
        (free if inside is None else held[inside]).append(glyph)
    tables = []
    for number, glyphs in held.items():
        cells = _filled(found[number], glyphs)
        alone = len(cells) > 1 and sum(bool(lines) for _, lines in cells) == 1 and len(found[number].xs) > 2
        if alone and not (above and same_edges(above, found[number])):
            free.extend(glyphs)  # lines of a drawing
        else:
            tables.append(Ruled(found[number], cells))
    lines = to_lines(free)
    gutter = find_gutter(lines)
    if gutter is not None:
        lines = lines_beside(gutter, free)
    else:
        lines, unruled = take_tables(lines)
        tables += [Ruled(grid, cells, exact=False) for grid, cells in unruled]
    return Sheet(lines, sorted(tables, key=lambda table: (table.top, table.grid.xs[0])), gutter)


def same_edges(one: Grid, other: Grid, *, exact: bool = True) -> bool:
    """Whether two tables have the same columns; where only white space parts these, what is outside does not count."""
    far = SAME_EDGE if exact else _SAME_SPACE
    inner = slice(None) if exact else slice(1, -1)
    pairs = zip(one.xs[inner], other.xs[inner], strict=False)
    return len(one.xs) == len(other.xs) and all(abs(a - b) <= far for a, b in pairs)


def _touches(grid: Grid, rule: Rule) -> bool:
    """Whether a horizontal line belongs to a table."""
    box = grid.box
    return box.y0 - _EDGE <= rule.at <= box.y1 + _EDGE and rule.start <= box.x1 and rule.end >= box.x0


def _is_border(grid: Grid, page: Page) -> bool:
    return len(grid.cells) == 1 and grid.box.height > _PAGE_FRAME * page.height


def _filled(grid: Grid, glyphs: Sequence[Glyph]) -> tuple[tuple[GridCell, tuple[Line, ...]], ...]:
    """The cells of a grid with the lines that stand in each."""
    own: dict[int, list[Glyph]] = defaultdict(list)
    place = {
        (row, column): index
        for index, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    for glyph in glyphs:
        x, y = glyph.middle
        row = max(0, min(sum(edge <= y for edge in grid.ys) - 1, len(grid.ys) - 2))
        column = max(0, min(sum(edge <= x for edge in grid.xs) - 1, len(grid.xs) - 2))
        own[place[row, column]].append(glyph)
    return tuple((cell, tuple(to_lines(own[index]))) for index, cell in enumerate(grid.cells))
