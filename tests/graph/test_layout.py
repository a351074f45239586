from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from plankb.graph.layout import layered

SIZES = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 5))


@given(SIZES, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40))
def test_no_two_nodes_of_a_rank_overlap_and_none_stands_outside(
    sizes: tuple[int, int, int], links: list[tuple[int, int]]
) -> None:
    ranks = [[f"{rank}-{row}" for row in range(size)] for rank, size in enumerate(sizes)]
    drawn = layered(ranks, [(f"0-{a}", f"1-{b}") for a, b in links] + [(f"1-{a}", f"2-{b % 5}") for a, b in links])
    assert set(drawn.places) == {at for rank in ranks for at in rank}
    for rank in drawn.ranks:
        rows = [drawn.places[at][1] for at in rank]
        assert all(later - earlier >= 1 - 1e-9 for earlier, later in pairwise(rows))
        assert all(-1e-9 <= row <= drawn.height - 1 + 1e-9 for row in rows)


def test_crossings_that_can_be_undone_are_undone() -> None:
    drawn = layered([["a", "b", "c"], ["z", "y", "x"]], [("a", "x"), ("b", "y"), ("c", "z")])
    first, second = drawn.ranks
    assert [{"a": "x", "b": "y", "c": "z"}[at] for at in first] == list(second)
