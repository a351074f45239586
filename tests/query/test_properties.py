"""What is answered meets every condition, and nothing that meets them is left out: against a plain loop."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plankb.errors import PlankbError
from plankb.model import ROLES, Bureau, Role, Target, Task
from plankb.query import Answer, Library, answer, ask, chips, understand
from plankb.query.recognise.text import plain

pytestmark = pytest.mark.slow

_QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_ROLE_WORDS: dict[Role | None, tuple[str, ...]] = {
    "lead": ("牵头", "负责牵头", "牵头负责"),
    "support": ("配合", "协办"),
    None: ("参与", "负责", "承担"),
}
_TASK_FORMS = (
    "{bureau}{role}哪些任务？",
    "{bureau}{role}的任务有哪些",
    "请问由{bureau}{role}的任务",
    "哪些任务由{bureau}{role}",
    "{year}{bureau}{role}的任务",
    "{bureau}{year}{role}哪些任务",
    "《{plan}》中{bureau}{role}哪些任务",
    "{bureau}在{plan}里{role}几项任务",
)
_TARGET_FORMS = (
    "{indicator}目标是多少",
    "{year}{indicator}的目标",
    "到{year}{indicator}要达到多少？",
    "《{plan}》对{indicator}的要求是多少",
    "what is the {indicator} target",
    "{indicator}各规划分别是多少",
)


def _tasks(library: Library) -> list[Task]:
    return library.store.facts("task")


def _targets(library: Library) -> list[Target]:
    return library.store.facts("target")


@_QUICK
@given(data=st.data())
def test_tasks_are_exactly_those_of_bureau_role_year_and_plan(data: st.DataObject, corpus: Library) -> None:
    bureau = data.draw(st.sampled_from(sorted(corpus.vocabulary.bureaus.values(), key=lambda b: b.id)))
    role: Role | None = data.draw(st.sampled_from(list(_ROLE_WORDS)))
    form = data.draw(st.sampled_from(_TASK_FORMS))
    plan = data.draw(st.sampled_from(corpus.vocabulary.plans))
    year = data.draw(st.sampled_from(["2023", "2025", "2030"])) if "{year}" in form else None
    words = data.draw(st.sampled_from(_ROLE_WORDS[role]))
    question = form.format(bureau=bureau.name, role=words, year=f"{year}年", plan=plan.title)
    wanted = {
        task.id
        for task in _tasks(corpus)
        if bureau.id in {task.bureaus.get(name) for one in ([role] if role else ROLES) for name in getattr(task, one)}
        and (year is None or year in task.by)
        and ("{plan}" not in form or task.plan == plan.id)
    }
    assert {fact.id for fact in ask(question, corpus).facts if isinstance(fact, Task)} == wanted, question


@_QUICK
@given(data=st.data())
def test_targets_are_of_the_indicator_year_and_plan(data: st.DataObject, corpus: Library) -> None:
    known = [target for target in _targets(corpus) if target.value is not None and len(target.indicator) <= 12]
    chosen = data.draw(st.sampled_from(known))
    form = data.draw(st.sampled_from(_TARGET_FORMS))
    plan = {plan.id: plan.title for plan in corpus.vocabulary.plans}[chosen.plan]
    year = chosen.by or "2025"
    question = form.format(indicator=chosen.indicator, year=f"{year[:4]}年", plan=plan)
    facts = [fact for fact in ask(question, corpus).facts if isinstance(fact, Target)]
    if chosen.by or "{year}" not in form:
        assert chosen.id in {fact.id for fact in facts}, question
    if (
        "{year}" in form and chosen.by
    ):  # where no fact names the year, those without one are answered and said to be that
        assert all((fact.by or "").startswith(year[:4]) for fact in facts), question
    assert all(fact.plan == chosen.plan for fact in facts if "{plan}" in form), question


@_QUICK
@given(data=st.data())
def test_bureaus_are_exactly_those_of_the_task(data: st.DataObject, corpus: Library) -> None:
    titles = [task.title for task in _tasks(corpus)]
    tasks = [task for task in _tasks(corpus) if titles.count(task.title) == 1 and len(task.title) >= 6]
    task = data.draw(st.sampled_from([task for task in tasks if task.lead or task.joint]))
    role: Role | None = "lead" if task.lead else None
    form = "谁牵头{title}？" if role else "{title}由哪些单位负责"
    answered = ask(form.format(title=task.title), corpus).facts
    names = task.lead if role else task.joint
    assert {fact.id for fact in answered if isinstance(fact, Bureau)} == {task.bureaus[name] for name in names}


@pytest.mark.parametrize("number", [10, 50, 80, 90])
@pytest.mark.parametrize("form", ["超过{}%的目标", "{}%以上的目标", "低于{}%的目标", "targets above {}%"])
def test_values_lie_in_the_range_asked_for(form: str, number: int, corpus: Library) -> None:
    tests: dict[str, Any] = {
        "超过{}%的目标": lambda low, high: low > number,
        "{}%以上的目标": lambda low, high: low >= number,
        "低于{}%的目标": lambda low, high: high < number,
        "targets above {}%": lambda low, high: low > number,
    }
    wanted = {
        target.id
        for target in _targets(corpus)
        if target.value is not None
        and target.unit == "%"
        and tests[form](target.value, target.value_max or target.value)
    }
    assert {fact.id for fact in ask(form.format(number), corpus).facts if isinstance(fact, Target)} == wanted


@_QUICK
@given(words=st.text(alphabet=string.printable + "市交委牵头哪些任务目标年规划的“”《》：；[]/\x1b\u202e", max_size=60))
def test_any_words_are_answered_or_refused_clearly(words: str, library: Library) -> None:
    if not any(char.isalnum() for char in plain(words)):
        with pytest.raises(PlankbError, match="E301"):
            ask(words, library)
        return
    found = ask(words, library)
    assert found.facts or found.note


@pytest.mark.parametrize(
    "question", ["市交委牵头的2025年任务", "长沙市超过50%的约束性目标", "除市交委外谁牵头优化货物运输结构"]
)
def test_taking_out_a_condition_gives_no_less(question: str, library: Library) -> None:
    query = understand(question, library.vocabulary, library.in_texts)
    whole = _ids(answer(query, library, "zh"))
    for chip in chips(query, library):
        if chip.rest is not None:
            assert whole <= _ids(answer(chip.rest, library, "zh")), chip.label


def _ids(answered: Answer) -> set[str]:
    return {fact.id for fact in answered.facts if isinstance(fact, Task | Target)}
