"""Short questions in plain words get the answer that they ask for, not one to another question."""

from __future__ import annotations

from datetime import date

import pytest

from plankb.model import Bureau, Plan, Target, Task
from plankb.query import Context, Library, ask


@pytest.mark.parametrize("question", ["有几个专栏", "专栏有几个", "有哪些专栏"])
def test_boxes_are_counted_not_what_stands_in_them(question: str, corpus: Library) -> None:
    answer = ask(question, corpus)
    assert "10个专栏" in answer.answer
    assert not answer.facts


def test_a_part_that_every_plan_has_is_told_by_its_heading(library: Library) -> None:
    answer = ask("组织实施有哪些内容", library)
    assert "加强组织领导" in answer.answer
    assert all(isinstance(fact, Task) for fact in answer.facts)


@pytest.mark.parametrize("question", ["能源发展规划管几年", "能源发展规划从哪年到哪年", "能源发展规划的规划期是几年"])
def test_how_long_a_plan_runs_is_its_period(question: str, library: Library) -> None:
    assert "2021-2025" in ask(question, library).answer


def test_when_plans_were_issued_asks_for_no_deadline(library: Library) -> None:
    facts = ask("哪年发的", library).facts
    assert facts
    assert all(isinstance(fact, Plan) for fact in facts)


@pytest.mark.parametrize(
    ("question", "gap"),
    [("2030年森林覆盖率比2025年高还是低", "2个百分点"), ("长沙森林覆盖率比全省高还是低", "5个百分点")],
)
def test_more_or_less_is_told_with_by_how_much(question: str, gap: str, library: Library) -> None:
    assert gap in ask(question, library).answer


def test_how_much_is_added_between_two_years_is_the_difference(library: Library) -> None:
    assert "2个百分点" in ask("长沙森林覆盖率从2025年到2030年要再提几个点", library).answer


@pytest.mark.parametrize("question", ["有没有光伏发电装机容量的目标", "提到光伏发电装机容量了吗"])
def test_whether_there_is_any_is_answered_with_yes(question: str, library: Library) -> None:
    assert ask(question, library).answer.startswith("有")


def test_the_bureau_of_a_city_that_calls_it_otherwise_is_meant(library: Library) -> None:
    facts = ask("交通局牵头几项", library).facts
    assert {fact.title for fact in facts if isinstance(fact, Task)} == {"优化货物运输结构", "深化车辆减污降碳"}


def test_the_official_name_of_a_bureau_means_no_other(library: Library) -> None:
    answer = ask("市工业和信息化局参与哪些任务", library)
    assert answer.understood.who[0].names == ("长沙市工业和信息化局",)


def test_a_bureau_with_both_roles_is_asked_for_both(library: Library) -> None:
    facts = ask("市生态环境局，既有牵头又有配合的分别列一下", library).facts
    assert {fact.title for fact in facts if isinstance(fact, Task)} >= {"严格考核督察", "加强农业面源污染防治"}


def test_words_left_over_of_a_question_without_conditions_are_told_first(library: Library) -> None:
    answer = ask("飞船的任务", library)
    assert not answer.facts or answer.answer.startswith("没有看懂")


def test_to_what_level_asks_for_targets(library: Library) -> None:
    facts = ask("森林覆盖率要提高到多少", library).facts
    assert facts
    assert all(isinstance(fact, Target) for fact in facts)
    assert not any(isinstance(fact, Bureau) for fact in facts)


def test_plans_by_words_of_their_titles(library: Library) -> None:
    facts = ask("标题里有减污降碳的规划有几个", library).facts
    assert [fact.id for fact in facts if isinstance(fact, Plan)] == ["zz-green"]


def test_at_most_how_much_asks_for_no_ranking(library: Library) -> None:
    query = ask("森林覆盖率最多能到多少", library).understood
    assert (query.kind, query.aggregate) == ("targets", None)


def test_the_sizes_of_projects_are_added_over_all_of_a_kind(corpus: Library) -> None:
    listed, added = ask("风电项目有哪些", corpus), ask("风电项目总装机多少", corpus)
    assert [fact for fact in added.facts if fact not in listed.facts] == []
    assert f"共{len(listed.facts)}个项目" in added.answer


def test_a_joint_is_no_part_of_a_thing_that_is_added(corpus: Library) -> None:
    answer = ask("新建充电桩和加氢站合计多少", corpus)
    assert not any("和" in word for part in answer.understood.parts for word in part.words)
    assert "150%" not in answer.answer


def test_nothing_is_denied_for_certain_where_only_texts_have_the_words(library: Library) -> None:
    answer = ask("货物运输结构和考核督察最多能用多少吨", library)
    assert not answer.facts
    assert "不是没有看懂" not in (answer.note or "")


def test_last_year_is_a_time(library: Library) -> None:
    query = ask("去年到期的任务", library, context=Context(today=date(2026, 3, 1))).understood
    assert query.period is not None
    assert query.period.years == ("2025",)


def test_reasons_come_before_what_only_mentions_a_thing(corpus: Library) -> None:
    query = ask("为什么要加强臭氧治理", corpus)
    assert query.understood.reason
    assert "缘由" in query.answer
    assert "没有找到写明" in ask("为什么要发展氢能", corpus).answer


def test_an_event_that_only_a_text_dates_is_told_by_that_text(corpus: Library) -> None:
    assert "2030年前实现碳达峰" in ask("什么时候碳达峰", corpus).answer


def test_who_leads_more_counts_what_each_leads(corpus: Library) -> None:
    ranked = [fact for fact in ask("省发改委和省能源局谁牵头多", corpus).facts if isinstance(fact, Bureau)]
    assert [len(bureau.lead) for bureau in ranked] == [
        len(ask(f"{name}牵头哪些任务", corpus).facts) for name in ("省发改委", "省能源局")
    ]


def test_a_unit_may_leave_out_of_what_it_is(corpus: Library) -> None:
    facts = ask("煤炭消费总量最多多少万吨", corpus).facts
    assert any(isinstance(fact, Target) and fact.unit == "万吨标准煤" for fact in facts)


def test_which_places_mention_a_thing_is_answered_with_their_plans(library: Library) -> None:
    facts = ask("哪些市提到了充电桩", library).facts
    assert [fact.id for fact in facts if isinstance(fact, Plan)] == ["cs-green"]
    assert len(facts) == 1


def test_which_of_two_places_has_more_of_a_measure_asks_for_no_bureau(library: Library) -> None:
    facts = ask("长沙和湖南的绿色出行比例谁多", library).facts
    assert facts
    assert not any(isinstance(fact, Bureau) for fact in facts)


def test_plans_without_binding_targets_are_told_by_what_they_lack(library: Library) -> None:
    assert "“”" not in ask("哪些规划没有约束性指标", library).answer
