"""Indicators: every rule's example, wordings that are one measure, neighbours that are not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb import rules
from plankb.indicators import candidates, canonical, direction, indicator_id
from plankb.rules import Rule
from plankb.rules.kinds import GoodDirection, Rewrite

WORDINGS = [(rule, example) for rule in rules.many("wordings", "rewrite", Rewrite) for example in rule.examples]
CASES = tomllib.loads((Path(__file__).parent / "cases" / "indicators.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("rule", "example"), WORDINGS, ids=[example for _, example in WORDINGS])
def test_every_wording_becomes_what_its_entry_says(rule: Rewrite, example: str) -> None:
    assert indicator_id(example) == rule.gives


@pytest.mark.parametrize("wordings", CASES["same"], ids=lambda wordings: wordings[0])
def test_wordings_of_one_measure_in_any_field_have_one_id(wordings: list[str]) -> None:
    assert {indicator_id(one) for one in wordings} == {indicator_id(wordings[0])}


@pytest.mark.parametrize(("one", "other"), CASES["apart"])
def test_near_neighbours_of_any_field_stay_apart(one: str, other: str) -> None:
    assert indicator_id(one) != indicator_id(other)


@pytest.mark.parametrize(
    "rule", rules.many("indicators", "direction", GoodDirection), ids=lambda rule: rule.examples[0]
)
def test_every_direction_holds_for_its_example(rule: GoodDirection) -> None:
    assert direction(indicator_id(rule.examples[0])) == rule.means


@pytest.mark.parametrize(("good", "phrase"), [(good, one) for good in ("up", "down") for one in CASES[good]])
def test_the_good_direction_is_known_in_any_field(good: str, phrase: str) -> None:
    assert canonical(phrase).direction == good


@pytest.mark.parametrize("rule", rules.many("indicators", "dimension"), ids=lambda rule: rule.examples[0])
def test_every_dimension_holds_for_its_example(rule: Rule) -> None:
    assert canonical(rule.examples[0]).dimension == rule.means


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城镇新建绿色建筑面积占比", "城镇新建建筑中绿色建筑面积占比"),
        ("全市畜禽粪污综合利用率", "畜禽粪污资源化利用率"),
        ("非化石能源占一次能源消费比例", "非化石能源消费比重"),
        ("单位国内生产总值二氧化碳排放强度较2020年下降比例", "单位地区生产总值二氧化碳排放"),
        ("到2025年居民人均期望寿命", "人均预期寿命"),
        ("“新能源公交车”占比", "新能源公交车的比重"),
    ],
)
def test_wordings_of_one_measure_have_one_id(one: str, other: str) -> None:
    assert indicator_id(one) == indicator_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城市生活垃圾回收利用率", "城市生活垃圾资源化利用率"),
        ("新增非化石能源装机", "新增风电、光伏装机"),
        ("公共交通机动化出行分担率", "全方式公交分担率"),
        ("建筑垃圾综合利用率", "建筑垃圾资源化利用率"),
        ("新增公共停车泊位", "公共停车泊位"),
        ("孕产妇死亡率", "婴儿死亡率"),
        ("小学净入学率", "初中净入学率"),
    ],
)
def test_near_neighbours_stay_apart(one: str, other: str) -> None:
    assert indicator_id(one) != indicator_id(other)


@pytest.mark.parametrize(
    ("phrase", "scope", "name"),
    [
        ("中心城区绿色出行比例", "中心城区", "绿色出行比例"),
        ("全市森林覆盖率", "全市", "森林覆盖率"),
        ("贵阳市城市绿色出行比例", "贵阳市", "城市绿色出行比例"),
        ("城镇新建建筑中绿色建筑面积占比", None, "城镇新建建筑中绿色建筑面积占比"),
        ("社区卫生服务机构标准化率", None, "社区卫生服务机构标准化率"),
        ("单位地区生产总值能耗", None, "单位地区生产总值能耗"),
        ("市场主体满意度", None, "市场主体满意度"),
        ("甲水市和乙山市林草覆盖率", "甲水市和乙山市", "林草覆盖率"),
        ("和田市林草覆盖率", "和田市", "林草覆盖率"),
        ("运城市林草覆盖率", "运城市", "林草覆盖率"),
        ("开展全省湿地公园勘界", None, "开展全省湿地公园勘界"),
        ("滨海城市建设品质", None, "滨海城市建设品质"),
        ("生态省建设基础", None, "生态省建设基础"),
        ("全国第三次土壤普查", None, "全国第三次土壤普查"),
    ],
)
def test_the_area_in_front_is_the_scope(phrase: str, scope: str | None, name: str) -> None:
    found = canonical(phrase)
    assert (found.scope, found.name) == (scope, name)


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("光伏装机", "光伏发电装机容量"),
        ("PUE", "新建大型、超大型数据中心能效值(PUE)"),
        ("绿色出行", "中心城区绿色出行比例"),
        ("秸秆利用率", "农作物秸秆综合利用率"),
    ],
)
def test_words_find_their_indicator(words: str, best: str) -> None:
    known = ["光伏发电装机容量", "风电发电装机容量", "新建大型、超大型数据中心能效值(PUE)", "中心城区绿色出行比例",
             "农作物秸秆综合利用率", "森林覆盖率"]  # fmt: skip
    assert candidates(words, known)[0][0] == best


@given(st.text(alphabet="全市中心城区新建绿色建筑占比例率数量（）“”、的2025年", max_size=30))
def test_white_space_and_quotation_marks_make_no_difference(phrase: str) -> None:
    assert indicator_id(" ".join(f"“{phrase}”")) == indicator_id(phrase)
