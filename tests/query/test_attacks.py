"""Many questions of a few frames: what is in the plans is never denied, what is not is never claimed."""

from __future__ import annotations

import random

import pytest

from plankb.model import Passage, Target, Task
from plankb.query import Library, ask
from plankb.store import FactFilter

_ABSENT = (
    "地铁里程", "幼儿园学位", "甘蔗产量", "游客接待量", "航空货邮吞吐量",
    "渔业产值", "芯片产能", "商品房销售面积", "茶园面积", "马拉松赛事",
)  # fmt: skip
_ASKED = (
    "{}是多少", "{}2025年目标", "{}谁牵头", "贵阳的{}要达到多少", "{}哪年完成", "{}是不是80%", "哪些规划提了{}",
    "省里的{}比市里高多少", "{}有几个", "what is the target for {}",
)  # fmt: skip
_TARGETS = (
    "{place}{name}要搞到多少", "{name}{place}定的多少", "想问下{place}{year}年{name}", "{name}在{place}是多少啊",
    "{place}有没有{name}的目标",
    "{place}{name}到{value}是哪年", "{place}的{name}是不是{value}", "what is the {name} target of {place}",
)  # fmt: skip
_TASKS = (
    "{body}在{title}里干啥",
    "{title}是不是{body}牵头",
    "{title}哪些部门管",
    "{place}{title}谁负责",
    "who leads {title}",
)
_SURE = ("不是没有看懂", "the question was understood")


@pytest.mark.parametrize("frame", _ASKED)
def test_what_is_not_in_the_plans_is_never_claimed(frame: str, corpus: Library) -> None:
    for name in _ABSENT:
        answer = ask(frame.format(name), corpus)
        assert all(isinstance(fact, Passage) for fact in answer.facts), answer.answer
        assert answer.note


@pytest.mark.parametrize("frame", _TARGETS)
def test_a_target_of_a_place_is_found_however_it_is_asked_for(frame: str, corpus: Library) -> None:
    homes = {plan.id: plan.jurisdiction or "" for plan in corpus.vocabulary.plans}
    held = [
        t for t in corpus.store.facts("target", FactFilter()) if t.value is not None and 3 <= len(t.indicator) <= 14
    ]
    for target in random.Random(frame).sample(held, 4):
        value = f"{target.value}{target.unit or ''}"
        question = frame.format(
            place=homes[target.plan], name=target.indicator, year=target.by or "2025", value=value
        )  # fmt: skip
        answer = ask(question, corpus)
        found = {fact.indicator for fact in answer.facts if isinstance(fact, Target)}
        assert target.indicator in found, f"{question}: {answer.answer}"


@pytest.mark.parametrize("frame", _TASKS)
def test_who_answers_for_a_task_is_never_denied(frame: str, corpus: Library) -> None:
    homes = {plan.id: plan.jurisdiction or "" for plan in corpus.vocabulary.plans}
    held = [task for task in corpus.store.facts("task", FactFilter()) if task.bureaus and len(task.title) <= 16]
    for task in random.Random(frame).sample(held, 4):
        question = frame.format(place=homes[task.plan], title=task.title, body=_body(task))
        answer = ask(question, corpus)
        assert answer.facts or task.title in answer.answer, f"{question}: {answer.answer}"
        assert not any(sure in (answer.note or "") for sure in _SURE)


def _body(task: Task) -> str:
    return next(iter(task.bureaus))
