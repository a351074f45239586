"""What a coordinator changes in the workbook is what is read from it, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from plankb.correction_sheets.workbook import Corrections, read
from plankb.errors import PlankbError
from plankb.exports import workbook as export
from plankb.matrix import Facts, PlanSource, build
from tests import records
from tests.exports.conftest import MADE, example

GRID, LIST = "责任矩阵", "任务分解表"


class Sheet:
    """A sheet as its user sees it: cells by task and heading."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        rows = list(sheet.iter_rows(max_row=10))
        heads = next(row for row in rows if any(cell.value == "任务编号" for cell in row))
        self.columns = {cell.value: cell.column for cell in heads if cell.value}
        ids = sheet.iter_cols(min_col=self.columns["任务编号"], max_col=self.columns["任务编号"])
        self.rows = {cell.value: cell.row for column in ids for cell in column if cell.value}

    def at(self, task: str, heading: str) -> Any:
        return self.sheet.cell(self.rows[task], self.columns[heading])


Edit = Callable[[Any], None]


@pytest.fixture
def corrections(tmp_path: Path) -> Callable[..., Corrections]:
    path = tmp_path / "责任矩阵.xlsx"
    path.write_bytes(export.matrix(example(), bureau_sheets=True))

    def edited(*edits: tuple[str, str, str, object]) -> Corrections:
        book = openpyxl.load_workbook(path)
        for sheet, task, heading, value in edits:
            Sheet(book[sheet]).at(task, heading).value = value
        book.save(path)
        return read(path)

    return edited


def said(found: Corrections) -> list[tuple[object, ...]]:
    return [(c.task.id, c.action, c.field, c.bureau or c.subject, c.before, c.after) for c in found.changes]


def test_a_workbook_that_nobody_changed_has_no_corrections(corrections: Callable[..., Corrections]) -> None:
    found = corrections()
    assert (found.changes, found.remarks) == ([], [])


def test_text_that_a_workbook_cannot_hold_is_no_correction(tmp_path: Path) -> None:
    odd = "第一项\x0b措施。\x1b[31m 两  个空格\t制表。\r\n第二项_x0041_措施。" + "长" * 40_000
    target = records.target("g1", quote="到2025年\x07，比例达到  75%")
    task = records.task("t1", "题\x0b目  一", text=odd, lead=("市交委",), targets=("g1",))
    made = build(Facts(tasks=(task,), plans=(PlanSource(plan=records.plan()),), targets=(target,)), made=MADE)
    path = tmp_path / "x.xlsx"
    path.write_bytes(export.matrix(made, bureau_sheets=True))
    found = read(path)
    assert (found.changes, found.remarks) == ([], [])


@pytest.fixture
def long_book(tmp_path: Path) -> Path:
    """A workbook of one task whose measures go on over several rows."""
    text = "".join(f"第{number}项措施要按照职责分工抓好落实并持续推进到位。" for number in range(100))
    made = build(
        Facts(tasks=(records.task("t1", text=text, lead=("市交委",)),), plans=(PlanSource(plan=records.plan()),)),
        made=MADE,
    )
    path = tmp_path / "long.xlsx"
    path.write_bytes(export.matrix(made))
    return path


def test_measures_are_corrected_in_whichever_of_their_rows(long_book: Path) -> None:
    def change(book: Any) -> None:
        (cell,) = [row[2] for row in book[LIST].iter_rows(min_row=4) if "第90项" in row[2].value]
        cell.value = cell.value.replace("第90项", "第九十项")

    (one,) = edit(long_book, change).changes
    assert one.field == "text"
    assert one.after == (one.before[0].replace("第90项", "第九十项"),)


def test_measures_of_which_a_row_is_gone_are_told_and_not_read(long_book: Path) -> None:
    found = edit(long_book, lambda book: book[LIST].delete_rows(4))
    assert found.changes == []
    assert [error.code for error in found.remarks] == ["E536"]


