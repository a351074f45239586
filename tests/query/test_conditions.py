"""No condition is dropped in silence: each word of a question is applied, or named in the note."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from plankb import rules
from plankb.model import Target
from plankb.quantities import split_unit, unit_names
from plankb.query import Answer, Library, ask
from plankb.query.answering import answer
from plankb.query.answering.conditions import is_of_place
from plankb.query.answering.notes import is_certain
from plankb.query.compound import parts_of
from plankb.query.link.reduce import says_nothing
from plankb.query.normalise.names import bare
from plankb.query.recognise.mentions import Mentions, find_mentions
from plankb.query.understand import checked, understand
from plankb.register import places

_QUESTIONS = sorted(
    {
        case["ask"]
        for path in (Path(__file__).parent / "cases").glob("*.toml")
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", ())
        if len(parts_of(case["ask"])) == 1  # the parts of others are questions of their own
    }
)
_SURE = ("不是没有看懂", "the question was understood")
Walk = Callable[[str], tuple[Mentions, Answer]]


@pytest.fixture(scope="module")
def walk(corpus: Library, answered: Callable[[str], Answer]) -> Walk:
    """A question as it was read, with its answer; each is asked once."""

    @cache
    def once(question: str) -> tuple[Mentions, Answer]:
        vocabulary = corpus.vocabulary
        return find_mentions(checked(question, vocabulary), vocabulary), answered(question)

    return once


@pytest.mark.parametrize("question", _QUESTIONS)
def test_each_condition_is_applied_or_named(question: str, walk: Walk) -> None:
    mentions, answer = walk(question)
    if answer.understood.kind in (None, "help"):
        assert answer.note
        return
    told = _told(answer)
    for term in mentions.terms:
        assert _is_unit(term.text) or says_nothing(term) or _overlaps(bare(term.text), told), term.text
    assert _names_are_applied(mentions, answer)
    held = set("".join(answer.understood.words))  # a character of a name around a place (中车资阳)
    assert set(mentions.left) <= {*answer.understood.ignored, *held}


@pytest.mark.parametrize("question", _QUESTIONS)
def test_targets_are_of_the_places_and_plans_that_were_asked_for(question: str, walk: Walk, corpus: Library) -> None:
    query, homes = walk(question)[1].understood, {plan.id: plan.jurisdiction for plan in corpus.vocabulary.plans}
    for fact in walk(question)[1].facts:
        if isinstance(fact, Target):
            here = not query.places or homes[fact.plan] in query.places
            assert here or is_of_place(fact, query.places, corpus.vocabulary), fact.indicator
            assert not query.plans or fact.plan in query.plans, fact.plan


def _names_are_applied(mentions: Mentions, answer: Answer) -> bool:
    """Whether bureaus, times, places and figures of a question are conditions of the query, or named as unknown."""
    query = answer.understood
    ranks = {places.of(place).rank for place in query.places}  # 全省 beside a city is the province
    placed = bool(query.places or query.not_places or query.levels or query.unknown or query.topic)
    return (
        (bool(query.who) or not mentions.bureaus or query.kind == "bureaus")
        and (bool(query.period or query.not_periods) or not mentions.periods)
        and (placed or not mentions.places)
        and (bool(query.value or query.claims) or mentions.value is None)
        and all(level in (*query.levels, *ranks) for level, _ in mentions.levels)
    )


@pytest.mark.parametrize("question", _QUESTIONS)
def test_what_was_not_understood_is_never_called_understood(question: str, walk: Walk, corpus: Library) -> None:
    mentions, answer = walk(question)
    if any(sure in (answer.note or "") for sure in _SURE):
        assert is_certain(answer.understood, corpus)
        assert not mentions.left
        assert not answer.passages
        assert not answer.facts


def _is_unit(text: str) -> bool:
    """Whether a phrase is the unit of what is asked for (多少万千瓦), the size that orders things (装机最大的), a
    figure that is told."""
    if rules.one("question_forms", "size_word").fullmatch(text) or re.fullmatch(r"\d+(?:\.\d+)?%?", text):
        return True
    return split_unit(text)[1] in unit_names() or any(unit.endswith(text) for unit in unit_names())


def _told(answer: Answer) -> str:
    """All that the query and the note say of the words of the question."""
    query = answer.understood
    said = [
        *query.words,
        *query.plan_words,
        query.seat or "",
        *query.unknown,
        *query.ignored,
        query.section or "",
        query.measure or "",
        answer.note or "",
    ]
    said += [word for pair in query.corrections for word in pair]
    return "\n".join(map(bare, said))


def _overlaps(term: str, told: str) -> bool:
    """Whether a phrase, or what is left of it without the words around a name, is among what is told."""
    least = min(len(term), 2)
    spans = ((start, end) for start in range(len(term)) for end in range(start + least, len(term) + 1))
    return any(term[start:end] in told for start, end in spans)


def test_words_that_several_titles_hold_are_no_ground_to_deny(corpus: Library) -> None:
    told = ask("市林业局在协同方案里牵头什么", corpus)
    assert len(told.understood.plans) == 2
    assert not any(sure in (told.note or "") for sure in _SURE)
    assert "提升生态系统碳汇能力" in (told.note or "")  # where it takes part without leading


def _with_unknown(corpus: Library, phrase: str) -> Answer:
    query = understand("贵阳市2025年森林覆盖率是多少", corpus.vocabulary, corpus.in_texts)
    return answer(replace(query, unknown=(phrase,)), corpus, "zh")


def test_chatter_that_no_plan_knows_is_told_before_what_the_rest_finds(corpus: Library) -> None:
    found = _with_unknown(corpus, "哥俩好捋一捋")
    assert found.answer.startswith("没有看懂“哥俩好捋一捋”")
    assert found.facts


@pytest.mark.parametrize("phrase", ["大宗工业固体废物", "矿山生态修复面积"])
def test_a_phrase_that_may_be_a_name_is_a_condition_that_no_fact_meets(phrase: str, corpus: Library) -> None:
    assert not _with_unknown(corpus, phrase).facts


@pytest.mark.parametrize("question", ["达州生态专项方案有哪些目标", "遵义减污协同行动方案要求达到多少"])
def test_a_title_that_fits_in_parts_is_no_plan_of_another_city(question: str, corpus: Library) -> None:
    assert not ask(question, corpus).understood.plans


@pytest.mark.parametrize("question", ["贵阳生态专项方案有哪些目标", "生态专项方案有哪些目标"])
def test_a_title_that_fits_in_parts_is_the_plan_of_its_city(question: str, corpus: Library) -> None:
    assert ask(question, corpus).understood.plans == ("guiyang-eco-145",)
