"""Corrections read from a workbook that `plankb matrix` made and somebody changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.correction_sheets import cell_corrections, goals
from plankb.correction_sheets.added import AddedTask, added
from plankb.correction_sheets.cell_corrections import CellCorrection, Entry, Found
from plankb.correction_sheets.cells import filled_rows, is_formula, is_merged_away, is_struck, row_at, text_of, values
from plankb.correction_sheets.layout import Layout, layout
from plankb.correction_sheets.opening import opened
from plankb.errors import PlankbError
from plankb.matrix import shown
from plankb.matrix.cells import heading
from plankb.matrix.shown import Shown, ShownMatrix

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_TOLD = 5
"""How many titles or cells a message lists."""


@dataclass
class Corrections:
    """What was found: changes, one for each point; tasks that were put in; remarks on what was not taken; who
    saved the workbook last."""

    changes: list[CellCorrection] = field(default_factory=list)
    added: list[AddedTask] = field(default_factory=list)
    remarks: list[PlankbError] = field(default_factory=list)
    who: str | None = None


def read(path: Path, *, delete_missing: bool = False) -> Corrections:
    """Compares a workbook with what it showed when it was made.

    With `delete_missing` a task whose row is gone from a sheet of all tasks is struck out. Raises E101, E105, E107,
    E510, E519.
    """
    book = opened(path)
    name, kept = _kept(book, path)
    found = Corrections(who=_saver(book))
    seen: list[CellCorrection] = []
    for sheet in book.worksheets:
        if sheet.title != name:
            seen.extend(_sheet(sheet, kept, found, delete_missing=delete_missing))
    _agree(seen, found)
    return found


def shown_in(path: Path) -> ShownMatrix:
    """What a workbook showed when it was made. Raises E101, E105, E107, E510, E519."""
    return _kept(opened(path), path)[1]


def _kept(book: Workbook, path: Path) -> tuple[str, ShownMatrix]:
    """The hidden sheet and what it holds. Raises E510 where there is none."""
    name = next((name for name in book.sheetnames if name.startswith(shown.SHEET)), None)
    kept = shown.parse(values(book[name])) if name else None
    if name is None or kept is None:
        raise PlankbError("E510", path=path)
    return name, kept


def _saver(book: Workbook) -> str | None:
    name = (book.properties.lastModifiedBy or "").strip()
    return name if name not in ("", "plankb", "openpyxl") else None


def _sheet(
    sheet: Worksheet, kept: ShownMatrix, found: Corrections, *, delete_missing: bool
) -> Iterator[CellCorrection]:
    """The changes of one sheet; none for a sheet that lists no tasks."""
    remarks = found.remarks
    at = layout(sheet, kept, remarks)
    if at is None:
        return
    rows = _rows(sheet, at, kept, found)
    for task, parts in rows.items():
        for one in _task(_Reading(sheet.title, remarks), kept.tasks[task], parts, at):
            if isinstance(one, PlankbError):
                remarks.append(one)
            else:
                yield one
    _tell_merged(sheet, at, remarks)
    expected = kept.tasks.items() if at.whole else ()
    missing = [task for id_, task in expected if id_ not in rows and at.plan in (None, task.plan)]
    if missing and delete_missing:
        yield from (CellCorrection(task, "reject", sheet.title) for task in missing)
    elif missing:
        titles = "、".join(task.title for task in missing[:_TOLD]) + ("…" if len(missing) > _TOLD else "")
        remarks.append(PlankbError("E517", sheet=sheet.title, count=len(missing), titles=titles))


@dataclass(frozen=True)
class _Reading:
    """A sheet that is being read, by its title, and where remarks on its cells go."""

    title: str
    remarks: list[PlankbError]

    def entry(self, cell: Cell | MergedCell) -> Entry | None:
        """A cell as a person left it; None for one that was merged into another, and for a formula, which is told."""
        where = f"{self.title}!{cell.coordinate}"
        if is_formula(cell):
            self.remarks.append(PlankbError("E545", cell=where, text=str(getattr(cell.value, "text", cell.value))))
            return None
        return None if is_merged_away(cell) else Entry(where, text_of(cell), is_struck(cell))


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows of a task by the number of its part, from 1, and how many there should be."""

    count: int
    rows: dict[int, Sequence[Cell | MergedCell]] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether all are there, and no other: a number may have been changed by hand."""
        return len(self.rows) == self.count and all(1 <= part <= self.count for part in self.rows)


def _rows(sheet: Worksheet, at: Layout, kept: ShownMatrix, seen: Corrections) -> dict[str, Parts]:
    """The rows of each task; a row without an id is a task that was put in, what stands in others is told."""
    found: dict[str, Parts] = {}
    plan = at.plan or next((task.plan for task in kept.tasks.values()), "")
    for number in filled_rows(sheet, at.first):
        row = row_at(sheet, number, at.width)
        id_, part, parts = shown.read_row_id(text_of(row[at.columns["id"]]))
        title = row[at.columns["title"]]
        where = f"{sheet.title}!{title.coordinate}"
        if id_ not in kept.tasks:
            if (text := text_of(title)) and not _is_total(text):
                _put_in(added(row, at, plan, _Reading(sheet.title, seen.remarks).entry), seen)
            continue
        plan = kept.tasks[id_].plan
        known = found.setdefault(id_, Parts(parts)).rows
        if part in known:
            seen.remarks.append(PlankbError("E532", cell=where, text=text_of(title)))
        else:
            known[part] = row
    return found


def _put_in(one: AddedTask | PlankbError, seen: Corrections) -> None:
    if isinstance(one, PlankbError):
        seen.remarks.append(one)
    else:
        seen.added.append(one)


def _is_total(text: str) -> bool:
    return text.startswith((heading("total", "zh"), heading("total", "en")))


_READERS: Mapping[str, cell_corrections.Reader] = {
    "title": cell_corrections.titled,
    "by": cell_corrections.timed,
    "opinion": cell_corrections.judged,
    "collective": cell_corrections.listed_collective,
    "measures": cell_corrections.measured,
    "targets": goals.aimed,
}
_LONG = {"measures": "", "targets": "\n"}
"""Columns whose text may go on in the next row, and what stood between the rows' texts."""


