"""Deadlines: the times of targets and tasks as intervals with their bound, each quoted where the plan names it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from plankb import rules, times
from plankb.document import CleanText, Outline
from plankb.document.enclosed import titles
from plankb.extractors.notes.note import Note
from plankb.extractors.records import Context
from plankb.in_force import years
from plankb.model import Deadline, Span, Target, Task
from plankb.plan_info.years import first_year, last_day_written, of_term, terms
from plankb.times import Time

_NEAR, _THINGS = 8, 40
"""How far around a year its verb and its noun are looked for, and how far behind it what it tells from others."""
_BEHIND, _AT_ONCE, _FEW_PARTS = 24, 3, 4


def find_deadlines(
    context: Context,
    *,
    targets: Sequence[Target],
    target_times: Mapping[str, Time],
    tasks: Sequence[Task],
    notes: Sequence[Note] = (),
) -> tuple[Deadline, ...]:
    """The deadlines of a plan's targets and tasks; what is due at no named time has none.

    `target_times` holds the time of each target that has one, by the target's id; `notes` are those of the plan, of
    which one may set the time of a whole group of tasks (完成时限：2022年6月底前 behind the last of them).
    """
    year = re.match(r"(\d{4})", context.plan.date or "")
    written = int(year[1]) if year else None
    of_targets = [
        made for target in targets if (made := _of_target(context, target, target_times.get(target.id))) is not None
    ]
    of_tasks: list[Deadline] = []
    timed = [note for note in notes if note.times]
    for task in tasks:
        own = list(_of_task(context, task, written))
        of_tasks += [*own, *_of_group(context, task, timed, {one.by for one in own})]
    return (*of_targets, *of_tasks)


def _of_target(context: Context, target: Target, time: Time | None) -> Deadline | None:
    """The deadline of a target; where the time stands in a table's heading the target itself is quoted."""
    if time is None:
        return None
    placed = context.words(time.span) == time.text
    return _deadline(context, time, time.span if placed else target.span, of=target.id)


def _of_task(context: Context, task: Task, year: int | None) -> Iterator[Deadline]:
    """The deadlines named inside a task, each meaning once."""
    said: set[tuple[object, ...]] = set()
    for time in due_times(context, task.span, year=year):
        meaning = (time.by, time.bound, time.start, time.end)
        if meaning not in said and _binds(time):
            said.add(meaning)
            yield _deadline(context, time, time.span, of=task.id)


def _of_group(context: Context, task: Task, notes: Sequence[Note], known: Collection[str | None]) -> Iterator[Deadline]:
    """The times of a task that a note of its group sets, behind the group or at its head: the nearest such note."""
    missing = [by for by in task.by if by not in known]
    group = task.section[:-1]
    around = [
        note for note in (notes if missing else ())
        if not task.span[0] <= note.span[0] < task.span[1]
        and context.outline.path_at(note.span[0])[: len(group)] == group
    ]  # fmt: skip
    around.sort(key=lambda note: (note.span[0] < task.span[0], abs(note.span[0] - task.span[0])))
    for by in missing:
        said = ((note.span[0], time) for note in around for time in times.find(context.words(note.span)))
        start, time = next(((start, time) for start, time in said if time.by == by), (0, None))
        if time is not None:
            yield _deadline(context, time, (start + time.span[0], start + time.span[1]), of=task.id)


def due_times(context: Context, span: Span, *, cut: Sequence[Span] = (), year: int | None = None) -> Iterator[Time]:
    """The times in a piece of a plan that can say when something is due, outside the pieces `cut`; spans in clean text.

    Left out are comparisons, what has been or lies before the plan, years in titles of documents (《…（2021—2035年）》)
    and years that tell one thing from others of its kind (发布2024年度目录).
    """
    text = context.words(span)
    named_by = list(titles(text))
    written, ends = last_day_written(context.plan), terms(context.clean.text, years(context.plan))
    for time in times.find(text, year=year):
        start = span[0] + time.span[0]
        named = any(a <= time.span[0] < b for a, b in named_by)
        told = time.past and not time.ends_after(written)
        if time.base or told or named or any(a <= start < b for a, b in cut) or _qualifies(text, time):
            continue
        time = replace(time, span=(start, span[0] + time.span[1]))
        own = of_term(time, ends)
        if own.by is None or own.by >= first_year(context.plan):
            yield own


