"""Targets of a whole plan: of the running text, of indicator tables, of the prose in task tables; and the results of a
work report, which is read as a plan is, the past told instead of passed over.

A result is a record of a target's form: indicator, value, unit, and as `by` the year that it tells of. What a report
says of the time to come (下一步, 力争, 2025年 in a report on 2024) is no result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plankb import document as documents
from plankb import rules, times
from plankb.document import (
    Cell,
    Clause,
    CleanText,
    Document,
    Outline,
    Place,
    Sentence,
    Table,
    sentences,
    sentences_in,
)
from plankb.document.run_together import run_together
from plankb.document.spans import overlap
from plankb.extractors.notes.deadlines import completion_times
from plankb.extractors.records import Amount, Ids, Recorder, Stated
from plankb.extractors.tables import Held, columns
from plankb.extractors.tables.columns import Layout
from plankb.extractors.tables.indicators import IndicatorTable
from plankb.extractors.targets.clause import signs
from plankb.extractors.targets.reader import TargetReader, Unread
from plankb.extractors.targets.time_scope import TimeScope
from plankb.headings import TITLE_OF_ATTACHMENT
from plankb.in_force import years
from plankb.indicators import canonical, cell_names, naming
from plankb.model import Plan, Span, Target
from plankb.name_forms import squeezed
from plankb.plan_info import fill
from plankb.plan_info import years as plan_years
from plankb.quantities.cells import values
from plankb.times import Time

if TYPE_CHECKING:
    from plankb.extractors.tokens import Tokens

_LONGEST_TITLE = 40
"""A cell alone in its row that is longer is no title of a group."""
_ATTACHMENTS = ("annex", TITLE_OF_ATTACHMENT)
_PROSE = ("content", "goal", "name", "other")
_TITLE, _SHORT = 4, 60
"""Paragraphs among which the title stands, and the most characters of one."""
_SPRING = 3
"""Reports dated up to this month tell of the year before."""


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
    own = plan_years.title_of(clean, plan)
    conditional = bool(signs("conditional").search(own))
    due = completion_times(clean, outline, since)
    titles = frozenset(section.heading for section in outline.sections if section.form in _ATTACHMENTS) | {own}
    written = plan_years.last_day_written(plan)
    scope = TimeScope(clean.text, since, years(plan), due, titles=titles, conditional=conditional, written=written)
    reader = TargetReader(clean.text, recorder, scope, tokens)
    torn = run_together(clean)
    prose = [target for sentence in _whole(sentences(clean, outline), torn) for target in reader.read(sentence)]
    tabled: list[Target] = []
    for each in tables:
        if each.kind != "other" and each.layout:
            tabled += _of_table(clean, outline, each, each.layout, recorder, reader, since)
    tabled = [target for target in tabled if naming.may_be_measured(target.indicator)]
    lost = tuple(Unread("table-run-together", span) for span in torn)
    return Found((*prose, *tabled), recorder.times, (*reader.unread, *lost))


def _whole(found: Iterator[Sentence], torn: tuple[Span, ...]) -> Iterator[Sentence]:
    """The sentences outside tables that are run together."""
    return (one for one in found if not any(overlap(one.span, span) for span in torn)) if torn else found


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
        yield from _of_amounts(place, table, layout, recorder)
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
                        if not _is_label(target, cell, column):
                            yield _in_row(target, groups, area, period)


def _is_label(target: Target, cell: Cell, column: columns.Column) -> bool:
    """Whether words are no commitment in a cell: those of a title (医院能力提升), or of what earns points."""
    if target.qualitative is None:
        return False
    whole = target.indicator + target.qualitative == squeezed(cell.text)
    title = rules.pattern("tables", "cells.title_verb").fullmatch(target.qualitative)
    return column.work == "graded" or bool(whole and title)


def _of_amounts(place: Place, table: Table, layout: Layout, recorder: Recorder) -> Iterator[Target]:
    """The targets of a task table whose columns of goals hold a number and its unit, said of what the row names."""
    named = [index for index, column in enumerate(layout.columns) if column.role in ("content", "name")]
    for index in layout.all("goal"):
        before = [at for at in named if at < index]
        column = layout.columns[index]
        for row in layout.rows if before else ():
            name, cell = row.cells[before[-1]], row.cells[index]
            phrase = cell_names.plain(name.text, "-")[0]
            numbers, _ = values(cell.text, "")
            bare = rules.pattern("tables", "cells.amount").fullmatch(squeezed(cell.text))
            if not bare or len(numbers) != 1 or times.find(cell.text) or not 2 <= len(phrase) <= columns.SHORT:
                continue
            deadline = layout.first("deadline")
            time = column.time or (_due(row.cells[deadline]) if deadline is not None else None)
            span = (min(name.span[0], cell.span[0]), max(name.span[1], cell.span[1]))
            stated = Stated(place, span, time, str(time.last) if time and time.last else None)
            quantity = numbers[0].quantity
            groups, area = layout.groups(row) if table.exact else ((), "")
            yield _in_row(recorder.number(phrase, Amount(quantity, quantity.op), stated), groups, area, None)


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


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a report in the order of its text; `year` is the one it tells of, None where it does not say.

    `plan` is the record of the report: its title, issuer and date.
    """

    plan: Plan
    clean: CleanText
    year: str | None
    results: tuple[Target, ...]


