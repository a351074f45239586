"""The workbook of the ledger: one sheet to fill in, one that says how.

Every cell is a text, a number or a date, never a formula; lights are worked out when the file is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports.ledger import LedgerFile
from plankb.exports.safe import AS_TEXT, cell_text, plain_text, sheet_names
from plankb.exports.workbook import fit
from plankb.ledger import STATES, Entry, Light
from plankb.ledger.columns import FILLED, VALUES, Value, heading, row_key
from plankb.words import say, word

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "id": 12, "number": 5, "title": 20, "measures": 42, "lead": 14, "others": 18, "by": 13, "due": 11, "light": 9,
    "state": 9, "done": 8, "note": 32, "evidence": 16, "problems": 18, "next": 18, "who": 11, "when": 11, "role": 9,
    "plan": 18,
}  # fmt: skip
"""The columns. Those that not every ledger has stand last, so that rows of one can be pasted into another."""
_FONT = "仿宋_GB2312"
_COLORS: dict[Light, str] = {"red": "#F4B6B0", "yellow": "#FFE699", "green": "#C6E0B4", "none": "#FFFFFF"}
_HEAD, _FILL, _BORDER = "#DDE8F3", "#FFFBEA", "#A6A6A6"
_TITLE, _COUNTS, _REMARK, _HEADS, _FIRST = 0, 1, 2, 3, 4
_A3, _A4 = 8, 9
_LIST_LIMIT = 255
"""Characters that Excel takes in the list of a drop-down."""


def ledger(made: LedgerFile, *, lang: Language = "zh") -> bytes:
    """The file's bytes."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT})
    book.set_properties({"title": plain_text(made.title(lang)), "author": "plankb"})
    name, how = sheet_names([say("ledger.sheet.name", lang), say("ledger.sheet.how", lang)])
    _Page(book, book.add_worksheet(name), made, lang).write()
    _write_how(book, book.add_worksheet(how), made, lang)
    book.close()
    return buffer.getvalue()


