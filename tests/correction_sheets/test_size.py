"""A workbook that somebody prepared is refused by what it holds, before anything of it is made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from plankb.correction_sheets import size
from plankb.correction_sheets.cells import values
from plankb.correction_sheets.opening import opened
from plankb.errors import PlankbError


def _workbook(tmp_path: Path, rows: int = 3) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in range(1, rows + 1):
        sheet.cell(row, 1, f"任务{row}")
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return path


def _edited(path: Path, part: str, edit: Callable[[str], str], *, encoding: str = "utf-8") -> Path:
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, edit(data.decode()).encode(encoding) if name == part else data)
    path.write_bytes(made.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"
MERGED = '</sheetData><mergeCells><mergeCell ref="{}"/></mergeCells>'


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:XFD&#49;048576", "A1:D1048576"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_cells_merged_over_the_whole_sheet_are_refused(tmp_path: Path, area: str, encoding: str) -> None:
    def edit(text: str) -> str:
        return text.replace("</sheetData>", MERGED.format(area)).replace('encoding="UTF-8"', f'encoding="{encoding}"')

    path = _edited(_workbook(tmp_path), SHEET, edit, encoding=encoding)
    with pytest.raises(PlankbError, match="E548") as error:
        opened(path)
    assert error.value.details["path"] == path


def test_more_sheets_than_anybody_has_are_refused(tmp_path: Path) -> None:
    def edit(text: str) -> str:
        one = re.search(r"<sheet [^>]*/>", text)
        assert one
        return text.replace("</sheets>", one[0] * (size.MOST_SHEETS + 1) + "</sheets>")

    with pytest.raises(PlankbError, match="E548"):
        opened(_edited(_workbook(tmp_path), "xl/workbook.xml", edit))


def test_cells_are_counted_over_all_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _workbook(tmp_path, rows=20)
    monkeypatch.setattr(size, "MOST_CELLS", 19)
    with pytest.raises(PlankbError, match="E548"):
        opened(path)
    monkeypatch.setattr(size, "MOST_CELLS", 20)
    assert opened(path).active is not None


@pytest.mark.parametrize("row", [1_048_576, 99_999_999_999])
def test_a_cell_far_away_makes_nothing_between(tmp_path: Path, row: int) -> None:
    """Such a cell stands in many a real workbook: somebody pressed End."""
    far = f'<row r="{row}"><c r="XFD{row}" t="inlineStr"><is><t>远</t></is></c></row></sheetData>'
    path = _edited(_workbook(tmp_path), SHEET, lambda text: text.replace("</sheetData>", far))
    assert values(opened(path).worksheets[0]) == [["任务1"], ["任务2"], ["任务3"], ["远"]]


def test_merged_cells_of_an_ordinary_table_are_read(tmp_path: Path) -> None:
    path = _edited(_workbook(tmp_path), SHEET, lambda text: text.replace("</sheetData>", MERGED.format("A1:A3")))
    assert [str(area) for area in opened(path).worksheets[0].merged_cells.ranges] == ["A1:A3"]
