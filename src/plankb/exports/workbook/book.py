"""The workbook: which sheets, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports import safe, tables
from plankb.exports.workbook import grid, lists
from plankb.exports.workbook.printing import Area
from plankb.exports.workbook.styles import FONT, SIZE, Styles
from plankb.matrix import Column, Matrix, Row, shown
from plankb.words import say

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_OPTIONS = {
    "in_memory": True,
    # Text from plans is written as strings alone; these keep even a slip from becoming a formula or a link.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": FONT, "font_size": SIZE},
}
_REVIEW_KEYS = ("review", "opinion", "id")
_BREAKDOWN_KEYS = (*tables.BREAKDOWN, *_REVIEW_KEYS)
_BUREAU_KEYS = ("number", "role", *tables.BREAKDOWN[1:], *_REVIEW_KEYS)


def matrix(made: Matrix, *, lang: Language = "zh", bureau_sheets: bool = False) -> bytes:
    """The file's bytes; with `bureau_sheets` each bureau has a sheet of its tasks."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    created = made.made.replace(tzinfo=None)
    book.set_properties({"title": say("tables.sheet.grid", lang), "author": "plankb", "created": created})
    styles = Styles(book)
    plain = [say(f"tables.sheet.{key}", lang) for key in ("grid", "breakdown", "holes", "sources")]
    columns = made.columns if bureau_sheets else ()
    names = iter(safe.sheet_names([shown.SHEET, *plain, *(column.bureau.name for column in columns)]))
    hidden, first, second, third, fourth = (next(names) for _ in range(1 + len(plain)))
    _print_in_parts(book, first, grid.write(book.add_worksheet(first), made, styles, lang))
    breakdown = tables.tasks(say("tables.sheet.breakdown", lang), _BREAKDOWN_KEYS, made.rows, lang)
    lists.write_tasks(book.add_worksheet(second), breakdown, made.rows, styles, lang)
    for column, name in zip(columns, names, strict=True):
        _bureau_sheet(book.add_worksheet(name), column, made, styles, lang)
    lists.write(book.add_worksheet(third), tables.holes(made, lang), styles)
    lists.write_sources(book.add_worksheet(fourth), made, styles, lang)
    _shown(book.add_worksheet(hidden), made, lang)
    book.close()
    return buffer.getvalue()


def _bureau_sheet(sheet: Worksheet, column: Column, matrix: Matrix, styles: Styles, lang: Language) -> None:
    rows = tuple(_of(row, column.bureau.id) for row in matrix.rows if column.bureau.id in row.cells)
    lists.write_tasks(sheet, tables.tasks(column.title, _BUREAU_KEYS, rows, lang), rows, styles, lang)


def _of(row: Row, bureau: str) -> Row:
    """A row with the cell of one bureau alone."""
    return replace(row, cells={bureau: row.cells[bureau]})


def _print_in_parts(book: Workbook, sheet: str, areas: Sequence[Area]) -> None:
    """A sheet of which parts are printed, each from a new page on; xlsxwriter itself knows of one part only."""
    from xlsxwriter.utility import xl_range_abs

    if areas:
        name = f"'{sheet}'"
        book.define_name(f"{name}!_xlnm.Print_Area", "=" + ",".join(f"{name}!{xl_range_abs(*area)}" for area in areas))


def _shown(sheet: Worksheet, matrix: Matrix, lang: Language) -> None:
    for number, cells in enumerate(shown.rows(matrix, lang)):
        _write_strings(sheet, number, cells)
    sheet.very_hidden()


def _write_strings(sheet: Worksheet, row: int, cells: Sequence[str]) -> None:
    for column, text in enumerate(cells):
        sheet.write_string(row, column, text)
