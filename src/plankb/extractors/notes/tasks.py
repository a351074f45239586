"""Tasks: the items of a plan that are work, with who leads, supports and answers, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plankb import times
from plankb.document import INLINE, CleanText, Table
from plankb.extractors.notes.bureaus import Bodies
from plankb.extractors.notes.items import Item, is_task, items, without
from plankb.extractors.notes.note import Note, trailing_names
from plankb.extractors.notes.vocabulary import pattern
from plankb.extractors.reading import Context
from plankb.extractors.tables.tasks import tasks as of_tables
from plankb.model import Span, Target, Task

_STOPS = "。：:；;，, "
_LED = re.compile(r"(?P<names>[\u4e00-\u9fff（）、]{2,80})牵头(?!单位|部门|人|领导|作用|企业)")


def find_tasks(
    context: Context, *, notes: Sequence[Note], tables: Sequence[Table], targets: Sequence[Target]
) -> tuple[tuple[Task, ...], Bodies]:
    """The tasks of a plan in order, and the bodies that its notes name."""
    clean, outline = context.clean, context.outline
    bodies = Bodies(context.plan)
    prose = [_task(context, item, bodies) for item in items(clean, outline, notes) if is_task(item, clean, outline)]
    rows = of_tables(context, tables, bodies)
    found = tuple(sorted((*prose, *rows), key=lambda task: task.span))
    return _with_targets(found, targets), bodies


def _task(context: Context, item: Item, bodies: Bodies) -> Task:
    clean, section = context.clean, item.section
    notes = item.notes or item.inherited
    cut = [note.span for note in item.notes] + _tables_in(clean, item)
    path = (*section.path, section.heading) if section.form in INLINE else section.path
    title = _title(clean.text, item)
    body = without(clean.text, (section.span[1], max(section.span[1], item.span[1])), cut).lstrip("。：: ")
    lead = _merged(note.printed("lead") for note in notes)
    if not notes:
        lead = _led(clean.text, item)
    support = _merged(note.printed("support") for note in notes)
    joint = _merged(note.printed("joint") for note in notes)
    collective = _merged(note.collective for note in notes)
    if lead and not notes:
        doing = pattern("doing")
        collective = tuple(dict.fromkeys(match.group() for match in doing.finditer(body)))
    return Task(
        id=context.ids.make("task", (*path, title)),
        plan=context.plan.id,
        section=path,
        quote=clean.text[slice(*item.span)],
        span=item.span,
        title=title,
        text=body or title,
        lead=lead,
        support=support,
        joint=joint,
        collective=collective or None,
        by=_years(context, item),
        bureaus=bodies.ids(notes, lead),
    )


def _with_targets(tasks: Sequence[Task], targets: Sequence[Target]) -> tuple[Task, ...]:
    """The tasks with the ids of the targets inside them, each target in the smallest task that holds it."""
    held: dict[str, list[str]] = {}
    for target in targets:
        around = [task for task in tasks if task.span[0] <= target.span[0] and target.span[1] <= task.span[1]]
        if around:
            smallest = min(around, key=lambda task: task.span[1] - task.span[0])
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


def _led(text: str, item: Item) -> tuple[str, ...]:
    """Who leads in running text (自然资源部门牵头…), where no note says so."""
    found: list[str] = []
    for match in _LED.finditer(text, *item.span):
        note = trailing_names(text, (match.start("names"), match.end("names")))
        found.extend(name for name in note if name not in found)
    return tuple(found)


def _tables_in(clean: CleanText, item: Item) -> list[Span]:
    """The table rows, frames and lists of contents that stand in an item; what they say is no text of its own."""
    own = clean.paragraph_at(item.section.span[0]).box
    inside = clean.paragraphs_in(item.section.span[1], item.span[1])
    return [(p.start, p.end) for p in inside if p.kind != "text" or p.box != own]


def _years(context: Context, item: Item) -> tuple[str, ...]:
    """Years named as times to reach something, in order: none past, none before the plan's period."""
    start, text = item.span[0], context.words(item.span)
    others = [*(note.span for note in item.notes), *_tables_in(context.clean, item)]
    first = context.plan.period[:4] if context.plan.period else ""
    found = [
        time.by
        for time in times.find(text)
        if time.by
        and time.by >= first
        and not time.base
        and not time.past
        and not any(a <= start + time.span[0] < b for a, b in others)
    ]
    notes = item.notes or item.inherited
    found += [time.by for note in notes for said in note.times for time in times.find(said) if time.by]
    return tuple(dict.fromkeys(found))
