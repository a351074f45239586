"""Coverage: what a plan above asks of a place below, and how the plan answers."""

from __future__ import annotations

import pytest

from plankb.checks.coverage import coverage, is_general, of_plans, plans_above, words_of
from plankb.model import Coverage, Plan, Target, Task
from tests.text import read_plan

CITY = Plan(id="city", title="贵阳市农业规划", jurisdiction="贵阳市", period="2021-2025")
PROVINCE = Plan(id="province", title="贵州省农业规划", jurisdiction="贵州省", period="2021-2025")


def answers(asked: str, own: str) -> list[Coverage]:
    facts = [
        fact
        for plan, text in ((PROVINCE, asked), (CITY, own))
        for fact in read_plan(f"一、主要目标\n{text}", plan).facts
    ]
    targets = [fact for fact in facts if isinstance(fact, Target)]
    return list(coverage(CITY, [PROVINCE], targets, [fact for fact in facts if isinstance(fact, Task)]))


@pytest.mark.parametrize(
    ("asked", "own", "verdict"),
    [
        ("到2025年，农膜回收率达到85%。", "到2025年，农膜回收率达到85%以上。", "met"),
        ("到2025年，农膜回收率达到85%。", "到2025年，农膜回收率达到90%。", "stricter"),
        ("到2025年，农膜回收率达到85%。", "到2025年，农膜回收率达到80%。", "weaker"),
        ("到2025年，农膜回收率达到85%。", "到2027年，农膜回收率达到85%。", "later"),
        ("到2025年，农膜回收率达到85%。", "到2024年，农膜回收率达到85%。", "met"),
        ("到2025年，农膜回收率达到85%。", "到2030年，农膜回收率达到80%。", "weaker"),
        ("到2025年，农膜回收率达到85%。", "到2025年，污水处理率达到95%。", "missing"),
        ("到2025年，万元产值用水量下降到30立方米。", "到2025年，万元产值用水量下降到35立方米。", "weaker"),
        ("到2025年，各市建成冷库500座。", "2021年至2025年每年建成冷库120座。", "stricter"),
        ("到2025年，各市建成冷库500座。", "2021年至2025年每年建成冷库80座。", "weaker"),
        ("各市每年建成冷库50座。", "到2025年，建成冷库200座。", "not-comparable"),
    ],
)
def test_a_requirement_is_met_or_not(asked: str, own: str, verdict: str) -> None:
    (found,) = answers(asked, own)
    assert found.verdict == verdict
    assert found.superior.plan == "province"
    assert bool(found.answers) == (verdict != "missing")


def test_a_path_that_ends_before_the_year_asked_for_says_where() -> None:
    (found,) = answers("到2025年，农膜回收率达到85%。", "农膜回收率2022年达到70%、2023年达到75%。")
    assert found.verdict == "not-comparable"
    assert "只写到2023年" in found.why.zh


@pytest.mark.parametrize(
    "asked",
    [
        "到2025年，全省新建养老床位5万张。",  # a total of the province
        "到2025年，全省森林覆盖率达到64%。",  # what nature gave each place
        "到2025年，遵义市农膜回收率达到85%。",  # another city
    ],
)
def test_what_does_not_speak_of_this_place_asks_nothing(asked: str) -> None:
    assert answers(asked, "到2025年，农膜回收率达到80%。") == []


def test_the_nation_stands_above_provinces_and_not_above_cities() -> None:
    nation = Plan(id="nation", title="全国农业规划", jurisdiction="中华人民共和国", period="2021-2025")
    assert plans_above(PROVINCE, [nation, CITY]) == (nation,)
    assert plans_above(CITY, [nation, PROVINCE]) == (PROVINCE,)


def test_what_the_superior_asks_of_this_place_by_name_is_a_requirement() -> None:
    (found,) = answers("到2025年，贵阳市新建养老床位5000张。", "到2025年，新建养老床位4000张。")
    assert found.verdict == "weaker"


def test_what_is_weak_or_missing_comes_first_and_says_both_sides() -> None:
    asked = "到2025年，农膜回收率达到85%，秸秆综合利用率达到86%，化肥利用率达到43%。"
    found = answers(asked, "到2025年，农膜回收率达到85%，秸秆综合利用率达到80%。")
    assert [one.verdict for one in found] == ["weaker", "missing", "met"]
    assert "86%" in found[0].why.zh
    assert "80%" in found[0].why.zh


def test_tasks_for_the_governments_below_are_requirements() -> None:
    asked = "（一）推进城乡供水一体化。完善管网。（省水利厅牵头，各市（州）人民政府负责）\n"
    asked += "（二）提升省级电网品质。（省能源局负责）"
    found = answers(asked, "（一）加快推进城乡供水一体化。改造管网。（市水务局牵头）")
    assert [(one.verdict, len(one.answers)) for one in found] == [("met", 1)]
    found = answers(asked, "（一）保护古树名木。挂牌管护。（市林业局牵头）")
    assert [(one.verdict, one.answers) for one in found] == [("missing", ())]


def test_plans_above_are_those_of_the_places_above_at_the_same_time() -> None:
    earlier = PROVINCE.model_copy(update={"id": "earlier", "period": "2016-2020"})
    other = PROVINCE.model_copy(update={"id": "other", "jurisdiction": "四川省"})
    nowhere = PROVINCE.model_copy(update={"id": "nowhere", "jurisdiction": None})
    assert plans_above(CITY, [CITY, PROVINCE, earlier, other, nowhere]) == (PROVINCE,)
    assert plans_above(nowhere, [CITY, PROVINCE]) == ()


def test_plans_of_one_place_answer_together_with_the_best_that_any_of_them_does() -> None:
    other = Plan(id="other", title="贵阳市节水规划", jurisdiction="贵阳市", period="2021-2025")
    texts = (
        (PROVINCE, "到2025年，农膜回收率达到85%，污水处理率达到95%，秸秆综合利用率达到86%。"),
        (CITY, "到2025年，农膜回收率达到80%。"),
        (other, "到2025年，农膜回收率达到85%，污水处理率达到96%。"),
    )
    facts = [fact for plan, text in texts for fact in read_plan(f"一、主要目标\n{text}", plan).facts]
    found = of_plans([CITY, other], [PROVINCE], [fact for fact in facts if isinstance(fact, Target)])
    verdicts = {one.superior.indicator: one.verdict for one in found if isinstance(one.superior, Target)}
    assert verdicts == {"农膜回收率": "met", "污水处理率": "stricter", "秸秆综合利用率": "missing"}


def test_shares_of_other_fields_that_name_no_place_come_last_and_are_told_apart() -> None:
    found = answers(
        "到2025年，产业结构中数字经济占比达到50%，各市（州）高速公路服务区充电桩覆盖率达到100%，农膜回收率达到85%。",
        "到2025年，秸秆综合利用率达到86%，农膜使用量下降5%。",
    )
    field = words_of(CITY.model_copy(update={"title": "贵阳市农膜和秸秆利用规划"}), [], [])
    assert [one.verdict for one in found] == ["missing"] * 3
    assert [is_general(one, field) for one in found] == [False, False, True]
    assert isinstance(found[-1].superior, Target)
    assert "数字" in found[-1].superior.indicator
