"""The vocabulary of the rules: every entry fits its own example."""

from __future__ import annotations

import re
from typing import Any

import pytest

from plankb import register, rules
from plankb.register import places
from plankb.rules.kinds import Rewrite

KNOW = rules.load("checks")
PATTERNS = [
    ("universal", "words"), ("endowment", "words"), ("vague", "words"), ("floor", "words"), ("standing", "words"),
    ("direction", "said_up"), ("from_to", "up"), ("counted", "nouns"), ("counted", "lead_ins"), ("sums", "totals"),
    ("sums", "units"), ("renamed", "told"), ("excerpt", "words"), ("caption", "pattern"), ("noted", "line"),
    ("addressed", "words"), ("part_of", "words"), ("each_place", "words"), ("common_task", "words"), ("named", "leads"),
    ("dated", "number"), ("telling", "words"), ("adds_up", "words"), ("bureau_name", "name"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "key"), PATTERNS)
def test_a_pattern_is_found_in_its_example(section: str, key: str) -> None:
    assert re.search(KNOW[section][key], KNOW[section]["example"])


def test_a_generic_indicator_is_generic_as_a_whole() -> None:
    assert re.fullmatch(KNOW["generic"]["words"], KNOW["generic"]["example"])
    assert not re.fullmatch(KNOW["generic"]["words"], "绿道建设长度")


def test_what_tells_of_the_past_stands_before_the_time() -> None:
    example = KNOW["told"]["example"]
    assert re.search(KNOW["told"]["before"], example[: example.index("2020")])
    assert re.search(KNOW["told"]["sections"], "第一节 工作成效")


def test_a_list_before_a_count_ends_in_no_verb() -> None:
    words = KNOW["clause"]["example"].partition("三个")[0]
    assert words.endswith(tuple(KNOW["clause"]["verbs"]))


def test_doubled_words_and_broken_headings_fit_their_examples() -> None:
    assert any(word * 2 in KNOW["doubled"]["example"] for word in KNOW["doubled"]["single"])
    heading = KNOW["broken"]["example"]
    assert heading[0] in KNOW["broken"]["halves"]
    assert re.search(KNOW["broken"]["works"], heading)


@pytest.mark.parametrize("entry", KNOW["inline"], ids=lambda entry: entry["example"])
def test_a_number_of_an_item_is_found_in_its_example(entry: dict[str, Any]) -> None:
    assert re.search(entry["pattern"], entry["example"])


def test_words_that_point_ahead_stand_around_the_time() -> None:
    assert re.search(KNOW["ahead"]["before"], KNOW["ahead"]["example"].partition("2021")[0])
    assert re.search(KNOW["ahead"]["after"], "，将新建停车场")


@pytest.mark.parametrize("entry", KNOW["measured"], ids=lambda entry: entry["example"])
def test_a_head_of_an_indicator_is_found_in_its_example(entry: dict[str, Any]) -> None:
    assert re.search(entry["head"], entry["example"])


@pytest.mark.parametrize("entry", KNOW["one_bureau"], ids=lambda entry: entry["example"])
def test_the_bureaus_of_a_group_are_functions_of_the_register(entry: dict[str, Any]) -> None:
    home = places.find("贵阳市")
    for name in entry["example"].split("、"):
        assert register.resolve(name, home=home).id.partition(":")[2] in entry["functions"]


@pytest.mark.parametrize("section", ["scope", "as_share", "same", "near"])
def test_every_wording_becomes_what_its_entry_says(section: str) -> None:
    for rule in rules.many("comparing", section, Rewrite):
        for example in rule.examples:
            assert rule.regex.sub(rule.to, example) == rule.gives
