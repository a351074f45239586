"""The other sheets: lists of tasks, the holes, the plans and their versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports import safe, tables
from plankb.exports.tables import Table
from plankb.exports.workbook import fit
from plankb.exports.workbook.comments import comment
from plankb.exports.workbook.styles import Styles, set_up_page
from plankb.matrix import Matrix, Row
from plankb.matrix.shown import row_id
from plankb.words import say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "number": 6, "role": 6, "plan": 34, "section": 40, "title": 28, "measures": 80, "targets": 38, "lead": 22,
    "others": 32, "by": 14, "source": 34, "review": 16, "opinion": 10, "id": 12, "gap": 12, "row": 9, "why": 36,
    "quote": 60, "issuer": 24, "jurisdiction": 12, "period": 12, "date": 12, "tasks": 8, "file": 48, "read_at": 27,
    "sha256": 30, "what": 40, "who": 14, "when": 27,
}  # fmt: skip
_LONG = ("measures", "targets", "source")
"""Columns whose text may go on in the next row; what can be corrected stands in one cell."""
_FIELDS = {"lead": "roles", "others": "roles", "role": "roles", "measures": "text"}
"""The field of a task that a column shows, where it has another name."""
_TITLE, _HEADS, _FIRST = 0, 1, 2


def write(sheet: Worksheet, table: Table, styles: Styles, *, at: int = 0) -> int:
    """A table under its title from row `at`; the row after its last. The first table sets up the sheet."""
    sheet.write_string(at + _TITLE, 0, table.title, styles.title)
    sheet.set_row(at + _TITLE, 26)
    _heads(sheet, table, styles, at + _HEADS)
    for number, row in enumerate(table.rows, start=at + _FIRST):
        _set_height(sheet, number, table, row)
        for column, value in enumerate(row):
            _value(sheet, number, column, value, styles)
    end = at + _FIRST + len(table.rows)
    if at == 0:
        _set_up(sheet, table, end - 1)
    return end


def write_tasks(sheet: Worksheet, table: Table, rows: Sequence[Row], styles: Styles, lang: Language) -> None:
    """A list of tasks that can be corrected in place; a text too long for a row of Excel goes on in the next."""
    sheet.write_string(_TITLE, 0, safe.cell_text(table.title), styles.title)
    sheet.set_row(_TITLE, 26)
    _heads(sheet, table, styles, _HEADS)
    at = _FIRST
    for row, values in zip(rows, table.rows, strict=True):
        for key in ("lead", "others"):
            comment(sheet, at, table.keys.index(key), *(row.notes if values[table.keys.index(key)] else ()))
        comment(sheet, at, table.keys.index("by"), *tables.deadline_quotes(row))
        for piece in _continued(table, values):
            _set_height(sheet, at, table, piece)
            for column, value in enumerate(piece):
                _value(sheet, at, column, value, styles, _style(table.keys[column], row, value, styles))
            at += 1
    _set_up(sheet, table, at - 1)
    id_column, opinion = table.keys.index("id"), table.keys.index("opinion")
    sheet.set_column(id_column, id_column, 12, None, {"hidden": True})
    choices = [say("tables.opinion.accept", lang), say("tables.opinion.strike", lang)]
    if rows:
        sheet.data_validation(_FIRST, opinion, at - 1, opinion, {"validate": "list", "source": choices})


def write_sources(sheet: Worksheet, matrix: Matrix, styles: Styles, lang: Language) -> None:
    """Which plans, from which files, when, by which version; then the corrections that the matrix holds."""
    end = write(sheet, tables.sources(matrix, lang), styles)
    sheet.write_string(end + 1, 0, safe.cell_text(tables.colophon(matrix, lang)), styles.remark)
    if matrix.corrections:
        write(sheet, tables.reviewed(matrix, lang), styles, at=end + 3)


def _heads(sheet: Worksheet, table: Table, styles: Styles, at: int) -> None:
    for column, text in enumerate(table.headings):
        sheet.write_string(at, column, text, styles.head)
    sheet.set_row(at, 24)


def _set_height(sheet: Worksheet, at: int, table: Table, row: Sequence[tables.Value]) -> None:
    shown = [(str(value), _WIDTHS[key]) for key, value in zip(table.keys, row, strict=True) if key != "id"]
    sheet.set_row(at, fit.row_height(shown))


def _value(
    sheet: Worksheet, at: int, column: int, value: tables.Value, styles: Styles, style: Format | None = None
) -> None:
    if isinstance(value, int):
        sheet.write_number(at, column, value, styles.number)
    else:
        sheet.write_string(at, column, safe.cell_text(value), style or styles.text)


def _style(key: str, row: Row, value: tables.Value, styles: Styles) -> Format:
    fields = row.task.review.fields if row.task.review else ()
    changed = _FIELDS.get(key, key) in fields or (key == "targets" and any(one.review for one in row.targets))
    if changed or (key == "review" and value):
        return styles.reviewed_text
    missing = {"lead": "no_lead", "others": "no_bureau", "by": "no_deadline"}.get(key) in row.holes
    return styles.gap_text if missing and not value else styles.text


def _set_up(sheet: Worksheet, table: Table, last_row: int) -> None:
    widths = [float(_WIDTHS[key]) for key in table.keys]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    frozen = table.keys.index("title") + 1 if "title" in table.keys and "measures" in table.keys else 0
    sheet.freeze_panes(_FIRST, frozen)
    if table.rows:
        sheet.autofilter(_HEADS, 0, last_row, len(widths) - 1)
    shown = widths[: table.keys.index("id")] if "id" in table.keys else widths
    set_up_page(sheet, shown, repeat_rows=(_HEADS, _HEADS))
    if "id" in table.keys and table.rows:
        sheet.print_area(0, 0, last_row, table.keys.index("id") - 1)


def _continued(table: Table, values: tuple[tables.Value, ...]) -> Iterator[list[tables.Value]]:
    """The rows that a task takes: one, or more where a text is too long; the hidden id tells which of how many."""
    pieces = {
        column: fit.pieces(value, _WIDTHS[key])
        for column, (key, value) in enumerate(zip(table.keys, values, strict=True))
        if isinstance(value, str) and key in _LONG
    }
    parts = max(len(found) for found in pieces.values())
    for part in range(parts):
        line: list[tables.Value] = []
        for column, (key, value) in enumerate(zip(table.keys, values, strict=True)):
            if part and key == "title":
                line.append(f"{value}（续）")
            elif key == "id":
                line.append(row_id(str(value), part + 1, parts))
            elif column in pieces:
                line.append(pieces[column][part] if part < len(pieces[column]) else "")
            else:
                line.append(value if part == 0 or key == "number" else "")
        yield line
