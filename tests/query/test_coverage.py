"""What a place leaves out of the plans above it: whose plans answer, to which, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from plankb.model import Coverage, Target, Verdict, Words
from plankb.query import Library
from plankb.query.answering.coverage import coverage
from plankb.query.model import Understood
from plankb.store import Store


def asked(indicator: str, verdict: Verdict) -> Coverage:
    """A requirement of the province and how it is answered."""
    target = Target(
        id=indicator, plan="hn-energy", section=(), quote=f"{indicator}达到20%", span=(0, 5), indicator=indicator,
        indicator_id=indicator, value=20, unit="%", op="=",
    )  # fmt: skip
    return Coverage(superior=target, verdict=verdict, why=Words(zh=f"上级要求{indicator}", en=f"asked {indicator}"))


RECORDS = (asked("光伏装机比例", "missing"), asked("绿色出行比例", "weaker"), asked("农膜回收率", "met"))


def answered(store: Store, query: Understood) -> tuple[list[tuple[list[str], list[str]]], str, list[str]]:
    """(which plans were set against which, the sentence, the requirements shown)."""
    calls: list[tuple[list[str], list[str]]] = []

    def answers(own: Sequence[str], above: Sequence[str]) -> Sequence[Coverage]:
        calls.append(([*own], [*above]))
        return RECORDS

    result = coverage(query, Library(store, conflicts=lambda: (), coverage=answers), "zh")
    return calls, result.text, [fact.indicator for fact in result.facts if isinstance(fact, Target)]


@pytest.mark.parametrize("places", [("长沙市", "湖南省"), ("湖南省", "长沙市"), ("长沙市",)])
def test_the_lower_place_answers_to_the_higher_whatever_their_order(store: Store, places: tuple[str, ...]) -> None:
    calls, text, shown = answered(store, Understood(kind="coverage", places=places))
    assert calls == [(["cs-green"], ["hn-energy"])]
    assert "长沙市" in text
    assert "未承接 1" in text
    assert "弱化 1" in text
    assert shown == ["光伏装机比例", "绿色出行比例"]


def test_one_kind_of_answer_is_told_of_each_plan_and_nothing_else(store: Store) -> None:
    _, text, shown = answered(store, Understood(kind="coverage", verdict="weaker", places=("长沙市",)))
    assert "弱化 1" in text
    assert "未承接" not in text
    assert shown == ["绿色出行比例"]


def test_a_kind_of_answer_that_no_plan_gives_is_denied_by_name(store: Store) -> None:
    _, text, shown = answered(store, Understood(kind="coverage", verdict="later", places=("长沙市",)))
    assert "没有推迟的" in text
    assert shown == []


@pytest.mark.parametrize("places", [(), ("湖南省",), ("广州市",)])
def test_without_a_place_that_has_plans_above_it_nothing_is_claimed(store: Store, places: tuple[str, ...]) -> None:
    calls, text, shown = answered(store, Understood(kind="coverage", places=places))
    assert (calls, shown) == ([], [])
    assert "请写明" in text
