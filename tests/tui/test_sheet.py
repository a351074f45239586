from __future__ import annotations

from plankb.tui.sheet import Column, Order, Sheet

COLUMNS = (
    Column[tuple[str, str]](title="指标", cell=lambda row: row[0], width=10),
    Column[tuple[str, str]](title="数值", cell=lambda row: row[1], width=6),
)
ROWS = [("绿色建筑占比", "≥80%"), ("PM2.5浓度", "≤35μg/m³"), ("清扫率", "100%"), ("环境质量", "改善")]


def _first(sheet: Sheet[tuple[str, str]], found: list[int]) -> list[str]:
    return [sheet.rows[i][0] for i in found]


def test_every_word_must_stand_somewhere_in_a_row() -> None:
    sheet = Sheet(COLUMNS, ROWS)
    assert _first(sheet, sheet.arrange("建筑 80")) == ["绿色建筑占比"]
    assert _first(sheet, sheet.arrange("pm2.5")) == ["PM2.5浓度"]
    assert sheet.arrange("建筑 100") == []


def test_numbers_sort_as_numbers_and_words_after_them() -> None:
    sheet = Sheet(COLUMNS, ROWS)
    assert _first(sheet, sheet.arrange(order=Order(1))) == ["PM2.5浓度", "绿色建筑占比", "清扫率", "环境质量"]
    assert _first(sheet, sheet.arrange(order=Order(1, reverse=True)))[0] == "环境质量"


def test_a_cell_is_one_line_without_controls() -> None:
    sheet = Sheet(COLUMNS, [("a\nb\x1b[2J", "[bold]x[/]")])
    assert sheet.cells(0) == ("a b\ufffd[2J", "[bold]x[/]")
