"""Tasks: the items of a plan that are work, and the rows of tables that share out work, with who leads, supports and
answers, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from plankb import rules, times
from plankb.document import INLINE, Cell, CleanText
from plankb.document.spans import holders
from plankb.extractors.notes.deadlines import due_times
from plankb.extractors.notes.items import Item, is_task, items, without
from plankb.extractors.notes.names import Name
from plankb.extractors.notes.note import Note, in_cell, in_running_text
from plankb.extractors.notes.vocabulary import Part
from plankb.extractors.records import Context
from plankb.extractors.tables import Held
from plankb.extractors.tables.work import TaskRow, TaskTable
from plankb.model import Span, Target, Task
from plankb.plan_info.attachments import outside_forms
from plankb.plan_info.years import first_year, year_written
from plankb.register.bodies import Bodies

_FIRST_SENTENCE = re.compile(r"[。；;]|(?<=[\u4e00-\u9fff]{6})[：:]")
_STOPS = "。：:；;，, "


def find_tasks(
    context: Context, *, notes: Sequence[Note], tables: Sequence[Held], targets: Sequence[Target]
) -> tuple[tuple[Task, ...], Bodies]:
    """The tasks of a plan in order, and the bodies that its notes name."""
    clean, outline = context.clean, context.outline
    bodies = Bodies(context.plan.jurisdiction, year_written(context.plan))
    work = [item for item in items(clean, outline, notes) if is_task(item, clean, outline)]
    work = list(outside_forms(work, context.plan))
    if rules.one("tasks", "guide").search(context.plan.title):
        work = [item for item in work if item.notes]
    prose = [_task(context, item, bodies) for item in work]
    shared = [each.work for each in tables if each.work and not _is_done(context, each.work)]
    rows = [_of_row(context, table, row, bodies) for table in shared for row in table.rows]
    found = tuple(sorted((*prose, *rows), key=lambda task: task.span))
    return _with_targets(found, targets), bodies


def _task(context: Context, item: Item, bodies: Bodies) -> Task:
    clean, section = context.clean, item.section
    running = in_running_text(clean.text, item.span) if not (item.notes or item.inherited) else None
    notes = item.notes or item.inherited or ((running,) if running else ())
    cut = [note.span for note in item.notes] + _tables_in(clean, item)
    path = (*section.path, section.heading) if section.form in INLINE else section.path
    title = _title(clean.text, item)
    body = without(clean.text, (section.span[1], max(section.span[1], item.span[1])), cut).lstrip("。：: ")
    return _made(context, bodies, item.span, path, (title, body), notes, _years(context, item))


def _made(
    context: Context, bodies: Bodies, span: Span, section: tuple[str, ...], said: tuple[str, str],
    notes: Sequence[Note], by: tuple[str, ...],
) -> Task:  # fmt: skip
    """The record of a task; `said` is its title and its text, which is the title where there is no other."""
    title, text = said
    return Task(
        id=context.ids.make("task", (*section, title)),
        plan=context.plan.id,
        section=section,
        quote=context.words(span),
        span=span,
        title=title,
        text=text or title,
        lead=_merged(note.printed("lead") for note in notes),
        support=_merged(note.printed("support") for note in notes),
        joint=_merged(note.printed("joint") for note in notes),
        collective=_merged(note.collective for note in notes) or None,
        by=by,
        bureaus=bodies.ids(note.bodies for note in notes),
    )


def _with_targets(tasks: Sequence[Task], targets: Sequence[Target]) -> tuple[Task, ...]:
    """The tasks with the ids of the targets inside them, each target in the smallest task that holds it."""
    held: dict[str, list[str]] = {}
    around = holders([task.span for task in tasks], [target.span for target in targets])
    for target, indexes in zip(targets, around, strict=True):
        if indexes:
            smallest = min((tasks[index] for index in indexes), key=lambda task: task.span[1] - task.span[0])
            held.setdefault(smallest.id, []).append(target.id)
    return tuple(task.model_copy(update={"targets": tuple(held.get(task.id, ()))}) for task in tasks)


def _title(text: str, item: Item) -> str:
    """The heading without its number and without a note inside it."""
    section = item.section
    offset = section.heading.rfind(section.title)
    start = section.span[0] + max(0, offset)
    inside = [note.span for note in item.notes if start < note.span[0] < section.span[1]]
    if not inside:
        return section.title.rstrip(_STOPS)
    return without(text, (start, max(section.span[1], inside[-1][1])), inside).rstrip(_STOPS)


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All names in order, each once."""
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _tables_in(clean: CleanText, item: Item) -> list[Span]:
    """The table rows, frames and lists of contents that stand in an item; what they say is no text of its own."""
    own = clean.paragraph_at(item.section.span[0]).box
    inside = clean.paragraphs_in(item.section.span[1], item.span[1])
    return [(p.start, p.end) for p in inside if p.kind != "text" or p.box != own]


def _years(context: Context, item: Item) -> tuple[str, ...]:
    """Years named as times to reach something, in order; those of a note of completion last."""
    cut = [*(note.span for note in item.notes), *_tables_in(context.clean, item)]
    found = [time.by for time in due_times(context, item.span, cut=cut) if time.by]
    notes = item.notes or item.inherited
    found += [time.by for note in notes for said in note.times for time in times.find(said) if time.by]
    return tuple(dict.fromkeys(found))


def _is_done(context: Context, table: TaskTable) -> bool:
    """Whether a table that names nobody lists what was done before the plan begins (issued documents by month)."""
    first = first_year(context.plan)
    if not first or table.all("lead", "support", "answer"):
        return False
    years = [_row_years(table, row) for row in table.rows]
    return bool(years) and all(years) and max(max(each) for each in years) < first


def _of_row(context: Context, table: TaskTable, row: TaskRow, bodies: Bodies) -> Task:
    note = _row_note(context.clean.text, table, row)
    section = (*context.outline.path_at(row.row.span[0]), *row.groups)
    title, rest = _row_title(context.clean.text, row.cells[row.title], alone=not row.measures)
    measures = [row.cells[index].text for index in row.measures if row.cells[index].text]
    text = re.sub(r"\s*\n\s*", "", "；".join([*([rest] if rest else []), *measures]))
    found = (note,) if note else ()
    return _made(context, bodies, row.row.span, section, (title, text), found, _row_years(table, row))


def _row_title(text: str, cell: Cell, *, alone: bool) -> tuple[str, str]:
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


def _row_note(text: str, table: TaskTable, row: TaskRow) -> Note | None:
    """What the columns of bodies say, as one note; None where they name nobody."""
    found: list[Name] = []
    unread: list[tuple[int, int]] = []
    for index in table.all("lead", "support", "answer"):
        for read in _cell_notes(text, row.cells[index], table.columns[index].work):
            found.extend(read.names)
            unread.extend(read.unread)
    return Note(row.row.span, tuple(found), (), tuple(unread)) if found else None


def _cell_notes(text: str, cell: Cell, role: str) -> Iterator[Note]:
    """What each paragraph of a cell says; where labels (牵头单位：) stand, they hold for what follows: all is one."""
    parts: dict[str, Part] = {"lead": "lead", "support": "support", "answer": "answer"}
    labelled = any(mark in cell.text for mark in "：:")
    spans = cell.paragraphs if len(cell.paragraphs) > 1 and not labelled else (cell.span,)
    for span in spans:
        note = in_cell(text, span, parts[role])
        if note:
            yield note


def _row_years(table: TaskTable, row: TaskRow) -> tuple[str, ...]:
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
