"""A question read word by word: every mention with its place, before they are put together into a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from plankb import numbers, rules
from plankb.model import Span
from plankb.query import residue
from plankb.query.bureaus import BureauMention, find_bureaus, find_slips
from plankb.query.filters import Filter, find_filters
from plankb.query.matching import bare, pieces
from plankb.query.model import ValueRange
from plankb.query.periods import PeriodMention, find_periods
from plankb.query.plans import PlaceMention, PlanMention, find_places, find_plans
from plankb.query.residue import Term
from plankb.query.tape import Tape
from plankb.query.values import find_unit, find_value
from plankb.query.vocabulary import Vocabulary
from plankb.query.words import Word, find_words

_PLAN_WORD = re.compile(r"规划|方案|计划|纲要|意见|办法")
_TITLE, _LEAST = 5, 4
"""The shortest names that are held: shorter ones stand inside other words."""
_CITING = re.compile(r"引用|援引|引述|依据|根据|\bcit(?:e|ing|ed)", re.IGNORECASE)
_CITED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What stands in a question, each part with its span in `text`."""

    text: str
    filters: tuple[Filter, ...]
    plans: tuple[PlanMention, ...]
    levels: tuple[tuple[str, Span], ...]
    section_numbers: tuple[re.Match[str], ...]
    section_name: str | None
    bureaus: tuple[BureauMention, ...]
    periods: tuple[PeriodMention, ...]
    value: ValueRange | None
    unit: str | None
    places: tuple[PlaceMention, ...]
    words: tuple[Word, ...]
    terms: tuple[Term, ...]
    excluded: frozenset[Span]
    limit: int | None


def read(text: str, vocabulary: Vocabulary, *, this_year: int | None = None) -> Reading:
    """Reads a plain line of text. The order of the steps decides what a word belongs to."""
    tape = Tape(text)
    filters = find_filters(tape)
    residue.hold_numbers(tape)
    residue.hold_names(tape, vocabulary, kinds=("task",), least=_TITLE, having=_PLAN_WORD)
    if _CITING.search(text) and "《" not in text:
        residue.hold_names(tape, vocabulary, kinds=("citation",), least=_CITED)
    plans = find_plans(tape, vocabulary)
    residue.hold_names(tape, vocabulary, kinds=("task", "target", "project"), least=_LEAST)
    levels = _levels(tape)
    section_numbers = tuple(tape.take_all(_section("pattern")))
    bureaus = find_bureaus(tape, vocabulary)
    value = find_value(tape, vocabulary.sizes)
    unit = find_unit(tape, vocabulary.units)
    periods = find_periods(tape, this_year=this_year)
    section_name = _section_name(tape, vocabulary)
    places = find_places(tape, vocabulary)
    named = [[one.span for one in found] for found in (bureaus, plans, periods, places)]
    excluded = _excluded(tape, [span for spans in named for span in spans])
    limit = _limit(tape)
    words = find_words(tape)
    slips = () if bureaus else find_slips(tape, vocabulary)
    anchors = frozenset(edge for word in words for edge in word.span)
    return Reading(
        text=text, filters=filters, plans=plans, levels=levels, section_numbers=section_numbers,
        section_name=section_name, bureaus=(*bureaus, *slips), periods=periods, value=value, unit=unit,
        places=places, words=words, terms=residue.terms(tape, anchors, vocabulary), excluded=excluded,
        limit=limit,
    )  # fmt: skip


def _limit(tape: Tape) -> int | None:
    """Takes the number of a 前三名, top 5; None where there is none."""
    for match in tape.take_all(re.compile(rules.load("questions")["limit"]["pattern"], re.IGNORECASE)):
        number = numbers.parse(match["zh"] or match["en"])
        return int(number) if number else None
    return None


@cache
def _section(name: str) -> re.Pattern[str]:
    return re.compile(rules.load("questions")["section"][name], re.IGNORECASE)


def _levels(tape: Tape) -> tuple[tuple[str, Span], ...]:
    found = []
    for level, pattern in rules.load("questions")["levels"].items():
        found += [(level, match.span()) for match in tape.take_all(re.compile(pattern, re.IGNORECASE))]
    return tuple(found)


def _section_name(tape: Tape, vocabulary: Vocabulary) -> str | None:
    """Takes a section named by its heading (重点任务部分); None where no heading fits."""
    for match in list(_section("marked").finditer(tape.rest)):
        name = match["name"]
        for start in range(len(name) - 1):
            wanted = bare(name[start:])
            if any(pieces(wanted, heading) for heading in vocabulary.sections):
                tape.take(match.start() + start, match.end())
                return wanted
    return None


def _excluded(tape: Tape, spans: list[Span]) -> frozenset[Span]:
    """Of the spans of bureaus and plans those that the question leaves out; takes the words that say so."""
    rule = rules.load("questions")["exclude"]
    before, after = re.compile(rule["before"], re.IGNORECASE), re.compile(rule["after"])
    found = []
    for start, end in spans:
        said, rest = before.search(tape.rest[:start]), after.search(tape.rest[end:])
        if not (said or rest):
            continue
        found.append((start, end))
        if said:
            tape.take(*said.span())
        if rest:
            tape.take(end + rest.start(), end + rest.end())
    return frozenset(found)
