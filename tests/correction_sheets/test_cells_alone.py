"""A workbook is read for its cells: what else somebody put in neither costs anything nor spoils the reading."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from plankb.correction_sheets import cells_alone, size, workbook_parts
from plankb.correction_sheets.cells import is_formula, is_merged_away, is_struck
from plankb.correction_sheets.layout import layout
from plankb.correction_sheets.opening import opened
from plankb.errors import PlankbError
from plankb.matrix.shown import ShownMatrix
from tests.correction_sheets.test_size import SHEET, _edited, _workbook

STRINGS = "xl/sharedStrings.xml"
END = "</sheetData>"


def _shared(tmp_path: Path) -> Path:
    """A workbook whose texts stand in a list that the cells share, as Excel writes it."""
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write("A1", "任务1")
    return path


def test_what_cells_hold_and_how_they_look_stays(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "任务 & <表>"
    sheet["A1"] = "治理\n<河道> & 湖"
    sheet["A1"].font = Font(strike=True)
    sheet["B1"], sheet["C1"], sheet["D1"], sheet["E1"] = 0.5, datetime.date(2026, 3, 31), True, "=1+1"
    sheet["B1"].number_format = "0%"
    sheet["A2"] = CellRichText("新建", TextBlock(InlineFont(b=True), "公园"))
    sheet.merge_cells("B2:C3")
    sheet["B2"] = "合并"
    book.properties.lastModifiedBy = "张三 <甲>"
    path = tmp_path / "台账.xlsx"
    book.save(path)
    read = opened(path)
    cells = read.worksheets[0]
    assert (cells.title, read.properties.lastModifiedBy) == ("任务 & <表>", "张三 <甲>")
    assert [cell.value for cell in cells[1]][:4] == [
        "治理\n<河道> & 湖", 0.5, datetime.datetime.fromisoformat("2026-03-31"), True
    ]  # fmt: skip
    assert is_struck(cells["A1"])
    assert not is_struck(cells["B1"])
    assert (cells["B1"].number_format, cells["A2"].value, cells["B2"].value) == ("0%", "新建公园", "合并")
    assert is_formula(cells["E1"])
    assert is_merged_away(cells["C3"])


def test_days_counted_from_1904_stay_the_same_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = datetime.datetime.fromisoformat("2026-03-31")
    path = tmp_path / "台账.xlsx"
    book.save(path)
    assert opened(path).worksheets[0]["A1"].value == datetime.datetime.fromisoformat("2026-03-31")


def test_rows_and_cells_that_hold_a_format_alone_count_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coloured = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="B{row}" s="0"/></row>' for row in range(4, 3000))
    path = _edited(_workbook(tmp_path), SHEET, lambda text: text.replace(END, coloured + END))
    monkeypatch.setattr(size, "MOST_CELLS", 100)
    assert opened(path).worksheets[0].max_row == 3


def test_cells_that_do_not_say_where_they_stand_are_counted_from_those_before(tmp_path: Path) -> None:
    row = '<row><c/><c t="inlineStr"><is><t>二</t></is></c></row>'
    path = _edited(_workbook(tmp_path), SHEET, lambda text: text.replace(END, f"<row/>{row}{END}"))
    assert opened(path).worksheets[0]["B5"].value == "二"


@pytest.mark.parametrize(
    "more",
    [
        '<conditionalFormatting sqref="A1"><cfRule type="no such"/></conditionalFormatting>' * 5,
        '<dataValidations><dataValidation type="no such" sqref="?"/></dataValidations>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>',
        "<extLst>" + "<ext>" * 200 + "</ext>" * 200 + "</extLst>",
    ],
    ids=["rules of format", "validations", "links", "extensions"],
)
def test_what_stands_beside_the_cells_does_not_spoil_them(tmp_path: Path, more: str) -> None:
    path = _edited(_workbook(tmp_path), SHEET, lambda text: text.replace(END, END + more))
    assert opened(path).worksheets[0]["A1"].value == "任务1"


SHARED = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'


def _runs(_: str) -> str:
    return SHARED.format(f"<si>{'<r><t>任务</t></r>' * 3000}</si>")


def _many(_: str) -> str:
    return SHARED.format("<si><t>a</t></si>" * 3000)


def test_a_text_of_several_runs_is_one_and_its_pronunciation_none(tmp_path: Path) -> None:
    runs = "<si><r><t>新建</t></r><r><t>公园</t></r><rPh sb='0' eb='1'><t>xin jian</t></rPh></si>"
    path = _edited(_shared(tmp_path), STRINGS, lambda _: SHARED.format(runs))
    assert opened(path).worksheets[0]["A1"].value == "新建公园"


def test_texts_that_no_cell_needs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(size, "MOST_CELLS", 2000)
    with pytest.raises(PlankbError, match="E548"):
        opened(_edited(_shared(tmp_path), STRINGS, _many))


@pytest.mark.parametrize(
    ("part", "edit"),
    [(STRINGS, _runs), (SHEET, lambda text: text.replace("<sheetData>", "<cols>" + "<col/>" * 9000 + "</cols>"))],
    ids=["one text of many runs", "columns"],
)
def test_one_thing_that_is_longer_than_any_table_has_it_is_refused(
    tmp_path: Path, part: str, edit: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "_CHUNK", 1000)
    monkeypatch.setattr(workbook_parts, "_LONGEST", 20_000)
    with pytest.raises(PlankbError, match="E548"):
        opened(_edited(_shared(tmp_path), part, edit))


def test_more_styles_than_excel_knows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _workbook(tmp_path)
    monkeypatch.setattr(cells_alone, "_MOST_STYLE_TAGS", 10)
    with pytest.raises(PlankbError, match="E548"):
        opened(path)


def test_styles_that_lack_what_openpyxl_looks_for_are_read_without_a_warning(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    def edit(text: str) -> str:
        return re.sub(r"<cellStyles.*</cellStyles>", "", text)

    assert opened(_edited(_workbook(tmp_path), "xl/styles.xml", edit)).worksheets[0]["A1"].value == "任务1"
    assert not [str(one.message) for one in recwarn]


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    """A text of nine lines that would be a thousand million characters."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "啊" * 10}">' for n in range(9))

    def edit(text: str) -> str:
        return text.replace("?>", f"?><!DOCTYPE sst [{lines}]>", 1).replace("任务1", "&e8;")

    try:
        held = str(opened(_edited(_shared(tmp_path), STRINGS, edit)).worksheets[0]["A1"].value)
    except PlankbError as error:
        held = error.code
    assert held in ("E510", "None", "")


def test_a_table_as_wide_as_it_is_long_is_refused_before_it_is_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["ZZ2"] = "重点任务", "远"
    for row in range(3, 60):
        sheet.cell(row, 1, "任务")
    path = tmp_path / "矩阵.xlsx"
    book.save(path)
    kept = ShownMatrix(tasks={}, labels={}, sheets={})
    assert layout(opened(path).worksheets[0], kept, []) is None
    monkeypatch.setattr("plankb.correction_sheets.layout.MOST_LOOKED_AT", 10_000)
    with pytest.raises(PlankbError, match="E548"):
        layout(opened(path).worksheets[0], kept, [])
