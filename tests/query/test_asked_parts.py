"""Combinations of what clerks ask for side by side: each part of a question is answered, or named as not found."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from plankb.model import ROLES, Task
from plankb.query import Answer, Library, ask
from plankb.store import FactFilter

_PLAN = "贵阳贵安协同方案"
_ID = "guiyang-synergy"
_HELD = {"农膜回收率": "85%", "农作物秸秆综合利用率": "88%", "森林蓄积量": "2700万立方米", "绿色工业园区占比": "50%"}
_ABSENT = ("氢气产量", "海上风电装机容量")
_LISTS = [*combinations((*_HELD, *_ABSENT), 2), *combinations((*_HELD, _ABSENT[0]), 3)]
_ADDED = {"光伏": 3100, "风电": 1080, "生物质": 60}
_BUREAUS = ("市水务局", "市林业局", "市商务局", "市交委")


@pytest.mark.parametrize("things", [one for one in _LISTS if set(one) & set(_HELD)], ids="、".join)
@pytest.mark.parametrize("wording", ["{plan}2025年{things}各多少", "{plan}里{things}2025年分别要到多少"])
def test_each_measure_of_a_list_is_answered_or_named(things: tuple[str, ...], wording: str, corpus: Library) -> None:
    listed = "、".join(things[:-1]) + "和" + things[-1]
    answer = ask(wording.format(plan=_PLAN, things=listed), corpus)
    for thing in things:
        assert _HELD.get(thing, f"“{thing}”") in answer.answer
    assert "不是没有看懂" not in (answer.note or "")


@pytest.mark.parametrize("things", [pair for size in (2, 3) for pair in combinations(_ADDED, size)], ids="、".join)
@pytest.mark.parametrize("missing", [(), ("核电",)], ids=["whole", "without"])
@pytest.mark.parametrize("wording", ["省方案2025年{things}装机加起来多少", "{things}{count}样装机2025年省里合计多少"])
def test_a_sum_is_of_all_that_is_asked_or_says_what_it_lacks(
    things: tuple[str, ...], missing: tuple[str, ...], wording: str, corpus: Library
) -> None:
    said = (*things, *missing)
    count = "零一两三四"[len(said)]
    answer = ask(wording.format(things="、".join(said), count=count), corpus)
    assert str(sum(_ADDED[thing] for thing in things)) in answer.answer
    assert answer.answer.startswith("没有找到“核电") == bool(missing)


@pytest.mark.parametrize(
    ("question", "values", "named"),
    [
        ("湿地保护率2030年，贵州、资阳、安顺各是多少", ["60%"], ["资阳", "安顺"]),
        ("畜禽粪污综合利用率，省方案、空气规划、生态规划谁定得最高", ["80%", "90%"], ["生态环境保护"]),
        ("森林蓄积量2030年，协同方案、空气规划各定了多少", ["3000万立方米"], ["空气规划"]),
        ("空气规划和协同方案的绿色建筑占比是不是一致", ["80%", "100%"], ["不一致"]),
        ("空气规划与协同方案的农作物秸秆综合利用率一样不一样", ["88%"], ["一致"]),
        ("400兆瓦，空气规划说的和协同方案说的是一回事吗", ["400兆瓦"], ["指标的说法不同"]),
    ],
)
def test_each_place_and_plan_side_by_side_has_its_figure_or_is_named(
    question: str, values: list[str], named: list[str], corpus: Library
) -> None:
    answer = ask(question, corpus).answer
    assert all(word in answer for word in (*values, *named)), answer


def _ids(answer: Answer) -> set[str]:
    return {fact.id for fact in answer.facts if isinstance(fact, Task)}


def _tasks(corpus: Library) -> list[Task]:
    return [fact for fact in corpus.store.facts("task", FactFilter(plans=(_ID,))) if isinstance(fact, Task)]


def _ids_with(corpus: Library, bureau: str, *roles: str) -> set[str]:
    """The tasks of the plan in which a bureau has one of some roles, by the names that the plan prints."""
    own = {id_ for name, ids in corpus.vocabulary.bureau_names.items() if name == bureau for id_ in ids}
    own = {id_ for id_ in own if corpus.vocabulary.bureaus[id_].jurisdiction == "贵阳市"}
    return {
        task.id
        for task in _tasks(corpus)
        if any(task.bureaus.get(name) in own for role in roles or ROLES for name in getattr(task, role))
    }


@pytest.mark.parametrize(("one", "other"), [pair for pair in product(_BUREAUS, repeat=2) if pair[0] != pair[1]])
@pytest.mark.parametrize(
    ("wording", "roles"),
    [
        ("{plan}里{one}参与、{other}没参与的任务有哪些", ()),
        ("{plan}中{one}有份、{other}没份的任务", ()),
        ("{plan}里{one}配合但{other}不参与的任务", ("support",)),
    ],
)
def test_tasks_of_one_bureau_without_another(
    one: str, other: str, wording: str, roles: tuple[str, ...], corpus: Library
) -> None:
    answer = ask(wording.format(plan=_PLAN, one=one, other=other), corpus)
    assert _ids(answer) == _ids_with(corpus, one, *roles) - _ids_with(corpus, other)


@pytest.mark.parametrize("bureau", _BUREAUS)
@pytest.mark.parametrize(
    "wording",
    [
        "{plan}里{one}参与但没写成牵头的任务",
        "{one}有份、但没写它牵头的任务，{plan}里一共几项",
        "{plan}中{one}掺和了但没当牵头的任务",
    ],
)
def test_tasks_in_which_a_bureau_takes_part_and_does_not_lead(bureau: str, wording: str, corpus: Library) -> None:
    answer = ask(wording.format(plan=_PLAN, one=bureau), corpus)
    assert _ids(answer) == _ids_with(corpus, bureau) - _ids_with(corpus, bureau, "lead")


def test_tasks_without_any_bureau_of_a_zone(corpus: Library) -> None:
    answer = ask(f"{_PLAN}里没有贵安新区单位参与的任务有哪些", corpus)
    zone = {b.id for b in corpus.vocabulary.bureaus.values() if b.jurisdiction == "贵安新区"}
    expected = {task.id for task in _tasks(corpus) if not zone & set(task.bureaus.values())}
    assert _ids(answer) == expected
    assert expected


def test_bureaus_that_lead_and_support(corpus: Library) -> None:
    names = {getattr(fact, "name", "") for fact in ask(f"{_PLAN}里既牵头又配合的单位", corpus).facts}
    assert "贵阳市生态环境局" in names
    assert "贵阳市供销社" not in names


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("噪声污染防治放在生态规划第几章", ["第十二章"]),
        ("海绵城市和农村污水，生态规划各写在第几章？", ["第七章", "第十三章"]),
        ("自行车网络写在空气规划哪个专栏", ["专栏8"]),
        ("有轨电车和龘靐齉在空气规划哪一节", ["第三节", "没有找到写“龘靐齉”的章节"]),
    ],
)
def test_where_a_plan_speaks_of_things(question: str, places: list[str], corpus: Library) -> None:
    answer = ask(question, corpus).answer
    assert all(place in answer for place in places), answer


def test_indicators_are_counted_by_their_nature(corpus: Library) -> None:
    answer = ask("生态规划约束性指标几项、预期性几项", corpus).answer
    assert "约束性指标15项" in answer
    assert "预期性指标7项" in answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("三个农业光伏电站总规模", ["共3个项目", "300MW"]),
        ("空气规划的风电项目里装机最小的是哪个", ["28MW", "最大的是"]),
        ("生态规划的重点工程一共投资多少亿元", ["没有写以“亿元”计的规模"]),
        ("大宗固废年利用量2030年要比2025年多多少万吨", ["2000万吨"]),
    ],
)
def test_projects_and_differences_in_the_unit_asked_for(question: str, says: list[str], corpus: Library) -> None:
    answer = ask(question, corpus).answer
    assert all(word in answer for word in says), answer