class _Page:
    """The sheet of tasks."""

    def __init__(self, book: Workbook, sheet: Worksheet, made: LedgerFile, lang: Language) -> None:
        self._book, self._sheet, self._made, self._lang = book, sheet, made, lang
        several = len({entry.plan.id for entry in made.ledger.entries}) > 1
        left_out = {"plan"} if not several else set()
        left_out |= {"role"} if made.bureau is None else set()
        self._keys = tuple(key for key in _WIDTHS if key not in left_out)
        self._formats: dict[tuple[str, ...], Format] = {}

    def write(self) -> None:
        sheet, made, lang = self._sheet, self._made, self._lang
        sheet.write_string(_TITLE, 1, cell_text(made.title(lang)), self._format("title"))
        sheet.write_string(_COUNTS, 1, made.counts(lang), self._format("remark"))
        sheet.write_string(_REMARK, 1, say("ledger.remark.fill", lang), self._format("remark"))
        for column, key in enumerate(self._keys):
            sheet.write_string(
                _HEADS, column, heading(key, lang), self._format("fill_head" if key in FILLED else "head")
            )
            sheet.set_column(column, column, _WIDTHS[key])
        for number, entry in enumerate(made.ledger.entries, start=1):
            self._row(_HEADS + number, number, entry)
        self._set_up(_HEADS + len(made.ledger.entries))

    def _row(self, at: int, number: int, entry: Entry) -> None:
        shown: list[tuple[str, float]] = []
        for column, key in enumerate(self._keys):
            value = self._value(key, number, entry)
            self._cell(at, column, key, value, entry)
            if isinstance(value, str) and key != "id":
                shown.append((value, _WIDTHS[key]))
        self._sheet.set_row(at, fit.row_height(shown))

    def _value(self, key: str, number: int, entry: Entry) -> Value:
        match key:
            case "number":
                return number
            case "id":
                return row_key(entry, self._made.bureau)
            case "role":
                roles = entry.roles_of(self._made.bureau or "")
                return "、".join(word("role", role, self._lang) for role in roles)
            case "measures":
                return self._shortened(entry.task.text)
        return VALUES[key](entry, self._lang)

    def _shortened(self, text: str) -> str:
        """As much of a long text as a row can show, and where the rest is."""
        first, *rest = fit.pieces(text, _WIDTHS["measures"])
        return first + say("ledger.remark.cut", self._lang) if rest else first

    def _cell(self, at: int, column: int, key: str, value: Value, entry: Entry) -> None:
        if key == "light":
            self._sheet.write_string(at, column, str(value), self._format("light", entry.light))
            return
        form = self._format("fill" if key in FILLED else "text", key)
        if isinstance(value, date):
            self._sheet.write_datetime(at, column, datetime.combine(value, time()), form)
        elif isinstance(value, int | float):
            self._sheet.write_number(at, column, value, form)
        elif value:
            self._sheet.write_string(at, column, cell_text(value), form)
        else:
            self._sheet.write_blank(at, column, None, form)

    def _set_up(self, last: int) -> None:
        sheet, keys = self._sheet, self._keys
        sheet.set_column(0, 0, _WIDTHS["id"], None, {"hidden": True})
        sheet.freeze_panes(_FIRST, keys.index("title") + 1)
        if last >= _FIRST:
            sheet.autofilter(_HEADS, 0, last, len(keys) - 1)
            self._check(last)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(_HEADS)
        sheet.print_area(0, 1, max(last, _HEADS), len(keys) - 1)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&C&P / &N&R&D")

    def _check(self, last: int) -> None:
        """A list to choose states from; what is typed besides is told, not refused: people paste."""
        lang = self._lang
        states = [word("state", state, lang) for state in STATES]
        told = say("ledger.check.state", lang, states="、".join(states))[:_LIST_LIMIT]
        column = self._keys.index("state")
        rule = {"validate": "list", "source": states, "error_message": told, "error_type": "warning"}
        self._sheet.data_validation(_FIRST, column, last, column, rule)
        column = self._keys.index("done")
        told = say("ledger.check.done", lang)
        share = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1, "error_message": told}
        self._sheet.data_validation(_FIRST, column, last, column, share)

    def _format(self, kind: str, of: str = "") -> Format:
        if (kind, of) not in self._formats:
            self._formats[kind, of] = self._book.add_format({"font_name": _FONT, "font_size": 10, **_look(kind, of)})
        return self._formats[kind, of]


def _look(kind: str, of: str) -> dict[str, object]:
    """The look of a cell: `of` is its column, or the light in it."""
    cell = {"border": 1, "border_color": _BORDER, "valign": "top", "text_wrap": True}
    if kind == "title":
        return {"bold": True, "font_size": 18, "font_name": "方正小标宋简体"}
    if kind == "remark":
        return {"font_color": "#595959"}
    if kind in ("head", "fill_head"):
        return {
            **cell,
            "bold": True,
            "align": "center",
            "valign": "vcenter",
            "bg_color": _HEAD if kind == "head" else "#FFE699",
        }
    if kind == "light":
        return {**cell, "align": "center", "bg_color": _COLORS[of]}  # type: ignore[index]
    look: dict[str, object] = {**cell, "bg_color": _FILL} if kind == "fill" else {**cell}
    if of in ("due", "when"):
        look |= {"num_format": "yyyy-mm-dd", "align": "center"}
    if of == "done":
        look |= {"num_format": "0%", "align": "center"}
    if of in ("number", "state"):
        look |= {"align": "center"}
    if of in ("note", "evidence", "problems", "next", "who"):
        look |= {"num_format": "@"}
    return look


def _write_how(book: Workbook, sheet: Worksheet, made: LedgerFile, lang: Language) -> None:
    lines: Sequence[str] = [say(f"ledger.how.{number}", lang, soon=made.ledger.soon) for number in range(1, 9)]
    title = book.add_format({"bold": True, "font_size": 16, "font_name": _FONT})
    text = book.add_format({"font_name": _FONT, "font_size": 12, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 66)
    sheet.write_string(0, 0, say("ledger.sheet.how", lang), title)
    for at, line in enumerate(lines, start=1):
        sheet.write_string(at, 0, line, text)
        sheet.set_row(at, 1.3 * fit.row_height([(line, 52)]))
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
