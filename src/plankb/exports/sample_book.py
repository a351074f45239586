"""The sample of `plankb measure` as a workbook in which a person says what is right: a sheet a kind, a row a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports.safe import AS_TEXT, cell_text, sheet_names
from plankb.words import say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_HEAD = {"bold": True, "bg_color": "#DDE8F3", "border": 1, "text_wrap": True, "valign": "top"}
_EDITABLE = {"bg_color": "#FFF2CC", "border": 1, "text_wrap": True, "valign": "top"}
_SOURCE = {"border": 1, "text_wrap": True, "valign": "top"}
_WIDTHS = (0, 20, 24, 60, 36)
_FIXED = ("id", "plan", "section", "quote", "read")
"""Columns that nobody is to change."""
_FIELD, _VERDICT = 18, 10


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """One kind: `title` of the sheet, `keys` and `headings` of what may be corrected, and the rows.

    A row is the id, plan, section, quotation and what was read, the texts of the fields, and the verdict so far.
    """

    title: str
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sample(made: Sequence[SampleSheet], *, lang: Language = "zh") -> bytes:
    """The workbook. Column A holds the ids and is hidden, row 1 the keys of the columns and is hidden too."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT})
    formats = {name: book.add_format(said) for name, said in (("head", _HEAD), ("open", _EDITABLE), ("own", _SOURCE))}
    for one, name in zip(made, sheet_names([sheet.title for sheet in made]), strict=True):
        _sheet(book.add_worksheet(name), one, formats, lang)
    book.close()
    return buffer.getvalue()


def _sheet(sheet: Worksheet, one: SampleSheet, formats: dict[str, Format], lang: Language) -> None:
    fixed = tuple(say(f"tables.sample.{key}", lang) for key in _FIXED)
    headings = (*fixed, *one.headings, say("tables.sample.verdict", lang))
    keys = (*_FIXED, *one.keys, "verdict")
    for column, (key, heading) in enumerate(zip(keys, headings, strict=True)):
        sheet.write_string(0, column, key)
        sheet.write_string(1, column, heading, formats["head"])
        width = _VERDICT if key == "verdict" else _WIDTHS[column] if key in _FIXED else _FIELD
        sheet.set_column(column, column, width)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for number, row in enumerate(one.rows, start=2):
        for column, text in enumerate(row):
            sheet.write_string(number, column, cell_text(text), formats["own" if column < len(_FIXED) else "open"])
    words = [say(f"tables.sample.{key}", lang) for key in ("right", "wrong")]
    last = len(headings) - 1
    choice = {"validate": "list", "source": words, "error_type": "warning"}
    sheet.data_validation(2, last, len(one.rows) + 1, last, choice)
    sheet.freeze_panes(2, 2)
