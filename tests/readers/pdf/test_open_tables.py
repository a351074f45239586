"""Tables whose columns only white space parts: between lines across the page, or with no line at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from plankb import readers
from plankb.document import clean
from tests.readers.pdf.conftest import LEFT, Sheets

XS = (90.0, 125.0, 190.0, 360.0, 420.0)
"""Where the columns begin."""
ROWS = (
    ("序号", "任务", "措施", "牵头单位"),
    ("1", "整治河道\n30公里", "落实资金，分年度推进，\n完善管护机制。", "市水利局"),
    ("2", "新建泵站6座", "定期通报。", "市城管局"),
    ("3", "修复湿地\n80公顷", "制定年度计划，明确管护\n单位和管护标准，建立台\n账。", "市林业局\n市财政局"),
)
READ = [[text.replace("\n", "") for text in row] for row in ROWS]


def set_rows(sheets: Sheets, top: float = 100.0, *, padding: float = 6.0, ruled: bool = True) -> float:
    """Rows whose cells are set in the middle of their height, with a line above each; where the last one ends."""
    for row in ROWS:
        height = 14 * max(text.count("\n") + 1 for text in row) + 2 * padding
        if ruled:
            sheets.rule(XS[0], top, 480, top)
        for x, text in zip(XS, row, strict=False):
            lines = text.split("\n")
            first = top + (height - 14 * len(lines)) / 2 + 11
            for number, line in enumerate(lines):
                sheets.line(line, x + 2, first + 14 * number, size=10.5)
        top += height
    return top


def rows_of(sheets: Sheets) -> list[list[list[str]]]:
    """The tables as their cells' texts."""
    tables = clean(readers.to_document(sheets.data(), Path("plan.pdf"))).tables
    return [[["".join(cell.text.split()) for cell in row.cells] for row in table.rows] for table in tables]


def test_lines_across_the_page_part_rows_and_white_space_columns() -> None:
    sheets = Sheets()
    end = set_rows(sheets)
    sheets.rule(XS[0], end, 480, end)
    assert rows_of(sheets) == [READ]


def test_a_row_that_the_end_of_the_page_cut_off_has_no_line_below_it() -> None:
    sheets = Sheets()
    set_rows(sheets)
    assert rows_of(sheets) == [READ]


def test_larger_text_between_two_such_tables_parts_them() -> None:
    sheets = Sheets()
    end = set_rows(sheets)
    sheets.rule(XS[0], end, 480, end)
    sheets.line("二、其他任务", LEFT, end + 25)
    last = set_rows(sheets, end + 40)
    sheets.rule(XS[0], last, 480, last)
    assert rows_of(sheets) == [READ, READ]


def test_without_lines_wider_space_parts_the_rows() -> None:
    sheets = Sheets()
    set_rows(sheets, padding=8, ruled=False)
    assert rows_of(sheets) == [READ]


def test_a_category_set_in_the_middle_of_its_rows_stands_in_the_first() -> None:
    sheets = Sheets()
    lines: Sequence[tuple[float, Sequence[str]]] = (
        (100, ("类别", "指标", "2025年", "2027年")),
        (125, ("", "水质达标率", "92", "95")), (135, ("水环境", "", "", "")), (145, ("", "黑臭水体消除", "90", "100")),
        (170, ("", "用水总量", "23", "22")), (180, ("水资源", "", "", "")), (190, ("", "用水效率", "80", "86")),
    )  # fmt: skip
    for y, row in lines:
        for x, text in zip((90, 150, 280, 360), row, strict=True):
            if text:
                sheets.line(text, x, y, size=9)
    (table,) = clean(readers.to_document(sheets.data(), Path("plan.pdf"))).tables
    said = [[cell.text for cell in row.cells] for row in table.rows]
    assert said == [
        ["类别", "指标", "2025年", "2027年"],
        ["水环境", "水质达标率", "92", "95"], ["", "黑臭水体消除", "90", "100"],
        ["水资源", "用水总量", "23", "22"], ["", "用水效率", "80", "86"],
    ]  # fmt: skip


@pytest.mark.parametrize("count", [2, 3])
def test_a_few_lines_around_running_text_make_no_table(count: int) -> None:
    sheets = Sheets()
    for number in range(count):
        sheets.rule(LEFT, 90 + 28 * number, LEFT + 400, 90 + 28 * number)
    sheets.lines(["　　到2027年，全市新建社区食堂40家，护理型床位占比", "达到百分之六十五。"])
    assert rows_of(sheets) == []


def test_names_and_a_date_set_with_spaces_are_no_table() -> None:
    sheets = Sheets()
    for y, parts in ((100, "市 水 利 局"), (128, "市 财 政 局"), (156, "2 0 2 6 年")):
        for number, part in enumerate(parts.split(" ")):
            sheets.line(part, 250 + 40 * number, y)
    assert rows_of(sheets) == []


@pytest.mark.parametrize("lines", ["between rows", "around the head", "none"])
def test_a_table_that_begins_at_the_end_of_a_page_goes_on_behind_its_head_on_the_next(lines: str) -> None:
    head, first, *rest = ROWS
    sheets = Sheets()
    for page, rows in enumerate(((head, first), (head, *rest))):
        top = 700.0 if page == 0 else 100.0
        for number, row in enumerate(rows):
            height = 14 * max(text.count("\n") + 1 for text in row) + 16
            if lines == "between rows" or (lines == "around the head" and number < 2):
                sheets.rule(XS[0], top, 480, top)
            for x, text in zip(XS, row, strict=False):
                for step, line in enumerate(text.split("\n")):
                    sheets.line(line, x + 2, top + 19 + 14 * step, size=10.5)
            top += height
        if page:
            sheets.rule(XS[0], top, 480, top)
        sheets.next_page()
    assert rows_of(sheets) == [READ]
