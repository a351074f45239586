"""Shares from strata: weighed by size, with intervals that hold at the ends too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plankb.kb.estimating import Stratum, share


def test_nothing_judged_says_nothing() -> None:
    assert share([]) is None
    assert share([Stratum(100, 0, 0)]) is None


def test_large_strata_count_for_more() -> None:
    found = share([Stratum(900, 10, 10), Stratum(100, 10, 0)])
    assert found is not None
    assert found.value == pytest.approx(0.9)
    assert (found.size, found.judged, found.right) == (1000, 20, 10)


def test_wilson_of_one_stratum() -> None:
    found = share([Stratum(10**9, 10, 9)])  # 9 of 10: the textbook's 0.5958 to 0.9821
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.5958, 0.9821), abs=1e-3)


def test_all_right_is_not_certain_until_all_is_judged() -> None:
    some, all_ = share([Stratum(100, 12, 12)]), share([Stratum(12, 12, 12)])
    assert some is not None
    assert all_ is not None
    assert some.low < 0.85
    assert (all_.low, all_.high, all_.margin) == (1.0, 1.0, 0.0)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 500)), min_size=1, max_size=6))
def test_the_share_lies_in_its_interval(drawn: list[tuple[int, int, int]]) -> None:
    strata = [Stratum(right + wrong + more, right + wrong, right) for right, wrong, more in drawn]
    found = share(strata)
    if found is not None:
        assert 0 <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= 1
