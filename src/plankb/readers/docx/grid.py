"""The grid of a Word table: where each of its cells starts and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plankb.readers.docx.names import attribute, find, inside, number, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROWS, _CELLS = frozenset({w("tr")}), frozenset({w("tc")})
_WIDEST = 200
"""More columns than any table has; a damaged file may say anything."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a row: its elements, its column (from 0), how many columns it covers.

    `goes_on`: it is the lower part of the cell above it.
    """

    cells: tuple[Element, ...]
    column: int
    columns: int
    goes_on: bool


def rows(table: Element) -> list[list[Place]]:
    """The rows of a table that are not deleted, each with its cells in order."""
    return [list(_row(row)) for row in inside(table, _ROWS) if find(row, "trPr/del") is None]


def _row(row: Element) -> Iterator[Place]:
    column = _count(find(row, "trPr/gridBefore"), least=0)
    open_: Place | None = None
    for cell in inside(row, _CELLS):
        properties = find(cell, "tcPr")
        if find(properties, "cellDel") is not None:
            continue
        width = _count(find(properties, "gridSpan"), least=1)
        merge = find(properties, "hMerge")
        if open_ is not None and merge is not None and attribute(merge) != "restart":
            open_ = replace(open_, cells=(*open_.cells, cell), columns=open_.columns + width)
        else:
            if open_ is not None:
                yield open_
            open_ = Place((cell,), column, width, _goes_on(properties))
        column += width
    if open_ is not None:
        yield open_


def _count(element: Element | None, *, least: int) -> int:
    value = number(element)
    return least if value is None else max(least, min(value, _WIDEST))


def _goes_on(properties: Element | None) -> bool:
    merge = find(properties, "vMerge")
    return merge is not None and attribute(merge) != "restart"
