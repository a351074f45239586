"""A sheet that is written quickly holds what xlsxwriter's own would hold, byte for byte."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from plankb.exports.workbook.sheet import Sheet

TEXTS = (
    "推进污水处理厂建设", "", " 前后有空格 ", "一行\n又一行", "尾行\n", "<r>不是富文本</r>", "甲&乙<丙>丁\"戊'己",
    "_x0041_ 不是字母", "=SUM(A1)", "#REF!", "\u3000全角空格", "３０％", "1e5", "x" * 40_000,
)  # fmt: skip


def _written(kind: type[Worksheet], *, on_disk: bool) -> dict[str, bytes]:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": on_disk, "in_memory": not on_disk})
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001  xlsxwriter takes a time without zone
    book.worksheet_class = kind
    sheet = book.add_worksheet("矩阵")
    style = book.add_format({"border": 1})
    sheet.set_row(0, 30)
    for at, text in enumerate(TEXTS):
        sheet.write_number(at, 0, at + 0.1, style)
        sheet.write_string(at, 1, text, style)
        sheet.write_string(at, 2, text)
        sheet.write_blank(at, 3, None, style)
        sheet.write_formula(at, 4, f'=COUNTIF(A1:B{at + 1},"*●*")', style, at)
        sheet.write_formula(at, 5, '=IF(A1>1,"&","")', style, "&")
        sheet.write_boolean(at, 30, True, style)  # noqa: FBT003
    book.close()
    with zipfile.ZipFile(stream) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.mark.parametrize("on_disk", [True, False])
def test_the_bytes_of_xlsxwriter(on_disk: bool) -> None:
    usual = _written(Worksheet, on_disk=on_disk)
    assert b"COUNTIF" in usual["xl/worksheets/sheet1.xml"]
    assert _written(Sheet, on_disk=on_disk) == usual
