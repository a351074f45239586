"""A wide matrix is printed on pages that can be followed: nothing left out, jurisdictions together, no page in vain."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

from plankb.exports import html, page_columns, workbook
from plankb.matrix import Facts, Matrix, PlanSource, build
from tests import records
from tests.exports.conftest import MADE

BUREAUS, TASKS = 130, 60


@pytest.mark.parametrize(
    ("spans", "room", "after", "breaks"),
    [
        ((3, 4), 10, 3, ()),
        ((3, 4), 9, 3, (7,)),
        ((6, 6), 10, 0, (6,)),
        ((4, 12), 10, 0, (10,)),
        ((9, 12), 10, 0, (9, 19)),
        ((25,), 10, 0, (10, 20)),
        ((8,), 8, 4, (8,)),
        ((), 8, 4, ()),
    ],
)
def test_a_page_begins_with_a_jurisdiction_where_it_can(
    spans: tuple[int, ...], room: int, after: int, breaks: tuple[int, ...]
) -> None:
    assert page_columns.breaks(spans, room, after=after) == breaks


@given(spans=st.lists(st.integers(1, 80), max_size=8), room=st.integers(5, 60), after=st.integers(0, 30))
def test_no_page_holds_more_than_it_has_room_for(spans: list[int], room: int, after: int) -> None:
    breaks = page_columns.breaks(spans, room, after=after)
    pages = page_columns.pages(sum(spans), breaks)
    assert [start for start, _ in pages[1:]] == [end for _, end in pages[:-1]]
    assert sum(end - start for start, end in pages) == sum(spans)
    assert all(end - start <= room for start, end in pages)
    assert all(first < second for first, second in pairwise(breaks))


def wide(*, two_plans: bool) -> Matrix:
    """Many bureaus of two places; with two plans each place answers for a plan of its own."""
    city, province = records.plan(title="某市方案"), records.plan("up", title="某省方案", level="province")
    half = BUREAUS // 2
    tasks = []
    for number in range(TASKS):
        upper = two_plans and number % 2
        bureau = (number * 7) % half + (half if upper else 0)
        names = (f"局{bureau}",) if two_plans else (f"局{bureau}", f"局{bureau + half}")
        plan = "up" if upper else city.id
        tasks.append(records.task(f"t{number}", plan=plan, lead=names, span=(number * 10, number * 10 + 5)))
    places = ("贵州省", "贵阳市")
    bureaus = [records.bureau(f"局{number}", places[number < half]) for number in range(BUREAUS)]
    sources = (PlanSource(plan=city), *((PlanSource(plan=province),) if two_plans else ()))
    return build(Facts(tasks=tasks, plans=sources, bureaus=bureaus, jurisdictions=places), made=MADE)


def printed(matrix: Matrix) -> tuple[Any, list[tuple[int, int, int, int]]]:
    """The first sheet, and its parts to print as (first column, first row, last column, last row)."""
    sheet: Any = openpyxl.load_workbook(BytesIO(workbook.matrix(matrix))).worksheets[0]
    parts = str(sheet.print_area).split(",")
    found: list[Any] = [range_boundaries(part.rpartition("!")[2]) for part in parts]
    return sheet, found


@pytest.mark.parametrize("two_plans", [False, True])
def test_every_mark_and_every_task_is_on_a_printed_page(two_plans: bool) -> None:
    sheet, parts = printed(wide(two_plans=two_plans))
    assert len(parts) > 2
    last = next(cell.column for cell in sheet[3] if cell.value == "total")
    for row in sheet.iter_rows(min_row=6, max_row=5 + TASKS):
        for cell in row:
            if cell.value in ("●", "○", "△") or cell.column == last:
                covering = [p for p in parts if p[0] <= cell.column <= p[2] and p[1] <= cell.row <= p[3]]
                assert len(covering) == 1, cell.coordinate


def test_pages_without_a_mark_are_left_out() -> None:
    matrix = wide(two_plans=True)
    _, parts = printed(matrix)
    cells = sum((right - left + 1) * (bottom - top + 1) for left, top, right, bottom in parts)
    assert cells < 0.8 * (len(matrix.columns) + 14) * (TASKS + 9)


def test_a_jurisdiction_that_goes_on_is_named_on_each_page() -> None:
    sheet, parts = printed(wide(two_plans=False))
    starts = {left for left, top, _, _ in parts if left > 4} - {
        next(cell.column for cell in sheet[3] if cell.value == "by")
    }
    assert starts
    assert all(sheet.cell(4, start).value in ("贵州省", "贵阳市") for start in starts)


def test_a_browser_prints_all_bureaus_of_a_wide_matrix() -> None:
    matrix = wide(two_plans=True)
    page = html.matrix(matrix).decode()
    on_screen, *parts = page.split('<div class="print">')
    assert len(parts) > 2
    for column in matrix.columns:
        assert sum(f">{column.label}</th>" in part for part in parts) == 1
        assert f">{column.label}</th>" in on_screen


def test_a_narrow_matrix_is_printed_as_it_stands(matrix: Matrix) -> None:
    assert '<div class="print">' not in html.matrix(matrix).decode()
    _, parts = printed(matrix)
    assert len(parts) == 1
