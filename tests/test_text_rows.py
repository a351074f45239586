"""The rows of a clean text without its document: which lines are one table, and what stands below which head."""

from __future__ import annotations

from collections.abc import Sequence

from plankb.document import text_rows

_TEXT = "引言\n序号\t项目\t年度\n1\t 渡口码头 \t2031年\n2\t粮库\n\n3\t船闸\t2032年\n名称\t时间\n灯塔\t2033年\n尾注"


def _named(cells: Sequence[str]) -> int | None:
    return next((at for at, cell in enumerate(cells) if cell in ("项目", "名称")), None)


def test_every_cell_has_its_place() -> None:
    found = [cell for table in text_rows.rows(_TEXT) for row in table for cell in row.cells]
    assert [cell.text for cell in found][:6] == ["序号", "项目", "年度", "1", "渡口码头", "2031年"]
    assert all(_TEXT[slice(*cell.span)] == cell.text for cell in found)


def test_a_line_without_cells_ends_a_table() -> None:
    assert [len(table) for table in text_rows.rows(_TEXT)] == [3, 3]


def test_rows_of_one_width_stand_together() -> None:
    assert [len(table) for table in text_rows.rows(_TEXT, one_width=True)] == [2, 1, 1, 2]


def test_a_row_stands_below_the_last_head_of_its_table_and_has_as_many_cells() -> None:
    found = [(column, row.texts[column]) for column, row in text_rows.headed(_TEXT, _named)]
    assert found == [(1, "渡口码头"), (0, "灯塔")]


def test_running_text_has_lines_and_no_rows() -> None:
    text = "第一行\n\n第二行"
    assert [*text_rows.lines(text)] == [(0, "第一行"), (4, ""), (5, "第二行")]
    assert not [*text_rows.rows(text)]
