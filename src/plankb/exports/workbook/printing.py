"""What of a wide matrix is printed, in which order: plan by plan, and of each plan the bureaus that answer in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from plankb.exports import page_columns
from plankb.matrix import Matrix, Row

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
_EMPTY = 20
"""More rows than these without a mark, more than half a page, are left out."""


@dataclass(frozen=True)
class Place:
    """Where the matrix stands in its sheet: the first row of tasks and how many rows of totals follow the last,
    the first column of bureaus, the first after the bureaus, the last of all."""

    first_row: int
    totals: int
    first_bureau: int
    first_right: int
    last: int


def areas(matrix: Matrix, breaks: Sequence[int], place: Place) -> list[Area]:
    """The parts to print, each from a new page on: of each plan the bureaus that it names, a page of columns at a
    time, without long stretches that hold no mark, and of every task what stands after the bureaus."""
    pages = page_columns.pages(len(matrix.columns), breaks)
    found: list[Area] = []
    first = place.first_row
    groups = [list(rows) for _, rows in groupby(matrix.rows, key=lambda row: row.plan.id)]
    for number, rows in enumerate(groups, start=1):
        totals = place.totals if number == len(groups) else 0
        last = first + len(rows) + totals - 1
        parts = []
        for start, end in pages:
            bureaus = {column.bureau.id for column in matrix.columns[start:end]}
            marked = [*_marked(rows, bureaus, first), *range(first + len(rows), last + 1)]
            parts += [(*run, place.first_bureau + start, place.first_bureau + end - 1) for run in _runs(marked)]
        fits = breaks[-1] < len(matrix.columns)  # else what stands after the bureaus has a page of its own
        if fits and parts and parts[-1] == (first, last, parts[-1][2], place.first_right - 1):
            parts[-1] = (*parts[-1][:3], place.last)
        else:
            parts.append((first, last, place.first_right, place.last))
        found += [(top, 0 if left == place.first_bureau else left, bottom, right) for top, bottom, left, right in parts]
        first = last + 1
    # The title stands above the first part, where this begins at the left.
    return [(0, *found[0][1:]), *found[1:]] if found[0][1] == 0 else found


def _marked(rows: Sequence[Row], bureaus: Iterable[str], first: int) -> Iterator[int]:
    wanted = set(bureaus)
    return (at for at, row in enumerate(rows, start=first) if wanted & row.cells.keys())


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows as runs (first, last) that hold a few others."""
    start = last = None
    for row in rows:
        if start is None or last is None:
            start = row
        elif row - last > _EMPTY:
            yield start, last
            start = row
        last = row
    if start is not None and last is not None:
        yield start, last
