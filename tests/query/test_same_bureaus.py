"""Whether the same bureaus answer for two tasks is told with yes or no and with who they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plankb.query import Answer
from plankb.query.same_bureaus import asked_same


@pytest.mark.parametrize(
    ("question", "begins", "named"),
    [
        ("推动钢铁行业碳达峰和推动建材行业碳达峰牵头的是同一个厅吗", "不是", "省发展改革委"),
        ("省里有色金属达峰与建材达峰的牵头单位一样吗", "是的", "省工业和信息化厅"),
        ("贵阳磷化工和铝加工两条的配合单位完全一样吗", "是的", "市发展改革委"),
        ("因地制宜开发水电和合理调控油气消费配合的是同样的单位吗", "不完全是", "省水利厅"),
    ],
)
def test_two_tasks_are_compared_by_who_answers_for_them(
    question: str, begins: str, named: str, answered: Callable[[str], Answer]
) -> None:
    said = answered(question).answer
    assert said.startswith(begins)
    assert named in said


@pytest.mark.parametrize("question", ["市交委和市商务局谁牵头", "两个规划的森林覆盖率目标一样吗", "谁牵头加强考核督查"])
def test_other_questions_compare_no_bureaus(question: str) -> None:
    assert asked_same(question) is None


def test_what_stays_as_it_is_between_two_years_is_not_what_changes(answered: Callable[[str], Answer]) -> None:
    said = answered("贵阳25到30年没有变化的指标").answer
    assert "数值相同的指标" in said
    assert "森林蓄积量" not in said


def test_a_baseline_in_another_unit_denies_no_figure(answered: Callable[[str], Answer]) -> None:
    assert not answered("贵阳2020年优良天数350天对吧").answer.startswith("不是")
