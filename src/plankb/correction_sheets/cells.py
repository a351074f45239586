"""What stands in a cell, as a person sees it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")


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


def is_struck(cell: Cell | MergedCell) -> bool:
    """Whether a cell is struck through."""
    return bool(cell.font and cell.font.strike)


def _date_text(value: date, form: str) -> str:
    """Excel makes a day of 2026年6月, which nobody typed: the form of the cell says how much of it is meant."""
    lower = form.lower()
    if "y" in lower and "d" not in lower:
        return f"{value:%Y-%m}" if "m" in lower else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"


def is_formula(cell: Cell | MergedCell) -> bool:
    """Whether a cell holds a formula, or the error that one came to: what it shows nobody typed."""
    return cell.data_type in ("f", "e") or (isinstance(cell.value, str) and bool(_ERROR.fullmatch(cell.value.strip())))


def filled_rows(sheet: Worksheet, first: int = 1, last: int | None = None) -> list[int]:
    """The numbers of the rows that hold something, in order.

    The cells that a file holds are looked at, not all that lie between the first and the farthest.
    """
    cells = sheet._cells  # openpyxl knows no other way to them
    found = {row for (row, _), cell in cells.items() if cell.value is not None and row >= first}
    return sorted(row for row in found if last is None or row <= last)


def values(sheet: Worksheet) -> list[list[object]]:
    """What the rows that hold something hold, from the left, without what is empty."""
    rows: dict[int, list[object]] = {}
    for (row, _), cell in sorted(sheet._cells.items(), key=lambda one: one[0]):
        if cell.value is not None:
            rows.setdefault(row, []).append(cell.value)
    return list(rows.values())


def width_of(sheet: Worksheet, last: int) -> int:
    """How many columns the rows up to `last` take."""
    cells = sheet._cells
    return max((column for (row, column), cell in cells.items() if row <= last and cell.value is not None), default=0)


def filled_columns(sheet: Worksheet) -> list[int]:
    """The columns that hold something, counted from 0, in order."""
    return sorted({column - 1 for (_, column), cell in sheet._cells.items() if cell.value is not None})


def row_at(sheet: Worksheet, number: int, width: int) -> tuple[Cell | MergedCell, ...]:
    """The cells of a row, so many from the left."""
    return tuple(sheet.cell(number, column) for column in range(1, width + 1))
