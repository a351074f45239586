"""What no task was read from: rows of lists (制度成果清单, 工程进度表), and paragraphs under plain
headings that name a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plankb import rules, times
from plankb.checks.pieces import Covered
from plankb.model import Deadline, Plan, Span, Task

_FEW, _HEAD = 2, 20
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
    head: Sequence[str] | None = None
    at = 0
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) < _FEW:
            head = None
        elif _is_head(cells):
            head = cells
        elif head is not None and len(cells) == len(head):
            yield from _of_row(plan, head, cells, (at, at + len(line)))
        at += len(line) + 1


def _is_head(cells: Sequence[str]) -> bool:
    timed = _column(cells, "time") is not None or _column(cells, "lead") is not None
    return timed and _column(cells, "name") is not None


def _column(head: Sequence[str], role: str) -> int | None:
    """The index of the first column with a role; None without."""
    form = rules.one("rows", role)
    return next((index for index, cell in enumerate(head) if form.search("".join(cell.split()))), None)


def _of_row(
    plan: str, head: Sequence[str], cells: Sequence[str], span: Span
) -> Iterator[tuple[Task, tuple[Deadline, ...]]]:
    name, time, lead = (_column(head, role) for role in ("name", "time", "lead"))
    title = "".join(cells[name].split()) if name is not None else ""
    if not title or rules.one("checks", "sums.no_title").fullmatch(title):
        return
    led = tuple(filter(None, _SPLIT.split(_ASIDE.sub("", cells[lead])))) if lead is not None else ()
    ident = f"{plan}-row{span[0]}"
    quote = "\t".join(cells)
    due = [found for found in times.find(cells[time]) if found.end] if time is not None else []
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
        at = 0
        for line in text.split("\n") if plan in plans else ():
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
            at += len(line) + 1
