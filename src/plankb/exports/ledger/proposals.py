"""What a work report says of targets: a table in words, and the workbook in which a person accepts.

The workbook is read back as a ledger: rows that are accepted become reports on their task.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports.safe import AS_TEXT, cell_text, sheet_names
from plankb.exports.side_by_side import Line, Sheet, Tone
from plankb.exports.workbook import fit
from plankb.ledger import STATES
from plankb.ledger.columns import heading
from plankb.model import State
from plankb.words import say, word

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "id": 12, "number": 5, "title": 22, "indicator": 20, "target": 32, "value": 16, "result": 32, "reached": 14,
    "verdict": 9, "accept": 9, "state": 9, "note": 36, "evidence": 30, "who": 11, "when": 11,
}  # fmt: skip
_FILLED = ("accept", "state", "note", "evidence", "who", "when")
_HEADS, _FIRST = 3, 4
_A3 = 8
_COLORS: dict[str, str] = {"reached": "#C6E0B4", "short": "#F4B6B0", "not-due": "#FFE699", "no-data": "#FFFFFF"}
_FONT = "仿宋_GB2312"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One proposal in words: `lines` are its targets, each as indicator, target's quotation and value, result's
    quotation and value ("" without data), and verdict. `task` is None for a target that belongs to none."""

    number: int
    task: str | None
    title: str
    lines: tuple[tuple[str, str, str, str, str, str], ...]
    verdict: str
    state: State | None
    note: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFile:
    """The proposals that a report makes; `remark` counts them; `when` is the day of the report, `who` its issuer."""

    report: str
    remark: str
    who: str
    when: date | None
    proposals: tuple[Shown, ...]


def sheet(made: ProposalFile, lang: Language) -> Sheet:
    """A target a line, both quotations side by side."""
    keys = ("number", "title", "indicator", "target", "value", "result", "reached", "verdict")
    lines = [
        Line((str(one.number), one.title, *line[:5], word("result", line[5], lang)), _tone(line[5]))
        for one in made.proposals
        for line in one.lines
    ]
    title = say("ledger.sheet.results_of", lang, report=made.report)
    return Sheet(
        title, made.remark, tuple(_heading(key, lang) for key in keys), (4, 10, 10, 17, 9, 17, 8, 6), tuple(lines)
    )


def _tone(verdict: str) -> Tone:
    tones: dict[str, Tone] = {"reached": "good", "short": "bad", "not-due": "warn"}
    return tones.get(verdict, "plain")


def workbook(made: ProposalFile, *, lang: Language = "zh") -> bytes:
    """The workbook to accept in."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT})
    (name,) = sheet_names([say("ledger.sheet.results", lang)])
    page = book.add_worksheet(name)
    plain = {"font_name": _FONT, "font_size": 10}
    title = say("ledger.sheet.results_of", lang, report=made.report)
    page.write_string(0, 1, cell_text(title), book.add_format({**plain, "bold": True, "font_size": 16}))
    page.write_string(1, 1, made.remark, book.add_format(plain))
    page.write_string(2, 1, say("ledger.remark.accept", lang), book.add_format(plain))
    _write_rows(book, page, made, lang)
    _set_up(page, _HEADS + max(1, len(made.proposals)), lang)
    book.close()
    return buffer.getvalue()


def _write_rows(book: Workbook, page: Worksheet, made: ProposalFile, lang: Language) -> None:
    look = {
        "font_name": _FONT, "font_size": 10, "border": 1, "border_color": "#A6A6A6", "valign": "top",
        "text_wrap": True,
    }  # fmt: skip
    text, fill = book.add_format(look), book.add_format({**look, "bg_color": "#FFFBEA", "num_format": "@"})
    day = book.add_format({**look, "bg_color": "#FFFBEA", "num_format": "yyyy-mm-dd"})
    head = book.add_format({**look, "bold": True, "align": "center", "bg_color": "#DDE8F3"})
    tones = {key: book.add_format({**look, "align": "center", "bg_color": color}) for key, color in _COLORS.items()}
    for column, key in enumerate(_WIDTHS):
        page.write_string(_HEADS, column, _heading(key, lang), head)
        page.set_column(column, column, _WIDTHS[key], None, {"hidden": key == "id"})
    for at, one in enumerate(made.proposals, start=_FIRST):
        cells = _cells(one, made, lang)
        for column, key in enumerate(_WIDTHS):
            form = tones[one.verdict] if key == "verdict" else fill if key in _FILLED else text
            if key == "when" and made.when and one.state:
                page.write_datetime(at, column, datetime.combine(made.when, time()), day)
            else:
                page.write_string(at, column, cell_text(cells[key]), form)
        page.set_row(at, fit.row_height([(cells[key], width) for key, width in _WIDTHS.items() if key != "id"]))


def _set_up(page: Worksheet, last: int, lang: Language) -> None:
    columns = list(_WIDTHS)
    for key, words in (("accept", _choices(lang)), ("state", [word("state", state, lang) for state in STATES])):
        column = columns.index(key)
        page.data_validation(_FIRST, column, last, column, {"validate": "list", "source": words})
    page.freeze_panes(_FIRST, columns.index("title") + 1)
    page.autofilter(_HEADS, 0, last, len(columns) - 1)
    page.set_landscape()
    page.set_paper(_A3)
    page.repeat_rows(_HEADS)
    page.fit_to_pages(1, 0)
    page.print_area(0, 1, last, len(columns) - 1)
    page.set_footer("&C&P / &N")


def _choices(lang: Language) -> list[str]:
    return [say("ledger.accept.yes", lang), say("ledger.accept.no", lang)]


def _cells(one: Shown, made: ProposalFile, lang: Language) -> dict[str, str]:
    """The cells of a proposal by column; several targets stand in one cell, a line each."""

    def joined(at: int) -> str:
        return "\n".join(line[at] for line in one.lines)

    return {
        "id": json.dumps([one.task, None, None], ensure_ascii=False) if one.task else "",
        "number": str(one.number),
        "title": one.title,
        **{key: joined(at) for at, key in enumerate(("indicator", "target", "value", "result", "reached"))},
        "verdict": "、".join(dict.fromkeys(word("result", line[5], lang) for line in one.lines)),
        "accept": "",
        "state": word("state", one.state, lang) if one.state else "",
        "note": one.note if one.state else "",
        "evidence": one.evidence if one.state else "",
        "who": made.who if one.state else "",
        "when": "",
    }


def _heading(key: str, lang: Language) -> str:
    own: Sequence[str] = ("number", "title", "accept", "state", "note", "evidence", "who", "when", "id")
    return heading(key, lang) if key in own else say(f"ledger.column-other.{key}", lang)
