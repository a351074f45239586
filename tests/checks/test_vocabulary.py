"""The vocabulary of the rules, beyond the examples of each entry: groups of bureaus, and wordings that are compared."""

from __future__ import annotations

import pytest

from plankb import register, rules
from plankb.register import places
from plankb.rules.kinds import Measured, OneBureau, Rewrite, Unit


@pytest.mark.parametrize("entry", rules.many("checks", "one_bureau", OneBureau), ids=lambda entry: entry.functions[0])
def test_the_bureaus_of_a_group_are_functions_of_the_register(entry: OneBureau) -> None:
    home = places.find("贵阳市")
    for name in entry.examples:
        assert register.resolve(name, home=home).id.partition(":")[2] in entry.functions


@pytest.mark.parametrize("entry", rules.many("checks", "measured", Measured), ids=lambda entry: entry.examples[0])
def test_the_dimensions_of_a_measure_are_those_of_units(entry: Measured) -> None:
    assert entry.allowed | entry.strange <= {unit.dimension for unit in rules.many("units", "unit", Unit)}


@pytest.mark.parametrize("section", ["scope", "as_share", "same", "near"])
def test_every_wording_becomes_what_its_entry_says(section: str) -> None:
    for rule in rules.many("comparing", section, Rewrite):
        for example in rule.examples:
            assert rule.regex.sub(rule.to, example) == rule.gives
