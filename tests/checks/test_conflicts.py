"""Conflicts: what may be compared, what is reported, what is left alone, and how it is grouped."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from plankb.checks import COMPARISONS, SHOWN, Known, find_conflicts
from plankb.checks.compare import binds, compare, placed, same_level
from plankb.model import Baseline, Conflict, Deadline, Measurement, Plan, Target, Task

_PLACES_IN_TEXT = count(0, 100)
PLACES = {"g1": "贵阳市", "g2": "贵阳市", "g3": "贵阳市", "p": "贵州省", "z": "资阳市", "n": None}
PLANS = {
    name: Plan(id=name, title=f"{place or ''}规划{name}", jurisdiction=place) for name, place in PLACES.items()
}  # fmt: skip


def target(plan: str, value: float | None, by: str | None = "2025", **fields: Any) -> Target:
    """A target of 80 % on one indicator; `fields` change it."""
    unit = fields.pop("unit", "%")
    words = fields.pop("quote", f"农膜回收率达到{value}")
    start, section = next(_PLACES_IN_TEXT), fields.pop("section", ("一、目标",))
    known = {"indicator": "农膜回收率", "indicator_id": "农膜回收率", "op": "=" if value is not None else None} | fields
    return Target(
        id=f"{plan}:{value}-{by}-{sorted(map(str, fields.items()))}", plan=plan, section=section, quote=words,
        span=(start, start + len(words)), value=value, unit=unit, by=by,
        normal=None if value is None else Measurement(value=value, unit=unit), **known,
    )  # fmt: skip


def found(*targets: Target, everything: bool = False, tasks: tuple[Task, ...] = ()) -> list[Conflict]:
    return list(find_conflicts(Known(plans=tuple(PLANS.values()), targets=targets, tasks=tasks), everything=everything))


def types(*targets: Target) -> list[str]:
    return [conflict.type for conflict in found(*targets)]


VERDICTS = [
    (target("g1", 80), target("g2", 80, op=">="), "same"),
    (target("g1", 80), target("g2", 100), "conflict"),
    (target("g1", 80), target("p", 85), "looser"),
    (target("g1", 90), target("p", 85), "tighter"),
    (target("g1", None, qualitative="全面推行标准地膜"), target("g2", 80), "conflict"),
    (target("g1", 80), target("p", None, qualitative="实现全覆盖"), "looser"),
    (target("g1", 80), target("g2", 90, "2030"), "other-period"),
    (target("g1", 80), target("g2", 90, None), "cannot-compare"),
    (target("g1", 80, scope="县城"), target("g2", 90), "other-scope"),
    (target("g1", 80, scope="全市"), target("g2", 80), "same"),
    (target("g1", 5, change="increase"), target("g2", 80), "cannot-compare"),
    (target("g1", 80), target("g2", 80, unit="公里"), "cannot-compare"),
    (target("g1", 80), target("g2", None, qualitative="进一步提高"), "cannot-compare"),
    (
        target("g1", 18, change="decrease", base_year="2005"),
        target("g2", 18, change="decrease", base_year="2020"),
        "other-definition",
    ),
    (target("g1", 60, scope="贵阳市"), target("p", 70, scope="贵阳市"), "looser"),
    (target("g1", 80, scope="贵阳市"), target("p", 70, scope="贵阳市"), "tighter"),
    (target("g1", 2700, unit="立方米", op=">="), target("p", 7e8, unit="立方米"), "cannot-compare"),
]


@pytest.mark.parametrize(("one", "other", "verdict"), VERDICTS)
def test_two_targets_are_comparable_or_the_verdict_says_why_not(one: Target, other: Target, verdict: str) -> None:
    assert compare(placed(one, PLANS[one.plan]), placed(other, PLANS[other.plan])) == verdict


STORED: dict[str, Any] = {"indicator": "水库总库容", "indicator_id": "水库总库容", "unit": "立方米"}
CASES = [
    ([target("g1", 5e8, **STORED), target("g2", 5e8, **(STORED | {"unit": "平方米"}))], ["conflict"]),
    ([target("g1", 12, **(STORED | {"unit": "座"})), target("g2", 5e8, **STORED)], []),
    ([target("g1", 80), target("g2", 80, op=">="), target("g3", 100)], ["conflict"]),
    ([target("g1", 70), target("g2", 80, op=">=", stretch=True)], ["conflict"]),
    ([target("g1", 80), target("g2", 80, op=">=")], []),
    ([target("g1", 80), target("z", 100)], []),
    ([target("g1", 60, scope="全省"), target("g2", 70)], []),
    ([target("g1", 70), target("p", 60, scope="贵阳市")], []),
    ([target("g1", 80), target("n", 100)], []),
    ([target("g1", 80), target("g2", 100, scope="县城")], []),
    ([target("g1", 20, op="~"), target("g1", 21.6, stretch=True)], []),
    ([target("g1", 80), target("g1", 85)], ["internal"]),
    ([target("g1", 80), target("p", 85)], ["looser"]),
    ([target("g1", 80), target("p", None, qualitative="全面执行")], ["looser"]),
    ([target("g1", 90), target("p", 85)], []),
    ([target("g1", 85, "2030"), target("p", 85, "2025")], ["looser"]),
    ([target("g1", 85, "2030"), target("g1", 60, "2025"), target("p", 85, "2030")], []),
    ([target("g1", 2700, unit="立方米"), target("p", 7e8, unit="立方米")], []),
    ([target("g1", 80, "2025"), target("g1", 75, "2030")], ["backslide"]),
    ([target("g1", 80, "2025"), target("g2", 75, "2030")], ["backslide"]),
    ([target("g1", 80, "2025"), target("g1", 85, "2030")], []),
    ([target("g1", 85, baseline=Baseline(value=90, year="2020"))], ["backslide"]),
    ([target("g1", 85, baseline=Baseline(value=80, year="2020"))], []),
    ([target("g1", 80, "2025"), target("g2", 80, "2030")], ["deadline"]),
    ([target("g1", 80, "2025"), target("g2", 80, "2030"), target("g2", 70, "2025")], ["conflict"]),
    ([target("g1", 80, indicator_id="长度"), target("g2", 100, indicator_id="长度")], []),
]

CARS: dict[str, Any] = {
    "indicator": "更新公交车辆",
    "indicator_id": "更新公交车辆",
    "unit": "辆",
    "quote": "更新公交车辆",
}
LIST: dict[str, Any] = CARS | {"section": ("附件 任务清单",)}
YEARS = [
    ([target("g1", 30, "2027", **CARS), *(target("g1", 10, year, **LIST) for year in ("2025", "2026", "2027"))], []),
    ([target("g1", 20, "2026", **CARS), *(target("g1", 10, year, **LIST) for year in ("2025", "2026", "2027"))], []),
    (
        [target("g1", 25, "2027", **CARS), *(target("g1", 10, year, **LIST) for year in ("2025", "2026", "2027"))],
        ["internal"],
    ),
    ([target("g1", 50, "2027", **CARS), target("g1", 10, "2026", **LIST), target("g1", 12, "2027", **LIST)], []),
    ([target("g1", 10, "2026", **LIST), target("g2", 30, "2026", **CARS)], ["conflict"]),
    ([target("g1", 10, "2026", per="year", **CARS), target("g2", 30, "2026", **CARS)], []),
    ([target("g1", 20, None, per="year", **CARS), target("g2", 15, None, per="year", **CARS)], ["conflict"]),
    ([target("g1", 80, None), target("g2", 90, None)], ["conflict"]),
    ([target("g1", 20, None, **CARS), target("g2", 15, None, **CARS)], []),
]
INSIDE = [
    ([target("g1", 30, **CARS), target("g1", 20, **CARS)], []),  # amounts in one section are parts of a list
    ([target("g1", 30, **CARS), target("g1", 20, **LIST)], ["internal"]),
    ([target("g1", 30, **CARS), target("g1", 20, **(LIST | {"quote": "其中更新公交车辆20辆"}))], []),
    ([target("g1", 80), target("g1", 85, indicator="其他农膜回收率")], []),
    ([target("g1", 80), target("g1", 85, source="table")], ["internal"]),
    ([target("g1", 55, "2025"), target("g2", 53.8, "2025", op=">=")], []),
    ([target("g1", 55, "2025", op=">="), target("g2", 53.8, "2025", op=">=")], ["conflict"]),
    ([target("g1", 55, "2025"), target("g2", 56, "2025", op=">=")], ["conflict"]),
    ([target("g1", 95, "2025", quote="稳定在95%"), target("g2", 95, "2030", quote="达到95%")], []),
]


@pytest.mark.parametrize(
    ("indicator", "value", "baseline", "expected"),
    [
        ("农膜回收率", 80, 90, ["backslide"]),
        ("农膜回收率", 3, 90, []),  # a column of increases is no level
        ("治理沙化土地面积", 80, 90, []),  # what five years add up to
        ("煤炭消费总量", 100, 90, []),  # a cap
        ("综合线损率", 3, 4.2, []),  # less is better
    ],
)
def test_a_target_behind_its_own_baseline(indicator: str, value: float, baseline: float, expected: list[str]) -> None:
    start = Baseline(value=baseline, year="2020")
    fields: dict[str, Any] = {"indicator": indicator, "indicator_id": indicator, "baseline": start}
    unit = "%" if indicator.endswith("率") else "万公顷"
    assert types(target("g1", value, unit=unit, **fields)) == expected


@pytest.mark.parametrize(("targets", "expected"), YEARS)
def test_amounts_of_years_are_set_against_their_total_only_as_a_sum(targets: list[Target], expected: list[str]) -> None:
    assert types(*targets) == expected


@pytest.mark.parametrize(("targets", "expected"), INSIDE)
def test_what_a_plan_says_twice_must_be_one_thing(targets: list[Target], expected: list[str]) -> None:
    assert types(*targets) == expected


def test_versions_of_one_document_and_plans_that_never_stood_together_are_not_compared() -> None:
    def between(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
        plans = [PLANS["g1"].model_copy(update=one), PLANS["g2"].model_copy(update=other)]
        return [c.type for c in find_conflicts(Known(tuple(plans), (target("g1", 80), target("g2", 90))))]

    assert between({"title": "某市养老规划"}, {"title": "某市养老规划（征求意见稿）"}) == []
    assert between({"period": "2016-2020"}, {"period": "2021-2025"}) == []
    assert between({"period": "2016-2025"}, {"period": "2021-2025"}) == ["conflict"]


def test_only_one_plan_says_what_cannot_both_stand() -> None:
    between, inside = (
        found(target("g1", 80), target("g2", 90)),
        found(target("g1", 80), target("g1", 90, source="table")),
    )
    assert [conflict.severity for conflict in (*between, *inside)] == ["warning", "error"]


def test_a_city_below_two_plans_of_its_province_is_one_line() -> None:
    plans = [*PLANS.values(), PLANS["p"].model_copy(update={"id": "q", "title": "贵州省规划q"})]
    found = find_conflicts(Known(tuple(plans), (target("g1", 80), target("p", 85), target("q", 90))))
    (conflict,) = [conflict for conflict in found if conflict.type == "looser"]
    assert {fact.plan for fact in conflict.facts} == {"g1", "p", "q"}


@pytest.mark.parametrize(
    ("ends", "periods", "expected"),
    [
        (("2025-06-30", "2025-12-31"), (None, None), ["deadline"]),
        (("2025-06-30", "2025-06-30"), (None, None), []),
        (("2024-06-30", "2025-12-31"), (None, "2021-2025"), []),  # only the end of the plan
        (("2024-06-30", "2024-12-31"), ("2024-2024", "2021-2025"), []),  # a year's plan beside one of five years
    ],
)
def test_deadlines_of_tasks_compare_by_their_day(
    ends: tuple[str, str], periods: tuple[str | None, str | None], expected: list[str]
) -> None:
    plans = [
        PLANS[name].model_copy(update={"period": period}) for name, period in zip(("g1", "g2"), periods, strict=True)
    ]
    tasks = [task(name, (), (end[:4],)) for name, end in zip(("g1", "g2"), ends, strict=True)]
    deadlines = [
        Deadline(
            id=f"{one.id}-due", plan=one.plan, section=one.section, quote=end, span=(0, 4), by=end[:4], bound="by",
            end=end, of=one.id,
        )
        for one, end in zip(tasks, ends, strict=True)
    ]  # fmt: skip
    assert [
        c.type for c in find_conflicts(Known(plans=tuple(plans), tasks=tuple(tasks), deadlines=tuple(deadlines)))
    ] == expected


@pytest.mark.parametrize(("targets", "expected"), CASES)
def test_what_is_a_conflict_and_what_is_none(targets: list[Target], expected: list[str]) -> None:
    assert types(*targets) == expected


@pytest.mark.parametrize(
    ("indicator", "other_years", "verdict"),
    [
        ("新增养老床位", "2023-2025", "other-period"),
        ("新增养老床位", "2021-2023", "conflict"),
        ("养老床位", "2023-2025", "conflict"),
    ],
)
def test_what_is_added_up_over_other_years_is_no_conflict(indicator: str, other_years: str, verdict: str) -> None:
    one, other = (target(plan, value, indicator_id=indicator) for plan, value in (("g1", 2000), ("g2", 1500)))
    plans = [
        PLANS["g1"].model_copy(update={"period": "2021-2025"}),
        PLANS["g2"].model_copy(update={"period": other_years}),
    ]
    assert compare(placed(one, plans[0]), placed(other, plans[1])) == verdict


def test_lower_is_better_for_what_pollutes() -> None:
    pollutant = {"indicator": "细颗粒物浓度", "indicator_id": "细颗粒物浓度", "unit": "微克/立方米", "quote": "浓度"}
    assert types(target("g1", 25, "2025", **pollutant), target("g1", 22, "2030", **pollutant)) == []
    assert types(target("g1", 22, "2025", **pollutant), target("g1", 25, "2030", **pollutant)) == ["backslide"]


def test_three_plans_on_one_indicator_are_one_conflict_with_their_three_quotations() -> None:
    (conflict,) = found(target("g1", 80), target("g2", 80, op=">="), target("g3", 100))
    assert [fact.plan for fact in conflict.facts] == ["g1", "g2", "g3"]
    assert all(PLANS[plan].title in conflict.why.zh for plan in ("g1", "g2", "g3"))
    assert "100%" in conflict.why.en


def test_a_conflict_keeps_its_id_whatever_the_order_of_the_plans() -> None:
    targets = (target("g1", 80), target("g3", 100))
    assert found(*targets)[0].id == found(*reversed(targets))[0].id


def test_everything_adds_what_was_compared_and_is_no_conflict() -> None:
    targets = (target("g1", 80), target("g2", 90, "2030"), target("p", 70))
    assert found(*targets) == []
    shown = {conflict.type: conflict.severity for conflict in found(*targets, everything=True)}
    assert shown == {"tighter": "info", "other-period": "info"}
    assert not set(shown) & set(SHOWN)
    assert set(shown) <= set(COMPARISONS)


def task(plan: str, lead: tuple[str, ...], by: tuple[str, ...] = (), title: str = "推进城乡供水一体化") -> Task:
    return Task(
        id=f"{plan}:{title}", plan=plan, section=("一、任务", title), quote=title, span=(0, len(title)), title=title,
        text=title, lead=lead, by=by, bureaus={name: f"520100:{name[-3:]}" for name in lead},
    )  # fmt: skip


TASKS = [
    ([task("g1", ("市水务局",)), task("g2", ("市住房城乡建设局",))], ["responsibility"]),
    ([task("g1", ("市水务局",)), task("g2", ("贵阳市水务局", "市财政局"))], []),
    ([task("g1", ("市水务局",)), task("g2", ())], []),
    ([task("g1", ("市水务局",)), task("z", ("市住房城乡建设局",))], []),
    ([task("g1", ("市水务局",), title="加强领导"), task("g2", ("市政府办",), title="加强领导")], []),
    ([task("g1", ("市水务局",), title="加强组织领导"), task("g2", ("市政府办",), title="加强组织领导")], []),
    ([task("g1", (), ("2025",)), task("g2", (), ("2027",))], ["deadline"]),
    ([task("g1", (), ("2025",)), task("g2", (), ("2025", "2030"))], []),
]


@pytest.mark.parametrize(("tasks", "expected"), TASKS)
def test_one_task_led_by_others_or_due_at_another_time(tasks: list[Task], expected: list[str]) -> None:
    assert [conflict.type for conflict in found(tasks=tuple(tasks))] == expected


def test_one_indicator_led_by_others_is_a_hint() -> None:
    targets = (target("g1", 80), target("g2", 80))
    tasks = (
        task("g1", ("市水务局",), title="推进地膜回收").model_copy(update={"targets": (targets[0].id,)}),
        task("g2", ("市农业农村局",), title="治理农田残膜").model_copy(update={"targets": (targets[1].id,)}),
    )
    (conflict,) = found(*targets, tasks=tasks)
    assert (conflict.type, conflict.severity, conflict.indicator) == ("responsibility", "info", "农膜回收率")
    assert [fact.plan for fact in conflict.facts] == ["g1", "g2"]


@pytest.mark.parametrize(
    ("higher", "one", "expected"),
    [
        (target("p", 80), target("g1", 80), True),
        (target("p", 80, scope="贵阳市"), target("g1", 80), True),
        (target("g1", 80), target("p", 80), False),
        (target("g1", 80), target("p", 80, scope="贵阳市"), False),
        (target("g1", 80), target("g2", 80), False),
        (target("p", 80, scope="遵义市"), target("g1", 80), False),
        (target("z", 80), target("g1", 80), False),
    ],
)
def test_a_plan_binds_those_below_it(higher: Target, one: Target, *, expected: bool) -> None:
    assert binds(*(placed(each, PLANS[each.plan]) for each in (higher, one))) is expected


def test_words_without_a_level_are_no_same_level() -> None:
    vague, clear = (
        placed(each, PLANS["g1"]) for each in (target("g1", None, qualitative="进一步提高"), target("g1", 80))
    )
    assert same_level(clear, clear)
    assert not same_level(vague, clear)
    assert not same_level(clear, vague)


@pytest.mark.parametrize(
    ("indicator", "unit", "change"),
    [
        ("能耗下降率", "%", "decrease"),
        ("能耗下降率", "吨", None),
        ("客流增长率", "%", "increase"),
        ("农膜回收率", "%", None),
    ],
)  # fmt: skip
def test_a_name_that_says_a_change_is_one_in_per_cent(indicator: str, unit: str, change: str | None) -> None:
    assert placed(target("g1", 5, indicator=indicator, unit=unit), PLANS["g1"]).change == change