def _qualifies(text: str, time: Time) -> bool:
    """Whether a year belongs to the thing behind it and says nothing of when (做好2024年大赛筹备)."""
    end = time.span[1] + _THINGS
    if rules.one("tasks", "dated_things").match(text[time.span[1] : end]):
        return True
    if rules.one("tasks", "part_of_period").match(text[time.span[0] : end]):
        return True
    before = text[max(0, time.span[0] - _NEAR) : time.span[0]]
    if rules.one("tasks", "set_for_period").search(before) or _names_document(before, text[time.span[1] : end]):
        return True
    if time.bound != "during" or time.first is None or time.first != time.last:
        return False
    if rules.one("tasks", "due_behind").match(text[time.span[1] : time.span[1] + _THINGS]):
        return False
    if _of_basis(text, time):
        return True
    return time.text.endswith("年度") or bool(rules.one("tasks", "verb_before_year").search(before))


def _of_basis(text: str, time: Time) -> bool:
    """Whether a year tells which paper of others is followed (根据省商务厅2025年活动方案，)."""
    before = text[max(0, time.span[0] - _BEHIND) : time.span[0]]
    after = text[time.span[1] : time.span[1] + 2 * _THINGS]
    return bool(rules.one("tasks", "basis_before").search(before) and rules.one("tasks", "basis_behind").match(after))


def _names_document(before: str, after: str) -> bool:
    """Whether a time between two pieces of text tells which document is meant (清单（2023年版）)."""
    closed = after.startswith(("）", ")")) and rules.one("tasks", "title_bracket").search(before)
    return bool(closed or rules.one("tasks", "version").match(after))


def _binds(time: Time) -> bool:
    """Whether a time says when: it names a year, a start or a recurrence (三年内 alone does not)."""
    return bool(time.by or time.start or time.end or time.bound == "each")


def _deadline(context: Context, time: Time, span: Span, *, of: str) -> Deadline:
    return Deadline(
        id=context.ids.make("deadline", (of, time.by, time.bound, time.start, time.end)),
        plan=context.plan.id,
        section=context.outline.path_at(span[0]),
        quote=context.words(span),
        span=span,
        by=time.by,
        bound=time.bound,
        start=time.start,
        end=time.end,
        of=of,
    )


def completion_times(clean: CleanText, outline: Outline, since: int | None) -> dict[int, Time]:
    """The times that notes of completion set (完成时限：2025年底; …牵头，2025年底前完成), by section; a section with
    several has none."""
    found: dict[int, list[Time]] = {}
    labels = rules.pattern("forms", "time.completion").finditer(clean.text)
    notes = rules.pattern("forms", "time.completion_in_bracket").finditer(clean.text)
    for label in chain(labels, notes):
        section = outline.at(label.start())
        named = [time for time in times.find(clean.text[label.end() : label.end() + _BEHIND], year=since) if time.by]
        if section is not None and named and named[0].span[0] <= _AT_ONCE:
            at = label.end()
            time = replace(named[0], span=(at + named[0].span[0], at + named[0].span[1]))
            found.setdefault(section.index, []).append(time)
    alone = {index: due[0] for index, due in found.items() if len({time.by for time in due}) == 1}
    return _beside(outline, alone) | alone


def _beside(outline: Outline, due: dict[int, Time]) -> dict[int, Time]:
    """The notes of completion that close an item of several parts (年度计划, 措施), by the other parts."""
    parts: dict[int, list[int]] = {}
    for section in outline.sections:
        if section.parent is not None:
            parts.setdefault(section.parent, []).append(section.index)
    return {
        index: due[noted[0]]
        for siblings in parts.values()
        if len(siblings) <= _FEW_PARTS and len(noted := [index for index in siblings if index in due]) == 1
        and noted[0] == siblings[-1]
        for index in siblings
    }  # fmt: skip
