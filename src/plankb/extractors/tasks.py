"""Tasks: the items of a plan that are work, with who leads, supports and answers, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plankb import rules, times
from plankb.document import INLINE, CleanText, Table
from plankb.document.spans import holders
from plankb.extractors.notes.bureaus import Bodies
from plankb.extractors.notes.deadlines import due_times
from plankb.extractors.notes.items import Item, is_task, items, without
from plankb.extractors.notes.note import Note, in_running_text
from plankb.extractors.records import Context
from plankb.extractors.tables.tasks import tasks as of_tables
from plankb.model import Span, Target, Task
from plankb.plan_info.attachments import outside_forms

_STOPS = "。：:；;，, "


def find_tasks(
    context: Context, *, notes: Sequence[Note], tables: Sequence[Table], targets: Sequence[Target]
) -> tuple[tuple[Task, ...], Bodies]:
    """The tasks of a plan in order, and the bodies that its notes name."""
    clean, outline = context.clean, context.outline
    bodies = Bodies(context.plan)
    work = [item for item in items(clean, outline, notes) if is_task(item, clean, outline)]
    work = list(outside_forms(work, context.plan))
    if rules.one("tasks", "guide").search(context.plan.title):
        work = [item for item in work if item.notes]
    prose = [_task(context, item, bodies) for item in work]
    rows = of_tables(context, tables, bodies)
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
    return Task(
        id=context.ids.make("task", (*path, title)),
        plan=context.plan.id,
        section=path,
        quote=clean.text[slice(*item.span)],
        span=item.span,
        title=title,
        text=body or title,
        lead=_merged(note.printed("lead") for note in notes),
        support=_merged(note.printed("support") for note in notes),
        joint=_merged(note.printed("joint") for note in notes),
        collective=_merged(note.collective for note in notes) or None,
        by=_years(context, item),
        bureaus=bodies.ids(notes),
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
