"""Tables without vertical lines: rows of texts that stand below one another in at least three columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from plankb.readers.pdf import gaps
from plankb.readers.pdf.grid import Grid, GridCell
from plankb.readers.pdf.lines import Line, line_of, to_lines
from plankb.readers.pdf.page import Box, Glyph
from plankb.readers.pdf.paragraphs import is_entry

_GAP = 1.2
"""From how wide a gap, in letters, texts of one line stand in two columns."""
_COLUMNS, _ROWS, _HEADED = 3, 3, 2
_SAME_SIZE = 1.0
"""How far, in points, the sizes of the letters of a table may differ."""
_STEP = 3.2
"""The largest step from row to row, in letters."""
_WRAP = 1.6
"""The largest step inside a cell, in letters."""
_ONE_EACH = 0.75
"""The share of the rows whose texts must stand in columns of their own."""

_HALF = 1.0
"""The lines of one text are further apart, in letters, than this."""
_APART = 0.6
"""The least space, in letters, between rows of a category: lines of a cell stand closer."""
_MOSTLY = 0.6
"""The share of the columns in which a row says something."""

Filled = tuple[Grid, tuple[tuple[GridCell, tuple[Line, ...]], ...]]


def take_tables(lines: Sequence[Line]) -> tuple[list[Line], list[Filled]]:
    """The lines that stand in no such table, and the tables: a grid, and the lines of each cell."""
    rest: list[Line] = []
    tables: list[Filled] = []
    start = 0
    while start < len(lines):
        table, end = _wrapped(lines, start), start
        if table is not None:
            if start and _is_beside(lines[start - 1], lines[start]):
                rest.pop()
            end = start + sum(len(line.glyphs) > 0 and line.base <= table[0].ys[-1] for line in lines[start:])
        else:
            end = _end(lines, start)
            table = _table(lines[start:end]) if end - start >= _ROWS else None
        if table is None:
            rest.append(lines[start])
            start += 1
        else:
            tables.append(table)
            start = end
    return rest, tables


def _wrapped(lines: Sequence[Line], start: int) -> Filled | None:
    """The table that begins with a line of several texts where its cells have several lines: white space parts its
    rows and columns. None where there is none."""
    if len(_parts(lines[start])) < _COLUMNS or is_entry([lines[start]]):
        return None
    own = [lines[start]]
    if start and _is_beside(lines[start - 1], lines[start]):
        own.insert(0, lines[start - 1])
    for line in lines[start + 1 :]:
        if (
            line.base - own[-1].base > _STEP * line.size
            or abs(line.size - own[0].size) > _SAME_SIZE
            or is_entry([line])
        ):
            break
        own.append(line)
    bands = gaps.rows([glyph for line in own for glyph in line.glyphs])
    left, right = min(line.x0 for line in own), max(line.x1 for line in own)
    edges = gaps.edges(left, right, bands)
    size = next(
        (n for n, band in enumerate(bands) if sum(gaps.is_crossed(x, band) for x in edges) * 2 > len(edges)), None
    )
    bands = bands[:size]
    least = _HEADED if bands and gaps.is_head(bands[0], edges) else _ROWS
    if len(edges) + 1 < _COLUMNS or len(bands) < least or len(bands) == len(own) or not _is_table(bands, edges):
        return None
    return _filled((left - 2, *edges, right + 2), [row for band in bands for row in _without_first(band, edges)])


def _is_beside(upper: Line, line: Line) -> bool:
    """Whether a line stands half a line above another: the first of a heading of two lines in the middle of its row."""
    return 0 < line.base - upper.base < _HALF * line.size and abs(upper.size - line.size) <= _SAME_SIZE


def _without_first(band: Sequence[Glyph], edges: Sequence[float]) -> list[Sequence[Glyph]]:
    """The rows of which a text of the first column is set in the middle, with its letters in the first; the row alone
    where there is but one."""
    first = [glyph for glyph in band if glyph.middle[0] < edges[0]]
    rest = [glyph for glyph in band if glyph.middle[0] >= edges[0]]
    own = gaps.rows(rest)
    full = all(len({sum(x <= g.middle[0] for x in edges) for g in row}) * 2 > len(edges) for row in own)
    apart = all(
        min(g.base - g.face.size for g in lower) - max(g.base for g in upper) > _APART * first[0].face.size
        for upper, lower in pairwise(own)
        if first
    )
    if len(own) < 2 or not full or not first or not apart:
        return [band]
    return [[*first, *own[0]], *own[1:]]


def _is_table(bands: Sequence[Sequence[Glyph]], edges: Sequence[float]) -> bool:
    """Whether rows are those of a table: the first has a heading of some letters in every column, and most others say
    something in most columns, which the letter-spaced names of a signature do not."""
    filled = [Counter(sum(x <= glyph.middle[0] for x in edges) for glyph in band) for band in bands]
    head = len(filled[0]) == len(edges) + 1 and sum(count == 1 for count in filled[0].values()) < 2
    most = sum(len(row) > _MOSTLY * (len(edges) + 1) for row in filled)
    return head and most >= _ONE_EACH * len(bands)


def _filled(xs: tuple[float, ...], bands: Sequence[Sequence[Glyph]]) -> Filled:
    """A grid with the lines of each of its cells."""
    tops = [min(glyph.base - glyph.face.size for glyph in band if glyph.middle[0] >= xs[1]) for band in bands]
    ys = (*tops, max(glyph.base + glyph.face.size * 0.3 for glyph in bands[-1]))
    ends = [max((g.x1 for band in bands for g in band if a <= g.middle[0] < b), default=b) for a, b in pairwise(xs)]
    cells = []
    for row, band in enumerate(bands):
        for column, (a, b) in enumerate(pairwise(xs)):
            own = [glyph for glyph in band if a <= glyph.middle[0] < b]
            box = Box(a, ys[row], min(b, ends[column] + 2), ys[row + 1])
            cells.append((GridCell(row, column, 1, 1, box), tuple(to_lines(own))))
    return Grid(xs, ys, tuple(cell for cell, _ in cells)), tuple(cells)


def _parts(line: Line) -> list[list[Glyph]]:
    """The texts of a line that wide gaps part."""
    parts = [[line.glyphs[0]]]
    for glyph in line.glyphs[1:]:
        if glyph.x0 - parts[-1][-1].x1 > _GAP * line.size:
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
    return parts


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the rows that begin with a line of several texts end; `start` where it is no such line."""
    if len(_parts(lines[start])) < _COLUMNS or is_entry([lines[start]]):
        return start
    left, right = lines[start].x0, lines[start].x1
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if line.base - lines[end - 1].base > _STEP * line.size or is_entry([line]):
            break
        wide = line.x1 - line.x0 > 0.6 * (right - left)
        if len(_parts(line)) < 2 and (wide or line.x0 < left - line.size):
            break
        left, right = min(left, line.x0), max(right, line.x1)
        end += 1
    while end > start + 1 and len(_parts(lines[end - 1])) < 2 and not _close(lines[end - 2], lines[end - 1]):
        end -= 1
    return end


