"""Passages for questions in everyday words: three invented plans, with the full text in the store and without it."""

from __future__ import annotations

import pytest

from plankb import rules
from plankb.model import Plan
from plankb.query import Library, ask
from plankb.query.answering.quoting import quote_of
from plankb.query.normalise import english
from plankb.query.retrieval import find, scope_of
from plankb.query.retrieval.question import clauses
from plankb.rules.kinds import Codes
from plankb.store import Source, Store, StoreWriter
from tests.text import clean

_CINEMA = """
长沙市社区放映点建设办法

一、建设标准
放映厅净高严格控制在6米以上，座位间距不小于90厘米，疏散门宽度不少于2米。

二、申报程序
（一）申报受理
社区应于每年5月20日前向街道办事处提交申报材料。
（二）资金补助
每个放映点补助资金最高不超过8万元，分两批拨付。

三、术语
（一）流动放映车
指装有放映设备、每月巡回不少于4次的厢式车辆。
"""
_LIBRARY = """
株洲市图书馆分馆三年计划

一、总体目标
到2027年，建成图书馆分馆40家，人均藏书量达到1.5册。

二、主要任务
（一）盘活旧厂房
利用旧厂房改建分馆，由文化场馆科会同档案科负责。
"""
_SPORT = """
衡阳市健身步道实施方案

一、总体目标
到2027年，建成健身步道120公里，图书馆分馆旁均设步道入口。
"""
_PLANS = (
    ("a", "长沙市社区放映点建设办法", "长沙市", _CINEMA),
    ("b", "株洲市图书馆分馆三年计划", "株洲市", _LIBRARY),
    ("c", "衡阳市健身步道实施方案", "衡阳市", _SPORT),
)


@pytest.fixture(scope="module", params=["index", "scan"])
def texts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    path = tmp_path_factory.mktemp("retrieval") / "plankb.sqlite"
    writer = StoreWriter(path)
    if request.param == "index":
        writer.hold_fulltext()
    for id_, title, place, text in _PLANS:
        plan = Plan(id=id_, title=title, jurisdiction=place, level="city", period="2025-2027")
        source = Source(path=f"{id_}.txt", sha256=id_, stamp="1", read_at="2025-01-01T00:00:00")
        writer.put(plan, source, clean(text), facts=[], bureaus=[])
    writer.commit()
    writer.close()
    return Library(Store.open(path), conflicts=tuple)


@pytest.mark.parametrize(
    ("question", "plan", "words"),
    [
        ("我们街道也想弄放映点，长沙那边一个点封顶给多少钱？", "a", "最高不超过8万元"),
        ("长沙放映点的材料，每年最晚哪天之前要交上去？", "a", "5月20日前"),
        ("长沙放映厅要修多高？", "a", "6米以上"),
        ("株洲的旧厂房改分馆归哪个科管？", "b", "文化场馆科"),
        ("处里写材料要用，株洲到2027年分馆打算建多少家？", "b", "40家"),
        ("How many branch libraries 图书馆分馆 does 株洲 plan?", "b", "40家"),
    ],
)
def test_the_passage_that_answers_comes_first(question: str, plan: str, words: str, texts: Library) -> None:
    (best, *_), *_ = find(question, texts)
    assert (best.passage.plan, words in best.passage.text) == (plan, True)
    assert texts.store.text(plan)[slice(*best.passage.span)] == best.passage.text


def test_each_clause_that_asks_gets_its_own_passage(texts: Library) -> None:
    found = find("长沙放映点每年几月几号前申报，资金最高补多少？", texts)
    assert [any(words in one.passage.text for one in ranked[:2]) for ranked, words in zip(
        found, ("5月20日", "8万元"), strict=True
    )] == [True, True]  # fmt: skip


def test_things_asked_of_one_by_one_are_looked_for_one_by_one(texts: Library) -> None:
    said = [clause.said for clause in clauses("放映厅净高、座位间距和疏散门宽度各是多少")]
    assert [words[:4] for words in said] == ["放映厅净", "座位间距", "疏散门宽"]


@pytest.mark.parametrize("question", ["我们局里要汇报，湖南的分馆有多少家", "领导急着要，分馆一共建多少家"])
def test_a_clause_that_only_tells_why_asks_for_nothing(question: str) -> None:
    assert [clause.said for clause in clauses(question)] == [question.partition("，")[2]]


def test_a_place_named_is_where_it_is_looked_for(texts: Library) -> None:
    assert set(scope_of("衡阳的图书馆分馆", texts).weights) == {"c"}
    assert set(scope_of("图书馆分馆", texts).weights) == {"a", "b", "c"}


def test_a_passage_of_another_place_must_name_the_one_without_plans(texts: Library) -> None:
    assert scope_of("娄底建多少家图书馆分馆", texts).needed == ("娄底",)
    assert not any(find("娄底建多少家图书馆分馆", texts))


def test_a_definition_is_quoted_with_its_heading(texts: Library) -> None:
    (best, *_), *_ = find("“流动放映车”是什么意思？", texts)
    assert quote_of(best, texts).startswith("（一）流动放映车……指装有放映设备")


def test_a_declined_question_shows_the_passage_first(texts: Library) -> None:
    answer = ask("长沙那个放映点，座位间距不能小于多少？", texts)
    assert "90厘米" in answer.answer
    assert "90厘米" in answer.passages[0].text


def test_places_without_a_fact_are_told_by_their_texts(texts: Library) -> None:
    answer = ask("株洲和衡阳到2027年各建多少：株洲和衡阳的图书馆分馆", texts).answer
    assert "40家" in answer
    assert "衡阳市" in answer


def test_plans_that_answer_stay_the_answer_though_places_are_named(texts: Library) -> None:
    answer = ask("株洲和衡阳有哪些规划", texts)
    assert {fact.id for fact in answer.facts if isinstance(fact, Plan)} == {"b", "c"}


def test_what_no_text_holds_is_not_said_to_be_what_the_texts_say(texts: Library) -> None:
    assert "没有整理成数据，原文写的是" not in ask("长沙放映点的VR眼镜要配多少副", texts).answer


def test_an_english_word_has_its_meaning_once() -> None:
    """What the glossary has is in Chinese before texts are looked through: an entry here would never be asked."""
    words = rules.one("retrieval", "english", Codes).values
    assert [word for word in words if english.to_chinese(f"{word} Q") != f"{word} Q"] == []
