"""Ruled tables: which lines of a page make a grid, and which of its cells are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plankb.readers.pdf.page import Box, Rule

_NEAR = 3.0
"""How far apart, in points, lines may lie that are drawn as one, or end before the one they meet."""
_COVERED = 0.6
"""The share of a cell's side that must be drawn to part it from its neighbour."""
_LEAST = 6.0
"""The least width or height of a cell."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: where it starts, how many rows and columns it covers, and its place on the page."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines that meet: the x of its columns' edges, the y of its rows' edges, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules with those that lie on one line and touch put together."""
    lanes: list[list[Rule]] = []
    for rule in sorted(rules):
        if lanes and rule.at - lanes[-1][0].at <= _NEAR:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    return [whole for lane in lanes for whole in _along(lane)]


def _along(lane: list[Rule]) -> list[Rule]:
    at = sum(rule.at for rule in lane) / len(lane)
    found: list[Rule] = []
    for rule in sorted(lane, key=lambda rule: rule.start):
        if found and rule.start - found[-1].end <= _NEAR:
            found[-1] = Rule(at, found[-1].start, max(found[-1].end, rule.end))
        else:
            found.append(Rule(at, rule.start, rule.end))
    return found


def grids(across: Iterable[Rule], down: Iterable[Rule]) -> list[Grid]:
    """The grids of a page from top to bottom, single frames among them."""
    level, upright = joined(across), joined(down)
    found = []
    for rows, columns in _meeting(level, upright):
        grid = _grid(rows, columns)
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _meeting(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of horizontal and vertical rules that meet, directly or through others."""
    group = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for i, rule in enumerate(across):
        for j, other in enumerate(down):
            if (
                rule.start - _NEAR <= other.at <= rule.end + _NEAR
                and other.start - _NEAR <= rule.at <= other.end + _NEAR
            ):
                group[root(i)] = root(len(across) + j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate(across):
        found[root(i)][0].append(rule)
    for j, rule in enumerate(down):
        found[root(len(across) + j)][1].append(rule)
    return [pair for pair in found.values() if len(pair[0]) >= 2 and pair[1]]


def _edges(values: Iterable[float]) -> tuple[float, ...]:
    """Values that differ by more than a cell's least side."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _LEAST:
            found.append(value)
    return tuple(found)


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs = _edges([*(r.at for r in down), min(r.start for r in across), max(r.end for r in across)])
    ys = _edges([*(r.at for r in across), min(r.start for r in down), max(r.end for r in down)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Grid(xs, ys, tuple(cells_of(xs, ys, across, down)))


def cells_of(
    xs: tuple[float, ...], ys: tuple[float, ...], across: Sequence[Rule], down: Sequence[Rule]
) -> Iterable[GridCell]:
    """Cells united where no line parts them, always to rectangles."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parted_right = [[_drawn(down, xs[c + 1], ys[r], ys[r + 1]) for c in range(columns - 1)] for r in range(rows)]
    parted_below = [[_drawn(across, ys[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows - 1)]
    taken = [[False] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            right = c + 1
            while right < columns and not parted_right[r][right - 1] and not taken[r][right]:
                right += 1
            bottom = r + 1
            while bottom < rows and _goes_on(bottom, c, right, parted_right, parted_below, columns):
                bottom += 1
            for i in range(r, bottom):
                taken[i][c:right] = [True] * (right - c)
            yield GridCell(r, c, bottom - r, right - c, Box(xs[c], ys[r], xs[right], ys[bottom]))


def _goes_on(
    row: int, left: int, right: int, parted_right: list[list[bool]], parted_below: list[list[bool]], columns: int
) -> bool:
    """Whether the columns [left, right) of a row belong to the cell above them."""
    if any(parted_below[row - 1][left:right]) or any(parted_right[row][left : right - 1]):
        return False
    closed_left = left == 0 or parted_right[row][left - 1]
    closed_right = right == columns or parted_right[row][right - 1]
    return closed_left and closed_right


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether rules at one place cover most of a stretch."""
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= _LEAST
    )
    return covered >= _COVERED * (end - start)
