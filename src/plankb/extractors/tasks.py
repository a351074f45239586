"""Tasks: the items of a plan that are work, with the notes that say who answers for them, and the rows of tables that
share out work.

An item is a heading with its own text; a note belongs to the heading it stands in, or to the group that it closes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plankb import rules, times
from plankb.document import INLINE, CleanText, Outline, Section
from plankb.document.items import (
    CONTAINERS,
    TOLD,
    ItemTree,
    holds_no_tasks,
    is_container,
    is_remark,
    own_span,
    speaks_of_work,
)
from plankb.document.spans import holders
from plankb.extractors.notes.deadlines import due_times
from plankb.extractors.notes.note import Note, in_running_text
from plankb.extractors.records import Context
from plankb.extractors.tables import Held
from plankb.extractors.tables.columns import ACTORS
from plankb.extractors.tables.work import TaskRow, TaskTable, note_of, title_of, years_of
from plankb.model import Span, Target, Task
from plankb.plan_info.attachments import outside_forms
from plankb.plan_info.years import first_year, year_written
from plankb.register.bodies import Bodies

_STOPS = "。：:；;，, "
_CLAUSE_ENDS = "，,；;"
_CAPTION = 40


def find_tasks(
    context: Context, *, notes: Sequence[Note], tables: Sequence[Held], targets: Sequence[Target]
) -> tuple[tuple[Task, ...], Bodies]:
    """The tasks of a plan in order, and the bodies that its notes name."""
    clean, outline = context.clean, context.outline
    bodies = Bodies(context.plan.jurisdiction, year_written(context.plan))
    work = [item for item in _items(clean, outline, notes) if _is_task(item, clean, outline)]
    work = list(outside_forms(work, context.plan))
    if rules.one("tasks", "guide").search(context.plan.title):
        work = [item for item in work if item.notes]
    prose = [_task(context, item, bodies) for item in work]
    shared = [each.work for each in tables if each.work and not _is_done(context, each.work)]
    rows = [_of_row(context, table, row, bodies) for table in shared for row in table.rows]
    found = tuple(sorted((*prose, *rows), key=lambda task: task.span))
    return _with_targets(found, targets), bodies


@dataclass(frozen=True, slots=True)
class _Item:
    """A heading with its own text: `span` runs from the heading to its first sub-heading or box, or to its end.

    `notes` are those that name who answers for it, `inherited` those of the group it stands in. `leaf`: it holds no
    other items, and is no title of a chapter of which nothing stands here. `grouped`: it has no text of its own, and
    its notes are those of its sub-items, which are the tasks.
    """

    section: Section
    leaf: bool
    span: Span
    notes: tuple[Note, ...]
    inherited: tuple[Note, ...]
    grouped: bool = False


def _items(clean: CleanText, outline: Outline, found: Sequence[Note]) -> tuple[_Item, ...]:
    """All headings that may be tasks, in order, each with its notes."""
    tree = ItemTree(clean, outline)
    owners = _Owners(clean, tree, found)
    result = []
    for section in tree.headings:
        own, group = owners.own(section), owners.of_group(section)
        span = own_span(clean, tree, section, whole=bool(group))
        inherited = () if own or group else owners.inherited(section)
        below = tree.children(section)
        line = clean.paragraph_at(section.span[0])
        beside = [note.span for note in own if section.span[1] <= note.span[0] < line.end]
        rest = (section.span[1], tree.first_below(section) or span[1])
        told = _without(clean.text, rest, beside).strip("。；; \n")
        said = all(note.span[1] <= line.end for note in own) and not told if own else len(told) < TOLD
        grouped = bool(own or group) and said and any(map(speaks_of_work, below))
        titled = not below and not told and tree.divides_elsewhere(section)
        result.append(_Item(section, not below and not titled, span, own + group, inherited, grouped))
    return tuple(result)


class _Owners:
    """Which heading each note belongs to."""

    def __init__(self, clean: CleanText, tree: ItemTree, found: Sequence[Note]) -> None:
        self._clean, self._tree = clean, tree
        self._own: dict[int, list[Note]] = {}
        self._group: dict[int, list[Note]] = {}
        self._noted: dict[int, bool] = {}
        for note in found:
            section = tree.at(note.span[0])
            if section is not None and self._same_frame(note, section):
                self._own.setdefault(section.index, []).append(note)
        self._forms = Counter(section.form for section in tree.headings if self._is_plain_leaf(section))
        for section in tree.headings:
            self._lift(section)

    def _same_frame(self, note: Note, section: Section) -> bool:
        """Whether no frame stands between a note and a heading: a note in a box is not that of the item around it."""
        at = self._clean.paragraph_at
        return at(note.span[0]).box == at(section.span[0]).box

    def own(self, section: Section) -> tuple[Note, ...]:
        """The notes inside a heading's own text."""
        return tuple(self._own.get(section.index, ()))

    def of_group(self, section: Section) -> tuple[Note, ...]:
        """The notes that stand after the last of a heading's sub-items and speak of all of them."""
        return tuple(self._group.get(section.index, ()))

    def inherited(self, section: Section) -> tuple[Note, ...]:
        """The notes of the nearest group that holds a heading, where none of the group's items has its own."""
        parent = self._tree.parent(section)
        if parent is None or self._has_noted_items(parent):
            return ()
        return self.own(parent) + self.of_group(parent) or self.inherited(parent)

    def _has_noted_items(self, group: Section) -> bool:
        """Whether an item of a group has a note of its own; looked at once, however many the items."""
        if group.index not in self._noted:
            self._noted[group.index] = any(child.index in self._own for child in self._tree.children(group))
        return self._noted[group.index]

    def _is_plain_leaf(self, section: Section) -> bool:
        """Whether a heading without sub-headings has a note that can be nobody else's: not the last of a group."""
        if section.index not in self._own or self._tree.children(section):
            return False
        siblings = self._tree.children(self._tree.parent(section))
        return len(siblings) == 1 or section.index != siblings[-1].index

    def _lift(self, section: Section) -> None:
        """Give a group's note, which stands in its last sub-item, to the group."""
        below = self._tree.children(section)
        if len(below) < 2 or any(child.index in self._own for child in below[:-1]):
            return
        last = below[-1]
        mine = self._own.get(last.index, [])
        if not mine or self._tree.children(last) or section.index in self._own:
            return
        lifted = [note for note in mine if self._after_group(note, last)]
        if not lifted and self._forms[section.form] and not self._forms[last.form]:
            lifted = mine  # notes stand at the level of `section` elsewhere, so this one closes the group
        if lifted:
            self._group[section.index] = lifted
            self._own[last.index] = [note for note in mine if note not in lifted]
            if not self._own[last.index]:
                del self._own[last.index]

    def _after_group(self, note: Note, last: Section) -> bool:
        """Whether a note stands in a paragraph of its own below the last sub-item."""
        paragraph = self._clean.paragraph_at(note.span[0])
        if paragraph.start <= last.span[0]:
            return False
        alone = paragraph.start == note.span[0]
        return alone or last.run_in


