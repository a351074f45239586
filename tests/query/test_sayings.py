"""Plans by several things that they speak of or leave out."""

from __future__ import annotations

import pytest

from plankb.query import Library, ask

AIR, ECO, JOINT, PROVINCE, ZIYANG = (
    "guiyang-air-145", "guiyang-eco-145", "guiyang-synergy", "guizhou-carbon-peak", "ziyang-synergy",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "plans"),
    [
        ("哪些文件既没提海绵城市也没提无废城市", {AIR}),
        ("哪些规划没有提到海绵城市和无废城市", {AIR}),
        ("哪些规划提到海绵城市但没提无废城市？", {PROVINCE}),
        ("只提了氢能没提地热能的方案有哪些", {ZIYANG}),
        ("哪个规划既提到海绵城市又提到核能", {PROVINCE}),
        ("同时提到磷石膏和核能的文件", {PROVINCE}),
        ("哪些规划没提到氢能或者磷石膏", set()),
    ],
)
def test_plans_by_what_they_say_and_leave_out(question: str, plans: set[str], corpus: Library) -> None:
    answer = ask(question, corpus)
    assert {getattr(fact, "id", "") for fact in answer.facts} == plans
    assert answer.understood.ignored == ()


def test_every_combination_is_told(corpus: Library) -> None:
    answer = ask("哪些规划没有提到氢能或者地热能", corpus)
    assert "其余提到氢能的：《资阳市减污降碳协同增效实施方案》" in answer.answer