def _close(upper: Line, lower: Line) -> bool:
    """Whether a line follows so closely that it goes on with a cell, and starts behind the first column."""
    return lower.base - upper.base <= _WRAP * lower.size and lower.x0 > upper.x0 + lower.size


def _table(lines: Sequence[Line]) -> Filled | None:
    """Lines as a table; None where their texts do not stand below one another."""
    full = [parts for line in lines if len(parts := _parts(line)) >= _COLUMNS]
    if len(full) < _ROWS:
        return None
    counts = Counter(len(parts) for parts in full)
    usual = max(counts, key=lambda count: (counts[count], count))
    columns = _merged([(part[0].x0, part[-1].x1) for parts in full if len(parts) == usual for part in parts])
    if len(columns) < _COLUMNS:
        return None
    apart = sum(len({_column(part, columns) for part in parts}) == len(parts) for parts in full)
    if apart < _ONE_EACH * len(full):
        return None
    columns = _headed(_widened(columns, lines), lines)
    rows = _rows(lines, columns)
    between = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    xs = (columns[0][0] - 2, *between, columns[-1][1] + 2)
    tops = [row[0].base - row[0].size for row in rows]
    ys = (*tops, rows[-1][-1].base + rows[-1][-1].size * 0.3)
    cells = []
    for number, row in enumerate(rows):
        held: dict[int, list[Line]] = {}
        for line in row:
            for column, glyphs in _split(line, xs).items():
                held.setdefault(column, []).append(line_of(glyphs))
        for column in range(len(columns)):
            box = Box(columns[column][0] - 2, ys[number], columns[column][1] + 2, ys[number + 1])
            cells.append((GridCell(number, column, 1, 1, box), tuple(held.get(column, ()))))
    return Grid(xs, ys, tuple(cell for cell, _ in cells)), tuple(cells)


def _widened(columns: list[tuple[float, float]], lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Columns as wide as all texts that touch no other one."""
    for line in lines:
        for part in _parts(line):
            left, right = part[0].x0, part[-1].x1
            over = [n for n, (a, b) in enumerate(columns) if a < right and left < b]
            if len(over) == 1:
                a, b = columns[over[0]]
                columns[over[0]] = min(a, left), max(b, right)
    return columns


def _headed(columns: list[tuple[float, float]], lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Columns, those as one of which the first line alone stands in one and all others in the next: a head that is set
    in the middle above short values."""
    heads = {_column(part, columns) for part in _parts(lines[0])}
    below = {_column(part, columns) for line in lines[1:] for part in _parts(line)}
    found: list[tuple[float, float]] = []
    open_: bool | None = None
    for number, column in enumerate(columns):
        alone = None if number in heads and number in below else number in heads
        if found and None not in (alone, open_) and alone is not open_:
            found[-1], open_ = (found[-1][0], column[1]), None
        else:
            found.append(column)
            open_ = alone
    return found


def _split(line: Line, xs: Sequence[float]) -> dict[int, list[Glyph]]:
    """The letters of a line by column."""
    found: dict[int, list[Glyph]] = {}
    for glyph in line.glyphs:
        column = max(0, min(sum(x <= glyph.middle[0] for x in xs) - 1, len(xs) - 2))
        found.setdefault(column, []).append(glyph)
    return found


def _merged(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches that overlap as one, from left to right."""
    found: list[tuple[float, float]] = []
    for left, right in sorted(stretches):
        if found and left < found[-1][1] - 1:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def _column(part: Sequence[Glyph], columns: Sequence[tuple[float, float]]) -> int:
    middle = (part[0].x0 + part[-1].x1) / 2
    return max(0, sum(left <= middle for left, _ in columns) - 1)


def _rows(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[list[Line]]:
    """Lines grouped into rows: one with fewer than half of the texts goes on with the row above it."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and len(_parts(line)) * 2 < len(columns):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows
