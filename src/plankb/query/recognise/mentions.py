"""A question read word by word: every mention with its place, before they are put together into a query."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plankb import numbers, rules
from plankb.late import dataclass
from plankb.model import Span
from plankb.query.context import NOBODY, Context
from plankb.query.model import Form, Group, ValueRange
from plankb.query.normalise.names import bare, pieces
from plankb.query.recognise import terms
from plankb.query.recognise.bureaus import BureauMention, find_bureaus, find_misspelt
from plankb.query.recognise.filters import Filter, find_filters
from plankb.query.recognise.forms import (
    asks_when,
    find_base_year,
    find_baseline,
    find_forms,
    find_group,
    find_remaining,
    find_state,
)
from plankb.query.recognise.keywords import Keyword, find_keywords
from plankb.query.recognise.periods import PeriodMention, find_periods
from plankb.query.recognise.plans import (
    PlaceMention,
    PlanMention,
    find_attachment,
    find_national,
    find_own_levels,
    find_places,
    find_plans,
    of_the_country,
)
from plankb.query.recognise.terms import Term
from plankb.query.recognise.text import QuestionText
from plankb.query.recognise.values import (
    find_bodies,
    find_choice,
    find_conversion,
    find_measure,
    find_stated,
    find_unit,
    find_value,
    find_whole,
)
from plankb.query.vocabulary import Vocabulary

_TITLE, _LEAST = 5, 4
"""The shortest names that are held: shorter ones stand inside other words."""
_CITED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What stands in a question, each part with its span in `text`."""

    text: str
    filters: tuple[Filter, ...]
    plans: tuple[PlanMention, ...]
    levels: tuple[tuple[str, Span], ...]
    section_numbers: tuple[re.Match[str], ...]
    section_name: str | None
    bureaus: tuple[BureauMention, ...]
    periods: tuple[PeriodMention, ...]
    forms: Mapping[Form, Span]
    value: ValueRange | None
    bodies: ValueRange | None
    claims: tuple[ValueRange, ...]
    unit: str | None
    measure: str | None
    base_year: str | None
    from_baseline: bool
    places: tuple[PlaceMention, ...]
    keywords: tuple[Keyword, ...]
    terms: tuple[Term, ...]
    left: tuple[str, ...]
    excluded: frozenset[Span]
    limit: int | None
    remaining: bool
    group: Group | None


def find_mentions(text: str, vocabulary: Vocabulary, *, context: Context = NOBODY) -> Mentions:
    """Reads a plain line of text. The order of the steps decides what a word belongs to."""
    question = QuestionText(text)
    filters = find_filters(question)
    terms.hold_numbers(question)
    terms.hold_quoted(question)
    terms.hold_names(
        question, vocabulary, kinds=("task",), least=_TITLE, having=rules.one("question_forms", "plan_word").regex
    )
    if rules.one("question_forms", "citing").search(text) and "《" not in text:
        terms.hold_names(question, vocabulary, kinds=("citation",), least=_CITED)
    attachment = find_attachment(question, vocabulary)
    national = find_national(question, vocabulary)
    plans = (*find_plans(question, vocabulary), *((attachment[0],) if attachment else ()))
    bodies = [mention.span for mention in find_bureaus(QuestionText(text), vocabulary) if not mention.collectives]
    terms.hold_names(question, vocabulary, kinds=("task", "target", "project"), least=_LEAST, bodies=bodies)
    plans = of_the_country(question, plans, vocabulary)
    levels = (*national, *_levels(question))
    _drop_counts(question)
    group = find_group(question)
    section_numbers = tuple(question.take_all(rules.one("questions", "section.numbered")))
    bureaus = find_bureaus(question, vocabulary)
    forms = find_forms(question)
    from_baseline = find_baseline(question)
    body_count = find_bodies(question)
    claims = find_choice(question, vocabulary.sizes)
    value = None if claims else find_value(question, vocabulary.sizes)
    if not (claims or value) and (
        forms.keys() & {"verify", "floor", "ceiling"}
        or asks_when(text)
        or group
        or rules.one("question_forms", "remaining").search(text)
        or rules.one("question_forms", "asks_plan").search(text)
    ):
        value = find_stated(question, vocabulary.sizes) or find_whole(question)
    measure = find_conversion(question, vocabulary.sizes) or find_measure(question, vocabulary.measures)
    base_year = find_base_year(question)
    unit = find_unit(question, vocabulary.units)
    is_remaining = find_remaining(question)
    state = find_state(question)
    periods = find_periods(question, today=context.today)
    section_name = _section_name(question, vocabulary) or (attachment[1] if attachment else None)
    places = find_places(question, vocabulary)
    own_levels, own_places = find_own_levels(question, context)
    levels, places = (*levels, *own_levels), (*places, *own_places)
    named = [[one.span for one in found] for found in (bureaus, plans, periods, places)]
    excluded = _excluded(question, [span for spans in named for span in spans])
    excluded |= _absent(question, [mention.span for mention in bureaus])
    limit = _limit(question)
    words = tuple(sorted((*state, *find_keywords(question)), key=lambda word: word.span))
    misspelt = () if bureaus else find_misspelt(question, vocabulary)
    anchors = frozenset(edge for span in (*(word.span for word in words), *forms.values()) for edge in span)
    phrases = terms.find_terms(question, anchors, vocabulary)
    return Mentions(
        text=text, filters=filters, plans=plans, levels=levels, section_numbers=section_numbers,
        section_name=section_name, bureaus=(*bureaus, *misspelt), periods=periods, forms=forms, value=value,
        bodies=body_count, claims=claims, unit=unit, measure=measure, base_year=base_year, places=places,
        from_baseline=from_baseline, keywords=words, terms=phrases, left=terms.find_left(question, phrases),
        excluded=excluded, limit=limit, remaining=is_remaining, group=group,
    )  # fmt: skip


