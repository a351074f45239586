"""A table that goes on over a page break: its parts below one another, cells and rows that the break cut made whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plankb.document import CellBlock, Chars, TableBlock

SAME_EDGE = 6.0
"""How far, in points, the edges of columns may differ in a table that goes on over pages."""
_HEADS, _HEAD_COLUMNS = 3, 3
"""The most rows of a head that was cut off, and the fewest columns that it parts."""
_ROWS = 3
"""So many rows show which columns always say something."""


def joined(above: TableBlock, below: TableBlock) -> TableBlock:
    """The two parts as one table; a head that is printed again is left out."""
    height = _height(above.cells)
    rest = _without_head(above, below)
    if not rest:
        return above
    cut = _cut_row(above.cells, rest)
    cells, rest = _with_rest_of_cells(list(above.cells), rest, shared=int(cut))
    if cut:
        cells = _with_rest_of_row(cells, rest, height - 1)
        rest = _shifted([cell for cell in rest if cell.row > 0], -1)
    return TableBlock((*cells, *_shifted(rest, height)), exact=above.exact)


def under_finer_edges(head: TableBlock, edges: Sequence[float], finer: Sequence[float]) -> TableBlock | None:
    """A head that a page break cut off, put over the columns below the break, of which there are more as none of its
    cells parted them; None where it is no head or its edges are not among theirs."""
    if len(edges) <= _HEAD_COLUMNS or len(edges) >= len(finer) or _height(head.cells) > _HEADS:
        return None
    places = [next((n for n, x in enumerate(finer) if abs(x - edge) <= SAME_EDGE), None) for edge in edges]
    columns = [place for place in places if place is not None]
    if len(columns) < len(edges) or (columns[0], columns[-1]) != (0, len(finer) - 1):
        return None
    cells = (
        replace(cell, column=columns[cell.column], columns=columns[cell.column + cell.columns] - columns[cell.column])
        for cell in head.cells
    )
    return replace(head, cells=tuple(cells))


def rest_under_finer_edges(rest: TableBlock, edges: Sequence[float], finer: Sequence[float]) -> TableBlock | None:
    """The last rows of a table whose cells below a page break join columns that are parted above it; None for a table
    of its own, whose first row has no figures."""
    figures = any(_text(cell).replace(".", "").isdigit() for cell in rest.cells if cell.row == 0)
    return under_finer_edges(rest, edges, finer) if figures else None


def _height(cells: Iterable[CellBlock]) -> int:
    return max((cell.row + cell.rows for cell in cells), default=0)


def _shifted(cells: Iterable[CellBlock], by: int) -> list[CellBlock]:
    return [replace(cell, row=cell.row + by) for cell in cells]


def _texts(cells: Iterable[CellBlock], row: int) -> list[tuple[int, str]]:
    """(column, text) of the cells that start in a row."""
    return [(cell.column, _text(cell)) for cell in cells if cell.row == row]


def _text(cell: CellBlock) -> str:
    return "".join("".join(chars.text.split()) for chars in cell.paragraphs)


def _without_head(above: TableBlock, below: TableBlock) -> list[CellBlock]:
    """The cells of the second part below the rows that repeat the first rows of the first, title rows passed over."""
    rows = _height(below.cells)
    starts = [row for row in range(min(3, _height(above.cells))) if _texts(above.cells, row) == _texts(below.cells, 0)]
    if not starts:
        return list(below.cells)
    size = 1
    while (
        size < rows - 1
        and any(_text_of(below, size))
        and _texts(below.cells, size) == _texts(above.cells, starts[0] + size)
    ):
        size += 1
    tall = max((cell.rows for cell in below.cells if cell.row == 0), default=1)
    size = max(size, tall if tall < rows else 1)
    return _shifted([cell for cell in below.cells if cell.row >= size], -size)


def _text_of(table: TableBlock, row: int) -> list[str]:
    return [text for _, text in _texts(table.cells, row)]


def _cut_row(above: Sequence[CellBlock], below: Sequence[CellBlock]) -> bool:
    """Whether the first row of the second part is the rest of a row: blank where every row above says something."""
    height = _height(above)
    merged = [cell for cell in below if cell.row == 0 and cell.rows > 1]
    if any(map(_text, merged)) or not (height >= _ROWS or _numbered(above, height - 1)):
        return False
    whole = [cell for cell in above if cell.columns == 1 and cell.rows == 1]
    wide = max((cell.column + cell.columns for cell in above), default=1)
    groups = sum(cell.columns == wide > 1 for cell in above)
    for cell in below:
        if cell.row or cell in merged or _text(cell):
            continue
        column = [_text(other) for other in whole if other.column == cell.column]
        last = any(other.column == cell.column and other.row == height - 1 and _text(other) for other in whole)
        if last and len(column) >= height - groups - 1 and all(column):
            return any(_text(other) for other in below if other.row == 0)
    return False


def _numbered(cells: Sequence[CellBlock], row: int) -> bool:
    """Whether a row begins with a running number, as rows of a list do, also where there are too few to see it."""
    return any(cell.column == 0 and cell.row == row and cell.rows == 1 and _text(cell).isdigit() for cell in cells)


def _with_rest_of_row(above: list[CellBlock], below: Sequence[CellBlock], last: int) -> list[CellBlock]:
    """The first part with the texts of a cut row behind those of its `last` row."""
    rest = {cell.column: cell for cell in below if cell.row == 0 and cell.paragraphs}
    return [
        replace(cell, paragraphs=_continued(cell.paragraphs, rest[cell.column].paragraphs))
        if cell.row + cell.rows - 1 == last and cell.column in rest
        else cell
        for cell in above
    ]


def _continued(first: tuple[Chars, ...], second: tuple[Chars, ...]) -> tuple[Chars, ...]:
    if not first or not second:
        return first + second
    return (*first[:-1], together(first[-1], second[0]), *second[1:])


def together(first: Chars, second: Chars) -> Chars:
    """The characters of a paragraph that goes on over a page break."""
    gap = first.offsets[-1] + 1
    return Chars(first.text + "\n" + second.text, [*first.offsets, gap, *second.offsets])


def _with_rest_of_cells(
    above: list[CellBlock], below: Sequence[CellBlock], *, shared: int
) -> tuple[list[CellBlock], list[CellBlock]]:
    """Both parts, where a merged cell goes on below the break as a blank one: the upper one covers its rows as well,
    but for those that are `shared` with the last row above."""
    height = _height(above)
    blank = {(cell.column, cell.columns): cell for cell in below if cell.row == 0 and not _text(cell)}
    taken: list[CellBlock] = []
    cells = []
    for cell in above:
        rest = blank.get((cell.column, cell.columns))
        ends = cell.row + cell.rows == height
        if rest is not None and ends and _text(cell) and max(cell.rows, rest.rows) > 1:
            taken.append(rest)
            cells.append(replace(cell, rows=cell.rows + rest.rows - shared))
        else:
            cells.append(cell)
    return cells, [cell for cell in below if cell not in taken]
