"""How much a workbook may hold: what the largest table of ours holds, with room; more is refused and not begun."""

from __future__ import annotations

from contextlib import suppress

from plankb.errors import PlankbError

MOST_CELLS = 800_000
"""Cells with something in them, of all sheets, and those that merged areas cover: a ledger of a thousand plans has
nearly that. They are opened in ten seconds."""
MOST_ROWS = 2_000_000
"""Rows of all sheets, those without content too: a sheet of Excel has 1,048,576."""
MOST_SHEETS = 1_000
MOST_LOOKED_AT = 5_000_000
"""Columns of a table times its rows."""


class Room:
    """What is left of the bounds while a workbook is gone through."""

    def __init__(self) -> None:
        self._cells, self._rows, self._strings = MOST_CELLS, MOST_ROWS, MOST_CELLS

    def row(self, cells: int) -> None:
        """Takes room for a row of so many cells. Raises E548 where none is left, as all of this class do."""
        self._rows -= 1
        self._cells -= cells
        require(self._rows >= 0 and self._cells >= 0)

    def string(self) -> None:
        """Takes room for a text that cells share."""
        self._strings -= 1
        require(self._strings >= 0)

    def merged(self, reference: str) -> None:
        """Takes room for the cells of an area (A1:C3)."""
        self._cells -= _area(reference)
        require(self._cells >= 0)


def require(within: bool) -> None:
    """Raises E548 unless a workbook is within its bounds."""
    if not within:
        raise PlankbError("E548", path="", most=MOST_CELLS // 10_000, sheets=MOST_SHEETS)


def _area(reference: str) -> int:
    """How many cells an area covers; 0 where it is none."""
    from openpyxl.utils.cell import range_boundaries

    with suppress(ValueError, TypeError):
        left, top, right, bottom = (bound or 1 for bound in range_boundaries(reference))
        return (right - left + 1) * (bottom - top + 1)
    return 0
