"""What each table of a plan holds, read once for all who take facts from it: indicators with a value for each year, or
work with who answers for it and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plankb.document import Table
from plankb.document.tables import upright
from plankb.extractors.tables.columns import Column, Layout, columns_of, continued, kind, layout, sets_nothing
from plankb.extractors.tables.work import TaskTable, columns_of_work, rows_of_work
from plankb.model import Span

_LINES_BETWEEN, _LONGEST_BETWEEN = 2, 40


@dataclass(frozen=True, slots=True)
class Held:
    """A table and what it holds. `kind` and `layout` are those of its goals ("indicators", "tasks" or "other" without
    any); `work` its rows of work, None where there are none; `headed`: its own headings say that it shares out work."""

    table: Table
    kind: str
    layout: Layout | None
    work: TaskTable | None
    headed: bool


def held(text: str, tables: Sequence[Table]) -> Iterator[Held]:
    """What the tables of a text hold, in order; one that a title between its rows cut in two keeps its headings."""
    before: Layout | None = None
    last: tuple[tuple[Column, ...], Span] | None = None
    for table in tables:
        straight = upright(table)
        columns, body = columns_of(straight)
        own = layout(columns, body, straight)
        found = own or (continued(table, before) if before else None)
        idle = sets_nothing(table.caption)
        named = kind(found) if found and not idle else "other"
        before = found if named != "other" else None if idle else before
        work = columns_of_work(columns, own, table.caption) if straight is table else None
        headed = work is not None
        measures = own is not None and kind(own) == "indicators"
        if work is None and last is not None and not measures:
            if [column.heading for column in columns] == [column.heading for column in last[0]]:
                work = None if table.caption else last[0]  # a page says the headings again, another title names works
            elif _goes_on(text, table, last):
                work, body = last[0], table.rows
        last = (work, table.span) if work else None
        rows = rows_of_work(work, body, exact=table.exact) if work else None
        yield Held(table, named, found, rows, headed)


def _goes_on(text: str, table: Table, last: tuple[tuple[Column, ...], Span]) -> bool:
    """Whether a table without headings goes on with the one before it: as wide, and only short lines between."""
    columns, before = last
    between = text[before[1] : table.span[0]].strip().split("\n")
    near = len(between) <= _LINES_BETWEEN and all(len(line) <= _LONGEST_BETWEEN for line in between)
    width = max(len(row.cells) for row in table.rows)
    return near and len(columns) // 2 < width <= len(columns)
