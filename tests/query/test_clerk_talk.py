"""How clerks talk: several things in one breath, whose matter something is, whether a time is over, what is not set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from plankb.query import Answer, Context, Library, ask

Answered = Callable[[str], Answer]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("健全资源循环利用体系由谁牵头？2030年目标是多少", ["由省发展改革委牵头", "2030年"]),
        ("推行农业绿色生产方式谁牵头，到2025年病虫害绿色防控覆盖率要多少？", ["由市农业农村局牵头", "55%"]),
        ("资阳绿地率定的多少，天然气消费量呢", ["38%", "135万吨标准煤"]),
        ("加快提升建筑能效水平谁牵头？有哪些配合单位？", ["由省住房城乡建设厅牵头", "省市场监管局"]),
    ],
)
def test_the_second_part_is_of_the_thing_of_the_first(question: str, said: list[str], answered: Answered) -> None:
    answer = answered(question)
    assert all(words in answer.answer for words in said), answer.answer
    assert len(answer.facts) < 20


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("碳达峰方案里哪些任务点了省妇联的名", 1),
        ("我们是资阳市大数据中心，减污降碳方案里哪些任务跟我们有关", 1),
        ("碳达峰方案有没有省气象局配合的任务", 2),
    ],
)
def test_the_tasks_are_those_in_which_a_bureau_takes_part(question: str, count: int, answered: Answered) -> None:
    answer = answered(question)
    assert not any(who.excluded for who in answer.understood.who)
    assert answer.count == count


@pytest.mark.parametrize("question", ["省财政厅牵头哪些任务", "碳达峰方案有没有省妇联牵头的任务"])
def test_a_bureau_that_leads_nothing_is_told_so_without_the_texts_of_others(question: str, answered: Answered) -> None:
    answer = answered(question)
    assert not answer.facts
    assert "原文" not in answer.answer
    assert "不限“牵头”" in (answer.note or "")


def test_whether_a_time_is_over_is_told_first(corpus: Library) -> None:
    answer = ask("省里加氢站的目标到期了吗", corpus, context=Context(today=date(2027, 5, 1)))
    assert answer.answer.startswith("期限已过（最晚2025-12-31")


@pytest.mark.parametrize("question", ["碳达峰方案给臭氧浓度定的2030年目标是多少", "资阳方案有没有提绿色出行比例的数字"])
def test_what_a_plan_does_not_set_is_answered_with_no_text_of_another_thing(question: str, answered: Answered) -> None:
    assert "没有整理成数据，原文写的是" not in answered(question).answer


def test_a_table_of_two_years_shows_the_first_as_what_the_target_starts_from(answered: Answered) -> None:
    said = answered("绿色经济占地区生产总值比重2020年是多少，2025年要多少").answer
    assert "46" in said
    assert "50%" in said
