"""A prefilter leaves out no pattern that matches, and spares the search of those that cannot; so do last characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb import rules
from plankb.rules.endings import last_characters
from plankb.rules.kinds import OutcomeForm
from plankb.rules.prefilter import Prefilter, Screened
from tests.rules.test_lazy import CHARS, expressions

texts = st.text(CHARS + ".\x00", max_size=8)


@given(st.lists(expressions, max_size=4), texts)
def test_every_pattern_that_matches_passes(several: list[str], text: str) -> None:
    found = set()
    for number, expression in enumerate(several):
        try:
            match = re.search(expression, text)
        except re.error:
            return
        if match:
            found.add(number)
    passed = list(Prefilter(several)(text))
    assert passed == sorted(passed)
    assert found <= set(passed)


@given(expressions, texts)
def test_a_screened_pattern_finds_what_it_finds_alone(expression: str, text: str) -> None:
    try:
        regex = re.compile(expression)
    except re.error:
        return
    assert repr(Screened(regex).search(text)) == repr(regex.search(text))
    assert repr(Screened(regex).match(text)) == repr(regex.match(text))


@given(expressions, texts)
def test_every_match_ends_in_a_last_character(expression: str, text: str) -> None:
    try:
        regex = re.compile(expression)
    except re.error:
        return
    last = last_characters(expression)
    if last is not None:
        assert {match.group()[-1:] for match in regex.finditer(text)} <= last


@pytest.mark.parametrize(
    ("expression", "last"),
    [
        ("(?:显著)?提升|(?<=量)下降", "升降"),
        ("达到(?:先进)?水平(?:以上)?", "平上"),
        ("(?:由[^，]{2,8})?向(?=好)好转?", "好转"),
        ("[高低]于(?!零)均值(?:和?)", "值和"),
    ],
)
def test_last_characters_look_into_what_may_be_left_out(expression: str, last: str) -> None:
    assert last_characters(expression) == frozenset(last)


@pytest.mark.parametrize("expression", [r"达到\d+", "全部[^，]{2,4}", "(?:提高)?", "改善.", "(?i:kB)"])
def test_what_may_end_in_anything_tells_nothing(expression: str) -> None:
    assert last_characters(expression) is None


def test_a_clause_of_work_passes_few_of_the_outcomes() -> None:
    forms = rules.many("qualitative", "ends", OutcomeForm)
    passed = list(Prefilter(form.expression for form in forms)("加强农村饮用水水源地管护"))
    assert len(passed) < len(forms) / 4
