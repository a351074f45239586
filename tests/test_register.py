"""The register: places, and the bureau that a printed name means."""

from __future__ import annotations

import pytest

from plankb import register, rules
from plankb.register import places
from plankb.rules.register_kinds import Function, Regional, Renamed

EXAMPLES = [
    *((f.id, name) for f in rules.many("bureaus", "function", Function) for name in f.examples),
    *((name if r.own else r.id, name) for r in rules.many("bureaus", "regional", Regional) for name in r.examples),
    *(
        (old.to if old.kind == "renamed" else old.id, name)
        for old in rules.many("bureaus", "renaming", Renamed)
        for name in old.examples
    ),
]


def home_of(name: str) -> places.Place | None:
    """A plan's place in which the example of a rule makes sense."""
    towns = {"县": "湘潭县", "区": "闵行区", "旗": "鄂伦春自治旗", "自": "内蒙古自治区", "古": "闵行区"}
    return places.find("湘潭县" if "湘潭" in name else towns.get(name[0], "贵阳市"))


@pytest.mark.parametrize(("function", "name"), EXAMPLES)
def test_every_entry_of_the_register_knows_its_examples(function: str, name: str) -> None:
    entity = register.resolve(name, home=home_of(name))
    assert entity.known
    assert entity.id.split(":")[1] == function


@pytest.mark.parametrize("old", rules.many("bureaus", "renaming", Renamed), ids=lambda old: f"{old.to}{old.until}")
def test_old_names_say_what_became_of_them(old: Renamed) -> None:
    for name in old.examples:
        found = register.renaming(name)
        assert found is not None
        assert (found.to, found.until) == (old.to, old.until)
        assert found.source


def test_every_division_is_found_by_its_name_inside_its_parent() -> None:
    lost = [
        p.name for p in places.all_places() if p.parent and places.find(p.name, within=places.by_code(p.parent)) != p
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("贵阳市", "贵阳市"), ("贵州", "贵州省"), ("黔南州", "黔南布依族苗族自治州"), ("黔南", "黔南布依族苗族自治州"),
        ("内蒙古", "内蒙古自治区"), ("湘西", "湘西土家族苗族自治州"), ("闵行区", "闵行区"),
        ("玉屏县", "玉屏侗族自治县"),
        ("通州", "通州区"), ("大连", "大连市"),
    ],
)  # fmt: skip
def test_short_names_of_places(text: str, name: str) -> None:
    found = places.find(text, within=places.find("北京市") if text == "通州" else None)
    assert found is not None
    assert found.name == name


def test_a_name_that_several_places_share_is_no_place_without_its_parent() -> None:
    assert places.find("鼓楼区") is None
    found = places.find("鼓楼区", within=places.find("徐州市"))
    assert found is not None
    assert found.code == "320302"


@pytest.mark.parametrize(
    ("home", "one", "other"),
    [
        ("贵阳市", "市交委", "市交通委员会"),
        ("贵阳市", "市交委", "贵阳市交通委员会"),
        ("贵阳市", "市发改委", "贵阳市发展和改革委员会"),
        ("贵阳市", "省发展改革委", "贵州省发展和改革委员会"),
        ("闵行区", "市教委", "上海市教育委员会"),
        ("湘潭县", "市生态环境局湘潭县分局", "县生态环境局"),
        ("贵阳市", "市环保局", "市生态环境局"),
        ("贵州省", "贵州银保监局", "国家金融监督管理总局贵州监管局"),
        ("贵州省", "人行贵阳中心支行", "中国人民银行贵阳市分行"),
        ("贵阳市", "新区经济发展局", "贵安新区经济发展局"),
        ("北京市", "市规划自然资源委（首规委办）", "北京市规划和自然资源委员会"),
        ("海门区", "南通市海门生态环境局", "区生态环境局"),
        ("上海市普陀区", "公安普陀分局", "上海市公安局普陀分局"),
        ("黔南布依族苗族自治州", "州农业农村局", "黔南州农业农村局"),
        ("内蒙古自治区", "自治区党委组织部", "内蒙古党委组织部"),
        ("贵阳市", "市银保监分局", "金融监管总局贵阳监管分局"),
    ],
)
def test_writings_of_one_bureau(home: str, one: str, other: str) -> None:
    place = places.find(home)
    assert register.resolve(one, home=place).id == register.resolve(other, home=place).id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("市生态环境局", "贵阳市"), ("市生态环境局", "资阳市")),
        (("市自然资源局", "资阳市"), ("市自然资源和规划局", "资阳市")),
        (("市公安局", "贵阳市"), ("市公安交通管理局", "贵阳市")),
        (("市生态环境局", "贵阳市"), ("贵安新区生态环境局", "贵阳市")),
        (("市金融监管局", "资阳市"), ("国家金融监督管理总局资阳监管分局", "资阳市")),
        (("市交委", "贵阳市"), ("市交通运输局", "贵阳市")),
        (("市大数据局", "贵阳市"), ("市大数据中心", "贵阳市")),
        (("市工商局", "贵阳市"), ("市市场监管局", "贵阳市")),
        (("市发展改革委", "贵阳市"), ("省发展改革委", "贵阳市")),
    ],
)
def test_bureaus_that_stay_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    ids = [register.resolve(name, home=places.find(home)).id for name, home in (one, other)]
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    ("name", "rank", "parent"),
    [
        ("云岭县", "county", None),
        ("某市", None, None),
        ("贵阳市青溪镇", "township", "520100"),
        ("城市", None, None),
        ("全市", None, None),
        ("社区", None, None),
        ("江河省", "province", None),
    ],
)
def test_a_division_that_no_list_holds_has_the_rank_of_its_name(
    name: str, rank: str | None, parent: str | None
) -> None:
    place = places.unlisted(name)
    assert (place and place.rank, place and place.parent) == (rank, parent)