CASES: list[tuple[tuple[str, str, str, object], tuple[object, ...]]] = [
    ((GRID, "t1", "市交委", "●"), ("t1", "correct", "roles", "b:市交委", ("support",), ("lead",))),
    ((GRID, "t1", "市交委", None), ("t1", "correct", "roles", "b:市交委", ("support",), ())),
    ((GRID, "t3", "市财政局", "配合"), ("t3", "correct", "roles", "b:市财政局", (), ("support",))),
    ((GRID, "u1", "省能源局", "●"), ("u1", "correct", "roles", "b:省能源局", ("lead", "support"), ("lead",))),
    ((GRID, "t1", "完成时限", "2026年底"), ("t1", "correct", "by", None, ("2025",), ("2026",))),
    ((GRID, "t1", "完成时限", 2027), ("t1", "correct", "by", None, ("2025",), ("2027",))),
    ((GRID, "u1", "完成时限", ""), ("u1", "correct", "by", None, ("2025", "2030"), ())),
    ((GRID, "t3", "审核意见", "删除"), ("t3", "reject", None, None, (), ())),
    ((GRID, "t3", "审核意见", "确认"), ("t3", "accept", None, None, (), ())),
    ((GRID, "t4", "重点任务", "健全制度"), ("t4", "correct", "title", None, ("完善制度",), ("健全制度",))),
    ((GRID, "t3", "其他责任主体", ""), ("t3", "correct", "collective", None, ("各县区人民政府",), ())),
    ((LIST, "t2", "牵头单位", "市交委"), ("t2", "correct", "roles", "b:市交委", ("joint",), ("lead", "joint"))),
    ((LIST, "t1", "责任单位", "市财政局"), ("t1", "correct", "roles", "b:市交委", ("support",), ())),
    ((LIST, "t1", "责任单位", "市交委、市财政局，市数据局"), ("t1", "correct", "roles", "市数据局", (), ("support",))),
    ((LIST, "t2", "责任单位", "市交委、市数据局"), ("t2", "correct", "roles", "市数据局", (), ("joint",))),
    ((LIST, "t3", "责任单位", ""), ("t3", "correct", "collective", None, ("各县区人民政府",), ())),
    ((LIST, "t4", "审核意见", "删"), ("t4", "reject", None, None, (), ())),
    ((LIST, "t3", "审核意见", "同意。"), ("t3", "accept", None, None, (), ())),
    ((GRID, "t1", "完成时限", date(2026, 6, 30)), ("t1", "correct", "by", None, ("2025",), ("2026-06-30",))),
    ((LIST, "t4", "具体举措", "健全制度。"), ("t4", "correct", "text", None, ("完善制度。",), ("健全制度。",))),
    (("市交委", "t1", "本单位角色", "●"), ("t1", "correct", "roles", "b:市交委", ("support",), ("lead",))),
    (("市交委", "u1", "完成时限", "2026年"), ("u1", "correct", "by", None, ("2025", "2030"), ("2026",))),
]


@pytest.mark.parametrize(("edit", "change"), CASES, ids=[f"{case[0][0]}-{case[0][2]}-{case[0][3]}" for case in CASES])
def test_an_edit_is_one_correction(
    corrections: Callable[..., Corrections], edit: tuple[str, str, str, object], change: tuple[object, ...]
) -> None:
    found = corrections(edit)
    assert said(found) == [change]
    assert found.remarks == []


def test_a_bureau_put_in_anothers_place_is_two_corrections(corrections: Callable[..., Corrections]) -> None:
    assert said(corrections((LIST, "t1", "牵头单位", "市生态环境局"))) == [
        ("t1", "correct", "roles", "b:市发展改革委", ("lead",), ()),
        ("t1", "correct", "roles", "市生态环境局", (), ("lead",)),
    ]


def test_the_same_correction_on_two_sheets_is_one(corrections: Callable[..., Corrections]) -> None:
    found = corrections((GRID, "t1", "完成时限", "2026"), (LIST, "t1", "完成时限", "2026年"))
    assert said(found) == [("t1", "correct", "by", None, ("2025",), ("2026",))]


NOT_TAKEN = [
    ([(GRID, "t1", "完成时限", "2026"), (LIST, "t1", "完成时限", "2027年")], "E516", "责任矩阵!"),
    ([(GRID, "t1", "审核意见", "删除"), (LIST, "t1", "审核意见", "确认")], "E516", "任务分解表!"),
    ([(GRID, "t1", "市交委", "？")], "E514", "？"),
    ([(GRID, "t1", "完成时限", "尽快")], "E514", "尽快"),
    ([(LIST, "t1", "审核意见", "再议")], "E524", "再议"),
    ([(LIST, "t1", "具体举措", "")], "E515", "具体举措"),
    ([(GRID, "t1", "重点任务", None)], "E515", "重点任务"),
]


@pytest.mark.parametrize(("edits", "code", "told"), NOT_TAKEN)
def test_what_is_not_understood_is_told_and_not_taken(
    corrections: Callable[..., Corrections], edits: list[tuple[str, str, str, object]], code: str, told: str
) -> None:
    found = corrections(*edits)
    assert found.changes == []
    assert [error.code for error in found.remarks] == [code]
    assert told in found.remarks[0].text()


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    path.write_bytes(export.matrix(example()))
    return path


