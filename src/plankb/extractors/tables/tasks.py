"""Tasks from tables that share out work: a row is a task, its columns say who, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plankb import rules, times
from plankb.document import Cell, Table
from plankb.extractors.notes.bureaus import Bodies
from plankb.extractors.notes.names import Name
from plankb.extractors.notes.note import Note, in_cell
from plankb.extractors.notes.vocabulary import Part
from plankb.extractors.records import Context
from plankb.extractors.tables import columns
from plankb.extractors.tables.work import Header, TaskRow, TaskTable, header, layout
from plankb.model import Span, Task

_FIRST_SENTENCE = re.compile(r"[。；;]|(?<=[\u4e00-\u9fff]{6})[：:]")
_LINES_BETWEEN, _LONGEST_BETWEEN = 2, 40


def tasks(context: Context, tables: Sequence[Table], bodies: Bodies) -> tuple[Task, ...]:
    """The tasks of all tables of a plan, in order."""
    return tuple(
        _task(context, table, row, bodies) for table in _shared(context.clean.text, tables) for row in table.rows
    )


def _shared(text: str, tables: Sequence[Table]) -> Iterator[TaskTable]:
    """The tables that share out work; one that a title between its rows cut in two keeps its header."""
    last: tuple[Header, Span] | None = None
    for table in tables:
        own = header(table)
        if own is None and last is not None and _goes_on(text, table, last) and not _measures(table):
            own = last[0], table.rows
        last = (own[0], table.span) if own else None
        made = layout(*own) if own else None
        if made is not None:
            yield made


def _goes_on(text: str, table: Table, last: tuple[Header, Span]) -> bool:
    """Whether a table without a header goes on with the one before it: as wide, and only short lines between."""
    head, before = last
    between = text[before[1] : table.span[0]].strip().split("\n")
    near = len(between) <= _LINES_BETWEEN and all(len(line) <= _LONGEST_BETWEEN for line in between)
    width = max(len(row.cells) for row in table.rows)
    return near and len(head.roles) // 2 < width <= len(head.roles)


def _measures(table: Table) -> bool:
    """Whether a table has a head of its own, of indicators."""
    found = columns.layout(table)
    return found is not None and columns.kind(found) == "indicators"


def _task(context: Context, table: TaskTable, row: TaskRow, bodies: Bodies) -> Task:
    note = _note(context.clean.text, table, row)
    section = (*context.outline.path_at(row.row.span[0]), *row.groups)
    title, rest = _title(context.clean.text, row.cells[row.title], alone=not row.measures)
    measures = [row.cells[index].text for index in row.measures if row.cells[index].text]
    found = (note,) if note else ()
    return Task(
        id=context.ids.make("task", (*section, title)),
        plan=context.plan.id,
        section=section,
        quote=context.words(row.row.span),
        span=row.row.span,
        title=title,
        text=re.sub(r"\s*\n\s*", "", "；".join([*([rest] if rest else []), *measures])) or title,
        lead=note.printed("lead") if note else (),
        support=note.printed("support") if note else (),
        joint=note.printed("joint") if note else (),
        collective=(note.collective or None) if note else None,
        by=_by(table, row),
        bureaus=bodies.ids(found),
    )


def _title(text: str, cell: Cell, *, alone: bool) -> tuple[str, str]:
    """The work item: the cell without its number, its first paragraph or sentence where it also holds the measures."""
    if len(cell.paragraphs) > 1:
        first, *others = (re.sub(r"\s", "", text[slice(*span)]) for span in cell.paragraphs)
        title = rules.pattern("task_tables", "cells.task_number").sub("", first).rstrip("。；;：:")
        if title:
            return title, "；".join(other.rstrip("。；;") for other in others)
    bare = rules.pattern("task_tables", "cells.task_number").sub("", re.sub(r"\s", "", cell.text))
    stop = _FIRST_SENTENCE.search(bare)
    if stop and (alone or stop.end() < len(bare)):
        return bare[: stop.start()], bare[stop.end() :]
    return bare.rstrip("。；;"), ""


def _note(text: str, table: TaskTable, row: TaskRow) -> Note | None:
    """What the columns of bodies say, as one note; None where they name nobody."""
    found: list[Name] = []
    unread: list[tuple[int, int]] = []
    for index in table.all("lead", "support", "answer"):
        for read in _names(text, row.cells[index], table.roles[index]):
            found.extend(read.names)
            unread.extend(read.unread)
    return Note(row.row.span, tuple(found), (), tuple(unread)) if found else None


def _names(text: str, cell: Cell, role: str) -> Iterator[Note]:
    """What each paragraph of a cell says; where labels (牵头单位：) stand, they hold for what follows: all is one."""
    parts: dict[str, Part] = {"lead": "lead", "support": "support", "answer": "answer"}
    labelled = any(mark in cell.text for mark in "：:")
    spans = cell.paragraphs if len(cell.paragraphs) > 1 and not labelled else (cell.span,)
    for span in spans:
        note = in_cell(text, span, parts[role])
        if note:
            yield note


def _by(table: TaskTable, row: TaskRow) -> tuple[str, ...]:
    """The years of the time columns and of the columns of a year's goals; where they name none, of the measures."""
    years: list[str] = []
    for index in table.all("time"):
        years.extend(time.by for time in times.find(row.cells[index].text) if time.by)
    for index in table.all("goal"):
        if row.cells[index].text:
            years.extend(time.by for time in times.find(table.headings[index]) if time.by)
    if not years:
        words = "。".join(row.cells[index].text for index in (row.title, *row.measures))
        years = [t.by for t in times.find(words) if t.by and not t.base and not t.past]
    return tuple(dict.fromkeys(years))
