"""Which spans hold which, in one pass over both: no square of their number, however long a text is."""

from __future__ import annotations

from collections.abc import Sequence

from plankb.model import Span


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def holders(outer: Sequence[Span], inner: Sequence[Span]) -> list[list[int]]:
    """For each of `inner`, in their order, the indexes of those of `outer` that hold it whole, in order."""
    coming = sorted(range(len(outer)), key=outer.__getitem__, reverse=True)
    found: list[list[int]] = [[] for _ in inner]
    open_: list[int] = []
    for index in sorted(range(len(inner)), key=inner.__getitem__):
        start, end = inner[index]
        while coming and outer[coming[-1]][0] <= start:
            open_.append(coming.pop())
        open_ = [each for each in open_ if outer[each][1] > start]
        found[index] = sorted(each for each in open_ if outer[each][1] >= end)
    return found


def held(outer: Sequence[Span], positions: Sequence[int]) -> frozenset[int]:
    """The positions that stand in one of `outer`."""
    inside = holders(outer, [(position, position + 1) for position in positions])
    return frozenset(position for position, around in zip(positions, inside, strict=True) if around)
