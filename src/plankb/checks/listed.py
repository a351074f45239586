"""What no task was read from: rows of lists (制度成果清单, 工程进度表), and paragraphs under plain
headings that name a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plankb import rules, times
from plankb.checks.pieces import Covered
from plankb.document import Row, text_rows
from plankb.model import Deadline, Plan, Span, Task
from plankb.name_forms import squeezed

_HEAD = 20
_SPLIT = re.compile("[、，,；;]")
_ASIDE = re.compile("[（(][^（）()]*[）)]")


def unread_rows(
    plans: Mapping[str, Plan], tasks: Sequence[Task], texts: Mapping[str, str]
) -> Iterator[tuple[Task, tuple[Deadline, ...]]]:
    """A task for each row of a table with a column of days or of leads that is no task yet, with its time."""
    taken: dict[str, list[Span]] = {}
    for task in tasks:
        if "\t" in task.quote:
            taken.setdefault(task.plan, []).append(task.span)
    for plan, text in texts.items():
        if plan in plans and "\t" in text:
            known = {span[0] for span in taken.get(plan, ())}
            yield from (row for row in _of_text(plan, text) if row[0].span[0] not in known)


def _of_text(plan: str, text: str) -> Iterator[tuple[Task, tuple[Deadline, ...]]]:
    for columns, row in text_rows.headed(text, _columns):
        yield from _of_row(plan, columns, row)


class _Columns(NamedTuple):
    """Where the name of a row stands, its time and its lead; -1 where it has none."""

    name: int
    time: int
    lead: int


def _columns(head: Sequence[str]) -> _Columns | None:
    """The first columns of these kinds; None where a row heads no names, or neither times nor leads."""
    forms = [rules.one("rows", role) for role in _Columns._fields]
    cells = [squeezed(cell) for cell in head]
    found = _Columns(*(next((at for at, cell in enumerate(cells) if form.search(cell)), -1) for form in forms))
    return found if found.name >= 0 and max(found.time, found.lead) >= 0 else None


def _of_row(plan: str, columns: _Columns, row: Row) -> Iterator[tuple[Task, tuple[Deadline, ...]]]:
    cells, span = row.texts, row.span
    title = squeezed(cells[columns.name])
    if not title or rules.one("checks", "sums.no_title").fullmatch(title):
        return
    led = tuple(filter(None, _SPLIT.split(_ASIDE.sub("", cells[columns.lead])))) if columns.lead >= 0 else ()
    ident = f"{plan}-row{span[0]}"
    quote = "\t".join(cells)
    due = [found for found in times.find(cells[columns.time]) if found.end] if columns.time >= 0 else []
    task = Task(id=ident, plan=plan, section=(), quote=quote, span=span, title=title, text=title, lead=led[:1])
    deadlines = (
        Deadline(
            id=f"{ident}-day", plan=plan, section=(), quote=due[-1].text, span=span, by=due[-1].by, bound="by",
            end=due[-1].end, of=ident,
        ),
    ) if due else ()  # fmt: skip
    yield task, deadlines


def with_rows(
    plans: Mapping[str, Plan], tasks: Sequence[Task], deadlines: Sequence[Deadline], texts: Mapping[str, str]
) -> tuple[tuple[Task, ...], tuple[Deadline, ...]]:
    """The tasks and deadlines of some plans with those of the rows and paragraphs that no task was read from."""
    found = tuple(unread_rows(plans, tasks, texts))
    more: Iterable[Deadline] = (deadline for _, due in found for deadline in due)
    lines = unread_paragraphs(plans, tasks, texts)
    return (*tasks, *(task for task, _ in found), *lines), (*deadlines, *more)


def unread_paragraphs(plans: Mapping[str, Plan], tasks: Sequence[Task], texts: Mapping[str, str]) -> Iterator[Task]:
    """A task without a title for each line of running text that names a year or a lead and stands in no task."""
    taken: dict[str, list[Span]] = {}
    for task in tasks:
        taken.setdefault(task.plan, []).append(task.span)
    for plan, text in texts.items():
        ends = Covered(taken.get(plan, ()))
        for at, line in text_rows.lines(text) if plan in plans else ():
            if (
                "\t" not in line
                and "。" in line
                and rules.one("rows", "telling").search(line)
                and not ends.hold((at, at + 1))
            ):
                span = (at, at + len(line))
                yield Task(
                    id=f"{plan}-line{at}", plan=plan, section=(), quote=line, span=span, title=line[:_HEAD], text=line
                )
