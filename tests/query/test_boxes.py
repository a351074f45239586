"""What stands in a 专栏, how many indicators a plan's table holds, and what a heading is divided into."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plankb.model import Project
from plankb.query import Answer

Answered = Callable[[str], Answer]


@pytest.mark.parametrize(
    ("question", "said", "projects"),
    [
        ("讲水生态的专栏里列了多少个工程？", "列了12项", 11),
        ("土壤专栏的项目有哪些", "列了4项：贵阳土壤环境背景值调查；", 3),
        ("空气规划专栏8里面有几项任务", "专栏8绿色公共交通重点任务”列了8项", 5),
        ("空气规划专栏一写了哪些任务", "专栏1工业园区集群大气污染防治重点任务”列了5项", 0),
        ("固废专栏总共有几个项目，都叫什么", "专栏8固体废物防治重点项目”列了9项", 8),
        ("农业农村那个专栏一共几个项目", "列了9项", 9),
    ],
)
def test_a_box_is_counted_by_its_own_lines(question: str, said: str, projects: int, answered: Answered) -> None:
    answer = answered(question)
    assert said in answer.answer
    assert sum(isinstance(fact, Project) for fact in answer.facts) == projects


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("空气规划清洁能源专栏里有几个光伏项目", {"修文县谷堡", "息烽县小寨坝", "清镇龙井火光互补"}),
        ("能源供给侧专栏列了哪些热电联产项目", {"息烽县工业集聚区小寨坝片区", "开阳县工业园区核心区"}),
    ],
)  # fmt: skip
def test_what_else_is_said_narrows_a_box(question: str, names: set[str], answered: Answered) -> None:
    found = [fact.name for fact in answered(question).facts if isinstance(fact, Project)]
    assert len(found) == len(names)
    assert all(any(name.startswith(start) for name in found) for start in names)


def test_a_box_that_lists_more_than_was_read_says_so(answered: Answered) -> None:
    answer = answered("水生态方面要做哪些项目")
    assert "共列12项" in answer.answer
    assert "入河排污口" in answer.answer


def test_the_largest_of_a_box(answered: Answered) -> None:
    assert answered("清洁能源专栏里最大的风电项目").answer.startswith("最大的是开阳马鬃岭风电场（52MW）")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("生态规划的指标表一共多少项指标", "共22项指标：约束性指标15项、预期性指标7项"),
        ("生态规划约束性的指标有多少个", "约束性指标15项"),
        ("空气规划的指标体系有几项", "共9项指标：约束性指标9项"),
    ],
)
def test_a_table_is_counted_by_its_rows(question: str, said: str, answered: Answered) -> None:
    assert said in answered(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("省方案的节能降碳增效行动下面分成几项", "共4项：1.全面提升节能管理能力"),
        ("碳达峰方案全民绿色低碳行动包括哪几项工作", "共4项：1.加强生态文明宣传教育"),
        ("能源绿色低碳转型行动分几项，是哪几项", "共6项"),
    ],
)
def test_what_a_heading_is_divided_into(question: str, said: str, answered: Answered) -> None:
    assert said in answered(question).answer
