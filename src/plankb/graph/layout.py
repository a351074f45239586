"""Where nodes stand: ranks from left to right, in each rank an order with few crossings, rows that hold their labels.

The method is that of layered drawings (Sugiyama, Tagawa and Toda 1981): order each rank by the mean place of the
neighbours in the ranks beside it, to and fro, and keep the best order seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Layered:
    """Ranks of nodes from left to right, each from top to bottom, and the place of every node: (rank, row).

    Rows are fractions of the tallest rank, which has one row a node; shorter ranks are spread beside their neighbours.
    """

    ranks: tuple[tuple[str, ...], ...]
    places: Mapping[str, tuple[int, float]]
    height: int


def layered(ranks: Sequence[Sequence[str]], edges: Sequence[tuple[str, str]]) -> Layered:
    """Orders the nodes of each rank; edges between nodes of one rank, or to nodes of none, do not count."""
    rank_of = {at: number for number, rank in enumerate(ranks) for at in rank}
    beside: dict[str, list[str]] = defaultdict(list)
    for start, end in edges:
        if start in rank_of and end in rank_of and rank_of[start] != rank_of[end]:
            beside[start].append(end)
            beside[end].append(start)
    order = [list(rank) for rank in ranks]
    best, fewest = [list(rank) for rank in order], _length(order, beside)
    for sweep in range(_SWEEPS):
        for number in range(len(order)) if sweep % 2 == 0 else reversed(range(len(order))):
            _sort(order, number, beside)
        length = _length(order, beside)
        if length < fewest:
            best, fewest = [list(rank) for rank in order], length
    height = max((len(rank) for rank in best), default=0)
    places: dict[str, tuple[int, float]] = {}
    tallest_first = sorted(range(len(best)), key=lambda number: -len(best[number]))
    for number in tallest_first:
        for at, row in zip(best[number], _rows(best[number], beside, places, height), strict=True):
            places[at] = (number, row)
    return Layered(tuple(tuple(rank) for rank in best), places, height)


def _sort(order: list[list[str]], number: int, beside: Mapping[str, Sequence[str]]) -> None:
    """Sorts one rank by where its neighbours stand, as shares of their ranks; a node without neighbours stays."""
    share = {at: row / max(len(rank) - 1, 1) for rank in order for row, at in enumerate(rank)}

    def wanted(at: str) -> float:
        near = beside.get(at, ())
        return sum(share[other] for other in near) / len(near) if near else share[at]

    order[number].sort(key=wanted)


def _length(order: Sequence[Sequence[str]], beside: Mapping[str, Sequence[str]]) -> float:
    """How far edges run up and down in all: short edges cross seldom."""
    share = {at: row / max(len(rank) - 1, 1) for rank in order for row, at in enumerate(rank)}
    return sum(abs(share[at] - share[other]) for at, near in beside.items() for other in near)


def _rows(
    rank: Sequence[str], beside: Mapping[str, Sequence[str]], placed: Mapping[str, tuple[int, float]], height: int
) -> list[float]:
    """Rows for a rank in its order: near the mean of the neighbours that stand already, at least one row apart."""
    if len(rank) == height:
        return [float(row) for row in range(height)]
    wanted = []
    for row, at in enumerate(rank):
        near = [placed[other][1] for other in beside.get(at, ()) if other in placed]
        wanted.append(sum(near) / len(near) if near else row * (height - 1) / max(len(rank) - 1, 1))
    rows: list[float] = []
    for place in wanted:
        rows.append(max(place, rows[-1] + 1) if rows else max(place, 0.0))
    # What ran over the bottom is pushed back up.
    limit = float(height - 1)
    for number in range(len(rows) - 1, -1, -1):
        rows[number] = min(rows[number], limit)
        limit = rows[number] - 1
    return rows
