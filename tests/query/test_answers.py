"""What is answered agrees with itself: facts with conditions, numbers with the list, leftovers with the note."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plankb.model import Fact, Target, Task
from plankb.query import Answer, Library, ask
from plankb.query.compound import parts_of
from plankb.query.model import Who

_QUESTIONS = sorted(
    {
        case["ask"]
        for path in (Path(__file__).parent / "cases").glob("*.toml")
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", ())
    }
)
_ODD = "龘靐齉"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@pytest.mark.parametrize("question", _QUESTIONS)
def test_every_fact_fits_the_conditions_that_are_shown(
    question: str, corpus: Library, answered: Callable[[str], Answer]
) -> None:
    answer = answered(question)
    shown = answer.understood.as_json()
    plans = {plan.title: plan for plan in corpus.vocabulary.plans}
    homes = {plan.id: plan.jurisdiction for plan in plans.values()}
    for fact in answer.facts:
        if not isinstance(fact, Fact):
            continue
        assert fact.plan in (_listed(shown["plan"]) or [fact.plan]) or shown["kind"] == "citations"
        assert fact.plan not in _listed(shown.get("without_plan"))
        assert homes[fact.plan] not in _listed(shown.get("without_place"))
        if isinstance(fact, Target):
            told = shown.get("form") == "verify"  # 是约束性的吗 is answered with what it is
            assert told or shown.get("nature") in (None, "any", fact.nature)
            assert shown.get("stretch") in (None, fact.stretch)
            assert shown.get("qualitative") in (None, fact.value is None)
        if isinstance(fact, Target | Task) and (years := [y for y in _listed(shown["by"]) if ".." not in y]):
            dates = [fact.by] if isinstance(fact, Target) else list(fact.by)
            is_undated = not any(dates) and "没有写明" in answer.answer  # said to be facts without a time
            is_other = "其他时间的是" in answer.answer  # said to be facts of other times
            is_past = "基期值" in answer.answer and isinstance(fact, Target) and fact.baseline is not None
            years.append(str(shown.get("base_year")))  # held against the target of that year
            assert is_undated or is_other or is_past or any((date or "")[:4] in years for date in dates), question
        wanted = [who for who in answer.understood.who if not who.excluded]
        is_no = shown.get("form") == "verify"  # 是市水务局牵头吗 is answered with who does
        if isinstance(fact, Task) and shown["kind"] == "tasks" and wanted and not is_no:
            parts = [_takes_part(fact, who) for who in wanted]
            assert all(parts) if answer.understood.together else any(parts), question


def _takes_part(task: Task, who: Who) -> bool:
    roles = [who.role] if who.role else ["lead", "support", "joint"]
    ids = {task.bureaus.get(name) for role in roles for name in getattr(task, role)}
    return bool(ids & {*who.ids}) or bool({*who.collectives} & {*(task.collective or ())})


@pytest.mark.parametrize(
    "question",
    [q for q in _QUESTIONS if not re.search("[A-Za-z]", q) and len(parts_of(q)) == 1],  # parts say their own numbers
)
def test_the_numbers_said_are_those_of_the_list(question: str, answered: Callable[[str], Answer]) -> None:
    answer = answered(question)
    said = re.search(r"(?:牵头|配合|参与|负责|有|处|发现|涉及)(\d+)(?:项任务|项|条|个(?:单位)?|处)", answer.answer)
    if said and "最" not in answer.answer and "应完成" not in answer.answer:
        assert int(said[1]) == answer.count
    spread = re.search(r"分布在(《.*?)[。，]", answer.answer)
    if spread and (counts := re.findall(r"》（(\d+)）", spread[1])):
        assert sum(map(int, counts)) == answer.count


@pytest.mark.parametrize(
    "form",
    [
        "市交委牵头的{odd}任务有哪些",
        "{odd}目标是多少",
        "谁牵头{odd}",
        "2025年{odd}的目标",
        "贵阳{odd}有哪些任务",
        "{odd}市交委牵头哪些任务",
        "森林覆盖率{odd}目标",
        "有哪些{odd}项目",
        "约束性指标中{odd}的有哪些",
        "空气规划引用了哪些{odd}文件",
    ],
)
def test_words_that_are_not_understood_are_named(form: str, corpus: Library) -> None:
    answer = ask(form.format(odd=_ODD), corpus)
    assert _ODD in (answer.note or "")
