"""A sheet of the matrix: tasks down, bureaus across by jurisdiction, a symbol for each role, totals both ways.

Rows are written in their order, as a workbook that keeps little in memory asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plankb.columns import review_text
from plankb.errors import Language
from plankb.exports import page_columns, safe, tables, task_table
from plankb.exports.workbook import fit, printing
from plankb.exports.workbook.fit import comment
from plankb.exports.workbook.styles import SIZE, Styles, room_for, set_up_page
from plankb.matrix import Column, Matrix, Row, Tally
from plankb.matrix.cells import SYMBOLS, heading, roles_text
from plankb.matrix.shown import BUREAU, PLAN
from plankb.model import ROLES
from plankb.words import say, word

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_TITLE, _LEGEND, _IDS, _GROUPS, _HEADS, _FIRST = range(6)
"""Rows from the top; `_IDS` is hidden and says what each column is, whatever happens to its heading."""

_WIDTHS = {"number": 5, "plan": 18, "section": 24, "title": 30, "collective": 18, "by": 16, "review": 16, "opinion": 9}
_BUREAU_WIDTH, _TOTAL_WIDTH = 4.2, 6
_LETTER_HEIGHT, _BUTTON_HEIGHT = 1.44, 22
"""Height of a character of an upright name in sizes of its print, points for the filter's button."""
_USUAL_NAME, _SMALLEST_NAME, _TALLEST = 12, 7, 260
"""A longer name is printed smaller, down to a size; points that the row of names is at most high."""

_SYMBOLS: Mapping[str, str] = {str(role): symbol for role, symbol in SYMBOLS.items()}
"""The sign of a role by the key of a column, which may be another."""
_MOST_COMMENTS = 15_000
"""A comment is a shape to Excel. Where there would be more, a note is quoted once a row, at the first mark it gives."""


