"""Questions for two things at once, each of which has its answer: two measures of one thing, a thing and who does it,
a count and what it comes to.
"""

from __future__ import annotations

import pytest

from plankb.model import Project, Target, Task
from plankb.query import Library, ask


def _indicators(question: str, library: Library) -> set[str]:
    return {fact.indicator for fact in ask(question, library).facts if isinstance(fact, Target)}


@pytest.mark.parametrize("question", ["煤炭消费总量和占比是多少", "煤炭消费总量与比重的上限各是多少"])
def test_the_second_measure_of_a_thing_is_no_word_of_the_question(question: str, corpus: Library) -> None:
    found = _indicators(question, corpus)
    assert {"煤炭消费总量", "煤炭消费比重"} <= found
    assert not any("运输比例" in name for name in found)


def test_how_many_there_are_is_no_part_of_a_name(corpus: Library) -> None:
    assert "道路总长度" in "".join(_indicators("三类道路总长度各多少", corpus))
    assert ask("四个新兴产业2030年产值谁最高", corpus).answer.startswith("最高的是大数据")


def test_a_thing_that_is_compared_takes_the_measure_of_the_other(corpus: Library) -> None:
    answer = ask("县城道路机械化清扫率比中心城市建成区低多少", corpus)
    assert "少5个百分点" in answer.answer


@pytest.mark.parametrize(
    ("question", "total"), [("清洁能源专栏的光伏电站总装机多少", "300MW"), ("两条货运铁路加起来多少公里", "53公里")]
)
def test_sizes_of_projects_are_added_where_no_target_says_them(question: str, total: str, corpus: Library) -> None:
    answer = ask(question, corpus)
    assert total in answer.answer
    assert all(isinstance(fact, Project) for fact in answer.facts)


def test_a_sum_of_what_has_no_size_is_denied_and_not_dropped(corpus: Library) -> None:
    assert ask("生态规划的项目投资合计多少亿元", corpus).answer.startswith("没有写明可以相加的")


def test_what_projects_come_to_is_asked_of_those_counted_before(corpus: Library) -> None:
    answer = ask("清洁能源专栏有几个风电项目？总规模多大？", corpus).answer
    assert "有9个" in answer
    assert "380MW" in answer


def test_the_others_of_a_task_are_those_of_the_part_before(corpus: Library) -> None:
    answer = ask("建材行业协同增效谁牵头？除市工信局外还有谁？", corpus).answer
    assert "贵阳市生态环境局" in answer
    assert "市水务局" not in answer
    assert "市生态环境局" in ask("建材行业协同增效谁牵头？其他单位有哪些？", corpus).answer


def test_the_part_of_a_bureau_is_asked_of_the_task_before(corpus: Library) -> None:
    answer = ask("全面提升森林碳汇能力由谁牵头？省水利厅是什么角色？", corpus)
    assert {fact.title for fact in answer.facts if isinstance(fact, Task)} == {"全面提升森林碳汇能力"}
    assert "不是" in ask("大宗固废综合利用谁负责？省水利厅参与吗？", corpus).answer


def test_figures_that_are_said_to_differ_are_shown_plan_by_plan(corpus: Library) -> None:
    answer = ask("绿色建筑占比贵阳几份文件的数对不上，各写多少", corpus)
    assert {fact.value for fact in answer.facts if isinstance(fact, Target)} == {80, 100}
    assert answer.understood.compare == "plans"


@pytest.mark.parametrize(
    "question",
    ["森林覆盖率省和贵阳的要求差在哪里", "森林覆盖率，省和市的目标有什么区别"],
)
def test_a_province_named_beside_its_city_is_one_of_two(question: str, corpus: Library) -> None:
    plans = {fact.plan for fact in ask(question, corpus).facts if isinstance(fact, Target)}
    assert "guizhou-carbon-peak" in plans
    assert plans & {"guiyang-synergy", "guiyang-eco-145"}


def test_which_of_two_plans_is_higher_is_no_question_for_indicators(corpus: Library) -> None:
    answer = ask("绿色建筑占比，空气规划和贵阳贵安方案哪个要求高", corpus)
    assert answer.understood.relation is None
    assert answer.answer.startswith("最高的是城镇新建绿色建筑面积占比")
    assert ask("秸秆综合利用率，空气规划和贵阳贵安方案哪个高", corpus).answer.startswith("数值相同")


def test_the_short_form_of_a_branch_is_the_branch(corpus: Library) -> None:
    answer = ask("人行贵阳中支要做哪几项", corpus)
    assert len(answer.facts) == 2


def test_a_peak_of_emissions_is_their_peak_in_other_words(corpus: Library) -> None:
    assert "2030" in ask("资阳到哪年碳达峰", corpus).answer
    assert "2030" in ask("When does Ziyang reach its CO2 peak?", corpus).answer


def test_a_measure_without_its_thing_is_of_nothing_else(corpus: Library) -> None:
    assert _indicators("天然气消费量和占比资阳各多少", corpus) == {"天然气消费量"}


def test_who_does_what_ends_in_a_verb_is_no_reason(corpus: Library) -> None:
    answer = ask("土壤环境管理由谁牵头", corpus)
    assert answer.understood.kind == "bureaus"
    assert "市生态环境局" in answer.answer
