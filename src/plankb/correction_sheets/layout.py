"""Where the columns of a sheet stand, whatever a coordinator moved, put in or took out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plankb.correction_sheets.cells import filled_columns, filled_rows, row_at, text_of, width_of
from plankb.correction_sheets.size import MOST_LOOKED_AT, require
from plankb.errors import PlankbError
from plankb.matrix.cells import heading_key, read_roles
from plankb.matrix.shown import BUREAU, PLAN, ShownMatrix

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADS_WITHIN = 10
"""Rows from the top in which the headings are looked for: people put lines above a table."""
BY_HAND = frozenset({"leader", "contact", "progress", "remark"})
"""Columns that people fill in, and that no fact has."""
_NAMED = 5
"""How many names a message lists."""


@dataclass(frozen=True, slots=True)
class BureauColumn:
    """A column of marks: `bureau` is None for one that was put in, `renamed` where its heading was changed."""

    at: int
    bureau: str | None
    name: str
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns stand, by key; rows of tasks start at `first`.

    `bureau` is set on the sheet of one bureau, whose column of roles is its own; `whole` tells a sheet of all tasks, of
    those of `plan` where that is set. The sheet is `width` columns wide.
    """

    columns: Mapping[str, int]
    first: int
    whole: bool
    width: int
    bureaus: tuple[BureauColumn, ...] = ()
    bureau: str | None = None
    plan: str | None = None


def layout(sheet: Worksheet, kept: ShownMatrix, remarks: list[PlankbError]) -> Layout | None:
    """The layout of a sheet of tasks; None for another sheet, and for one that lost what its rows are known by.

    Raises E548 for a table of more columns times rows than are looked at.
    """
    width = width_of(sheet, _HEADS_WITHIN)
    require(width * len(filled_rows(sheet)) <= MOST_LOOKED_AT)
    for number in filled_rows(sheet, last=_HEADS_WITHIN):
        texts = {at: text for at, cell in enumerate(row_at(sheet, number, width)) if (text := text_of(cell))}
        if "number" in texts.values() and "title" in texts.values():
            if "id" in texts.values():
                return _grid(sheet, number, texts, kept, remarks)
            remarks.append(PlankbError("E526", sheet=sheet.title))
            return None
        keys = {heading_key(text): at for at, text in texts.items()}
        if "title" in keys and "opinion" in keys:
            return _list(sheet, number, texts, kept, remarks)
    return None


def _list(
    sheet: Worksheet, heads: int, texts: Mapping[int, str], kept: ShownMatrix, remarks: list[PlankbError]
) -> Layout | None:
    columns = {key: at for at, text in texts.items() if (key := heading_key(text))}
    if "id" not in columns:
        remarks.append(PlankbError("E526", sheet=sheet.title))
        return None
    if "total" in columns:
        remarks.append(PlankbError("E525", sheet=sheet.title))
        return Layout(columns, heads + 1, whole=True, width=max(texts) + 1)
    added = [text for at, text in texts.items() if _not_read(sheet, heads, at, heading_key(text))]
    if added:
        remarks.append(PlankbError("E529", sheet=sheet.title, columns=_some(added)))
    above = (cell for row in filled_rows(sheet, last=heads - 1) for cell in row_at(sheet, row, max(texts) + 1))
    title = next((text for cell in above if (text := text_of(cell))), "")
    bureau = kept.sheets.get(title) if "role" in columns else None
    whole = "role" not in columns or len(kept.labels) == 1
    return Layout(columns, heads + 1, whole=whole, width=max(texts) + 1, bureau=bureau)


def _not_read(sheet: Worksheet, heads: int, at: int, key: str | None) -> bool:
    """Whether a column has no place in the facts: it was put in, or is one to be filled in by hand, and was."""
    if key is None:
        return True
    return key in BY_HAND and any(text_of(sheet.cell(row, at + 1)) for row in filled_rows(sheet, heads + 1))


def _grid(sheet: Worksheet, ids: int, keys: Mapping[int, str], kept: ShownMatrix, remarks: list[PlankbError]) -> Layout:
    """The matrix: a hidden row of keys, two rows of headings, tasks. A column without a key is one that was added."""
    heads = ids + 2
    width = width_of(sheet, heads)
    names = {at: text_of(cell) for at, cell in enumerate(row_at(sheet, heads, width))}
    plan = next((key.removeprefix(PLAN) for key in keys.values() if key.startswith(PLAN)), None)
    found: list[BureauColumn] = []
    below = filled_rows(sheet, heads + 1)
    for at in filled_columns(sheet):
        key, name = keys.get(at, ""), names.get(at, "")
        if key.startswith(BUREAU):
            bureau = key.removeprefix(BUREAU)
            found.append(BureauColumn(at, bureau, name, renamed=bool(name) and name != kept.labels.get(bureau, name)))
        elif not key:
            found.extend(_added(sheet, at, name, below, remarks))
    there = {column.bureau for column in found}
    of_plan = {bureau for task in kept.tasks.values() if plan in (None, task.plan) for bureau in task.cells}
    gone = [label for bureau, label in kept.labels.items() if bureau in of_plan and bureau not in there]
    if gone:
        remarks.append(PlankbError("E527", sheet=sheet.title, count=len(gone), names=_some(gone)))
    columns = {key: at for at, key in keys.items() if not key.startswith((BUREAU, PLAN))}
    width = max([width, *(column.at + 1 for column in found)])
    return Layout(columns, heads + 1, whole=True, width=width, bureaus=tuple(found), plan=plan)


def _added(
    sheet: Worksheet, at: int, name: str, below: list[int], remarks: list[PlankbError]
) -> Iterator[BureauColumn]:
    """A column that was put in: one of a bureau where it holds marks in the rows `below`, else told and left."""
    filled = [cell for row in below if (cell := sheet._cells.get((row, at + 1))) is not None and text_of(cell)]
    if name and (not filled or any(read_roles(text_of(cell)) for cell in filled)):
        yield BureauColumn(at, None, name)
    elif name:
        remarks.append(PlankbError("E529", sheet=sheet.title, columns=name))
    elif filled:
        remarks.append(PlankbError("E528", cell=f"{sheet.title}!{filled[0].coordinate}"))


def _some(names: list[str]) -> str:
    return "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
