"""Places that no list holds, set above one another by what their plans say."""

from __future__ import annotations

import pytest

from plankb.checks import located
from plankb.checks.compare import above
from plankb.model import Plan

TEXTS = {
    "云汀省": "云汀省水网规划\n全省建成水库12座，其中沧平市3座。",
    "沧平市": "沧平市水网规划\n根据《云汀省水网规划》制定。全市建成水厂6座。",
    "青芦县": "青芦县供水方案\n根据沧平市人民政府部署制定。",
    "白渡市": "白渡市供水方案\n根据《沧平市水网规划》，结合白渡市实际制定。",
    "绵阳市": "绵阳市水网规划\n与云汀省合作。",
}


def plans(*places: str) -> list[Plan]:
    return [Plan(id=place, title=TEXTS[place].split("\n")[0], jurisdiction=place) for place in places]


@pytest.mark.parametrize(
    ("higher", "lower", "expected"),
    [
        ("云汀省", "沧平市", True),
        ("云汀省", "青芦县", True),
        ("沧平市", "青芦县", True),
        ("沧平市", "云汀省", False),
        ("云汀省", "绵阳市", False),  # a listed place lies where the list says
        ("沧平市", "绵阳市", False),
    ],
)
def test_a_place_lies_where_the_plans_say(higher: str, lower: str, *, expected: bool) -> None:
    with located.told_by(plans("云汀省", "沧平市", "青芦县", "绵阳市"), TEXTS):
        assert above(located.of(higher), located.of(lower)) is expected
    assert not above(located.of(higher), located.of(lower))  # it holds for the comparison alone


def test_a_city_that_follows_the_plans_of_another_is_a_county_where_that_names_it() -> None:
    texts = TEXTS | {"沧平市": TEXTS["沧平市"] + "其中白渡市2座。"}
    with located.told_by(plans("云汀省", "沧平市", "白渡市"), texts):
        assert located.of("白渡市").rank == "county"
        assert [place.name for place in located.ancestors(located.of("白渡市"))] == ["白渡市", "沧平市", "云汀省"]


def test_a_place_that_bears_the_name_of_a_listed_one_lies_where_the_plans_say() -> None:
    own = Plan(id="n", title="清河县供水方案", jurisdiction="清河县")
    named = TEXTS | {"沧平市": TEXTS["沧平市"] + "其中清河县2座。", "n": "清河县供水方案\n全县建成水厂2座。"}
    for text, expected in ((named["n"], True), (named["n"] + "对接河北省的规划。", False)):
        with located.told_by([*plans("云汀省", "沧平市"), own], named | {"n": text}):
            assert above(located.of("沧平市"), located.of("清河县")) is expected


def test_of_two_cities_none_is_chosen_that_nothing_names_but_the_one_province() -> None:
    other = [Plan(id="p", title="石帆市供水方案", jurisdiction="石帆市")]
    known = [*plans("云汀省", "沧平市"), *other, Plan(id="c", title="大屿县供水方案", jurisdiction="大屿县")]
    with located.told_by(known, TEXTS):
        assert located.of("大屿县").parent == "云汀省"


def test_a_name_is_found_only_inside_the_place_that_holds_it() -> None:
    with located.told_by(plans("云汀省", "沧平市"), TEXTS):
        found = located.at_start("沧平市3座", within=located.of("云汀省"))
        assert found is not None
        assert found[0].name == "沧平市"
        assert located.at_start("沧平市3座") is None
