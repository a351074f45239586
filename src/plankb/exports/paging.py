"""Which columns of a wide matrix share a page, so that a print shop can take it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_WORTH_FILLING = 3
"""A jurisdiction too wide for one page begins on the page before where at least one part in so many of it is free."""


def breaks(spans: Sequence[int], room: int, *, after: int = 0) -> tuple[int, ...]:
    """The columns that begin a new page, counted over jurisdictions of these numbers of columns.

    `room` columns go on a page, and columns as wide as `after` of them follow the last. A jurisdiction stays on one
    page where it can. The number of columns itself is among them where what follows has a page of its own. () where
    everything fits on one.
    """
    if sum(spans) + after <= room:
        return ()
    found: list[int] = []
    start = at = 0
    for span in spans:
        end = at + span
        fits_next = span <= room or room - (at - start) < room / _WORTH_FILLING
        if end - start > room and fits_next and at > start:
            found.append(at)
            start = at
        while end - start > room:
            start += room
            found.append(start)
        at = end
    if at - start + after > room and at > start:
        found.append(at)
    return tuple(found)


def pages(count: int, at: Sequence[int]) -> list[tuple[int, int]]:
    """The columns [start, end) of each page; none empty."""
    return [(start, end) for start, end in pairwise((0, *at, count)) if start < end]
