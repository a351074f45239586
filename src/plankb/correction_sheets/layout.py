"""Where the columns of a sheet stand, whatever a coordinator moved, put in or took out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plankb.correction_sheets.cells import text_of
from plankb.errors import PlankbError
from plankb.matrix.cells import heading_key, read_roles
from plankb.matrix.shown import BUREAU, ShownMatrix

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADS_WITHIN = 10
"""Rows from the top in which the headings are looked for: people put lines above a table."""
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

    `bureau` is set on the sheet of one bureau, whose column of roles is its own; `whole` tells a sheet of all tasks.
    """

    columns: Mapping[str, int]
    first: int
    whole: bool
    bureaus: tuple[BureauColumn, ...] = ()
    bureau: str | None = None


def layout(sheet: Worksheet, kept: ShownMatrix, remarks: list[PlankbError]) -> Layout | None:
    """The layout of a sheet of tasks; None for another sheet, and for one that lost what its rows are known by."""
    for number, row in enumerate(sheet.iter_rows(max_row=_HEADS_WITHIN), start=1):
        texts = {at: text for at, cell in enumerate(row) if (text := text_of(cell))}
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
        return Layout(columns, heads + 1, whole=True)
    added = [text for text in texts.values() if heading_key(text) is None]
    if added:
        remarks.append(PlankbError("E529", sheet=sheet.title, columns=_some(added)))
    title = next((text_of(cell) for row in sheet.iter_rows(max_row=heads - 1) for cell in row if text_of(cell)), "")
    bureau = kept.sheets.get(title) if "role" in columns else None
    return Layout(columns, heads + 1, whole="role" not in columns, bureau=bureau)


def _grid(sheet: Worksheet, ids: int, keys: Mapping[int, str], kept: ShownMatrix, remarks: list[PlankbError]) -> Layout:
    """The matrix: a hidden row of keys, two rows of headings, tasks. A column without a key is one that was added."""
    heads = ids + 2
    names = {at: text_of(cell) for at, cell in enumerate(next(sheet.iter_rows(min_row=heads, max_row=heads)))}
    found = []
    for at in range(sheet.max_column):
        key, name = keys.get(at, ""), names.get(at, "")
        if key.startswith(BUREAU):
            bureau = key.removeprefix(BUREAU)
            found.append(BureauColumn(at, bureau, name, renamed=bool(name) and name != kept.labels.get(bureau, name)))
        elif not key:
            found.extend(_added(sheet, at, name, heads, remarks))
    gone = [label for bureau, label in kept.labels.items() if bureau not in {column.bureau for column in found}]
    if gone:
        remarks.append(PlankbError("E527", sheet=sheet.title, count=len(gone), names=_some(gone)))
    columns = {key: at for at, key in keys.items() if not key.startswith(BUREAU)}
    return Layout(columns, heads + 1, whole=True, bureaus=tuple(found))


def _added(sheet: Worksheet, at: int, name: str, heads: int, remarks: list[PlankbError]) -> Iterator[BureauColumn]:
    """A column that was put in: one of a bureau where it holds marks, else told and left."""
    below = next(sheet.iter_cols(min_col=at + 1, max_col=at + 1, min_row=heads + 1), ())
    filled = [cell for cell in below if text_of(cell)]
    if name and (not filled or any(read_roles(text_of(cell)) for cell in filled)):
        yield BureauColumn(at, None, name)
    elif name:
        remarks.append(PlankbError("E529", sheet=sheet.title, columns=name))
    elif filled:
        remarks.append(PlankbError("E528", cell=f"{sheet.title}!{filled[0].coordinate}"))


def _some(names: list[str]) -> str:
    return "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