def _task(sheet: _Reading, task: Shown, parts: Parts, at: Layout) -> Found:
    """What the rows of a task say. What can be corrected in one cell stands in its first row."""
    row = parts.rows.get(1)
    if row is None:
        return

    def entry(key: str) -> Entry | None:
        return sheet.entry(row[at.columns[key]]) if key in at.columns else None

    whole = parts.whole
    if not whole:
        yield PlankbError("E536", cell=f"{sheet.title}!{row[at.columns['title']].coordinate}")
    for key, reader in _READERS.items():
        if key in _LONG and key in at.columns:
            found = _joined(sheet, parts, at.columns[key], _LONG[key]) if whole else None
        else:
            found = entry(key)
        if found:
            yield from reader(task, found)
    yield from _marks(sheet, task, row, at)
    if at.bureau and (role := entry("role")):
        yield from cell_corrections.marked(task, role, bureau=at.bureau, name=at.bureau)
    if not at.bureaus:
        lead, others = entry("lead"), entry("others")
        if lead or others:
            yield from cell_corrections.listed(task, lead, others)


def _marks(sheet: _Reading, task: Shown, row: Sequence[Cell | MergedCell], at: Layout) -> Found:
    """What the bureaus' columns say."""
    for column in at.bureaus:
        cell = sheet.entry(row[column.at])
        if cell is None:
            continue
        if column.bureau is None or column.renamed:
            yield from cell_corrections.marked_anew(task, cell, name=column.name, instead_of=column.bureau)
        else:
            yield from cell_corrections.marked(task, cell, bureau=column.bureau, name=column.name)


def _joined(sheet: _Reading, parts: Parts, column: int, between: str) -> Entry | None:
    """A text that goes on over the rows of a task."""
    entries = [sheet.entry(parts.rows[part][column]) for part in range(1, parts.count + 1)]
    known = [one for one in entries if one is not None]
    if known != entries:
        return None
    return Entry(known[0].at, between.join(filter(None, (one.text for one in known))))


def _agree(seen: list[CellCorrection], found: Corrections) -> None:
    """One change for each point; where sheets say different things, none."""
    points: dict[tuple[str, str | None, str | None], list[CellCorrection]] = defaultdict(list)
    for change in seen:
        points[change.point].append(change)
    for said in points.values():
        if len({(change.action, change.after) for change in said}) == 1:
            found.changes.append(said[0])
        else:
            found.remarks.append(PlankbError("E516", cells="、".join(change.cell for change in said)))


def _tell_merged(sheet: Worksheet, at: Layout, remarks: list[PlankbError]) -> None:
    """Cells merged over several rows of tasks hide what stood in all but the first."""
    merged = [str(area) for area in sheet.merged_cells.ranges if area.min_row >= at.first]
    if merged:
        cells = "、".join(sorted(merged)[:_TOLD]) + ("…" if len(merged) > _TOLD else "")
        remarks.append(PlankbError("E530", sheet=sheet.title, cells=cells))