def read_results(document: Document, plan: Plan) -> Results:
    """The results of a work report. `plan` says whose they are; its fields that are None are filled from the text."""
    text = documents.clean(document)
    record = fill(plan, text)
    sections = documents.outline(text)
    year = _year(text, record)
    reader = _ResultReader(text.text, Recorder(text.text, record, Ids(record.id)), _ResultScope(text.text, year))
    found = tuple(_results(reader, text, sections, year))
    return Results(record, text, year, found)


def _results(reader: _ResultReader, text: CleanText, sections: Outline, year: str | None) -> Iterator[Target]:
    for sentence in sentences(text, sections):
        if _is_ahead(sentence.place):
            continue
        place = replace(sentence.place, goal=False, past=False, preamble=False)
        for target in reader.read(Sentence(sentence.span, sentence.clauses, place)):
            if target.value is not None and (not target.by or not year or target.by[:4] <= year):
                yield _named(target, year)


def _named(result: Target, year: str | None) -> Target:
    """A result under the name of what is measured, in the year that the report tells of where it names none."""
    name = rules.one("results", "already").regex.sub("", result.indicator)
    measured = canonical(name)
    said = {"indicator": name, "indicator_id": measured.id, "scope": measured.scope, "by": result.by or year}
    return result.model_copy(update=said)


def _is_ahead(place: Place) -> bool:
    """Whether a section speaks of what is to come or is wrong: the nearest heading that tells counts."""
    pattern = rules.one("results", "titles.ahead").regex
    return any(pattern.search(title) for title in place.path)


def _year(text: CleanText, plan: Plan) -> str | None:
    """The year that a report tells of: that of its title, else the year before one dated in spring, else its date's."""
    first = [text.text[one.start : one.end] for one in text.paragraphs[:_TITLE]]
    named = [
        year
        for line in (plan.title, *first)
        if len(line) <= _SHORT
        for year in rules.pattern("results", "year").findall(line)
    ]
    if named:
        return str(named[0])
    if plan.date is None:
        return None
    year, month = int(plan.date[:4]), int(plan.date[5:7] or 12)
    return str(year - 1 if month <= _SPRING else year)


class _ResultScope(TimeScope):
    """Every time is one that something was reached by; without one it is the report's year."""

    def __init__(self, text: str, year: str | None) -> None:
        super().__init__(text, None)
        self._year = (
            Time("", (0, 0), "by", by=year, end=f"{year}-12-31", first=int(year), last=int(year)) if year else None
        )

    @property
    def due(self) -> Time | None:
        return self.time or self._year

    def ahead(self, time: Time) -> bool:
        return bool(time.by or time.last) and not time.base

    def only_tells(self, place: Place) -> bool:  # noqa: ARG002
        return False

    def _is_past(self, time: Time) -> bool:  # noqa: ARG002
        return False


class _ResultReader(TargetReader):
    """Reads clauses that tell of what is to come as nothing, and all others as what was reached."""

    def _tells(self, text: str) -> bool:  # noqa: ARG002
        return False

    def _clause(self, clause: Clause, sentence: Sentence, mentions: tuple[Time, ...]) -> Iterator[Target]:
        text = self._text[slice(*clause.span)]
        if any(rule.search(text) for rule in rules.many("results", "ahead")):
            return
        yield from super()._clause(clause, sentence, mentions)