def edit(path: Path, change: Edit, *, delete_missing: bool = False) -> Corrections:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read(path, delete_missing=delete_missing)


def test_a_task_struck_through_is_struck_out(book_path: Path) -> None:
    def strike(book: Any) -> None:
        Sheet(book[LIST]).at("t2", "重点任务").font = Font(strike=True)

    assert said(edit(book_path, strike)) == [("t2", "reject", None, None, (), ())]


def test_a_column_put_in_for_a_new_bureau_is_read(book_path: Path) -> None:
    def put_in(book: Any) -> None:
        sheet = book[GRID]
        at = Sheet(sheet).columns["其他责任主体"]
        for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row):
            for cell in reversed(row[at - 1 : sheet.max_column]):
                sheet.cell(cell.row, cell.column + 1).value = cell.value
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, at).value = None
        sheet.cell(5, at).value = "市数据局"
        sheet.cell(Sheet(sheet).rows["t4"], at).value = "●"

    assert said(edit(book_path, put_in)) == [("t4", "correct", "roles", "市数据局", (), ("lead",))]


def test_rows_that_were_sorted_or_moved_are_still_found(book_path: Path) -> None:
    def sort(book: Any) -> None:
        sheet = book[LIST]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        for number, values in enumerate(reversed(rows), start=3):
            for column, value in enumerate(values, start=1):
                sheet.cell(number, column).value = value

    found = edit(book_path, sort)
    assert (found.changes, found.remarks) == ([], [])


def test_a_deleted_row_is_told_and_strikes_nothing_out(book_path: Path) -> None:
    title = openpyxl.load_workbook(book_path)[LIST].cell(4, 2).value
    found = edit(book_path, lambda book: book[LIST].delete_rows(4))
    assert found.changes == []
    assert [(error.code, error.details["count"], error.details["titles"]) for error in found.remarks] == [
        ("E517", 1, title)
    ]


def test_a_deleted_row_strikes_its_task_out_when_that_is_asked_for(book_path: Path) -> None:
    gone = openpyxl.load_workbook(book_path)[LIST].cell(4, 11).value
    found = edit(book_path, lambda book: book[LIST].delete_rows(4), delete_missing=True)
    assert said(found) == [(gone, "reject", None, None, (), ())]
    assert found.remarks == []


def test_a_bureau_whose_heading_was_changed_is_taken_out_and_the_new_one_put_in(book_path: Path) -> None:
    def rename(book: Any) -> None:
        sheet = Sheet(book[GRID])
        sheet.sheet.cell(5, sheet.columns["市交委"]).value = "市交警支队"

    assert said(edit(book_path, rename)) == [
        (task, "correct", "roles", who, before, after)
        for task, roles in (("u1", ("support",)), ("t1", ("support",)), ("t2", ("joint",)))
        for who, before, after in (("b:市交委", roles, ()), ("市交警支队", (), roles))
    ]


def merged(book: Any) -> None:
    sheet = Sheet(book[GRID])
    rows = [row for row in sorted(sheet.rows.values()) if row > 5]
    for column in range(1, sheet.sheet.max_column):
        sheet.sheet.merge_cells(start_row=rows[0], end_row=rows[1], start_column=column, end_column=column)


def without_key_row(book: Any) -> None:
    book[GRID].delete_rows(3)


def without_ids(book: Any) -> None:
    book[LIST].delete_cols(Sheet(book[LIST]).columns["任务编号"])


def without_a_bureau(book: Any) -> None:
    book[GRID].delete_cols(Sheet(book[GRID]).columns["市交委"])


def with_notes(book: Any) -> None:
    sheet = Sheet(book[GRID]).sheet
    at = sheet.max_column + 2
    sheet.cell(5, at).value = "备注"
    sheet.cell(6, at).value = "请核实"


def with_a_nameless_column(book: Any) -> None:
    sheet = Sheet(book[GRID]).sheet
    sheet.cell(6, sheet.max_column + 1).value = "●"


def with_notes_in_the_list(book: Any) -> None:
    sheet = Sheet(book[LIST]).sheet
    sheet.cell(2, sheet.max_column + 1).value = "督办人"


def with_a_copied_row(book: Any) -> None:
    sheet = Sheet(book[LIST])
    last = sheet.sheet.max_row + 1
    for cell in sheet.sheet[sheet.rows["t1"]]:
        sheet.sheet.cell(last, cell.column).value = cell.value
    sheet.sheet.cell(last, sheet.columns["重点任务"]).value = "拆出的任务"


