"""Two columns of text and tables without lines are told from one another."""

from __future__ import annotations

from pathlib import Path

from plankb import readers
from plankb.document import Document, TableBlock, TextBlock
from tests.readers.pdf.conftest import Sheets

HALF = 15
"""Letters on a line of a column; the left column starts at 60, the right one at 325."""
SENTENCE = "到二〇二八年，治理河道一百二十公里，新建泵站三十五座，农村自来水普及率达到九成以上，供水保障能力明显增强。"


def document(sheets: Sheets) -> Document:
    return readers.to_document(sheets.data(), Path("plan.pdf"))


def wrapped(text: str) -> list[str]:
    set_in = "　　" + text
    return [set_in[at : at + HALF] for at in range(0, len(set_in), HALF)]


def test_columns_of_short_items_above_an_address_at_the_foot_are_read_one_after_the_other() -> None:
    left = [f"（{n}）{SENTENCE}" for n in "一二三四"]
    right = [f"（{n}）{SENTENCE}" for n in "五六七八"]
    sheets = Sheets()
    for x, items in ((60, left), (325, right)):
        sheets.lines([line for item in items for line in wrapped(item)], y=100, x=x)
    sheets.line("地址：临江路1号", 40, 780, size=9)
    texts = ["".join(b.chars.text.split()) for b in document(sheets).blocks if isinstance(b, TextBlock)]
    assert [text for text in texts if text.startswith("（")] == left + right


def test_a_wide_table_without_lines_is_not_two_columns_of_text() -> None:
    sheets = Sheets()
    names = ["治理河道总长度", "建成泵站总数量", "改造水厂总数量", "农村自来水比例", "新建水库总库容", "供水管网总长度"]
    rows = [(str(n), name, "%", str(50 + n), str(70 + n)) for n, name in enumerate(names, 1)]
    for number, row in enumerate(rows):
        for x, text in zip((60, 110, 310, 390, 470), row, strict=True):
            sheets.line(text, x, 130 + 24 * number, size=12)
    for x, text in zip((60, 110, 322, 402, 482), ("序号", "指标名称", "单位", "2025年", "2028年"), strict=True):
        sheets.line(text, x, 106, size=12)
    (table,) = [block for block in document(sheets).blocks if isinstance(block, TableBlock)]
    cells = {(cell.row, cell.column): "".join(chars.text for chars in cell.paragraphs) for cell in table.cells}
    assert [[cells[row, column] for column in range(5)] for row in range(7)] == [
        ["序号", "指标名称", "单位", "2025年", "2028年"],
        *map(list, rows),
    ]


def test_a_heading_of_two_lines_in_the_middle_of_its_row_is_one() -> None:
    """Its first line stands half a line above the other headings."""
    sheets = Sheets()
    xs = (60, 110, 300, 360)
    sheets.line("牵头单", 300, 99, size=12)
    for x, text in zip(xs, ("序号", "重点任务", "", "配合单位"), strict=True):
        sheets.line(text, x, 106, size=12)
    sheets.line("位", 300, 113, size=12)
    for number in range(4):
        y = 150 + 60 * number
        sheets.line(str(number + 1), 60, y, size=12)
        for step, text in enumerate(("治理河道并新建泵站三", "十五座，改造水厂")):
            sheets.line(text, 110, y + 16 * step, size=12)
        sheets.line("水利局", 300, y, size=12)
        sheets.line("财政局", 360, y, size=12)
    (table,) = [block for block in document(sheets).blocks if isinstance(block, TableBlock)]
    first = ["".join("".join(c.text.split()) for c in cell.paragraphs) for cell in table.cells if cell.row == 0]
    assert first == ["序号", "重点任务", "牵头单位", "配合单位"]
