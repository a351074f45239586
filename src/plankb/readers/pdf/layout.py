"""A page's glyphs put into ruled tables, frames and lines of running text, in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from plankb.readers.pdf.columns import Gutter, find_gutter, lines_of
from plankb.readers.pdf.grid import Grid, GridCell, grids
from plankb.readers.pdf.lines import Line, to_lines
from plankb.readers.pdf.page import Glyph, Page
from plankb.readers.pdf.unruled import take_tables

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
        """Lines of the sheet, and its tables, in the order they are read: above, left, right, below."""
        if self.gutter is None:
            return [(lines, self.tables)]
        found: list[tuple[list[Line], list[Ruled]]] = [([], []) for _ in range(4)]
        for line in lines:
            found[_part(self.gutter, line.base, line.x1)][0].append(line)
        for table in self.tables:
            found[_part(self.gutter, table.top, table.grid.xs[-1])][1].append(table)
        return [part for part in found if part[0] or part[1]]


def _part(gutter: Gutter, y: float, right: float) -> int:
    if y < gutter.top:
        return 0
    return 3 if y > gutter.bottom else 1 if right <= gutter.x + 2 else 2


def lay_out(page: Page) -> Sheet:
    """The lines and ruled tables of a page."""
    found = [grid for grid in grids(page.across, page.down) if not _is_border(grid, page)]
    found.sort(key=lambda grid: grid.box.width * grid.box.height)
    held: dict[int, list[Glyph]] = defaultdict(list)
    free: list[Glyph] = []
    for glyph in page.glyphs:
        inside = next((n for n, grid in enumerate(found) if grid.box.holds(*glyph.middle)), None)
        (free if inside is None else held[inside]).append(glyph)
    tables = []
    for number, glyphs in held.items():
        cells = _filled(found[number], glyphs)
        if len(cells) > 1 and sum(bool(lines) for _, lines in cells) == 1 and len(found[number].xs) > 2:
            free.extend(glyphs)  # lines of a drawing
        else:
            tables.append(Ruled(found[number], cells))
    gutter = find_gutter(free)
    lines = lines_of(free, gutter)
    if gutter is None:
        lines, unruled = take_tables(lines)
        tables += [Ruled(grid, cells, exact=False) for grid, cells in unruled]
    return Sheet(lines, sorted(tables, key=lambda table: (table.top, table.grid.xs[0])), gutter)


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
