"""Targets of the real plans: each stands where it says, word for word."""

from __future__ import annotations

from functools import cache

import pytest

from plankb.extractors import Reading
from plankb.model import Plan, Target
from tests.corpus import PLANS, raw
from tests.text import read_plan


@cache
def reading(plan: str) -> Reading:
    return read_plan(raw(plan), Plan(id=plan, title=""))


@pytest.mark.parametrize("plan", PLANS)
def test_every_target_of_a_real_plan_is_quoted_word_for_word(plan: str) -> None:
    found = reading(plan)
    targets = [fact for fact in found.facts if isinstance(fact, Target)]
    assert targets
    for target in targets:
        assert found.clean.text[slice(*target.span)] == target.quote
        assert (target.value is None) == (target.qualitative is not None)
    assert len({fact.id for fact in found.facts}) == len(found.facts)