def _drop_counts(question: QuestionText) -> None:
    """Takes how many places there are that a question names (江苏、宁夏、青海三个地方)."""
    for match in list(rules.one("question_forms", "places_counted").finditer(question.rest)):
        question.take(*match.span("count"))


def _limit(question: QuestionText) -> int | None:
    """Takes the number of a 前三名, top 5; None where there is none."""
    for match in question.take_all(rules.one("questions", "limit")):
        number = numbers.parse(match["top"] or match["zh"] or match["en"])
        return int(number) if number else None
    return None


def _levels(question: QuestionText) -> tuple[tuple[str, Span], ...]:
    found = []
    for level in rules.many("questions", "level"):
        found += [(level.means, match.span()) for match in question.take_all(level)]
    return tuple(found)


def _section_name(question: QuestionText, vocabulary: Vocabulary) -> str | None:
    """Takes a section named by its heading (重点任务部分); None where no heading fits."""
    for match in list(rules.one("questions", "section.marked").finditer(question.rest)):
        name = match["name"]
        for start in range(len(name) - 1):
            wanted = bare(name[start:])
            if any(pieces(wanted, heading) for heading in vocabulary.sections):
                question.take(match.start() + start, match.end())
                return wanted
    return None


def _excluded(question: QuestionText, spans: list[Span]) -> frozenset[Span]:
    """Of the spans of bureaus and plans those that the question leaves out; takes the words that say so."""
    before, after = rules.one("questions", "exclude.before"), rules.one("questions", "exclude.after")
    found = []
    for start, end in spans:
        said, rest = before.search(question.rest[:start]), after.search(question.rest[end:])
        if not (said or rest):
            continue
        found.append((start, end))
        if said:
            question.take(*said.span())
        if rest:
            question.take(end + rest.start(), end + rest.end())
    return frozenset(found)


def _absent(question: QuestionText, spans: list[Span]) -> frozenset[Span]:
    """Of the spans of bureaus those without which something is (没有市交委参与); takes the word that says so."""
    before, after = rules.one("questions", "exclude.absent"), rules.one("questions", "exclude.absent_after")
    joined = rules.one("question_forms", "bodies_joined")
    found: list[Span] = []
    for at, (start, end) in enumerate(spans):
        said = before.search(question.rest[:start])
        if not said:
            continue
        several = [(start, end)]  # 不由A和B牵头: neither of them
        for following in spans[at + 1 :]:
            if not joined.fullmatch(question.text[several[-1][1] : following[0]]):
                break
            several.append(following)
        if after.search(question.text[several[-1][1] :]):
            question.take(*said.span())
            found += several
    return frozenset(found)