@dataclass(frozen=True)
class _Layout:
    """Which column holds what. `left` and `right` are keys of columns beside the bureaus.

    `breaks` are the bureaus, counted from the first, that begin a page when the sheet is printed.
    """

    left: tuple[str, ...]
    bureaus: tuple[Column, ...]
    right: tuple[str, ...]
    breaks: tuple[int, ...]

    plan: str | None = None
    """The plan of a sheet of one plan among several."""

    @property
    def first_bureau(self) -> int:
        return len(self.left)

    @property
    def first_right(self) -> int:
        return len(self.left) + len(self.bureaus)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What the hidden row says of every column."""
        return (*self.left, *(BUREAU + column.bureau.id for column in self.bureaus), *self.right)

    def at(self, key: str) -> int:
        """The column of a key."""
        return self._numbers[key]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.keys)}


def write(
    sheet: Worksheet, matrix: Matrix, styles: Styles, lang: Language, *, plan: str | None = None
) -> list[printing.Area]:
    """Fills the sheet, and says what of it to print part by part; [] where it goes on one page across.

    `plan` is the id of the plan where the matrix is that of one plan among several in the workbook.
    """
    left = ("number", "plan", "section", "title") if matrix.several else ("number", "section", "title")
    bodies = ("collective",) if any(row.task.collective for row in matrix.rows) else ()
    # The sums of a task stand on the sheet of all plans alone.
    right = (*bodies, "by", *(() if plan else (*ROLES, "total")), "review", "opinion", "id")
    printed = right[: right.index("opinion" if any(row.task.review for row in matrix.rows) else "review")]
    layout = _Layout(left, matrix.columns, right, _breaks(matrix, left, printed), plan)
    _set_up(sheet, matrix, layout, lang)
    _head(sheet, matrix, layout, styles, lang)
    texts = tuple(key for key in (*left[1:], *right) if key not in (*ROLES, "total"))
    lines = task_table.tasks("", texts, matrix.rows, lang).rows
    for at, (row, line) in enumerate(zip(matrix.rows, lines, strict=True), start=_FIRST):
        _row(sheet, at, row, dict(zip(texts, line, strict=True)), layout, styles)
    _totals(sheet, matrix, layout, styles, lang)
    _comments(sheet, matrix, layout, lang)
    last = layout.at(printed[-1])
    if not layout.breaks:
        sheet.print_area(0, 0, _FIRST + len(matrix.rows) + len(ROLES), last)
        return []
    columns = (layout.first_bureau, layout.first_right, last)
    return printing.areas(matrix, layout.breaks, printing.Place(_FIRST, len(ROLES) + 1, *columns))


def _breaks(matrix: Matrix, left: Sequence[str], right: Sequence[str]) -> tuple[int, ...]:
    """The bureaus that begin a page."""
    room = room_for(_BUREAU_WIDTH, beside=[_width(key) for key in left])
    after = room - room_for(_BUREAU_WIDTH, beside=[_width(key) for key in (*left, *right)])
    return page_columns.breaks([span for _, span in matrix.groups()], room, after=after)


def _head(sheet: Worksheet, matrix: Matrix, layout: _Layout, styles: Styles, lang: Language) -> None:
    sheet.set_row(_TITLE, 26)
    sheet.write_string(_TITLE, 0, safe.cell_text(task_table.title(matrix, "grid", lang)), styles.title)
    sheet.write_string(_LEGEND, 0, _legend(matrix, lang), styles.remark)
    sheet.set_row(_IDS, None, None, {"hidden": True})
    for number, key in enumerate((*layout.keys, *([PLAN + layout.plan] if layout.plan else []))):
        sheet.write_string(_IDS, number, key)
    # Two cells beside the bureaus rather than a merged one: the filter's button stands in the lower.
    for key in (*layout.left, *layout.right):
        sheet.write_blank(_GROUPS, layout.at(key), None, styles.group)
    _groups(sheet, matrix, layout, styles, lang)
    heights = [len(column.label) * _name_size(column) * _LETTER_HEIGHT for column in layout.bureaus]
    sheet.set_row(_HEADS, min(max([*heights, 4 * SIZE * _LETTER_HEIGHT]), _TALLEST) + _BUTTON_HEIGHT)
    for key in (*layout.left, *layout.right):
        sheet.write_string(_HEADS, layout.at(key), _heading(key, lang), styles.head)
    for number, column in enumerate(layout.bureaus, start=layout.first_bureau):
        sheet.write_string(_HEADS, number, safe.cell_text(column.label), styles.upright(_name_size(column)))


def _name_size(column: Column) -> int:
    """The print of a bureau's name: a long one smaller, so that it does not make the headings of all pages high."""
    return max(_SMALLEST_NAME, min(SIZE, SIZE * _USUAL_NAME // max(len(column.label), 1)))


def _groups(sheet: Worksheet, matrix: Matrix, layout: _Layout, styles: Styles, lang: Language) -> None:
    start = layout.first_bureau
    named = [
        (name or say("tables.remark.unknown_jurisdiction", lang), span) for name, span in _group_parts(matrix, layout)
    ]
    # One bureau alone leaves its jurisdiction the width of one column: the name is written in several lines.
    sheet.set_row(_GROUPS, fit.row_height((name, span * _BUREAU_WIDTH) for name, span in named) + 2)
    for name, span in named:
        text = safe.cell_text(name)
        if span == 1:
            sheet.write_string(_GROUPS, start, text, styles.group)
        else:
            sheet.merge_range(_GROUPS, start, _GROUPS, start + span - 1, "", styles.group)
            sheet.write_string(_GROUPS, start, text, styles.group)
        start += span


def _group_parts(matrix: Matrix, layout: _Layout) -> Iterator[tuple[str, int]]:
    """The jurisdictions across the top; one that goes on over pages is named on each."""
    start = 0
    for name, span in matrix.groups():
        within = [at - start for at in layout.breaks if start < at < start + span]
        yield from ((name, last - first) for first, last in page_columns.pages(span, within))
        start += span


def _row(
    sheet: Worksheet, at: int, row: Row, texts: Mapping[str, tables.Value], layout: _Layout, styles: Styles
) -> None:
    shown = [(str(value), _width(key)) for key, value in texts.items() if key != "id"]
    sheet.set_row(at, fit.row_height(shown))
    sheet.write_number(at, 0, row.number, styles.number)
    for key, value in texts.items():
        sheet.write_string(at, layout.at(key), safe.cell_text(str(value)), _style(key, row, value, styles))
    # Cells without a mark are not written: the borders of all are those of one conditional format.
    for bureau, cell in row.cells.items():
        style = styles.reviewed_mark if cell.review else styles.mark
        sheet.write_string(at, layout.at(BUREAU + bureau), roles_text(cell.roles), style)
    if "total" in layout.right:
        first, last = layout.first_bureau, layout.first_right - 1
        cells = [(at, layout.at(key)) for key in (*ROLES, "total")]
        _sums(sheet, cells, _range(at, first, at, last), row.tally, styles)


def _style(key: str, row: Row, value: tables.Value, styles: Styles) -> Format:
    fields = row.task.review.fields if row.task.review else ()
    missing = {"by": "no_deadline", "title": "no_bureau"}.get(key)
    if missing in row.holes:
        return styles.gap_line
    return styles.reviewed_line if key in fields or (key == "review" and value) else styles.line


def _comments(sheet: Worksheet, matrix: Matrix, layout: _Layout, lang: Language) -> None:
    """The source of every mark and deadline, and the full name of every bureau."""
    for number, column in enumerate(layout.bureaus, start=layout.first_bureau):
        comment(sheet, _HEADS, number, "、".join(dict.fromkeys((column.bureau.name, *column.bureau.names))))
    many = sum(len(row.cells) for row in matrix.rows) > _MOST_COMMENTS
    for at, row in enumerate(matrix.rows, start=_FIRST):
        told: set[str] = set()
        for bureau, cell in row.cells.items():
            if not (many and cell.source in told):
                told.add(cell.source)
                review = review_text(cell.review, lang)
                number = layout.at(BUREAU + bureau)
                comment(sheet, at, number, cell.source, task_table.source_text(row, lang), review)
        comment(sheet, at, layout.at("by"), *task_table.deadline_quotes(row))


def _totals(sheet: Worksheet, matrix: Matrix, layout: _Layout, styles: Styles, lang: Language) -> None:
    first, bureaus = _FIRST + len(matrix.rows), range(layout.first_bureau, layout.first_right)
    filled = bool(matrix.rows and layout.bureaus)
    if filled:
        grid = (_FIRST, layout.first_bureau, first - 1, layout.first_right - 1)
        sheet.conditional_format(*grid, {"type": "formula", "criteria": "=TRUE", "format": styles.frame})
    for offset, key in enumerate((*ROLES, "total")):
        at = first + offset
        for number in range(len(layout.keys) - 1):
            if not (filled and number in bureaus):
                sheet.write_blank(at, number, None, styles.total)
        of_role = _heading(key, lang) if key in SYMBOLS else ""
        sheet.write_string(at, layout.first_bureau - 1, f"{heading('total', lang)} {of_role}".strip(), styles.total)
        for number, column in zip(bureaus, layout.bureaus, strict=True) if filled else ():
            area = (
                _range(_FIRST, number, first - 1, number) if key in SYMBOLS else _range(first, number, at - 1, number)
            )
            _sum(sheet, (at, number), key, area, column.tally, styles)
    if filled and "total" in layout.right:
        cells = [(first + len(ROLES), layout.at(key)) for key in (*ROLES, "total")]
        _sums(sheet, cells, _range(_FIRST, bureaus[0], first - 1, bureaus[-1]), matrix.tally, styles)


def _sums(sheet: Worksheet, cells: Sequence[tuple[int, int]], area: str, tally: Tally, styles: Styles) -> None:
    """Counts of the three roles in an area, and their sum, in cells of one row."""
    for cell, role in zip(cells, ROLES, strict=False):
        _sum(sheet, cell, role, area, tally, styles)
    (row, first), (_, last) = cells[0], cells[-2]
    _sum(sheet, cells[-1], "total", _range(row, first, row, last), tally, styles)


def _sum(sheet: Worksheet, cell: tuple[int, int], key: str, area: str, tally: Tally, styles: Styles) -> None:
    """A count of one role, or a sum of counts, as a formula, so that it follows what a coordinator changes."""
    symbol = _SYMBOLS.get(key)
    formula = f'=COUNTIF({area},"*{symbol}*")' if symbol else f"=SUM({area})"
    sheet.write_formula(*cell, formula, styles.total, getattr(tally, key))


def _set_up(sheet: Worksheet, matrix: Matrix, layout: _Layout, lang: Language) -> None:
    last_row = _FIRST + len(matrix.rows) - 1
    widths = [_width(key) for key in layout.keys]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    id_column = layout.at("id")
    sheet.set_column(id_column, id_column, 12, None, {"hidden": True})
    sheet.freeze_panes(_FIRST, layout.first_bureau)
    if matrix.rows:
        sheet.autofilter(_HEADS, 0, last_row, id_column)
        opinion = layout.at("opinion")
        choices = [say("tables.opinion.accept", lang), say("tables.opinion.strike", lang)]
        sheet.data_validation(_FIRST, opinion, last_row, opinion, {"validate": "list", "source": choices})
    if matrix.rows and layout.bureaus:
        area = (_FIRST, layout.first_bureau, last_row, layout.first_right - 1)
        sheet.data_validation(*area, {"validate": "list", "source": list(SYMBOLS.values()), "error_type": "warning"})
    paged = bool(layout.breaks)
    set_up_page(sheet, lang, repeat_rows=(_GROUPS, _HEADS), repeat_columns=layout.first_bureau, paged=paged)


def _width(key: str) -> float:
    return _BUREAU_WIDTH if key.startswith(BUREAU) else _WIDTHS.get(key, _TOTAL_WIDTH)


def _heading(key: str, lang: Language) -> str:
    if key in SYMBOLS:
        role = next(role for role in ROLES if role == key)
        return f"{SYMBOLS[role]}{word('role', role, lang)}"
    return heading(key, lang)


def _legend(matrix: Matrix, lang: Language) -> str:
    marks = "  ".join(f"{SYMBOLS[role]} {word('role', role, lang)}" for role in ROLES)
    return say("tables.remark.legend", lang, marks=marks, made=tables.made_text(matrix, lang))


def _range(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    from xlsxwriter.utility import xl_range

    return str(xl_range(first_row, first_column, last_row, last_column))
