"""What a question denies or leaves out is left out of the answer; a denial that was not understood is told first."""

from __future__ import annotations

import pytest

from plankb.model import Target, Task
from plankb.query import Library, ask
from plankb.query.understand import checked


def _names(question: str, library: Library) -> set[str]:
    found = set()
    for fact in ask(question, library).facts:
        assert isinstance(fact, Task | Target)
        found.add(fact.title if isinstance(fact, Task) else fact.indicator)
    return found


def test_a_thing_left_out_is_not_among_the_targets(library: Library) -> None:
    rest, everything = _names("除森林覆盖率外还有哪些目标", library), _names("目标有哪些", library)
    assert {name for name in everything if "森林覆盖率" in name} == everything - rest
    assert "化肥利用率" in rest


def test_tasks_that_do_not_speak_of_a_thing(library: Library) -> None:
    rest = _names("不涉及充电桩的任务有哪些", library)
    assert "优化货物运输结构" not in rest
    assert "深化车辆减污降碳" not in rest
    assert "推进钢铁行业协同增效" in rest


def test_tasks_without_a_figure(library: Library) -> None:
    rest = _names("没有量化目标的任务", library)
    assert "推进钢铁行业协同增效" in rest
    assert "优化货物运输结构" not in rest


def test_targets_without_a_baseline_are_not_those_that_have_one(library: Library) -> None:
    having, lacking = _names("有基期值的目标", library), _names("没有基期值的目标", library)
    assert lacking
    assert not having & lacking


def test_what_is_not_binding_is_expected(corpus: Library) -> None:
    facts = ask("不是约束性的指标有哪些", corpus).facts
    assert facts
    assert all(isinstance(fact, Target) and fact.nature == "expected" for fact in facts)


def test_targets_that_fall_do_not_rise(corpus: Library) -> None:
    facts = [fact for fact in ask("哪些指标要求下降", corpus).facts if isinstance(fact, Target)]
    assert any(fact.change == "decrease" for fact in facts)
    assert not any(fact.change == "increase" or (fact.qualitative or "").endswith("提高") for fact in facts)


def test_a_denial_that_was_not_understood_is_told_before_the_answer(library: Library) -> None:
    answer = ask("不以2025年为期限的目标", library)
    assert "不" in answer.understood.ignored
    assert answer.answer.startswith("问题里的“不”")


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("tasks led by no fewer than two departments", "至少2个单位牵头的任务"),
        ("which tasks have four or more agencies?", "4个以上单位的任务有哪些"),
        ("tasks with fewer than 3 bureaus", "最多2个单位的任务"),
    ],
)
def test_an_english_count_of_bureaus_is_applied(question: str, chinese: str, corpus: Library) -> None:
    said, meant = ask(question, corpus, lang="en").understood, ask(chinese, corpus).understood
    assert said.bodies is not None
    assert said.bodies == meant.bodies
    assert said.aggregate is None  # at least is no least


def test_an_english_count_of_something_else_is_told(corpus: Library) -> None:
    answer = ask("bureaus that lead at least six tasks", corpus, lang="en")
    assert answer.understood.aggregate is None
    assert "“at least six tasks”" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["哪几项任务不归市交委管", "不是由市交委牵头的任务", "并非由市交委负责的任务有哪些", "tasks not led by 市交委"],
)
def test_a_bureau_that_a_denied_role_is_said_of_has_none_of_the_tasks(question: str, library: Library) -> None:
    answer = ask(question, library)
    titles = {fact.title for fact in answer.facts if isinstance(fact, Task)}
    assert "推进钢铁行业协同增效" in titles
    assert "优化货物运输结构" not in titles
    assert not answer.understood.ignored


def test_none_of_several_bureaus_after_one_denial_has_the_tasks(library: Library) -> None:
    titles = {fact.title for fact in ask("不由市交委和市农业农村局牵头的任务", library).facts if isinstance(fact, Task)}
    assert "严格考核督察" in titles
    assert not titles & {"优化货物运输结构", "深化车辆减污降碳", "加强农业面源污染防治"}


@pytest.mark.parametrize("question", ["仅由市交委负责的任务", "只有市交委一家承担的任务", "哪些任务光靠市交委做"])
def test_one_bureau_alone_has_no_other_beside_it(question: str, library: Library) -> None:
    answer = ask(question, library)
    assert any(who.sole for who in answer.understood.who)
    assert not answer.understood.ignored
    assert all(len({*fact.lead, *fact.support, *fact.joint}) == 1 for fact in answer.facts if isinstance(fact, Task))


def test_no_record_is_no_denial_where_a_text_comes_near(corpus: Library) -> None:
    answer = ask("三县一市的污泥处理率要到多少", corpus)
    assert not answer.facts
    assert not answer.answer.startswith("没有找到")


def test_two_bureaus_that_both_take_part_are_both_there(corpus: Library) -> None:
    answer = ask("省科技厅参与并且省林业局也参与的任务", corpus)
    assert answer.understood.together
    assert answer.facts
    assert all(isinstance(fact, Task) and {"省科技厅", "省林业局"} <= set(fact.bureaus) for fact in answer.facts)


@pytest.mark.parametrize("question", ["which agencies lead gardening?", "targets for skyscrapers in Guizhou"])
def test_an_english_word_without_a_term_is_not_said_to_be_missing_from_chinese_texts(
    question: str, corpus: Library
) -> None:
    answer = ask(question, corpus, lang="en")
    assert "do not hold" not in (answer.note or "")
    assert "不是没有看懂" not in answer.answer


def test_names_tied_by_a_hyphen_and_with_a_printed_apostrophe_are_both_understood(corpus: Library) -> None:
    assert checked("dust tasks in Guiyang-Gui\u2019an", corpus.vocabulary).endswith("贵阳和贵安新区")
