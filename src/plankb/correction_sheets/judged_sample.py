"""What a person said in the workbook of `plankb measure`: the cells of every row as they stand now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.correction_sheets.cells import filled_rows, row_at, text_of, width_of
from plankb.correction_sheets.opening import opened
from plankb.errors import PlankbError
from plankb.words import table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_ROWS = 20_000
_FIXED = ("id", "plan", "section", "quote", "read")


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A fact by id, where it stands in the workbook, the texts of its fields by key, and the verdict.

    `right` is None where none was given or it is not understood; then `said` is what stands there.
    """

    fact: str
    cell: str
    fields: Mapping[str, str]
    right: bool | None
    said: str


def read(path: Path) -> tuple[JudgedRow, ...]:
    """The rows of all sheets. Raises E655 for a workbook that is no sample, and what `opened` raises."""
    book = opened(path)
    rows = tuple(row for sheet in book.worksheets for row in _rows(sheet))
    if not rows:
        raise PlankbError("E655", path=path)
    return rows


def _rows(sheet: Worksheet) -> Iterator[JudgedRow]:
    keys = [text_of(cell) for cell in row_at(sheet, 1, width_of(sheet, 1))]
    if tuple(keys[: len(_FIXED)]) != _FIXED or "verdict" not in keys:
        return
    for number in filled_rows(sheet, 3, _MOST_ROWS):
        texts = {key: text_of(cell) for key, cell in zip(keys, row_at(sheet, number, len(keys)), strict=True)}
        if fact := texts.get("id"):
            said = texts["verdict"]
            fields = {key: text for key, text in texts.items() if key not in (*_FIXED, "verdict")}
            yield JudgedRow(fact, f"{sheet.title}!{number}", fields, _verdict(said), said)


def _verdict(said: str) -> bool | None:
    for key, right in (("right", True), ("wrong", False)):
        written = table("tables")[f"sample.{key}_written"]
        if said.lower() in {form for words in written for form in words.split()}:
            return right
    return None
