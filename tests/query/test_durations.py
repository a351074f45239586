"""How far apart two things are due, how long until one is, and questions asked as of another day."""

from __future__ import annotations

from datetime import date

import pytest

from plankb.query import Context, Library, ask
from plankb.query.durations import asked_apart

TODAY = Context(today=date(2024, 7, 1))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("加氢站15座的时限比新型储能400万千瓦早几年", "早5年"),
        ("浅层地热能5000万平方米的期限比2500万平方米晚多久", "晚5年"),
        ("新增氢能公交车20辆和城市建成区绿地率38%的时限相差几年", "早2年"),
        ("湿地保护率60%比湿地保护率55%晚多少年？", "晚5年"),
        ("加氢站15座的时限比绿地率38%晚几年", "同一年"),
    ],
)
def test_years_between_two_things(question: str, said: str, corpus: Library) -> None:
    answer = ask(question, corpus)
    assert answer.answer.startswith(said)
    assert len(answer.facts) >= 2


def test_several_times_are_not_one_difference(corpus: Library) -> None:
    answer = ask("绿色出行比例70%的时限比60%晚多久", corpus)
    assert answer.answer.startswith("不止一个时限")
    assert "2030年" in answer.answer


@pytest.mark.parametrize("question", ["2030年比2025年高多少", "还剩多久", "森林覆盖率比全省高几个百分点"])
def test_other_differences_are_of_no_time(question: str) -> None:
    assert asked_apart(question) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("湿地保护率60%还剩多少天", "距2030-12-31还有2374天"),
        ("站在2023年1月看，国家监管清单整治目标还剩多久", "距2023-12-31还有364天（按2023-01-01算）"),
        ("离2025年底还剩多久", "距2025-12-31还有548天"),
        ("以2030年1月1日为准，加氢站15座还剩多久", "2025-12-31已过1462天"),
    ],
)
def test_days_until_something_is_due(question: str, said: str, corpus: Library) -> None:
    assert said in ask(question, corpus, context=TODAY).answer


def test_what_is_overdue_as_of_another_day(corpus: Library) -> None:
    early = ask("以2024年6月30日为准，哪些目标已经过期", corpus, context=TODAY)
    late = ask("以2026年6月30日为准，哪些目标已经过期", corpus, context=TODAY)
    assert 0 < early.count < late.count
