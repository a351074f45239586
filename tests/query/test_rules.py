"""Every entry of the rules of questions means what its example says; English terms become Chinese."""

from __future__ import annotations

import pytest

from plankb import rules
from plankb.query import Library, understand
from plankb.query.normalise.english import is_english, to_chinese
from plankb.query.normalise.names import bare
from plankb.query.normalise.spoken import standard
from plankb.query.understand import checked
from plankb.rules.kinds import Codes, Rewrite
from plankb.rules.question_kinds import QuestionWord, TimeForm, ValueForm
from plankb.rules.sections import GLOSSARY

_ENTRIES: tuple[QuestionWord | ValueForm | TimeForm, ...] = (
    *rules.many("questions", "word", QuestionWord),
    *rules.many("questions", "bound", ValueForm),
    *rules.many("questions", "time", TimeForm),
)


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry.examples[0])
def test_the_example_of_a_pattern_is_understood(entry: QuestionWord, library: Library) -> None:
    for example in entry.examples:
        query = understand(example, library.vocabulary, library.in_texts).as_json()
        assert {field: query.get(field) for field in entry.expect} == entry.expect, query


@pytest.mark.parametrize("entry", rules.many("synonyms", "synonym", Rewrite), ids=lambda entry: entry.to)
def test_synonyms_are_compared_as_one(entry: Rewrite) -> None:
    for example in entry.examples:
        assert bare(example) == bare(entry.gives)


@pytest.mark.parametrize("entry", rules.many("questions", "spoken", Rewrite), ids=lambda entry: entry.gives)
def test_spoken_words_are_read_as_standard_ones(entry: Rewrite) -> None:
    for example in entry.examples:
        assert standard(example) == entry.gives


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("provincial energy administration", "省能源局"),
        ("the department of transport of the province", "省交通运输厅"),
        ("Guiyang transport commission", "市交委"),
        ("Ziyang ecology and environment bureau", "资阳市生态环境局"),
        ("ecology bureau", "市生态环境局"),
        ("in Zunyi", "遵义"),
        ("near Kaiyang", "开阳"),
    ],
)
def test_english_names_become_those_of_the_plans(said: str, meant: str, corpus: Library) -> None:
    assert meant in checked(f"what about {said}?", corpus.vocabulary)


@pytest.mark.parametrize("group", GLOSSARY)
def test_english_terms_become_chinese(group: str) -> None:
    for term, chinese in rules.one("glossary", group, Codes).values.items():
        assert to_chinese(f"what about the {term} here?") == f"what about the {chinese} here?"


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("which tasks does 市交委 lead?", True),
        ("Who leads 推动产业园区循环化发展?", True),
        ("市交委 lead which tasks in the plan", True),
        ("市交委牵头哪些任务？", False),
        ("VOCs和NOx的目标", False),
        ("lead:市交委 by:2025", False),
        ("PUE目标值", False),
    ],
)
def test_the_language_of_a_question_is_that_of_its_words(question: str, english: bool) -> None:
    assert is_english(question) is english
