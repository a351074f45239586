"""Rule `table-mismatch`: a list of tasks or projects in a table beside the tasks of the text that it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plankb import quantities, register, rules, segment, times
from plankb.checks import lists_in_tables, yearly_table
from plankb.checks.leads import named_by
from plankb.checks.registry import Draft, Remark, rule
from plankb.document import Row
from plankb.model import ROLES, Span, Task
from plankb.register import places

_NAME, _LONGEST = 4, 40
"""Characters of a name that tells one thing from others, and of a cell that is no sentence."""
_CLAUSE = re.compile(r"[^，。；\n]+")
_BODIES = re.compile(r"[、，,；;\n\s]+")


@rule(
    "table-mismatch",
    severity="warning",
    zh="附表所列的牵头单位、数量、完成时间与正文任务不一致",
    en="the lead, the amount or the time in a table is not that of the task in the text",
    example="正文由市水务局牵头，任务清单由市住房城乡建设局牵头",
)
def table_mismatch(draft: Draft) -> Iterator[Remark]:
    """Row by row, each against the one task of the text that names it; years of a table against amounts of the text."""
    yield from yearly_table.all_of(draft)
    yield from lists_in_tables.remarks(draft)
    tasks = [task for task in draft.tasks if "\t" not in task.quote]
    for table in draft.tables if tasks else ():
        columns: _Columns | None = None
        width = 0
        for row in table.rows:  # two tables without a line between them are read as one
            if len(row.cells) != width:
                columns, width = _columns(row), len(row.cells)
            elif columns is not None:
                yield from _row(draft, row, columns, tasks)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the name of a row stands, and its lead, all who answer, its amount and its time; -1 where it has none."""

    name: int
    lead: int
    bodies: int
    amount: int
    due: int


def _columns(head: Row) -> _Columns | None:
    """None where a head names no column of names, or none that could be compared."""
    header = [text.strip() for text in head.texts]

    def at(section: str) -> int:
        form = rules.one("rows", section)
        return next((index for index, text in enumerate(header) if form.fullmatch(text)), -1)

    found = _Columns(at("name"), at("lead"), at("bodies"), at("amount"), at("due"))
    if found.name < 0 and (found.lead >= 0 or found.bodies >= 0) and header:
        first = 1 if rules.one("rows", "number").fullmatch(header[0]) and len(header) > 1 else 0
        found = _Columns(first, found.lead, found.bodies, found.amount, found.due)
    compared = max(found.lead, found.bodies, found.amount, found.due) >= 0
    return found if found.name >= 0 and compared and found.name not in (found.lead, found.bodies) else None


def _row(draft: Draft, row: Row, columns: _Columns, tasks: Sequence[Task]) -> Iterator[Remark]:
    name = rules.one("rows", "name_noise").sub(row.texts[columns.name].strip())
    task = _told_in(name, tasks) if _NAME <= len(name) <= _LONGEST else None
    if task is None:
        return
    if columns.lead >= 0 or columns.bodies >= 0:
        yield from _leads(draft, row, columns, task, name)
    if columns.amount >= 0:
        yield from _amount(row.texts[columns.amount].strip(), row.span, task, name)
    if columns.due >= 0:
        yield from _due(draft, row.texts[columns.due].strip(), row.span, task, name)


def _told_in(name: str, tasks: Sequence[Task]) -> Task | None:
    """The one task that names a row in its words, or else the one whose title has most of its words."""
    whole = [task for task in tasks if name in task.text or name in task.title]
    if whole:
        return whole[0] if len(whole) == 1 else None
    found = named_by([word for word in segment.words(name) if len(word) > 1], tasks)
    return found[0] if len(found) == 1 else None


def _leads(draft: Draft, row: Row, columns: _Columns, task: Task, name: str) -> Iterator[Remark]:
    """Who leads in the row and in the text; where only who answers is told, all of them against all."""
    column = columns.lead if columns.lead >= 0 else columns.bodies
    listed = [each for each in _BODIES.split(row.texts[column]) if register.is_body(each)]
    own = task.lead if columns.lead >= 0 else tuple(each for role in ROLES for each in getattr(task, role))
    if not listed or not own:
        return
    home = places.of(draft.reading.plan.jurisdiction) if draft.reading.plan.jurisdiction else None
    theirs = {register.resolve(each, home=home).id for each in listed} | set(listed)
    mine = {task.bureaus.get(each, each) for each in own} | set(own)
    if not theirs & mine:
        details: dict[str, object] = {"name": name, "table": "、".join(listed), "text": "、".join(own)}
        yield Remark(row.span, "E360", details, related=(task,))


def _amount(cell: str, span: Span, task: Task, name: str) -> Iterator[Remark]:
    """The one amount of a cell beside the one in that unit in the clause of the text that names the row."""
    listed = [each for each in quantities.find(cell) if not each.unknown]
    if len(listed) != 1 or listed[0].value_max is not None or not listed[0].unit or _other_time(cell):
        return
    clauses = [clause for clause in _CLAUSE.findall(task.text) if name in clause]
    told = [each for clause in clauses[:1] for each in quantities.find(clause) if each.unit == listed[0].unit]
    behind = [each for each in told if each.span[0] == clauses[0].find(name) + len(name)]
    told = behind or told  # 健身中心30个、体育公园6个: the one that stands right behind the name
    if len(clauses) == 1 and len(told) == 1 and told[0].value != listed[0].value and not _other_time(clauses[0]):
        shown = [f"{float(each.value):g}{each.unit}" for each in (listed[0], told[0])]
        yield Remark(span, "E361", {"name": name, "table": shown[0], "text": shown[1]}, related=(task,))


def _other_time(words: str) -> bool:
    return rules.one("rows", "of_a_time").search(words) is not None


def _due(draft: Draft, cell: str, span: Span, task: Task, name: str) -> Iterator[Remark]:
    """The one time of a cell beside the only one by which the task is due in the text."""
    listed = {time.end for time in times.find(cell) if time.end}
    told = {one.end for one in draft.deadlines if one.of == task.id and one.end and one.bound in ("by", "during")}
    if len(listed) == 1 and len(told) == 1 and name in task.text and not _one_time(*listed, *told):
        yield Remark(span, "E362", {"name": name, "table": cell, "text": next(iter(told))}, related=(task,))


def _one_time(one: str, other: str) -> bool:
    """Whether two days are one, as far as the less exact of them says: a year holds its months."""
    return one == other or (one[:4] == other[:4] and "12-31" in (one[5:], other[5:]))
