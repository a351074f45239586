"""Tasks of made-up plans: which items are tasks, who holds them, until when."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from plankb.extractors import Reading
from plankb.model import Plan, Target, Task
from tests import corpus
from tests.text import read_plan

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["about"]) for case in found]


def read(text: str) -> Reading:
    return read_plan(text.strip("\n"), Plan(id="draft", title=""))


def tasks(reading: Reading) -> list[Task]:
    return [fact for fact in reading.facts if isinstance(fact, Task)]


def squeezed(names: tuple[str, ...]) -> list[str]:
    return [re.sub(r"\s", "", name) for name in names]


@pytest.mark.parametrize("case", [*cases("tasks"), *cases("task_tables")])
def test_tasks_with_roles_and_times(case: dict[str, Any]) -> None:
    found = tasks(read(case["text"]))
    assert [task.title for task in found] == [wanted["title"] for wanted in case["tasks"]]
    for task, wanted in zip(found, case["tasks"], strict=True):
        for role in ("lead", "support", "joint"):
            assert list(getattr(task, role)) == wanted.get(role, []), (task.title, role)
        assert list(task.collective or ()) == wanted.get("collective", [])
        assert list(task.by) == wanted.get("by", [])
        assert task.quote == wanted.get("quote", task.quote)
        if not wanted.get("section_free"):
            assert squeezed(task.section) == wanted["section"]


@pytest.mark.parametrize("case", cases("plan_info"))
def test_what_a_plan_says_about_itself(case: dict[str, Any]) -> None:
    plan = read(case["text"]).plan
    for field in ("issuer", "jurisdiction", "level", "period", "date"):
        assert getattr(plan, field) == case.get(field), field
    if "number" in case:
        assert plan.number == case["number"]
    if "issuers" in case:
        assert list(plan.issuers) == case["issuers"]
    assert plan.title == case.get("title", "draft")


def test_what_is_given_about_a_plan_goes_before_what_its_pages_say() -> None:
    given = Plan(id="x", title="另一个标题", issuer="市政府", jurisdiction="遵义市", date="2020-01")
    plan = read_plan("贵阳市教育规划\n\n贵阳市教育局\n\n2021年5月\n\n一、任务\n（一）办学。", given).plan
    assert (plan.title, plan.issuer, plan.jurisdiction, plan.date) == ("另一个标题", "市政府", "遵义市", "2020-01")
    assert plan.level == "city"


@pytest.mark.parametrize("plan", corpus.PLANS)
def test_every_task_stands_in_its_plan_word_for_word(plan: str) -> None:
    reading = read_plan(corpus.raw(plan), Plan(id=plan, title=""))
    found = tasks(reading)
    assert found
    for task in found:
        assert reading.clean.text[slice(*task.span)] == task.quote
        assert set(task.bureaus) == {*task.lead, *task.support, *task.joint}
        assert task.title
        assert task.text


def test_bureaus_hold_the_tasks_of_their_roles_under_all_their_names() -> None:
    reading = read(
        "贵阳贵安教育方案\n一、任务\n（一）建学校。（市发改委牵头，贵安新区城乡建设局配合）\n"
        "（二）招教师。（贵阳市发展和改革委员会、新区城乡建设局按职责分工负责）"
    )
    first, second = tasks(reading)
    bureaus = {bureau.id: bureau for bureau in reading.bureaus}
    reform, building = bureaus["520100:development-reform"], bureaus["贵安新区:urban-rural-construction"]
    assert reform.names == ("市发改委", "贵阳市发展和改革委员会")
    assert (reform.lead, reform.joint) == ((first.id,), (second.id,))
    assert (building.support, building.joint) == ((first.id,), (second.id,))
    assert reform.jurisdiction == "贵阳市"


def test_a_tasks_text_has_neither_its_number_nor_its_note() -> None:
    (task,) = tasks(read("一、任务\n（一）建学校。新建小学3所。（市教育局牵头）按期完工。"))
    assert task.text == "新建小学3所。按期完工。"
    assert task.quote == "（一）建学校。新建小学3所。（市教育局牵头）按期完工。"


def test_a_target_belongs_to_the_smallest_task_around_it() -> None:
    reading = read(
        "一、任务\n1.办学。到2025年，毛入园率达到92%。\n（1）建园。到2025年，新建幼儿园20所。\n（2）招师。培训保育员。\n"
        "（市教育局负责）"
    )
    targets = {fact.id: fact.quote for fact in reading.facts if isinstance(fact, Target)}
    held = {task.title: [targets[target] for target in task.targets] for task in tasks(reading)}
    assert "92%" in held["办学"][0]
    assert "20所" in held["建园"][0]
    assert len(held["办学"]) == 1
