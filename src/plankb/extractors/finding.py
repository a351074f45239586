"""Targets: of the running text, of indicator tables, and of the prose in task tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plankb import rules, times
from plankb.document import Cell, CleanText, Outline, Place, Table, sentences, sentences_in
from plankb.extractors.notes.deadlines import completion_times
from plankb.extractors.records import Ids, Recorder
from plankb.extractors.tables import Held, columns
from plankb.extractors.tables.columns import Layout
from plankb.extractors.tables.indicators import IndicatorTable
from plankb.extractors.targets.clause import signs
from plankb.extractors.targets.reader import TargetReader, Unread
from plankb.extractors.targets.time_scope import TimeScope
from plankb.headings import TITLE_OF_ATTACHMENT
from plankb.in_force import years
from plankb.indicators import naming
from plankb.model import Plan, Target
from plankb.plan_info import years as plan_years
from plankb.times import Time

if TYPE_CHECKING:
    from plankb.extractors.tokens import Tokens

_LONGEST_TITLE = 40
"""A cell alone in its row that is longer is no title of a group."""
_ATTACHMENTS = ("annex", TITLE_OF_ATTACHMENT)
_PROSE = ("content", "goal", "name", "other")


@dataclass(frozen=True, slots=True)
class Found:
    """The targets of a plan, the time of each by its id, and numbers that became none though they look like it."""

    targets: tuple[Target, ...]
    times: dict[str, Time]
    unread: tuple[Unread, ...]


def find(
    clean: CleanText,
    outline: Outline,
    plan: Plan,
    ids: Ids,
    tables: tuple[Held, ...],
    tokens: Tokens | None = None,
) -> Found:
    """The targets of a plan. `tokens` are the words of its text, for outcomes that are whole words; None: not known."""
    since = plan_years.since(clean, plan)
    recorder = Recorder(clean.text, plan, ids)
    conditional = bool(signs("conditional").search(plan_years.title_of(clean, plan)))
    due = completion_times(clean, outline, since)
    titles = frozenset(section.heading for section in outline.sections if section.form in _ATTACHMENTS)
    written = plan_years.last_day_written(plan)
    scope = TimeScope(clean.text, since, years(plan), due, titles=titles, conditional=conditional, written=written)
    reader = TargetReader(clean.text, recorder, scope, tokens)
    prose = [target for sentence in sentences(clean, outline) for target in reader.read(sentence)]
    tabled: list[Target] = []
    for each in tables:
        if each.kind != "other" and each.layout:
            tabled += _of_table(clean, outline, each, each.layout, recorder, reader, since)
    tabled = [target for target in tabled if naming.may_be_measured(target.indicator)]
    return Found((*prose, *tabled), recorder.times, tuple(reader.unread))


def _of_table(
    clean: CleanText, outline: Outline, held: Held, layout: Layout, recorder: Recorder, reader: TargetReader,
    since: int | None,
) -> Iterator[Target]:  # fmt: skip
    table = held.table
    section = outline.at(table.span[0])
    place = Place(
        section.index if section else None, outline.path_at(table.span[0]), "table", goal=True, past=False, paragraph=-2
    )
    if any(rules.pattern("past", "titles.surely_past").search(title) for title in (*place.path[-1:], table.caption)):
        return
    if held.kind == "indicators":
        yield from IndicatorTable(clean.text, place, recorder, since).read(table, layout)
    else:
        yield from _of_rows(clean, place, table, layout, reader)
        yield from _of_wide_rows(clean, place, table, reader)


def _of_rows(clean: CleanText, place: Place, table: Table, layout: Layout, reader: TargetReader) -> Iterator[Target]:
    """The targets in the prose cells of a task table; the row's deadline is their time, or the column's year, and the
    period that the caption names holds theirs. What they say is said of the area that a row's own columns name."""
    deadline, period = layout.first("deadline"), columns.period(table.caption)
    for number, row in enumerate(layout.rows):
        due = _due(row.cells[deadline]) if deadline is not None else None
        groups, area = layout.groups(row) if table.exact else ((), "")
        for index, column in enumerate(layout.columns):
            if column.role not in _PROSE:
                continue
            reader.hold(column.time if column.role == "goal" and column.time else due)
            own = replace(place, paragraph=-2 - number)
            cell = row.cells[index]
            for span in cell.paragraphs or (cell.span,):
                for sentence in sentences_in(clean.text, span, own):
                    for target in reader.read(sentence):
                        yield _in_row(target, groups, area, period)


def _in_row(target: Target, groups: tuple[str, ...], area: str, period: tuple[str, str] | None) -> Target:
    """A target with the groups of its row as its section, and the row's area and the table's period where it says none
    of its own."""
    said: dict[str, object] = {"section": (*target.section, *groups), "scope": target.scope or area or None}
    if period and target.by is None:
        said["period"] = period
    return target.model_copy(update=said)


def _of_wide_rows(clean: CleanText, place: Place, table: Table, reader: TargetReader) -> Iterator[Target]:
    """The targets of rows that are one long cell: what goes on with the row above, or what holds for several."""
    for number, row in enumerate(table.rows):
        filled = [cell for cell in row.cells if cell.text]
        if len(filled) == 1 and len(filled[0].text) > _LONGEST_TITLE:
            reader.hold(None)
            own = replace(place, paragraph=-2 - len(table.rows) - number)
            for sentence in sentences_in(clean.text, filled[0].span, own):
                yield from reader.read(sentence)


def _due(cell: Cell) -> Time | None:
    """The deadline that a cell names, with its place in the text; None for 全年, 长期 and the like."""
    time = next((time for time in times.find(cell.text) if time.by), None)
    start = cell.span[0]
    return replace(time, span=(start + time.span[0], start + time.span[1])) if time else None