def _is_task(item: _Item, clean: CleanText, outline: Outline) -> bool:
    """Whether an item is a task: a leaf of the working chapters, or any item that a note of its own makes somebody's.

    A note of a group that has no text of its own is that of its items, not the group's.
    """
    if any(note.names for note in item.notes) and (item.leaf or not item.grouped):
        return item.section.form not in CONTAINERS
    if not item.leaf or item.section.form in CONTAINERS or _is_attachment(item, clean, outline):
        return False
    chain = [s for s in outline.ancestors(item.section) if s.form not in INLINE]
    if any(holds_no_tasks(s.title) for s in chain):
        return False
    return not is_container(item.section.title) and not _is_table(item, clean)


def _is_attachment(item: _Item, clean: CleanText, outline: Outline) -> bool:
    """Whether an item is one of a list of attachments: below 附件 it has a title and nothing else."""
    parent = outline.sections[item.section.parent] if item.section.parent is not None else None
    inside = clean.paragraphs_in(item.section.span[1], item.span[1])
    return parent is not None and parent.form == "annex" and not item.section.run_in and not inside


def _is_table(item: _Item, clean: CleanText) -> bool:
    """Whether an item's text is nothing but a table, whose rows are the tasks, with its caption and remarks."""
    inside = clean.paragraphs_in(item.section.span[1], item.span[1])
    texts = [clean.text[p.start : p.end] for p in inside if p.kind == "text"]
    has_rows = len(texts) < len(inside) and not item.section.run_in
    first = next((n for n, text in enumerate(texts) if is_remark(text)), len(texts))
    return has_rows and all(len(text) <= _CAPTION for text in texts[:first])


