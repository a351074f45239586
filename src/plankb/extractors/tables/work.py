"""Tables that share out work: whether a table is one, its rows of work, and of each the work item, who answers for it
and until when. Rules: `rules/task_tables.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from statistics import median

from plankb import rules, times
from plankb.document import Cell, Row
from plankb.extractors.notes.names import Name
from plankb.extractors.notes.note import Note, in_cell
from plankb.extractors.notes.vocabulary import Part, tells_who_leads
from plankb.extractors.tables.columns import ACTORS, FIGURE, SHORT, Column, Layout, kind, placed

_said = partial(rules.pattern, "task_tables")
_LONGEST_HEADING = 24
_WORDS = ("category", "content")
_FIRST_SENTENCE = re.compile(r"[。；;]|(?<=[\u4e00-\u9fff]{6})[：:]")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of work: its cells by column (blank ones carried down are the cells above), the groups it stands in, and
    the columns of its work item and of the measures of that."""

    row: Row
    cells: tuple[Cell, ...]
    groups: tuple[str, ...]
    title: int
    measures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """The columns of a table of work, and its rows in order."""

    columns: tuple[Column, ...]
    rows: tuple[TaskRow, ...]

    def all(self, *roles: str) -> tuple[int, ...]:
        """The columns of some roles."""
        return tuple(index for index, column in enumerate(self.columns) if column.work in roles)


def columns_of_work(
    columns: tuple[Column, ...], measured: Layout | None, caption: str = ""
) -> tuple[Column, ...] | None:
    """The columns of a table that shares out work; None for a table of another kind. `measured` are its columns as
    those of a table of indicators, which may also say who answers for each; `caption` its title."""
    if measured is not None and kind(measured) == "indicators":
        found = tuple(replace(column, work=_of_indicators(column)) for column in measured.columns)
        return found if any(column.work in ACTORS for column in found) else None
    roles, headings = {column.work for column in columns}, [column.heading for column in columns]
    if any(_said("other").search(heading) for heading in headings) or not roles & {"content", "category"}:
        return None
    titled = bool(roles & ACTORS and _said("shared_out").search(caption))
    if not titled and any(_said("works").search(heading) for heading in headings):
        return None
    if "lead" not in roles and not titled and any(_said("named_projects").search(heading) for heading in headings):
        return None
    if any(len(heading) > _LONGEST_HEADING for heading in headings):
        return None
    return columns if roles & ACTORS or {"time", "content"} <= roles else None


def _of_indicators(column: Column) -> str:
    """What a column of an indicator table is to a task: the indicator is what the bodies answer for."""
    if column.role == "actor":
        return column.work
    return {"name": "content", "category": "category", "number": "number"}.get(column.role, "remark")


def rows_of_work(columns: tuple[Column, ...], body: Sequence[Row], *, exact: bool) -> TaskTable | None:
    """The rows of work under some columns; None when there are none. `exact`: the file gave the cells, so that a blank
    one is blank, and what was merged is known."""
    rows = list(_rows(body, tuple(column.work for column in columns)))
    return _sorted(columns, rows, exact=exact) if rows else None


def _rows(body: Sequence[Row], roles: tuple[str, ...]) -> Iterator[tuple[Row, tuple[Cell, ...], str]]:
    """Rows in line with the columns, with the title of the group rows above them."""
    group = ""
    for row in body:
        filled = [cell for cell in row.cells if cell.text]
        texts = {cell.text for cell in filled}
        title = _group_title(row, roles, texts)
        if title is not None:
            group = title or group
            continue
        if len(roles) - len(row.cells) <= len(roles) // 2:
            yield row, placed(row, roles).cells, group


