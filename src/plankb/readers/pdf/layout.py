"""A page's glyphs put into ruled tables, frames and lines of running text, in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from plankb.readers.pdf.grid import Grid, GridCell, grids
from plankb.readers.pdf.lines import Line, to_lines
from plankb.readers.pdf.page import Glyph, Page

_PAGE_FRAME = 0.8
"""A frame as tall as this share of the page is its border."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table with the lines of each cell; one of a single column is a frame around text."""

    grid: Grid
    cells: tuple[tuple[GridCell, tuple[Line, ...]], ...]

    @property
    def top(self) -> float:
        """Where it starts."""
        return self.grid.ys[0]

    @property
    def frame(self) -> bool:
        """Whether it is a frame around text rather than a table."""
        return len(self.grid.xs) == 2


def lay_out(page: Page) -> tuple[list[Line], list[Ruled]]:
    """The lines of running text and the ruled tables of a page, each from top to bottom."""
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
    return to_lines(free), sorted(tables, key=lambda table: (table.top, table.grid.xs[0]))


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
