"""Words of one thing are one where plans are compared, words of two things are two, in texts and in names."""

from __future__ import annotations

import pytest

from plankb import rules
from plankb.checks.compare import gist, kin
from plankb.checks.thesaurus import as_one, name_as_one
from plankb.model import Plan
from plankb.rules.kinds import SameWords
from tests.checks.reading import conflicts_of
from tests.text import read_plan

SUBJECTS = rules.many("thesaurus", "subject", SameWords)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_a_group_is_one_and_pairs_that_are_apart_are_two(subject: SameWords) -> None:
    for group in subject.same:
        assert {as_one(word) for word in group} == {group[0]}
        assert len({name_as_one(word) for word in group}) == 1
    for one, other in subject.apart:
        assert as_one(one) != as_one(other), (one, other)
        assert gist(one) != gist(other), (one, other)
        assert kin(one) != kin(other), (one, other)


def test_no_word_belongs_to_two_groups_and_what_stands_for_a_group_stays() -> None:
    words = [word for subject in SUBJECTS for group in subject.same for word in group]
    assert len(words) == len({*words})
    assert len(SUBJECTS) >= 20
    for subject in SUBJECTS:
        for group in subject.same:
            assert as_one(as_one(group[-1])) == as_one(group[-1])


def test_the_longest_word_is_taken_and_none_inside_it() -> None:
    assert as_one("全程网上办理率") == "全程网办率"
    assert as_one("网上办理率") == "网上可办率"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"name": "某科", "same": [["甲词"]]}, "one word"),
        ({"name": "某科", "same": [["甲词", "乙词"], ["乙词", "丙词"]]}, "twice"),
        ({"name": "某科", "same": [["甲词", "乙词"]], "apart": [["甲词", "乙词"]]}, "one and apart"),
    ],
)
def test_an_entry_that_contradicts_itself_is_named(entry: dict[str, object], why: str) -> None:
    assert why in str(SameWords.model_validate(entry).fault())


@pytest.mark.parametrize(
    ("above", "below", "found"),
    [
        ("全省农村卫生户厕普及率达到92%以上", "全市农户改厕率达到85%", ["looser"]),
        ("各市公共供水管网漏损率控制在8%以内", "供水管网漏失率控制在9.5%以内", ["looser"]),
        ("各市家庭医生签约服务覆盖率不低于60%", "家医签约率达到52%", ["looser"]),
        ("各市经常参加体育锻炼人数比例达到42%", "体育锻炼人口比例达到45%", []),
        ("各市县域内就诊率达到92%", "县域内住院率达到80%", []),
        ("各市城镇登记失业率控制在4%以内", "城镇调查失业率控制在5.5%以内", []),
        ("各市农村自来水普及率达到95%", "城镇自来水普及率达到90%", []),
    ],
)
def test_measures_in_other_words_are_compared_and_two_measures_are_not(
    above: str, below: str, found: list[str]
) -> None:
    plans = [
        read_plan(
            f"{place}某规划（2026—2030年）\n\n一、目标\n\n到2030年，{words}。\n",
            Plan(id=place, title=f"{place}某规划（2026—2030年）", jurisdiction=place, period="2026-2030"),
        )
        for place, words in (("四川省", above), ("绵阳市", below))
    ]
    assert [conflict.type for conflict in conflicts_of(plans) if conflict.severity != "info"] == found
