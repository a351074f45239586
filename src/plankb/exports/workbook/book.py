"""The workbook: which sheets, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports import safe, tables, task_table
from plankb.exports.formats import BureauTasks
from plankb.exports.workbook import grid, lists
from plankb.exports.workbook.styles import FONT, SIZE, Paper, Styles
from plankb.matrix import Matrix, by_plan, of_bureau, shown
from plankb.words import say

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_OPTIONS = {**safe.AS_TEXT, "default_format_properties": {"font_name": FONT, "font_size": SIZE}}
_REVIEW_KEYS = ("review", "opinion", "id")
_MANY = 2_000
"""From so many tasks on rows go to a temporary file as they are written."""
_MOST_COLUMNS = 16_000
"""Excel has 16,384 columns: more bureaus than these have their place on the sheets of their plans alone."""


def matrix(
    made: Matrix,
    *,
    lang: Language = "zh",
    bureau_sheets: bool = False,
    columns: Sequence[str] = (),
    paper: Paper = "A3",
) -> bytes:
    """The file's bytes; with `bureau_sheets` each bureau has a sheet of its tasks.

    `columns` are those of the lists of tasks, the usual ones where empty. Of several plans each has a sheet of its own.
    """
    buffer = BytesIO()
    book = _book(buffer, made, task_table.title(made, "grid", lang))
    styles = Styles(book)
    names = _names(made, lang, bureau_sheets=bureau_sheets)
    sheets: dict[str, str] = {}
    # Of one bureau the list of its tasks stands first: its matrix is one column.
    for what in ("breakdown", "grid") if made.only else ("grid", "breakdown"):
        if what == "breakdown":
            sheets |= _tasks(book.add_worksheet(names[what]), made, styles, lang, columns, paper)
        elif len(made.columns) <= _MOST_COLUMNS:
            _grid(book, names[what], made, styles, lang)
    for part in by_plan(made):
        plan = part.sources[0].plan.id
        _grid(book, names[f"plan {plan}"], part, styles, lang, plan=plan)
    for column in made.columns if bureau_sheets else ():
        own = of_bureau(made, column.bureau.id)
        sheets |= _tasks(book.add_worksheet(names[f"bureau {column.bureau.id}"]), own, styles, lang, columns, paper)
    lists.write(book.add_worksheet(names["holes"]), tables.holes(made, lang), styles, lang, paper=paper)
    lists.write_sources(book.add_worksheet(names["sources"]), made, styles, lang)
    _shown(book.add_worksheet(names["hidden"]), made, lang, sheets)
    book.close()
    return buffer.getvalue()


def bureau(made: BureauTasks, *, lang: Language = "zh", columns: Sequence[str] = (), paper: Paper = "A4") -> bytes:
    """The tasks of one bureau with its role in each, to be corrected in place, and with whom it works in them."""
    buffer = BytesIO()
    book = _book(buffer, made.matrix, task_table.title(made.matrix, "breakdown", lang))
    styles = Styles(book)
    wanted = [shown.SHEET, *(say(f"tables.sheet.{key}", lang) for key in ("breakdown", "partners", "sources"))]
    hidden, first, second, third = safe.sheet_names(wanted)
    sheets = _tasks(book.add_worksheet(first), made.matrix, styles, lang, columns, paper)
    others = task_table.partners_table(made.matrix, lang)
    if others.rows:
        lists.write(book.add_worksheet(second), others, styles, lang, paper=paper)
    lists.write_sources(book.add_worksheet(third), made.matrix, styles, lang)
    _shown(book.add_worksheet(hidden), made.matrix, lang, sheets)
    book.close()
    return buffer.getvalue()


def _book(buffer: BytesIO, made: Matrix, title: str) -> Workbook:
    import xlsxwriter

    from plankb.exports.workbook.sheet import Sheet

    many = len(made.rows) > _MANY
    book = xlsxwriter.Workbook(buffer, {**_OPTIONS, "in_memory": not many, "constant_memory": many})
    book.worksheet_class = Sheet
    created = made.made.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": safe.plain_text(title), "author": "plankb", "created": created})
    return book


def _tasks(
    sheet: Worksheet, made: Matrix, styles: Styles, lang: Language, columns: Sequence[str], paper: Paper
) -> dict[str, str]:
    """The 任务分解表; its title with the bureau whose it is, nothing where it is that of several."""
    listed = task_table.breakdown(made, lang, columns, beside=_REVIEW_KEYS)
    lists.write_tasks(sheet, listed, made.rows, styles, lang, paper=paper)
    return {listed.title: made.only.bureau.id} if made.only else {}


def _names(matrix: Matrix, lang: Language, *, bureau_sheets: bool) -> dict[str, str]:
    """The names of the sheets by what they hold."""
    wanted = {"hidden": shown.SHEET}
    wanted |= {key: say(f"tables.sheet.{key}", lang) for key in ("grid", "breakdown", "holes", "sources")}
    if matrix.several:
        wanted |= {f"plan {source.plan.id}": source.plan.title for source in matrix.sources}
    if bureau_sheets:
        wanted |= {f"bureau {column.bureau.id}": column.bureau.name for column in matrix.columns}
    return dict(zip(wanted, safe.sheet_names([*wanted.values()]), strict=True))


def _grid(
    book: Workbook, name: str, matrix: Matrix, styles: Styles, lang: Language, *, plan: str | None = None
) -> None:
    """A sheet of the matrix. Of one that is printed in parts xlsxwriter itself knows one part only."""
    from xlsxwriter.utility import xl_range_abs

    areas = grid.write(book.add_worksheet(name), matrix, styles, lang, plan=plan)
    if areas:
        quoted = "'" + name.replace("'", "''") + "'"
        places = ",".join(f"{quoted}!{xl_range_abs(*area)}" for area in areas)
        book.define_name(f"{quoted}!_xlnm.Print_Area", f"={places}")


def _shown(sheet: Worksheet, matrix: Matrix, lang: Language, sheets: Mapping[str, str]) -> None:
    for number, cells in enumerate(shown.rows(matrix, lang, sheets)):
        for column, text in enumerate(cells):
            sheet.write_string(number, column, text)
    sheet.very_hidden()