def _without(text: str, span: Span, cut: Iterable[Span]) -> str:
    """A piece of text without some of its spans, paragraphs joined."""
    pieces = []
    position = span[0]
    for start, end in sorted(cut):
        if start >= position and end <= span[1]:
            pieces.append(text[position:start])
            position = end
    pieces.append(text[position : span[1]])
    return re.sub(r"\s*\n\s*", "", "".join(pieces)).strip()


def _task(context: Context, item: _Item, bodies: Bodies) -> Task:
    clean, section = context.clean, item.section
    notes = _told(clean.text, item)
    cut = [note.span for note in item.notes] + _tables_in(clean, item)
    path = (*section.path, section.heading) if section.form in INLINE else section.path
    title = _title(clean.text, item)
    body = _without(clean.text, (section.span[1], max(section.span[1], item.span[1])), cut).lstrip("。：: ")
    return _made(context, bodies, item.span, path, (title, body), notes, _years(context, item))


def _told(text: str, item: _Item) -> Sequence[Note]:
    """The notes of a task; where none but the last clause of a sentence is one, the words before it too may say who
    leads what (甲事由A牵头、B配合；乙事由B牵头、A配合)."""
    if item.notes and not all(text[note.span[0] - 1] in _CLAUSE_ENDS for note in item.notes):
        return item.notes
    if not item.notes and item.inherited:
        return item.inherited
    running = in_running_text(text, (item.span[0], item.notes[0].span[0] if item.notes else item.span[1]))
    return (*((running,) if running else ()), *item.notes)


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


def _title(text: str, item: _Item) -> str:
    """The heading without its number and without a note inside it."""
    section = item.section
    offset = section.heading.rfind(section.title)
    start = section.span[0] + max(0, offset)
    inside = [note.span for note in item.notes if start < note.span[0] < section.span[1]]
    if not inside:
        return section.title.rstrip(_STOPS)
    return _without(text, (start, max(section.span[1], inside[-1][1])), inside).rstrip(_STOPS)


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All names in order, each once."""
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _tables_in(clean: CleanText, item: _Item) -> list[Span]:
    """The table rows, frames and lists of contents that stand in an item; what they say is no text of its own."""
    own = clean.paragraph_at(item.section.span[0]).box
    inside = clean.paragraphs_in(item.section.span[1], item.span[1])
    return [(p.start, p.end) for p in inside if p.kind != "text" or p.box != own]


def _years(context: Context, item: _Item) -> tuple[str, ...]:
    """Years named as times to reach something, in order; those of a note of completion last."""
    cut = [*(note.span for note in item.notes), *_tables_in(context.clean, item)]
    found = [time.by for time in due_times(context, item.span, cut=cut) if time.by]
    notes = item.notes or item.inherited
    found += [time.by for note in notes for said in note.times for time in times.find(said) if time.by]
    return tuple(dict.fromkeys(found))


def _is_done(context: Context, table: TaskTable) -> bool:
    """Whether a table that names nobody lists what was done before the plan begins (issued documents by month)."""
    first = first_year(context.plan)
    if not first or table.all(*ACTORS):
        return False
    years = [years_of(table, row) for row in table.rows]
    return bool(years) and all(years) and max(max(each) for each in years) < first


def _of_row(context: Context, table: TaskTable, row: TaskRow, bodies: Bodies) -> Task:
    note = note_of(context.clean.text, table, row)
    section = (*context.outline.path_at(row.row.span[0]), *row.groups)
    title, rest = title_of(context.clean.text, row.cells[row.title], alone=not row.measures)
    measures = [row.cells[index].text for index in row.measures if row.cells[index].text]
    text = re.sub(r"\s*\n\s*", "", "；".join([*([rest] if rest else []), *measures]))
    found = (note,) if note else ()
    return _made(context, bodies, row.row.span, section, (title, text), found, years_of(table, row))
