"""Quantities: every unit, operator and numeral of the rules, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb import rules
from plankb.quantities import dimension, find, normal, split_unit
from plankb.rules.kinds import Counter, Numeral, OperatorForm, Unit

UNITS = rules.many("units", "unit", Unit)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.names[0])
def test_every_unit_comes_to_its_canonical_value(unit: Unit) -> None:
    (quantity,) = find(unit.examples[0])
    found = normal(quantity.value, quantity.unit)
    assert found.value == pytest.approx(unit.value)
    assert found.unit == unit.unit
    assert split_unit(quantity.unit)[1].split("/")[0] in (*unit.names, *(n.split("/")[0] for n in unit.names))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.names[0])
def test_all_names_of_a_unit_are_read(unit: Unit) -> None:
    for name in (name for name in unit.names if not name[0].isdigit()):
        (quantity,) = find(f"达到12{name}，")
        assert (quantity.value, dimension(quantity.unit)) == (12, unit.dimension), name


@pytest.mark.parametrize("counter", rules.many("units", "counter", Counter), ids=lambda counter: counter.unit)
def test_counting_words_come_to_one(counter: Counter) -> None:
    (quantity,) = find(counter.examples[0])
    assert normal(quantity.value, quantity.unit).unit == counter.unit


@pytest.mark.parametrize(
    "rule", [rule for place in ("before", "after", "between") for rule in rules.many("operators", place, OperatorForm)]
)
def test_every_operator_binds_as_it_says(rule: OperatorForm) -> None:
    (quantity,) = find(rule.examples[0])
    assert quantity.op == rule.means


@pytest.mark.parametrize("rule", rules.many("operators", "fraction", Numeral), ids=lambda rule: rule.name)
def test_numerals_in_words(rule: Numeral) -> None:
    (quantity,) = find(rule.examples[0])
    assert (quantity.value, quantity.unit) == (rule.value, rule.unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("分别达3100、1080、60万千瓦", [(3100, "万千瓦"), (1080, "万千瓦"), (60, "万千瓦")]),
        ("由24小时压缩至12小时", [(24, "小时"), (12, "小时")]),
        ("新增3,100万元", [(3100, "万元")]),
        ("１００％", [(100, "%")]),
        ("电能利用效率降至1.3以下，", [(1.3, "")]),
        ("车桩比不高于1.5:1。", [(1.5, ":1")]),
        ("培训一百万人次", [(1000000, "人次")]),
        ("PM2.5浓度、O3浓度和GB3095标准", []),
        ("万元地区生产总值能耗", []),
        ("2025年、第十二届、“六个一”", [(2025, "年")]),
        ("获奖20个（项）左右", [(20, "个(项)")]),
    ],
)
def test_values_and_units(text: str, values: list[tuple[float, str]]) -> None:
    assert [(quantity.value, quantity.unit) for quantity in find(text) if not quantity.small] == values


@pytest.mark.parametrize(("text", "low", "high"), [("3—5家", 3, 5), ("10%-15%", 10, 15), ("1到2个", 1, 2)])
def test_ranges(text: str, low: float, high: float) -> None:
    (quantity,) = find(text)
    assert (quantity.op, quantity.value, quantity.value_max) == ("range", low, high)


@pytest.mark.parametrize(
    ("value", "unit", "expected", "canonical"),
    [
        (1.1, "亿吨", 110000000, "吨"),
        (12, "件/万人", 0.0012, "件/人"),
        (1.2, "毫克/立方米", 1200, "微克/立方米"),
        (5, "万标箱", 50000, "标准箱"),
        (3, "无此单位", 3, "无此单位"),
    ],
)
def test_normal(value: float, unit: str, expected: float, canonical: str) -> None:
    found = normal(value, unit)
    assert found.value == pytest.approx(expected)
    assert found.unit == canonical


def test_points_and_per_cent_are_two_dimensions() -> None:
    assert dimension("个百分点") != dimension("%")


@given(st.text(alphabet="0123456789.,，%％万亿千瓦吨个—-至以上不低于左右近三分之二成（）/公里:", max_size=40))
def test_quantities_are_in_order_and_slice_the_text(text: str) -> None:
    found = find(text)
    assert all(text[slice(*quantity.span)] == quantity.text for quantity in found)
    assert all(a.core[1] <= b.core[0] for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "value", "unit", "unknown"),
    [
        ("师生比不低于1：15", 15, "1:", False),
        ("收入比控制在2.1\u22361左右", 2.1, "\u22361", False),
        ("产值突破千亿元", 1000, "亿元", False),
        ("总规模超过万亿元", 1, "万亿元", False),
        ("旅游收入翻一番", 1, "番", False),
        ("变电容量达到1200万千伏安", 1200, "万千伏安", False),
        ("建设农机具1200台（套、件）", 1200, "台(套、件)", False),
        ("电离强度达到12贝克以上", 12, "贝克", True),
    ],
)
def test_ratios_magnitudes_and_units_that_no_list_holds(text: str, value: float, unit: str, unknown: bool) -> None:
    (quantity,) = find(text)
    assert (quantity.value, quantity.unit, quantity.unknown) == (value, unit, unknown)


def test_a_magnitude_of_a_kind_of_things_is_no_quantity() -> None:
    assert find("培育百亿元企业、千亿级产业集群") == ()


def test_one_ratio_has_one_normal_form_however_it_is_printed() -> None:
    assert normal(2.1, "\u22361") == normal(2.1, "：1")


def test_a_number_with_a_sign_that_could_not_be_read_is_none() -> None:
    assert find("增长3□6%") == ()