TOLD: list[tuple[Edit, str, str]] = [
    (merged, "E530", "A6:A7"),
    (without_key_row, "E525", "责任矩阵"),
    (without_ids, "E526", "任务分解表"),
    (without_a_bureau, "E527", "市交委"),
    (with_notes, "E529", "备注"),
    (with_a_nameless_column, "E528", "责任矩阵!"),
    (with_notes_in_the_list, "E529", "督办人"),
    (with_a_copied_row, "E532", "拆出的任务"),
]


@pytest.mark.parametrize(("change", "code", "told"), TOLD, ids=[each[0].__name__ for each in TOLD])
def test_a_sheet_that_was_rebuilt_loses_nothing_and_is_told(
    book_path: Path, change: Edit, code: str, told: str
) -> None:
    found = edit(book_path, change)
    assert found.changes == []
    assert code in [error.code for error in found.remarks]
    assert any(told in error.text() for error in found.remarks)


def test_a_month_that_excel_made_a_day_of_is_a_month(book_path: Path) -> None:
    def type_in(book: Any) -> None:
        cell = Sheet(book[LIST]).at("t1", "完成时限")
        cell.value, cell.number_format = date(2026, 6, 1), 'yyyy"年"m"月"'

    assert [change.after for change in edit(book_path, type_in).changes] == [("2026-06",)]


def test_a_line_of_the_targets_changed_or_taken_out(book_path: Path) -> None:
    line = openpyxl.load_workbook(book_path)[LIST]
    at = Sheet(line).at("t1", "目标")
    shown = at.value

    def change(text: str | None) -> Edit:
        return lambda book: setattr(Sheet(book[LIST]).at("t1", "目标"), "value", text)

    (one,) = edit(book_path, change(f"{shown}左右")).changes
    assert (one.field, one.before, one.after) == ("goal", (shown,), (f"{shown}左右",))
    book_path.write_bytes(export.matrix(example()))
    (struck,) = edit(book_path, change(None)).changes
    assert (struck.action, struck.fact) == ("reject", "g1")
    book_path.write_bytes(export.matrix(example()))
    found = edit(book_path, change(f"{shown}\n另加一项目标达到5%"))
    assert (found.changes, [error.code for error in found.remarks]) == ([], ["E523"])


def test_who_saved_the_workbook_last_is_known(book_path: Path) -> None:
    def save(book: Any) -> None:
        book.properties.lastModifiedBy = "王五"

    assert edit(book_path, save).who == "王五"


def test_corrections_of_an_english_workbook(tmp_path: Path) -> None:
    path = tmp_path / "matrix.xlsx"
    path.write_bytes(export.matrix(example(), lang="en"))
    found = edit(path, lambda book: setattr(book["Task breakdown"]["J3"], "value", "delete"))
    assert [change.action for change in found.changes] == ["reject"]


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(4):
            packed.writestr(f"xl/{number}.xml", b"0" * 80_000_000)


def foreign(path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("_plankb")["A1"] = "something else"
    book.save(path)


def damaged(path: Path) -> None:
    path.write_bytes(export.matrix(example()))
    book = openpyxl.load_workbook(path)
    book["_plankb"]["A2"] = "{"
    book.save(path)


MAKERS: list[Callable[[Path], object]] = [
    bomb,
    foreign,
    damaged,
    lambda path: path.write_bytes(b"PK\x03\x04 not really"),
    lambda path: path.write_text("no zip"),
    lambda path: openpyxl.Workbook().save(path),
]


@pytest.mark.parametrize("make", MAKERS)
def test_a_file_that_is_no_matrix_is_one_clear_error(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "x.xlsx"
    make(path)
    with pytest.raises(PlankbError) as caught:
        read(path)
    assert caught.value.code == ("E131" if make.__name__ == "bomb" else "E510")


KINDS: list[tuple[str, bytes]] = [
    ("x.ods", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
    ("x.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
    ("encrypted.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
    ("x.csv", "序号,任务".encode("utf-8-sig")),
]


@pytest.mark.parametrize(("name", "content"), KINDS, ids=[name for name, _ in KINDS])
def test_another_kind_of_table_is_told_to_be_saved_as_xlsx(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PlankbError) as caught:
        read(tmp_path / name)
    assert caught.value.code == "E519"
    assert ".xlsx" in caught.value.text()


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(PlankbError, match="E107"):
        read(tmp_path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(PlankbError, match="E101"):
        read(tmp_path / "x.xlsx")
