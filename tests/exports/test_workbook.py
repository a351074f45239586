"""The workbook as openpyxl reads it back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from plankb.exports import workbook
from plankb.exports.workbook import fit
from plankb.exports.workbook.sheet import Sheet
from plankb.matrix import Facts, Matrix, PlanSource, build, shown
from plankb.matrix.cells import read_roles
from plankb.matrix.shown import BUREAU
from tests import records
from tests.exports.conftest import MADE

IDS, GROUPS, HEADS, FIRST = 3, 4, 5, 6


def reopened(data: bytes, **options: Any) -> Any:
    return openpyxl.load_workbook(BytesIO(data), **options)


@pytest.fixture(scope="module")
def book(matrix: Matrix) -> Any:
    return reopened(workbook.matrix(matrix, bureau_sheets=True))


@pytest.fixture(scope="module")
def grid(book: Any) -> Any:
    return book["责任矩阵"]


def keys(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[IDS] if cell.value}


def test_sheets_are_in_order_and_the_snapshot_is_hidden(book: Any) -> None:
    bureaus = ["省能源局", "市交委", "市发展改革委", "市财政局"]
    plans = ["=某省方案", "某市实施方案"]
    assert book.sheetnames == ["责任矩阵", "任务分解表", *plans, *bureaus, "缺项清单", "规划与版本", "_plankb"]
    assert book["_plankb"].sheet_state == "veryHidden"


def test_every_task_bureau_role_stands_in_the_grid_and_nothing_more(matrix: Matrix, grid: Any) -> None:
    found = set()
    columns = {key.removeprefix(BUREAU): at for key, at in keys(grid).items() if key.startswith(BUREAU)}
    for at in range(FIRST, FIRST + len(matrix.rows)):
        task = grid.cell(at, keys(grid)["id"]).value
        for bureau, column in columns.items():
            roles = read_roles(grid.cell(at, column).value or "")
            assert roles is not None
            found |= {(task, bureau, role) for role in roles}
    assert found == {
        (row.task.id, b, role) for row in matrix.rows for b, cell in row.cells.items() for role in cell.roles
    }


def test_bureaus_stand_under_their_jurisdiction(grid: Any) -> None:
    first = min(at for key, at in keys(grid).items() if key.startswith(BUREAU))
    assert [grid.cell(HEADS, at).value for at in range(first, first + 4)] == [
        "省能源局", "市交委", "市发展改革委", "市财政局",
    ]  # fmt: skip
    assert grid.cell(GROUPS, first).value == "贵州省"
    assert grid.cell(GROUPS, first + 1).value == "贵阳市"
    merged = f"{get_column_letter(first + 1)}{GROUPS}:{get_column_letter(first + 3)}{GROUPS}"
    assert merged in {str(area) for area in grid.merged_cells.ranges}


def test_every_mark_has_its_source_as_a_comment(matrix: Matrix, grid: Any) -> None:
    marked = [at for key, at in keys(grid).items() if key.startswith(BUREAU)]
    rows = list(grid.iter_rows(min_row=FIRST, max_row=FIRST + 4))
    marks = [cell for row in rows for cell in row if cell.comment and cell.column in marked]
    assert len(marks) == sum(len(row.cells) for row in matrix.rows)
    column = keys(grid)["bureau:b:市发展改革委"]
    (cell,) = [mark for mark in marks if mark.column == column]
    assert "（市发展改革委牵头，市交委等按职责分工负责）" in cell.comment.text
    assert "《某市实施方案》二、重点任务" in cell.comment.text


def test_deadlines_and_bureaus_of_the_lists_quote_their_source(book: Any, grid: Any) -> None:
    sheet = book["任务分解表"]
    assert "（市发展改革委牵头，市交委等按职责分工负责）" in sheet["E4"].comment.text
    assert sheet["F4"].comment.text == sheet["E4"].comment.text
    assert sheet["G4"].comment.text == grid.cell(FIRST + 1, keys(grid)["by"]).comment.text == "到2025年"
    assert sheet["E7"].comment is None


def test_totals_are_formulas_that_carry_their_value(matrix: Matrix) -> None:
    data = workbook.matrix(matrix)
    formulas = reopened(data)["责任矩阵"]
    values = reopened(data, data_only=True)["责任矩阵"]
    at = keys(formulas)
    sums = FIRST + len(matrix.rows)
    assert formulas.cell(sums, at["bureau:b:市交委"]).value.startswith("=COUNTIF(")
    assert [values.cell(sums + n, at["bureau:b:市交委"]).value for n in range(4)] == [0, 2, 1, 3]
    corner = [values.cell(sums + 3, at[key]).value for key in ("lead", "support", "joint", "total")]
    assert corner == [2, 4, 1, 7]
    assert [values.cell(FIRST, at[key]).value for key in ("lead", "support", "joint", "total")] == [1, 2, 0, 3]


def test_no_text_of_a_plan_is_a_formula(book: Any) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or str(cell.value).startswith(("=COUNTIF(", "=SUM(")), cell.coordinate
    assert book["任务分解表"]["B5"].value == "@加强监管"
    assert book["任务分解表"]["B5"].data_type == "s"


def test_frozen_filtered_and_set_up_for_print(grid: Any) -> None:
    assert grid.freeze_panes == "E6"
    assert grid.auto_filter.ref.startswith("A5:")
    assert (grid.page_setup.orientation, grid.page_setup.paperSize) == ("landscape", 8)
    assert grid.print_title_rows == "$4:$5"
    assert grid.print_title_cols == "$A:$D"
    assert grid.row_dimensions[IDS].hidden
    assert grid.column_dimensions[get_column_letter(keys(grid)["id"])].hidden


def test_breakdown_has_the_columns_that_offices_use(book: Any) -> None:
    sheet = book["任务分解表"]
    heads = [cell.value for cell in sheet[2]]
    assert heads[:8] == ["序号", "重点任务", "具体举措", "目标", "牵头单位", "责任单位", "完成时限", "来源"]
    assert [cell.value for cell in sheet[4]][:8] == [
        2, "推广新能源汽车", "到2025年完成。", "到2025年，绿色出行比例达到75%", "市发展改革委", "市交委、市财政局",
        "2025年", "《某市实施方案》二、重点任务 ▸ 1.推广新能源汽车",
    ]  # fmt: skip
    assert sheet.print_title_rows == "$2:$2"


def test_a_bureau_sheet_lists_its_tasks_with_its_role(book: Any) -> None:
    rows = list(book["市交委"].iter_rows(min_row=3, max_col=3, values_only=True))
    assert rows == [("配合", 1, "大力发展新能源"), ("配合", 2, "推广新能源汽车"), ("共同负责", 3, "@加强监管")]


def test_gaps_are_rows(book: Any) -> None:
    rows = [row[:2] for row in book["缺项清单"].iter_rows(min_row=3, values_only=True)]
    assert rows == [
        ("无责任单位", 5), ("无牵头单位", 3), ("无牵头单位", 4),
        ("无完成时限", 3), ("无完成时限", 4), ("无完成时限", 5), ("存疑", 3), ("更正存疑", ""),
    ]  # fmt: skip


def test_sources_say_which_plan_file_version_and_correction(book: Any) -> None:
    text = "\n".join(
        str(cell) for row in book["规划与版本"].iter_rows(values_only=True) for cell in row if cell is not None
    )
    for part in (
        "某市实施方案",
        "某市人民政府",
        "=cmd.txt",
        "ab" * 32,
        "2026-01-02",
        "市交委：牵头 → 共同负责",
        "张三",
    ):
        assert part in text


def test_corrected_roles_and_gaps_are_coloured(grid: Any) -> None:
    at = keys(grid)
    read, corrected = (grid.cell(row, at["bureau:b:市交委"]) for row in (FIRST + 1, FIRST + 2))
    gap = grid.cell(FIRST + 2, at["by"])
    assert corrected.fill.fgColor.rgb != read.fill.fgColor.rgb
    assert gap.fill.fgColor.rgb not in (corrected.fill.fgColor.rgb, read.fill.fgColor.rgb)
    assert grid.cell(FIRST + 2, at["review"]).value == "已更正：张三 2026-01-01"


def test_what_was_shown_comes_back(matrix: Matrix, book: Any) -> None:
    kept = shown.parse(book["_plankb"].iter_rows(values_only=True))
    assert kept is not None
    tasks = kept.tasks
    assert kept.labels == {column.bureau.id: column.label for column in matrix.columns}
    assert list(tasks) == [row.task.id for row in matrix.rows]
    assert tasks["t1"].roles_of("b:市交委") == ("support",)
    assert tasks["u1"].cells == {"b:省能源局": ("lead", "support"), "b:市交委": ("support",)}


def test_a_text_too_long_for_a_row_goes_on_in_the_next() -> None:
    sentences = "".join(f"第{number}项措施要按照职责分工抓好落实并持续推进到位。" for number in range(100))
    task = records.task("t1", text=sentences, lead=("市交委",))
    made = build(Facts(tasks=(task,), plans=(PlanSource(plan=records.plan()),)), made=MADE)
    sheet = reopened(workbook.matrix(made))["任务分解表"]
    rows = list(sheet.iter_rows(min_row=3))
    assert len(rows) > 1
    assert "".join(str(row[2].value) for row in rows) == sentences
    assert [row[-1].value for row in rows] == [f"t1 {part}/{len(rows)}" for part in range(1, len(rows) + 1)]
    for number, row in enumerate(rows, start=3):
        height = sheet.row_dimensions[number].height
        assert height is not None
        assert fit.lines(str(row[2].value), sheet.column_dimensions["C"].width) * fit.LINE_HEIGHT <= height <= 409


def test_a_matrix_without_tasks_is_still_a_workbook() -> None:
    made = build(Facts(tasks=(), plans=(PlanSource(plan=records.plan()),)), made=MADE)
    assert reopened(workbook.matrix(made, lang="en")).sheetnames[0] == "Matrix"


def test_bureaus_named_like_sheets_get_names_of_their_own() -> None:
    names = ("任务分解表", "_plankb", "a" * 40, "A" * 40)
    task = records.task("t1", lead=names)
    made = build(Facts(tasks=(task,), plans=(PlanSource(plan=records.plan()),)), made=MADE)
    book = reopened(workbook.matrix(made, bureau_sheets=True))
    assert len({name.casefold() for name in book.sheetnames}) == 4 + 4 + 1
    assert shown.parse(book["_plankb"].iter_rows(values_only=True)) is not None


def test_where_comments_would_be_too_many_a_note_is_quoted_once_a_row(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plankb.exports.workbook.grid._MOST_COMMENTS", 3)
    sheet = reopened(workbook.matrix(matrix))["责任矩阵"]
    marked = [at for key, at in keys(sheet).items() if key.startswith(BUREAU)]
    cells = [cell for row in sheet.iter_rows(min_row=FIRST) for cell in row]
    quoted = [cell.row for cell in cells if cell.comment and cell.column in marked]
    assert quoted == [FIRST + n for n, row in enumerate(matrix.rows) for _ in row.notes]


def test_a_sheet_written_row_by_row_keeps_sums_and_what_looks_like_an_escape() -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet("一", worksheet_class=Sheet)
    sheet.write_string(0, 0, "接口_x0041_与 <清单> & 台账")
    sheet.write_formula(0, 1, "=SUM(C1:D1)", None, 3)
    sheet.write_formula(0, 2, '=XLOOKUP("a",A1:A1,A1:A1)', None, 1)
    book.close()

    text, total, newer = next(reopened(buffer.getvalue())["一"].iter_rows(values_only=True))
    assert (unescape(text), total) == ("接口_x0041_与 <清单> & 台账", "=SUM(C1:D1)")
    assert newer.text.startswith("=_xlfn.XLOOKUP(")
