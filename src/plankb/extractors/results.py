"""Results: what a work report says has been reached, read as targets are read, the past told instead of passed over.

A result is a record of a target's form: indicator, value, unit, and as `by` the year that it tells of. What a report
says of the time to come (下一步, 力争, 2025年 in a report on 2024) is no result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plankb import rules
from plankb.document import Clause, CleanText, Document, Outline, Place, Sentence, clean, outline, sentences
from plankb.extractors.records import Ids, Recorder
from plankb.extractors.targets.reader import TargetReader
from plankb.extractors.targets.time_scope import TimeScope
from plankb.indicators import canonical
from plankb.model import Plan, Target
from plankb.plan_info import fill
from plankb.times import Time


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
    text = clean(document)
    record = fill(plan, text)
    sections = outline(text)
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


_TITLE, _SHORT = 4, 60
"""Paragraphs among which the title stands, and the most characters of one."""
_SPRING = 3
"""Reports dated up to this month tell of the year before."""


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
