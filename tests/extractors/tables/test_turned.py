"""Tables on their side: years down, places across, and places with what is measured across."""

from __future__ import annotations

import pytest

from plankb.model import Plan, Target
from tests.text import read_plan

HEAD = "某市林业发展规划（2026—2030年）\n一、发展目标\n"


def targets(table: str) -> list[tuple[str, object, str, str | None]]:
    """(indicator, value, unit, year) of the targets of a plan that is nothing but a table."""
    read = read_plan(HEAD + table + "\n", Plan(id="x", title=HEAD.split("\n", maxsplit=1)[0]))
    found = [fact for fact in read.facts if isinstance(fact, Target)]
    assert all(read.clean.text[slice(*fact.span)] == fact.quote for fact in found)
    return [(fact.indicator, fact.value, fact.unit or "", fact.by) for fact in found]


def test_years_below_one_another_are_the_years_of_what_stands_across() -> None:
    table = "年份\t森林覆盖率（%）\t造林面积（万亩）\n2025年（现状）\t55\t10\n2028年\t56.5\t12\n2030年\t58\t15"
    assert targets(f"表1 主要指标\n{table}") == [
        ("森林覆盖率", 56.5, "%", "2028"),
        ("森林覆盖率", 58, "%", "2030"),
        ("造林面积", 12, "万亩", "2028"),
        ("造林面积", 15, "万亩", "2030"),
    ]


def test_years_down_and_places_across_are_goals_of_places_for_each_year() -> None:
    table = "时间（年）\t东山县\t西河区\n2027\t55\t60\n2028\t56\t61"
    assert targets(f"表1 各县区森林覆盖率目标（%）\n{table}") == [
        ("东山县森林覆盖率", 55, "%", "2027"),
        ("东山县森林覆盖率", 56, "%", "2028"),
        ("西河区森林覆盖率", 60, "%", "2027"),
        ("西河区森林覆盖率", 61, "%", "2028"),
    ]


def test_a_title_over_all_headings_is_in_no_name_and_a_place_below_stands_first() -> None:
    table = "年份\t具体建设目标绿道长度（公里）东山县\t具体建设目标绿道长度（公里）西河区\n2027年\t5\t6\n2030年\t7\t8"
    assert targets(f"表1 绿道\n{table}") == [
        ("东山县绿道长度", 5, "公里", "2027"),
        ("东山县绿道长度", 7, "公里", "2030"),
        ("西河区绿道长度", 6, "公里", "2027"),
        ("西河区绿道长度", 8, "公里", "2030"),
    ]


def test_the_first_of_a_run_of_years_is_a_goal_where_the_caption_sets_goals() -> None:
    text = (
        "某市绿道建设方案\n一、目标\n表1 分年度目标\n指标\t2026年\t2027年\n绿道长度（公里）\t5\t6\n公园（个）\t2\t3\n"
    )
    found = [fact for fact in read_plan(text, Plan(id="x", title="某市绿道建设方案")).facts if isinstance(fact, Target)]
    assert [(fact.value, fact.by) for fact in found] == [(5, "2026"), (6, "2027"), (2, "2026"), (3, "2027")]


PLACES = [
    ("东山县森林覆盖率", 55, "%", "2030"),
    ("东山县造林面积", 10, "万亩", "2030"),
    ("西河区森林覆盖率", 60, "%", "2030"),
    ("西河区造林面积", 20, "万亩", "2030"),
]


@pytest.mark.parametrize(
    "table",
    [
        "指标\t单位\t东山县\t西河区\n森林覆盖率\t%\t55\t60\n造林面积\t万亩\t10\t20",
        "县区\t森林覆盖率（%）\t造林面积（万亩）\n东山县\t55\t10\n西河区\t60\t20",
    ],
)
def test_goals_of_places_are_read_whichever_way_the_table_lies(table: str) -> None:
    assert targets(f"表2 2030年各县区目标\n{table}") == PLACES


def test_what_places_have_reached_is_no_goal() -> None:
    assert targets("表3 2024年各县区任务完成情况\n县区\t森林覆盖率（%）\n东山县\t55\n西河区\t60") == []