def test_bureaus_of_a_place_that_no_list_holds_are_its_own() -> None:
    home = places.of("云岭县")
    ids = {register.resolve(name, home=home).id for name in ("县民政局", "云岭县民政局")}
    assert len(ids) == 1
    assert register.resolve("县民政局", home=home).known


@pytest.mark.parametrize(
    ("name", "full", "place"),
    [
        ("市交委", "贵阳市交通委员会", "贵阳市"),
        ("市城市管理行政执法局", "贵阳市城市管理行政执法局", "贵阳市"),
        ("省大数据局", "贵州省大数据局", "贵州省"),
        ("市委编办", "贵阳市委机构编制委员会办公室", "贵阳市"),
        ("省工业和信息化厅", "贵州省工业和信息化厅", "贵州省"),
        ("国家发展改革委", "国家发展和改革委员会", "中华人民共和国"),
        ("教育部", "教育部", "中华人民共和国"),
        ("贵阳市人民政府", "贵阳市人民政府", "贵阳市"),
        ("花溪区政府", "花溪区人民政府", "花溪区"),
    ],
)
def test_the_full_name_and_the_place(name: str, full: str, place: str) -> None:
    entity = register.resolve(name, home=places.find("贵阳市"))
    assert (entity.name, entity.jurisdiction, entity.known) == (full, place, True)


def test_a_place_whose_name_is_shared_is_told_with_the_place_above_it() -> None:
    shanghai = places.find("上海市普陀区")
    assert shanghai is not None
    assert (shanghai.code, places.label(shanghai)) == ("310107", "上海市普陀区")
    entity = register.resolve("区财政局", home=shanghai)
    assert (entity.id, entity.jurisdiction) == ("310107:finance", "上海市普陀区")


def test_a_prefix_said_once_holds_for_the_names_after_it() -> None:
    home, province = places.find("贵阳市"), places.find("贵州省")
    assert register.resolve("财政厅", home=home, context=province).id == "520000:finance"
    assert register.resolve("财政局", home=home).id == "520100:finance"


def test_a_name_that_says_no_place_in_a_plan_of_no_place_is_unknown() -> None:
    assert not register.resolve("市教育局").known
    assert not register.resolve("市教育局", home=places.find("贵州省")).known


def test_a_name_out_of_use_in_the_year_of_the_plan_is_not_taken_for_its_successor() -> None:
    home = places.find("贵阳市")
    assert register.resolve("市环保局", home=home, year=2016).id == "520100:ecology-environment"
    later = register.resolve("市环保局", home=home, year=2023)
    assert (later.known, later.name) == (False, "贵阳市环境保护局")


def test_an_unknown_function_stays_an_entity_of_its_own() -> None:
    entity = register.resolve("市留交办", home=places.find("广州市"))
    assert not entity.known
    assert entity.name == "广州市留交办"


def test_suggestions_are_like_the_name_and_leave_it_out() -> None:
    names = ["市自然资源和规划局", "市生态环境局", "市自然资源局", "市财政局"]
    assert (
        register.suggest("市自然资源局", names) == ("市自然资源和规划局",)
        or register.suggest("市自然资源局", names, cutoff=60)[0] == "市自然资源和规划局"
    )
    assert register.suggest("市生态环竟局", names)[0] == "市生态环境局"
    assert register.suggest("市档案馆", names) == ()
