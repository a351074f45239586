"""What stands in a cell, as a person sees it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell


def text_of(cell: Cell | MergedCell) -> str:
    """The text of a cell; a number typed into it too, and a date as far as it is shown."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return _date_text(value, cell.number_format or "")
    return "" if value is None else str(value).strip()


def is_merged_away(cell: Cell | MergedCell) -> bool:
    """Whether a cell lies under the first one of merged cells: what stood there is gone, nobody emptied it."""
    from openpyxl.cell.cell import MergedCell

    return isinstance(cell, MergedCell)


def is_struck(cell: Cell) -> bool:
    """Whether a cell is struck through."""
    return bool(cell.font and cell.font.strike)


def _date_text(value: date, form: str) -> str:
    """Excel makes a day of 2026年6月, which nobody typed: the form of the cell says how much of it is meant."""
    lower = form.lower()
    if "y" in lower and "d" not in lower:
        return f"{value:%Y-%m}" if "m" in lower else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"
