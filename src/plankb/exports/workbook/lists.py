"""The other sheets: lists of tasks, the holes, the plans and their versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports import page_columns, safe, tables, task_table
from plankb.exports.tables import Table
from plankb.exports.workbook import fit
from plankb.exports.workbook.fit import comment
from plankb.exports.workbook.styles import ACROSS, Paper, Styles, set_up_page
from plankb.matrix import Matrix, Row
from plankb.matrix.shown import row_id
from plankb.words import say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_UNITS, _EDGE, _BESIDE = 2.0, 0.5, 14.0
"""Units of column width that a Chinese character takes, characters of a cell's own edges, units of a column that is
not printed."""
_LONG = ("measures", "targets", "source")
"""Columns whose text may go on in the next row; what can be corrected stands in one cell."""
_FIELDS = {"lead": "roles", "others": "roles", "role": "roles", "measures": "text"}
"""The field of a task that a column shows, where it has another name."""
_TITLE, _HEADS, _FIRST = 0, 1, 2
_TITLE_HEIGHT, _TITLE_SIZE = 26, 1.7
"""Points of a line of the title, and how many times as wide its characters are as those of the table."""


@dataclass(frozen=True)
class _Laid:
    """A table with the widths of its columns; the first `printed` of them go on the page."""

    table: Table
    widths: tuple[float, ...]
    printed: int


def _laid(table: Table, paper: Paper) -> _Laid:
    """The columns so wide that they fill a page across; columns for reviews are not printed where they are empty."""
    printed = next((at for at, key in enumerate(table.keys) if key in _unprinted(table)), len(table.keys))
    on_page = Table(
        table.title, table.keys[:printed], table.headings[:printed], tuple(row[:printed] for row in table.rows)
    )
    found = [_UNITS * width for width in page_columns.widths(on_page, ACROSS[paper], edge=_EDGE)]
    return _Laid(table, (*found, *(_BESIDE for _ in table.keys[printed:])), printed)


def _unprinted(table: Table) -> tuple[str, ...]:
    if "id" not in table.keys:
        return ()
    review = table.keys.index("review")
    return ("id",) if any(row[review] for row in table.rows) else ("review", "opinion", "id")


def write(sheet: Worksheet, table: Table, styles: Styles, lang: Language, *, at: int = 0, paper: Paper = "A3") -> int:
    """A table under its title from row `at`; the row after its last. The first table sets up the sheet."""
    laid = _laid(table, paper)
    end = at + _FIRST + len(table.rows)
    if at == 0:
        _set_up(sheet, laid, end - 1, lang, paper)
    _heads(sheet, laid, styles, at)
    for number, row in enumerate(table.rows, start=at + _FIRST):
        _set_height(sheet, number, laid, row)
        for column, value in enumerate(row):
            _value(sheet, number, column, value, styles)
    return end


def write_tasks(
    sheet: Worksheet, table: Table, rows: Sequence[Row], styles: Styles, lang: Language, *, paper: Paper = "A3"
) -> None:
    """A list of tasks that can be corrected in place; a text too long for a row of Excel goes on in the next.

    Each plan begins on a new page.
    """
    laid = _laid(table, paper)
    _heads(sheet, laid, styles, 0)
    at = _FIRST
    breaks: list[int] = []
    before: Row | None = None
    for row, values in zip(rows, table.rows, strict=True):
        if before is not None and before.plan.id != row.plan.id:
            breaks.append(at)
        before = row
        _quote(sheet, at, row, table, values, lang)
        for piece in _continued(laid, values):
            _set_height(sheet, at, laid, piece)
            for column, value in enumerate(piece):
                _value(sheet, at, column, value, styles, _style(table.keys[column], row, value, styles))
            at += 1
    _set_up(sheet, laid, at - 1, lang, paper)
    sheet.set_h_pagebreaks(breaks)
    id_column, opinion = table.keys.index("id"), table.keys.index("opinion")
    sheet.set_column(id_column, id_column, 12, None, {"hidden": True})
    choices = [say("tables.opinion.accept", lang), say("tables.opinion.strike", lang)]
    if rows:
        sheet.data_validation(_FIRST, opinion, at - 1, opinion, {"validate": "list", "source": choices})


def _quote(sheet: Worksheet, at: int, row: Row, table: Table, values: Sequence[tables.Value], lang: Language) -> None:
    """The words that bureaus and deadlines rest on, and the source where it has no column, as comments."""
    for key in ("lead", "others", "support", "joint"):
        if key in table.keys and values[table.keys.index(key)]:
            comment(sheet, at, table.keys.index(key), *row.notes)
    if "by" in table.keys:
        comment(sheet, at, table.keys.index("by"), *task_table.deadline_quotes(row))
    if "source" not in table.keys:
        comment(sheet, at, table.keys.index("title"), task_table.source_text(row, lang))


def write_sources(sheet: Worksheet, matrix: Matrix, styles: Styles, lang: Language) -> None:
    """Which plans, from which files, when, by which version; then the corrections that the matrix holds."""
    end = write(sheet, tables.sources(matrix, lang), styles, lang)
    sheet.write_string(end + 1, 0, safe.cell_text(tables.colophon(matrix, lang)), styles.remark)
    if matrix.corrections:
        write(sheet, tables.reviewed(matrix, lang), styles, lang, at=end + 3)


def _heads(sheet: Worksheet, laid: _Laid, styles: Styles, at: int) -> None:
    sheet.set_row(
        at + _TITLE, _TITLE_HEIGHT * fit.lines(laid.table.title, sum(laid.widths[: laid.printed]) / _TITLE_SIZE)
    )
    title = safe.cell_text(laid.table.title)
    if laid.printed > 1:
        sheet.merge_range(at + _TITLE, 0, at + _TITLE, laid.printed - 1, "", styles.centred_title)
    sheet.write_string(at + _TITLE, 0, title, styles.centred_title)
    sheet.set_row(at + _HEADS, 24)
    for column, text in enumerate(laid.table.headings):
        sheet.write_string(at + _HEADS, column, text, styles.head)


def _set_height(sheet: Worksheet, at: int, laid: _Laid, row: Sequence[tables.Value]) -> None:
    shown = [
        (str(value), width) for key, value, width in zip(laid.table.keys, row, laid.widths, strict=True) if key != "id"
    ]
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
    if key == "role":
        return styles.centred_text
    missing = {"lead": "no_lead", "others": "no_bureau", "by": "no_deadline"}.get(key) in row.holes
    return styles.gap_text if missing and not value else styles.text


def _set_up(sheet: Worksheet, laid: _Laid, last_row: int, lang: Language, paper: Paper) -> None:
    table = laid.table
    for column, width in enumerate(laid.widths):
        sheet.set_column(column, column, width)
    frozen = table.keys.index("title") + 1 if "title" in table.keys and "id" in table.keys else 0
    sheet.freeze_panes(_FIRST, frozen)
    if table.rows:
        sheet.autofilter(_HEADS, 0, last_row, len(laid.widths) - 1)
        sheet.print_area(0, 0, last_row, laid.printed - 1)
    set_up_page(sheet, lang, repeat_rows=(_HEADS, _HEADS), paper=paper)


def _continued(laid: _Laid, values: tuple[tables.Value, ...]) -> Iterator[list[tables.Value]]:
    """The rows that a task takes: one, or more where a text is too long; the hidden id tells which of how many."""
    pieces = {
        column: fit.pieces(value, width)
        for column, (key, value, width) in enumerate(zip(laid.table.keys, values, laid.widths, strict=True))
        if isinstance(value, str) and key in _LONG
    }
    parts = max((len(found) for found in pieces.values()), default=1)
    for part in range(parts):
        line: list[tables.Value] = []
        for column, (key, value) in enumerate(zip(laid.table.keys, values, strict=True)):
            if part and key == "title":
                line.append(f"{value}（续）")
            elif key == "id":
                line.append(row_id(str(value), part + 1, parts))
            elif column in pieces:
                line.append(pieces[column][part] if part < len(pieces[column]) else "")
            else:
                line.append(value if part == 0 or key == "number" else "")
        yield line
