"""Which spans hold which: as looking at every pair says, at a fraction of the work."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plankb.document.spans import held, holders
from plankb.model import Span
from tests.growth import work

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], sum(pair))), max_size=12)


@given(outer=SPANS, inner=SPANS)
def test_holders_are_those_that_every_pair_shows(outer: list[Span], inner: list[Span]) -> None:
    pairs = [[index for index, (a, b) in enumerate(outer) if a <= start and end <= b] for start, end in inner]
    assert holders(outer, inner) == pairs


@given(outer=SPANS, positions=st.lists(st.integers(0, 45), max_size=12))
def test_positions_are_held_from_the_start_to_before_the_end(outer: list[Span], positions: list[int]) -> None:
    assert held(outer, positions) == {each for each in positions if any(a <= each < b for a, b in outer)}


def test_twice_as_many_spans_are_twice_the_work() -> None:
    def looked_up(count: int) -> int:
        outer = [(10 * each, 10 * each + 8) for each in range(count)]
        return work(lambda: holders(outer, [(start + 2, end - 2) for start, end in outer]))

    assert looked_up(800) <= 2.2 * looked_up(400)
