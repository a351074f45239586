"""Corrections read from a workbook that `plankb matrix` made and somebody changed."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plankb.errors import PlankbError
from plankb.matrix import snapshot
from plankb.matrix.headings import COLUMNS, heading_key
from plankb.matrix.snapshot import BUREAU, Shown, Snapshot
from plankb.review import changes
from plankb.review.changes import Change, Entry

_MOST_BYTES = 300_000_000
"""A workbook that unpacks to more is none of ours."""
_HEADS_WITHIN = 10
"""Rows from the top in which the headings are looked for: people put lines above a table."""


@dataclass
class Corrections:
    """What was found: changes, one for each point; remarks on what was not taken; who saved the workbook last."""

    changes: list[Change] = field(default_factory=list)
    remarks: list[PlankbError] = field(default_factory=list)
    who: str | None = None


def read(path: Path) -> Corrections:
    """Compares a workbook with what it showed when it was made. Raises E101, E105, E510."""
    book = _opened(path)
    name = next((name for name in book.sheetnames if name.startswith(snapshot.SHEET)), None)
    kept = snapshot.parse(book[name].iter_rows(values_only=True)) if name else None
    if kept is None:
        raise PlankbError("E510", path=path)
    found = Corrections(who=_saver(book))
    seen: list[Change] = []
    for sheet in book.worksheets:
        if sheet.title != name:
            seen.extend(_sheet(sheet, kept, found.remarks))
    _agree(seen, found)
    return found


def _opened(path: Path) -> Any:
    import openpyxl

    if not path.is_file():
        raise PlankbError("E101", path=path)
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_BYTES:
                raise PlankbError("E510", path=path)
        return openpyxl.load_workbook(path)
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except PlankbError:
        raise
    except Exception as error:  # whatever a damaged or foreign file makes openpyxl raise
        raise PlankbError("E510", path=path) from error


def _saver(book: Any) -> str | None:
    name = (book.properties.lastModifiedBy or "").strip()
    return name if name not in ("", "plankb", "openpyxl") else None


def _sheet(sheet: Any, kept: Snapshot, remarks: list[PlankbError]) -> Iterator[Change]:
    """The changes of one sheet; none for a sheet that lists no tasks."""
    layout = _layout(sheet)
    if layout is None:
        return
    for at, bureau, name in layout.bureaus:
        if bureau and name != kept.labels.get(bureau, name):
            cell = f"{sheet.title}!{sheet.cell(layout.first - 1, at + 1).coordinate}"
            remarks.append(PlankbError("E515", cell=cell, column=name))
    present = set()
    for row in sheet.iter_rows(min_row=layout.first):
        task = kept.tasks.get(str(row[layout.columns["id"]].value or ""))
        if task is not None:
            present.add(task.id)
            yield from _row(sheet.title, row, task, layout, remarks)
    if layout.whole and (missing := kept.tasks.keys() - present):
        remarks.append(PlankbError("E517", sheet=sheet.title, count=len(missing)))


@dataclass(frozen=True)
class _Layout:
    """Where the columns stand, by key; `bureaus` are (column, id or None, name); rows of tasks start at `first`.

    `whole` tells a sheet of all tasks from the sheet of one bureau.
    """

    columns: Mapping[str, int]
    bureaus: tuple[tuple[int, str | None, str], ...]
    first: int
    whole: bool


def _layout(sheet: Any) -> _Layout | None:
    for row in sheet.iter_rows(max_row=_HEADS_WITHIN):
        texts = {cell.column - 1: _text(cell) for cell in row if _text(cell)}
        if "id" in texts.values() and "number" in texts.values():
            return _grid_layout(sheet, row[0].row, texts)
        keys = {heading_key(text): at for at, text in texts.items()}
        if "id" in keys and "title" in keys:
            columns = {key: at for key, at in keys.items() if key}
            return _Layout(columns, (), row[0].row + 1, whole="role" not in columns)
    return None


def _grid_layout(sheet: Any, ids: int, keys: Mapping[int, str]) -> _Layout:
    """The matrix: a hidden row of keys, two rows of headings, tasks. A column without a key is one that was added."""
    heads = next(sheet.iter_rows(min_row=ids + 2, max_row=ids + 2))
    columns = {key: at for at, key in keys.items() if not key.startswith(BUREAU)}
    bureaus: list[tuple[int, str | None, str]] = []
    for cell in heads:
        at, name = cell.column - 1, _text(cell)
        key = keys.get(at, "")
        if key.startswith(BUREAU):
            bureaus.append((at, key.removeprefix(BUREAU), name))
        elif not key and name:
            bureaus.append((at, None, name))
    return _Layout(columns, tuple(bureaus), ids + 3, whole=True)


_CELLS: Mapping[str, changes.Reader] = {
    "title": changes.titled,
    "by": changes.timed,
    "opinion": changes.judged,
    "collective": changes.listed_collective,
}


def _row(sheet: str, row: Any, task: Shown, layout: _Layout, remarks: list[PlankbError]) -> Iterator[Change]:
    def entry(key: str) -> Entry | None:
        return _entry(sheet, row, layout.columns[key]) if key in layout.columns else None

    for key, reader in _CELLS.items():
        if found := entry(key):
            yield from _taken(reader(task, found), remarks)
    for at, bureau, name in layout.bureaus:
        cell = _entry(sheet, row, at)
        yield from _taken(changes.marked(task, cell, bureau=bureau, name=name), remarks)
    lead, others = entry("lead"), entry("others")
    if not layout.bureaus and (lead or others):
        yield from changes.listed(task, lead, others)
    for key in ("measures", "targets"):
        text = entry(key)
        if text and not _same_start(text.text, getattr(task, key)):
            remarks.append(PlankbError("E515", cell=text.at, column=COLUMNS[key][0]))


def _taken(found: Iterator[Change], remarks: list[PlankbError]) -> list[Change]:
    """The changes of a cell; one that is not understood is remarked on."""
    try:
        return list(found)
    except PlankbError as error:
        remarks.append(error)
        return []


def _same_start(text: str, whole: str) -> bool:
    """Whether a cell shows a text, which may go on in the next row."""
    return "".join(whole.split()).startswith("".join(text.split())) and bool(text) == bool(whole.strip())


def _agree(seen: list[Change], found: Corrections) -> None:
    """One change for each point; where sheets say different things, none."""
    points: dict[tuple[str, str | None, str | None], list[Change]] = defaultdict(list)
    for change in seen:
        points[change.point].append(change)
    for said in points.values():
        if len({(change.action, change.after) for change in said}) == 1:
            found.changes.append(said[0])
        else:
            found.remarks.append(PlankbError("E516", cells="、".join(change.cell for change in said)))


def _entry(sheet: str, row: Any, at: int) -> Entry:
    cell = row[at]
    struck = bool(cell.font and cell.font.strike)
    return Entry(f"{sheet}!{cell.coordinate}", _text(cell), struck)


def _text(cell: Any) -> str:
    """What stands in a cell, as text; a number typed into it too."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value).strip()