def _group_title(row: Row, roles: tuple[str, ...], texts: set[str]) -> str | None:
    """The title of a group of rows, "" for a row that is none but no work either; None for a row of work."""
    if len(texts) == 1 and len(roles) > 2:
        (text,) = texts
        return re.sub(r"\s", "", text) if _said("cells.group").search(text) or len(text) <= SHORT else ""
    if len(row.cells) != len(roles) or len(roles) < 4:
        return None
    said = {cell.text for cell, role in zip(row.cells, roles, strict=True) if cell.text and role != "number"}
    numbers = [cell.text for cell, role in zip(row.cells, roles, strict=True) if cell.text and role == "number"]
    if len(said) == 1 and numbers and _said("cells.group_number").fullmatch(numbers[0]):
        return re.sub(r"\s", "", said.pop())
    return None


def _sorted(columns: tuple[Column, ...], rows: list[tuple[Row, tuple[Cell, ...], str]], *, exact: bool) -> TaskTable:
    """The columns of words told apart: those that group rows, the work item, and its measures."""
    roles = tuple(column.work for column in columns)
    merged = _is_joined if exact else _is_merged
    words = [index for index, role in enumerate(roles) if role in _WORDS]
    single = [index for index in words if roles[index] == "content" and not merged(rows, index)]
    single = single or [index for index in _goals(roles) if words and merged(rows, words[-1]) and _is_full(rows, index)]
    single = single or words[-1:]
    single = [index for index in single if not _is_repeated(rows, index)] or single
    short = [index for index in single if median(len(cells[index].text) for _, cells, _ in rows) <= SHORT]
    title = short[0] if short and len(single) > 1 else single[0]
    groups = tuple(index for index in words if index < title and index not in single)
    if exact:  # what stands before the work item and is no number, body or time groups the rows as well
        groups = tuple(i for i in range(title) if i in groups or (roles[i] == "other" and merged(rows, i)))
    measures = tuple(index for index in (*words, *_goals(roles)) if index not in (*groups, title))
    actors = () if exact else tuple(i for i, role in enumerate(roles) if role in ACTORS)
    whole = _numbered_items(roles, groups, rows)
    filled = _carried(rows, groups, actors)
    made = []
    for index, (row, cells, group) in enumerate(filled):
        own, above = (groups[-1], groups[:-1]) if index in whole else (title, groups)
        below = (title, *measures) if index in whole else measures
        made.append(TaskRow(row, cells, _groups(group, cells, above), own, below))
    return TaskTable(columns, tuple(row for row in made if _is_said(row.cells[row.title].text)))


def _is_said(text: str) -> bool:
    """Whether a cell says what is to be done: a figure says no more than how much."""
    return bool(text) and not FIGURE.fullmatch(text)


def _numbered_items(
    roles: tuple[str, ...], groups: tuple[int, ...], rows: list[tuple[Row, tuple[Cell, ...], str]]
) -> frozenset[int]:
    """The rows whose numbered group cell is the work item itself: where the numbers count such cells, which stand over
    several rows elsewhere, and it has but this one."""
    number = next((index for index, role in enumerate(roles) if role == "number"), None)
    if number is None or not groups or roles[groups[-1]] != "content":
        return frozenset()
    begins = [bool(cells[number].text and cells[groups[-1]].text) for _, cells, _ in rows]
    if all(begins):
        return frozenset()
    return frozenset(index for index, begun in enumerate(begins) if begun and all(begins[index + 1 : index + 2]))


def _is_joined(rows: list[tuple[Row, tuple[Cell, ...], str]], index: int) -> bool:
    """Whether a column of true cells has one over several rows."""
    return any(cells[index].merged for _, cells, _ in rows)


def _is_full(rows: list[tuple[Row, tuple[Cell, ...], str]], index: int) -> bool:
    """Whether every row says something of its own in a column."""
    texts = [cells[index].text for _, cells, _ in rows]
    return all(texts) and len(set(texts)) == len(texts)


def _is_repeated(rows: list[tuple[Row, tuple[Cell, ...], str]], index: int) -> bool:
    """Whether a column says the same again in the next row, as files do that have no merged cells."""
    texts = [cells[index].text for _, cells, _ in rows]
    return any(a and a == b for a, b in pairwise(texts))


