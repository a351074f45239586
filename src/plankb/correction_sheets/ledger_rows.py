"""The rows of a ledger that somebody filled in: what stands in them, whatever was moved, sorted, split or pasted.

Only the rows and columns that can hold the table are read: its headings stand near the top, and a row has its id in the
hidden column or a task in that of titles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from plankb import rules
from plankb.correction_sheets.cells import is_merged_away
from plankb.correction_sheets.opening import opened
from plankb.errors import PlankbError
from plankb.ledger import TEXTS
from plankb.ledger.cells import UnclearError, read_day, read_said, read_share, read_text
from plankb.ledger.columns import FILLED, heading_key, heading_like, read_row_key
from plankb.model import State

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    Cells = Mapping[str, Cell | MergedCell | None]

T = TypeVar("T")
_HEADS_WITHIN, _COLUMNS = 20, 60
"""Rows from the top, and columns from the left, in which the headings are looked for."""
_HEADED = ("title", "state")
_TOLD = ("state", "done", "note")
_PROBLEMS = {"state": "E712", "share": "E713", "day": "E714"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row with something in it. `at` names it as FILE SHEET!CELL; `task`, `base`, `bureau` are what its hidden cell
    says, None where that is gone; `texts` are by field of a report; `who` is "" and `when` None where not filled in."""

    at: str
    task: str | None
    base: str | None
    bureau: str | None
    title: str
    measures: str
    state: State | None
    done: float | None
    texts: Mapping[str, str]
    who: str
    when: date | None

    @property
    def says(self) -> bool:
        """Whether anything is reported in it."""
        return bool(self.state or self.done is not None or any(self.texts.values()))


@dataclass
class Rows:
    """The rows of a file, remarks on what was not taken, and who saved the file last."""

    rows: list[Row] = field(default_factory=list)
    remarks: list[PlankbError] = field(default_factory=list)
    who: str | None = None


def read(path: Path, *, today: date) -> Rows:
    """The rows of a workbook. Raises E101, E105, E107, E510, E519 for a file that cannot be read, E710 for one without
    a ledger."""
    book = opened(path)
    saver = (book.properties.lastModifiedBy or "").strip()
    found = Rows(who=saver if saver not in ("", "plankb", "openpyxl") else None)
    sheets = 0
    for sheet in book.worksheets:
        at = _layout(sheet)
        if at is not None:
            sheets += 1
            _Sheet(sheet, path.name, at, today, found).read()
    if not sheets:
        raise PlankbError("E710", path=path)
    return found


@dataclass(frozen=True, slots=True)
class _Layout:
    columns: Mapping[str, int]
    first: int


def _layout(sheet: Worksheet) -> _Layout | None:
    """Where the columns stand; None for a sheet that is no ledger."""
    if not hasattr(sheet, "iter_rows"):  # a sheet of a chart
        return None
    last_row, last_column = min(sheet.max_row, _HEADS_WITHIN), min(sheet.max_column, _COLUMNS)
    for number, row in enumerate(sheet.iter_rows(max_row=last_row, max_col=last_column), start=1):
        texts = {at: cell.value for at, cell in enumerate(row, start=1) if isinstance(cell.value, str)}
        columns: dict[str, int] = {}
        for known in (heading_key, heading_like):  # what we write counts before what people make of it
            taken = set(columns.values())
            for at, text in texts.items():
                key = known(text) if at not in taken else None
                if key:
                    columns.setdefault(key, at)
        if all(key in columns for key in _HEADED) or ("id" in columns and any(key in columns for key in _TOLD)):
            return _Layout(columns, number + 1)
    return None


