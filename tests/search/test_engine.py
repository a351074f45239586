"""Words are found wherever and however they are printed, and hits point at them; whatever the engine."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise

import pytest

from plankb.errors import PlankbError
from plankb.model import Plan
from plankb.search import sentences
from plankb.search.tokens import fold
from tests import corpus
from tests.search.conftest import PLANS, Library
from tests.text import clean

WORDS = [
    "氢", "降尘", "塘寨", "绿色建筑", "三线一单", "生态环境分区管控", "城镇新建建筑", "PM2.5", "VOCs", "O3", "35蒸吨",
    "PUE", "煤电机组", "垃圾", "公转铁", "1+5+8", "国发〔2018〕22号", "a", "2025年",
]  # fmt: skip


def stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a text, letters and figures as whole words: found the slow way."""
    text = fold(text)
    for piece in re.findall(r"[\w.]+", fold(word)):
        before = "" if "\u3400" <= piece[0] <= "\u9fff" else r"(?<![a-z0-9μ])(?<!\d\.)"
        after = "" if "\u3400" <= piece[-1] <= "\u9fff" else r"(?![a-z0-9])(?!\.\d)"
        if not re.search(before + re.escape(piece) + after, text):
            return False
    return True


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_found_in_every_passage_that_holds_it_and_in_no_other(index: Library, word: str) -> None:
    texts = {plan: corpus.clean_text(plan) for plan in PLANS}
    expected = {
        (plan, span)
        for plan in PLANS
        for span in sentences(texts[plan])
        if stands_in(word, texts[plan].text[slice(*span)])
    }
    result = index.search(f'"{word}"', limit=5000)
    assert {(hit.plan, hit.span) for hit in result.hits} == expected
    assert result.total == len(expected) == sum(result.plans.values())
    assert not result.relaxed


@pytest.mark.parametrize(
    "query", ["绿色建筑", "氢", "V<sub>O</sub>Cs", "VOC*", "公交 车辆", "减污降碳 OR 氢能", "生态環境~"]
)
def test_hits_point_at_their_words_in_the_plan(index: Library, query: str) -> None:
    result = index.search(query, limit=50)
    assert result.hits
    for hit in result.hits:
        assert corpus.clean_text(hit.plan).text[slice(*hit.span)] == hit.text
        assert hit.highlights == tuple(sorted(hit.highlights))
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)


def test_a_highlight_is_the_word_that_was_looked_for(index: Library) -> None:
    hits = index.search("VOCs", limit=50).hits
    assert {fold(hit.text[start:end]) for hit in hits for start, end in hit.highlights} == {"vocs"}


CASES = [
    ("公交", [0, 2]),
    ("公交 氢", [2]),
    ("公交 OR 铁路", [0, 1, 2]),
    ("公交 NOT 氢", [0]),
    ("公交 -氢", [0]),
    ("(公交 OR 铁路) AND 建设", [0, 2]),
    ("plan:b 公交", [2]),
    ("plan:能源 推广", [2]),
    ("section:公交 锅炉", [3]),
    ("section:公交", [0, 3]),
    ("bureau:交通委员会", [0]),
    ("bureau:市交委 by:2025", [0]),
    ("by:2025 公交", [0, 2]),
    ("kind:target", [1, 2]),
    ("title:能源 公交", [2]),
    ("35蒸吨", [3]),
    ("5蒸吨", []),
    ("站", [0, 2]),
    ("加氢*", [2]),
    ("锅沪~", [3]),
    ("建设充电站", [0]),
    ("公交 能源方案", [2]),
    ("能源方案", []),
]


TEXTS = ["推广新能源", "铁路货运量", "建设加氢站", "淘汰35"]


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_operators_and_fields(small: Library, query: str, expected: list[int]) -> None:
    result = small.search(query)
    found = [] if result.relaxed else [i for hit in result.hits for i in range(4) if hit.text.startswith(TEXTS[i])]
    assert sorted(found) == expected


def test_a_word_in_the_headings_counts_but_less_than_in_the_passage(small: Library) -> None:
    hits = small.search("公交 OR 锅炉").hits
    assert [hit.section for hit in hits if hit.text.startswith("淘汰")] == [("二、公交",)]
    title_and_text = small.search("能源").hits
    assert title_and_text[0].text.startswith("推广新能源")


def test_the_best_hits_come_first(index: Library) -> None:
    scores = [hit.score for hit in index.search("绿色建筑 OR 公共机构", limit=30).hits]
    assert scores[0] > 0
    assert all(first >= second for first, second in pairwise(scores))


def test_only_the_plans_asked_for(small: Library) -> None:
    assert {hit.plan for hit in small.search("公交", plans=("b",)).hits} == {"b"}
    assert small.search("铁路", plans=("b",)).total == 0


def test_facets_count_all_hits_not_only_those_shown(small: Library) -> None:
    result = small.search("公交 车辆", limit=1)
    assert (len(result.hits), result.total, result.plans) == (1, 2, {"a": 1, "b": 1})
    assert result.kinds == {"task": 1, "target": 1}


def test_a_question_that_no_passage_answers_whole_gets_the_nearest_marked_as_such(small: Library) -> None:
    result = small.search("氢燃料电池公交车辆怎么推广？")
    assert result.relaxed
    assert result.hits[0].text.startswith("建设加氢站")
    assert not small.search("今天天气怎么样").hits


def test_a_slip_gets_a_suggestion(index: Library) -> None:
    assert index.search("煤炭消废").suggestion == "煤炭消费"
    assert index.search("煤炭消费").suggestion is None


def test_plans_are_dropped_added_and_replaced(small: Library) -> None:
    small.put(Plan(id="c", title="新"), clean("公交新线。"))
    small.drop("a")
    assert small.search("公交").plans == {"b": 2, "c": 1}
    small.put(Plan(id="c", title="新"), clean("铁路新线。"))
    assert small.search("公交").plans == {"b": 2}
    assert small.search("铁路").plans == {"c": 1}


def test_an_empty_knowledge_base(small: Library) -> None:
    small.drop("a")
    small.drop("b")
    result = small.search("氢")
    assert (result.total, result.hits, result.suggestion) == (0, (), None)


ODD = [
    "*",
    "'; DROP TABLE plan; --",
    '"" OR 1',
    "NEAR(公交 铁路)",
    "body:公交",
    "^公交",
    "\x00公交",
    "公交\ud800",
    "?",
    "plan:'",
]


@pytest.mark.parametrize("query", ODD)
def test_what_means_something_to_an_engine_means_nothing_here(small: Library, query: str) -> None:
    try:
        small.search(query)
    except PlankbError as error:
        assert error.code.startswith("E35")  # noqa: PT017
    assert small.search("公交 车辆").total == 2


def test_searching_loads_no_segmenter(small: Library) -> None:
    program = (
        "import sys; from pathlib import Path; from plankb.kb import KnowledgeBase;"
        "assert KnowledgeBase(Path(sys.argv[1])).search('公交 车辆').total == 2;"
        "print('jieba' in sys.modules, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, small.kb.folder], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
