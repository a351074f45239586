"""Tables that share out work and came with one piece of a cell a line, as programs give them that read a PDF's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from plankb.document import TableBlock
from plankb.readers.plain.blocks import to_document

Rows = Sequence[Sequence[str]]

SCHOOLS = (
    ("序号", "工作任务", "主要内容", "牵头单位", "配合单位"),
    (
        "1", "一、扩大学位供给", "新建、改扩建公办幼儿园12所，新增学位3600个。", "市教育局",
        "市发展改革委、市财政局、市自然资源和规划局",
    ),
    ("2", "", "推进集团化办学，优质学校对口帮扶薄弱学校不少于40所。", "市教育局", "各县（市、区）人民政府"),
    (
        "3", "二、守护校园安全", "完善“护学岗”制度，中小学校门口安装防撞设施，实现全覆盖。", "市公安局",
        "市教育局、市城市管理局、市交通运输局、市应急局",
    ),
    ("4", "", "开展食堂“互联网+明厨亮灶”建设。", "市市场监管局", "市教育局、市卫生健康委"),
)  # fmt: skip
ROADS = (
    ("序号", "重点任务", "责任单位", "完成时限"),
    ("1", "新建农村公路120公里，改造危桥18座", "市交通运输局、各县区政府", "2026年12月底前"),
    (
        "2", "建成客运枢纽2个，优化公交线路30条，方便沿线群众出行",
        "市交通运输局、市住房城乡建设局、市公安局交警支队", "2027年6月底前",
    ),
    ("3", "更新新能源公交车200辆", "市交通运输局、市财政局", "2027年12月底前"),
)  # fmt: skip


def wrapped(rows: Rows, widths: Sequence[int], page: tuple[int, int] | None = None) -> Iterator[str]:
    """The lines that a program gives: cell after cell, each broken at the width of its column. `page`: the row that a
    page break cuts, and how many lines of its cells stand above it."""
    for number, row in enumerate(rows):
        cells = [
            [text[start : start + width] for start in range(0, len(text), width)]
            for text, width in zip(row, widths, strict=True)
        ]
        if page and page[0] == number:
            yield from (line for cell in cells for line in cell[: page[1]])
            yield "- 7 -"
            yield from rows[0]
            yield from (line for cell in cells[1:] for line in cell[page[1] :])
        else:
            yield from (line for cell in cells for line in cell)


def read(lines: Iterator[str]) -> list[list[str]]:
    """The rows of the one table of a text."""
    (table,) = [b for b in to_document("某市任务分工表\n" + "\n".join(lines)).blocks if isinstance(b, TableBlock)]
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append("".join(chars.text for chars in cell.paragraphs).strip())
    return list(rows.values())


@pytest.mark.parametrize("rows", [SCHOOLS, ROADS], ids=["schools", "roads"])
@pytest.mark.parametrize("width", [6, 8, 11])
def test_cells_that_were_wrapped_are_put_together(rows: Rows, width: int) -> None:
    columns = [5, *(width + 4 * (heading in ("主要内容", "重点任务")) for heading in rows[0][1:])]
    assert read(wrapped(rows, columns)) == [list(row) for row in rows]


@pytest.mark.parametrize("row", [1, 3])
def test_a_row_goes_on_below_headings_that_a_page_says_again(row: int) -> None:
    assert read(wrapped(SCHOOLS, [5, 6, 12, 5, 9], page=(row, 2))) == [list(each) for each in SCHOOLS]


def test_headings_that_were_wrapped_are_one() -> None:
    lines = list(wrapped(ROADS, [5, 10, 7, 6]))
    lines[lines.index("责任单位") : lines.index("责任单位") + 2] = ["责任", "单位", "完成", "时限"]
    assert read(iter(lines)) == [list(row) for row in ROADS]


def test_what_stands_behind_the_table_is_no_cell_of_it() -> None:
    lines = [*wrapped(ROADS, [5, 12, 8, 6]), "二、保障措施", "市交通运输局每季度通报进展。"]
    assert read(iter(lines)) == [list(row) for row in ROADS]


def test_several_bodies_a_line_each_are_one_cell() -> None:
    lines = ["序号", "年度任务", "责任单位", "完成时限"]
    lines += ["1", "新建步道8公里。", "县文体局", "县护堤指挥部", "11月底前"]
    lines += [
        "2",
        "改造公厕12座。",
        "县残联",
        "9月底前",
        "3",
        "安装路灯300盏。",
        "县城管局",
        "各街道办事处",
        "10月完工",
    ]
    bodies = [row[2] for row in read(iter(lines))]
    assert bodies == ["责任单位", "县文体局、县护堤指挥部", "县残联", "县城管局、各街道办事处"]


def test_rows_beside_a_merged_cell_are_rows_of_their_own() -> None:
    lines = ["序号", "重点任务", "责任单位", "完成时限", "1", "开工建设养老院。", "县民政局", "5月底前"]
    lines += ["开工建设托育中心。", "8月底前", "2", "改建农贸市场2个。", "县商务局", "10月底前"]
    assert [row[:2] for row in read(iter(lines))][1:3] == [["1", "开工建设养老院。"], ["", "开工建设托育中心。"]]


def test_a_group_of_rows_may_have_a_title_above_its_first_number() -> None:
    lines = [
        "序号",
        "工作任务",
        "责任单位",
        "一、改善交通",
        "1",
        "优化线路",
        "市交通运输局",
        "2",
        "改造站台",
        "市公交集团",
    ]
    blocks = to_document("某市任务分工表\n" + "\n".join(lines)).blocks
    assert sum(isinstance(block, TableBlock) for block in blocks) == 2
