"""Tables of indicators whose cells only a space parts, or that have a piece of a cell on each line."""

from __future__ import annotations

import pytest

from plankb.document import TableBlock
from plankb.readers.plain.blocks import to_document

HEAD = ("序号", "指标", "单位", "2025 年", "2030 年", "属性")
ROWS = (
    ("1", "污水处理率", "%", "95.2", "97", "约束性"),
    ("2", "新增绿道", "公里", "[120]", "[150]", "预期性"),
    ("3", "水库库容", "万立方米", "—", "≥800", "预期性"),
    ("4", "灌溉水利用系数", "—", "0.58", "0.61", "预期性"),
)


def tables(text: str) -> list[list[list[str]]]:
    """The rows of the tables of a text, white space left out."""
    found = []
    for block in to_document(f"二、主要目标\n{text}\n三、重点任务\n加强水源保护。").blocks:
        if isinstance(block, TableBlock):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                said = "".join(chars.text for chars in cell.paragraphs)
                rows.setdefault(cell.row, []).append("".join(said.split()))
            found.append(list(rows.values()))
    return found


def squeezed(*rows: tuple[str, ...]) -> list[list[str]]:
    return [["".join(cell.split()) for cell in row] for row in rows]


@pytest.mark.parametrize("row_end", ["\n", " "], ids=["a row a line", "all on one line"])
@pytest.mark.parametrize("first", [0, 1], ids=["numbered", "without numbers"])
def test_pieces_become_the_cells_of_their_columns(row_end: str, first: int) -> None:
    rows = [row[first:] for row in (HEAD, *ROWS)]
    assert tables(row_end.join(" ".join(row) for row in rows)) == [squeezed(*rows)]


def test_a_name_of_several_pieces_is_one_cell() -> None:
    lines = [*HEAD, "1", "每千人口拥有", "托位数", "个", "3.5", "4.8", "预期性", *ROWS[1], *ROWS[2]]
    assert tables("\n".join(lines))[0][1] == ["1", "每千人口拥有托位数", "个", "3.5", "4.8", "预期性"]


def test_a_short_line_between_rows_is_the_title_of_a_group_and_no_name() -> None:
    lines = [" ".join(row[1:]) for row in (HEAD, *ROWS)]
    found = tables("\n".join([lines[0], "水环境", *lines[1:]]))
    assert found[-1] == squeezed(*(row[1:] for row in ROWS))


@pytest.mark.parametrize(
    "text",
    [
        "指标 单位 2025年 2030年\n本表各项指标由统计部门核定。",
        "指标 单位 属性\n污水处理率 % 约束性\n绿化率 % 约束性",
        "指标 单位 2025年 2030年\n污水处理率 % 95.2 97",
    ],
    ids=["a sentence", "no figures", "one row"],
)
def test_words_with_spaces_between_are_no_table(text: str) -> None:
    assert tables(text) == []


def test_tables_of_several_forms_in_one_text_keep_their_own_rows() -> None:
    """Cells one below the other, parted by a space and parted by strokes: each line belongs to one table."""
    stacked = (HEAD[1:], *(row[1:] for row in ROWS))
    parted = (("任务", "牵头单位", "时限"), ("修编航道图", "港航局", "2029年"), ("整治滩涂", "水务局", "2030年"))
    below = "\n".join("".join(cell.split()) for row in stacked for cell in row)
    text = "\n".join((below, *(" ".join(row) for row in (HEAD, *ROWS)), *("|".join(row) for row in parted)))
    assert [row for table in tables(text) for row in table] == squeezed(*stacked, HEAD, *ROWS, *parted)