def _goals(roles: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(index for index, role in enumerate(roles) if role in ("goal", "graded"))


def _is_merged(rows: list[tuple[Row, tuple[Cell, ...], str]], index: int) -> bool:
    """Whether a column has cells over several rows: blanks below a text, or the same text again."""
    texts = [cells[index].text for _, cells, _ in rows]
    return _is_repeated(rows, index) or (bool(texts[0]) and not all(texts))


def _carried(
    rows: list[tuple[Row, tuple[Cell, ...], str]], groups: tuple[int, ...], actors: tuple[int, ...]
) -> Iterator[tuple[Row, tuple[Cell, ...], str]]:
    """Rows with the blank cells of merged columns filled from above; bodies only where a row names none at all."""
    above: tuple[Cell, ...] | None = None
    for row, cells, group in rows:
        filled = list(cells)
        for index in groups:
            if above and not filled[index].text:
                filled[index] = above[index]
        if above and actors and not any(filled[index].text for index in actors):
            for index in actors:
                filled[index] = above[index]
        for index in actors:
            if above and _said("cells.same").fullmatch(filled[index].text):
                filled[index] = above[index]
        above = tuple(filled)
        yield row, above, group


def _groups(group: str, cells: tuple[Cell, ...], groups: tuple[int, ...]) -> tuple[str, ...]:
    named = [re.sub(r"\s", "", cells[index].text) for index in groups if cells[index].text]
    return tuple(dict.fromkeys(([group] if group else []) + named))


def title_of(text: str, cell: Cell, *, alone: bool) -> tuple[str, str]:
    """The work item: the cell without its number, its first paragraph or sentence where it also holds the measures."""
    if len(cell.paragraphs) > 1:
        first, *others = (re.sub(r"\s", "", text[slice(*span)]) for span in cell.paragraphs)
        title = _said("cells.task_number").sub("", first).rstrip("。；;：:")
        if title:
            return title, "；".join(other.rstrip("。；;") for other in others)
    bare = _said("cells.task_number").sub("", re.sub(r"\s", "", cell.text))
    stop = _FIRST_SENTENCE.search(bare)
    if stop and (alone or stop.end() < len(bare)):
        return bare[: stop.start()], bare[stop.end() :]
    return bare.rstrip("。；;"), ""


def note_of(text: str, table: TaskTable, row: TaskRow) -> Note | None:
    """What the columns of bodies say, as one note; None where they name nobody."""
    found: list[Name] = []
    unread: list[tuple[int, int]] = []
    for index in table.all(*ACTORS):
        for read in _cell_notes(text, row.cells[index], table.columns[index].work):
            found.extend(read.names)
            unread.extend(read.unread)
    if not found:
        return None
    note = Note(row.row.span, tuple(found), (), tuple(unread))
    first = any(tells_who_leads(table.columns[index].heading) for index in table.all(*ACTORS))
    return note.led_by(found[:1]) if first else note


def _cell_notes(text: str, cell: Cell, role: str) -> Iterator[Note]:
    """What each paragraph of a cell says; where labels (牵头单位：) stand, they hold for what follows: all is one."""
    parts: dict[str, Part] = {"lead": "lead", "support": "support", "answer": "answer"}
    labelled = any(mark in cell.text for mark in "：:")
    spans = cell.paragraphs if len(cell.paragraphs) > 1 and not labelled else (cell.span,)
    for span in spans:
        note = in_cell(text, span, parts[role])
        if note:
            yield note


def years_of(table: TaskTable, row: TaskRow) -> tuple[str, ...]:
    """The years of the time columns and of the columns of a year's goals; where they name none, of the measures."""
    years: list[str] = []
    for index in table.all("time"):
        years.extend(time.by for time in times.find(row.cells[index].text) if time.by)
    for index in table.all("goal"):
        if row.cells[index].text:
            years.extend(time.by for time in times.find(table.columns[index].heading) if time.by)
    if not years:
        words = "。".join(row.cells[index].text for index in (row.title, *row.measures))
        years = [t.by for t in times.find(words) if t.by and not t.base and not t.past]
    return tuple(dict.fromkeys(years))
