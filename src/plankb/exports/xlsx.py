"""Excel workbooks of one sheet; every cell of text is written as text. The matrix has a workbook of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports import tables
from plankb.exports.formats import ConflictList
from plankb.exports.safe import AS_TEXT, cell_text, sheet_names
from plankb.exports.tables import Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDEST, _NARROWEST = 60, 8
_CHARACTER = 2
"""A Chinese character is as wide as two of the digits that Excel measures columns in."""
_CONFLICT_WIDTHS = (6, 12, 10, 24, 48, 32, 32, 16, 8, 60)
_HEAD = {"bold": True, "bg_color": "#DDE8F3", "border": 1, "text_wrap": True, "valign": "top"}


def table(made: Table, *, lang: Language = "zh") -> bytes:  # noqa: ARG001 - a table is in a language already
    """One plain table, its columns as wide as they need."""
    longest = [max((len(str(row[at])) for row in made.rows), default=0) for at in range(len(made.headings))]
    widths = [min(_WIDEST, max(_NARROWEST, _CHARACTER * length)) for length in longest]
    buffer = BytesIO()
    book, _ = _book(buffer, made, widths, head={"bold": True, "bottom": 1}, body={})
    book.close()
    return buffer.getvalue()


def conflicts(made: ConflictList, *, lang: Language = "zh") -> bytes:
    """Conflicts, a row a fact, the facts of a conflict together; to print on pages as wide as the table."""
    buffer = BytesIO()
    book, sheet = _book(buffer, tables.conflicts(made, lang), _CONFLICT_WIDTHS, head=_HEAD, body={"border": 1})
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _book(
    buffer: BytesIO, made: Table, widths: Sequence[float], *, head: Mapping[str, object], body: Mapping[str, object]
) -> tuple[Workbook, Worksheet]:
    import xlsxwriter

    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT})
    (name,) = sheet_names([made.title])
    sheet = book.add_worksheet(name)
    bold, wrapped = book.add_format(head), book.add_format({"text_wrap": True, "valign": "top", **body})
    for column, (heading, width) in enumerate(zip(made.headings, widths, strict=True)):
        sheet.write_string(0, column, cell_text(heading), bold)
        sheet.set_column(column, column, width, wrapped)
    for at, row in enumerate(made.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, column, value)
            else:
                sheet.write_string(at, column, cell_text(value), wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(made.rows)), len(made.headings) - 1)
    return book, sheet