def _of_merged(sheet: Worksheet, columns: Iterable[int]) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Of each cell (row, column) that lies under another in a merged one, where that one begins: people merge what
    holds for several rows."""
    wanted = set(columns)
    return {
        (row, merged.min_col): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        if merged.min_col in wanted
        for row in range(merged.min_row + 1, merged.max_row + 1)
        if (row, merged.min_col) in sheet._cells
    }


def _joined(state: str, note: str) -> str:
    return state if not note else note if state in note else f"{state}\n{note}"


class _Sheet:
    """One sheet being read."""

    def __init__(self, sheet: Worksheet, file: str, at: _Layout, today: date, found: Rows) -> None:
        self._sheet, self._file, self._at, self._today, self._found = sheet, file, at, today, found
        self._merged = _of_merged(sheet, at.columns.values())

    def read(self) -> None:
        for row in self._row_numbers():
            cells = {key: self._cell(row, column) for key, column in self._at.columns.items()}
            if self._is_heading(cells):
                continue
            try:
                made = self._row(cells, row)
            except PlankbError as error:
                self._found.remarks.append(error)
                continue
            if made.says and self._accepted(cells):
                self._found.rows.append(made)

    def _accepted(self, cells: Cells) -> bool:
        """Whether a row is to be taken: in a sheet of proposals only where a person says so."""
        if "accept" not in self._at.columns:
            return True
        cell = cells.get("accept")
        said = str(cell.value).strip().lower() if cell is not None and cell.value is not None else ""
        return said in rules.words("ledger", "accept")

    def _row_numbers(self) -> Iterator[int]:
        """The rows that hold something in the columns of the table; a stray cell far away makes none between."""
        columns = set(self._at.columns.values())
        yield from sorted({row for row, column in self._sheet._cells if row >= self._at.first and column in columns})

    def _cell(self, row: int, column: int) -> Cell | MergedCell | None:
        return self._sheet._cells.get(self._merged.get((row, column), (row, column)))

    def _is_heading(self, cells: Cells) -> bool:
        """Whether the row repeats the headings: people paste sheets under one another with them."""
        return all(
            (cell := cells[key]) is not None and isinstance(cell.value, str) and heading_key(cell.value) == key
            for key in (*_TOLD, "title")
            if key in cells
        )

    def _row(self, cells: Cells, row: int) -> Row:
        said = {key: self._value(key, cells.get(key)) for key in ("title", "measures", *FILLED)}
        hidden = cells.get("id")
        known = read_row_key(str(hidden.value)) if hidden is not None and hidden.value else None
        task, base, bureau = known or (None, None, None)
        texts = {key: self._text(key, cells, said) for key in TEXTS}
        in_words = self._text("state", cells, said)
        stated = self._understood("state", cells, lambda: read_said(in_words))
        if stated.more:  # words beside a state are a person's, too
            texts["note"] = _joined(in_words, texts["note"])
        percent = "%" in (getattr(cells.get("done"), "number_format", None) or "")
        share = self._understood("done", cells, lambda: read_share(said["done"], percent=percent))
        return Row(
            at=self._where(self._at.columns.get("title", min(self._at.columns.values())), row),
            task=task,
            base=base,
            bureau=bureau,
            title=self._text("title", cells, said),
            measures=self._text("measures", cells, said),
            state=stated.state,
            done=share if share is not None else stated.share,
            texts=texts,
            who=self._text("who", cells, said),
            when=self._understood("when", cells, lambda: read_day(said["when"], today=self._today)),
        )

    def _value(self, key: str, cell: Cell | MergedCell | None) -> object:
        """The value of a cell. Raises E711 for a formula and for an error in one that is to be read."""
        if cell is None or is_merged_away(cell):
            return None
        if cell.data_type in ("f", "e") and key in FILLED:
            raise PlankbError("E711", cell=self._address(cell), text=str(cell.value)[:40])
        return cell.value

    def _text(self, key: str, cells: Cells, said: Mapping[str, object]) -> str:
        value = said[key]
        if isinstance(value, date):
            return value.isoformat()[:10]
        text, dirty = read_text(value)
        if dirty:
            self._found.remarks.append(PlankbError("E715", cell=self._address(cells[key])))
        return text

    def _understood(self, key: str, cells: Cells, reader: Callable[[], T]) -> T:
        try:
            return reader()
        except UnclearError as error:
            code = _PROBLEMS[error.problem]
            raise PlankbError(code, cell=self._address(cells[key]), text=error.text[:40]) from error

    def _address(self, cell: Cell | MergedCell | None) -> str:
        return f"{self._file} {self._sheet.title}!{cell.coordinate if cell else ''}"

    def _where(self, column: int, row: int) -> str:
        from openpyxl.utils import get_column_letter

        return f"{self._file} {self._sheet.title}!{get_column_letter(column)}{row}"
