"""What a print shop gets: whole rows, faces for all scripts, numbered pages, columns that fill the page."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest

from plankb.exports import page_columns
from plankb.exports.formats import render
from plankb.exports.tables import Table
from plankb.matrix import Matrix, by_plan


@pytest.fixture(scope="module")
def document(matrix: Matrix) -> Any:
    return docx.Document(BytesIO(render("matrix", matrix, ".docx")))


def test_no_row_of_word_is_broken_over_pages(document: Any) -> None:
    assert document.tables
    for table in document.tables:
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_one_face_serves_all_scripts_and_has_a_substitute(matrix: Matrix, document: Any) -> None:
    (fonts,) = document.styles["Normal"].element.xpath("./w:rPr/w:rFonts")
    assert set(fonts.attrib.values()) == {"仿宋_GB2312"}
    faces = zipfile.ZipFile(BytesIO(render("matrix", matrix, ".docx"))).read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in faces


def test_pages_are_numbered(matrix: Matrix, document: Any) -> None:
    foot = document.sections[0].footer.paragraphs[0]._p
    assert [field.get(f"{{{foot.nsmap['w']}}}instr") for field in foot.xpath("./w:fldSimple")] == ["PAGE", "NUMPAGES"]
    book: Any = openpyxl.load_workbook(BytesIO(render("matrix", matrix, ".xlsx")))
    for sheet in book:
        if sheet.sheet_state == "visible":
            assert (sheet.oddFooter.right.text or "").split() == ["第", "&P", "页", "共", "&N", "页"]


def test_each_plan_of_several_has_its_own_tasks_and_bureaus(matrix: Matrix) -> None:
    parts = list(by_plan(matrix))
    assert [[row.number for row in part.rows] for part in parts] == [[1], [1, 2, 3, 4]]
    assert sum(part.tally.total for part in parts) == matrix.tally.total
    for part in parts:
        named = {bureau for row in part.rows for bureau in row.cells}
        assert {column.bureau.id for column in part.columns} == named
        assert list(by_plan(part)) == []


def test_columns_fill_the_room_and_follow_their_text() -> None:
    table = Table("", ("number", "title", "measures"), ("序号", "重点任务", "具体举措"), ((1, "短", "长" * 200),))
    number, title, measures = page_columns.widths(table, 100)
    assert number + title + measures == pytest.approx(100)
    assert number < title < measures
