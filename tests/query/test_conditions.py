"""No condition is dropped in silence: each word of a question is applied, or named in the note."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from plankb.query import Answer, Library, ask
from plankb.query.normalise.names import bare
from plankb.query.recognise.mentions import Mentions, find_mentions
from plankb.query.understand import checked

_QUESTIONS = sorted(
    {
        case["ask"]
        for path in (Path(__file__).parent / "cases").glob("*.toml")
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", ())
    }
)
_SURE = ("不是没有看懂", "the question was understood")


@pytest.mark.parametrize("question", _QUESTIONS)
def test_each_condition_is_applied_or_named(question: str, corpus: Library) -> None:
    answer = ask(question, corpus)
    if answer.understood.kind in (None, "help"):
        assert answer.note
        return
    mentions = find_mentions(checked(question, corpus.vocabulary), corpus.vocabulary)
    told = _told(answer)
    for term in mentions.terms:
        assert _overlaps(bare(term.text), told), term.text
    assert _names_are_applied(mentions, answer)


def _names_are_applied(mentions: Mentions, answer: Answer) -> bool:
    """Whether bureaus, times, places and figures of a question are conditions of the query, or named as unknown."""
    query = answer.understood
    placed = bool(query.places or query.not_places or query.levels or query.unknown or query.topic)
    return (
        (bool(query.who) or not mentions.bureaus or query.kind == "bureaus")
        and (bool(query.period or query.not_periods) or not mentions.periods)
        and (placed or not mentions.places)
        and (bool(query.value or query.claims) or mentions.value is None)
    )


@pytest.mark.parametrize("question", _QUESTIONS)
def test_what_was_not_understood_is_never_called_understood(question: str, corpus: Library) -> None:
    answer = ask(question, corpus)
    if any(sure in (answer.note or "") for sure in _SURE):
        assert not answer.understood.unknown
        assert not answer.understood.ignored
        assert not answer.passages
        assert not answer.facts


def _told(answer: Answer) -> str:
    """All that the query and the note say of the words of the question."""
    query = answer.understood
    said = [*query.words, *query.unknown, *query.ignored, query.section or "", query.measure or "", answer.note or ""]
    said += [word for pair in query.corrections for word in pair]
    return "\n".join(map(bare, said))


def _overlaps(term: str, told: str) -> bool:
    """Whether a phrase, or what is left of it without the words around a name, is among what is told."""
    least = min(len(term), 2)
    spans = ((start, end) for start in range(len(term)) for end in range(start + least, len(term) + 1))
    return any(term[start:end] in told for start, end in spans)
