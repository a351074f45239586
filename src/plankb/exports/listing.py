"""One plain table, such as a list on a screen, in the format that the name of the file asks for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from pathlib import Path
from types import MappingProxyType

from plankb.errors import PlankbError
from plankb.exports.safe import cell_text, csv_text, plain_text, sheet_names
from plankb.exports.tables import Table

_WIDEST, _NARROWEST = 60, 8
_CHARACTER = 2
"""A Chinese character is as wide as two of the digits that Excel measures columns in."""


def known(path: Path) -> str:
    """The extension of a file that a table can be written to; raises E503 for another."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise PlankbError("E503", path=path.name, known=" ".join(FORMATS))
    return suffix


def render(table: Table, suffix: str) -> bytes:
    """The bytes of a file of an extension."""
    return FORMATS[suffix](table)


def _csv(table: Table) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([csv_text(heading) for heading in table.headings])
    writer.writerows([[value if isinstance(value, int) else csv_text(value) for value in row] for row in table.rows])
    return text.getvalue().encode("utf-8-sig")


def _markdown(table: Table) -> bytes:
    from plankb.exports.matrix_markdown import escaped

    def line(cells: tuple[object, ...]) -> str:
        return f"| {' | '.join(escaped(str(cell)) for cell in cells)} |"

    rule = f"| {' | '.join(['---'] * len(table.headings))} |"
    lines = [f"## {escaped(table.title)}", "", line(table.headings), rule, *map(line, table.rows)]
    return ("\n".join(lines) + "\n").encode()


def _xlsx(table: Table) -> bytes:
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    (name,) = sheet_names([table.title])
    sheet = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, heading in enumerate(table.headings):
        sheet.write_string(0, column, cell_text(heading), bold)
        longest = max((len(str(row[column])) for row in table.rows), default=0)
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, _CHARACTER * longest)), wrapped)
    for at, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, column, value)
            else:
                sheet.write_string(at, column, cell_text(value), wrapped)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
    book.close()
    return buffer.getvalue()


def _docx(table: Table) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(plain_text(table.title), level=1)
    grid = document.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    for cell, heading in zip(grid.rows[0].cells, table.headings, strict=True):
        cell.text = plain_text(heading)
    for row in table.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = plain_text(str(value))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


FORMATS: Mapping[str, Callable[[Table], bytes]] = MappingProxyType(
    {".xlsx": _xlsx, ".csv": _csv, ".md": _markdown, ".docx": _docx}
)
"""By file name extension."""
