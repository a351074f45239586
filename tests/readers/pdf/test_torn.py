"""What a page break, a page number or a converter tore is put together, and what was run together is parted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plankb import readers
from plankb.document import Block, BoxBlock, Document, TableBlock, TextBlock
from tests.readers.pdf.conftest import LEFT, SIZE, STEP, Sheets

FULL = "　　到2027年全市治理河道六十公里，新建泵站四十座，农村"
"""A first line that leaves no room."""


def document(sheets: Sheets) -> Document:
    return readers.to_document(sheets.data(), Path("plan.pdf"))


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, TextBlock) and block.kind == "text":
            yield "".join(block.chars.text.split())
        elif isinstance(block, BoxBlock):
            yield from (f"[{text}]" for text in paragraphs(block.blocks))


def read(sheets: Sheets) -> list[str]:
    return list(paragraphs(document(sheets).blocks))


def boxed(sheets: Sheets, lines: list[str], y: float) -> None:
    """Lines in a frame as wide as the text."""
    bottom = y + STEP * len(lines) + 6
    for x in (LEFT - 8, LEFT + SIZE * 26 + 8):
        sheets.rule(x, y, x, bottom)
    for edge in (y, bottom):
        sheets.rule(LEFT - 8, edge, LEFT + SIZE * 26 + 8, edge)
    sheets.lines(lines, y=y + 20)


def test_a_paragraph_in_a_frame_goes_on_over_the_page_break() -> None:
    sheets = Sheets()
    boxed(sheets, ["专栏3　水利设施工程", FULL], y=680)
    sheets.next_page()
    boxed(sheets, ["自来水普及率达到百分之九十二。", "　　改造水厂8座。"], y=80)
    sheets.lines(["　　四、保障措施"], y=220)
    assert read(sheets) == [
        "[专栏3水利设施工程]",
        f"[{FULL.strip()}自来水普及率达到百分之九十二。]",
        "[改造水厂8座。]",
        "四、保障措施",
    ]


def test_a_paragraph_in_another_typeface_behind_the_page_break_begins_anew() -> None:
    sheets = Sheets()
    ended = FULL[:-3] + "等。"
    boxed(sheets, ["01　治河工程", ended], y=680)
    sheets.next_page()
    sheets.line("02", LEFT, 100)
    sheets.line("供水工程", LEFT + SIZE * 2, 100, bold=True)
    boxed(sheets, ["", "　　改造水厂8座。"], y=80)
    assert read(sheets) == ["[01治河工程]", f"[{ended.strip()}]", "[02供水工程]", "[改造水厂8座。]"]


@pytest.mark.parametrize("number", ["三、", "第三章"])
def test_the_heading_of_a_chapter_behind_a_sentence_that_fills_its_line_begins_anew(number: str) -> None:
    ended = FULL[:-3] + "等。"
    sheets = Sheets()
    sheets.lines([FULL, "供水保障能力明显增强。", ended, f"{number}主要任务", FULL, "供水有保障。"])
    assert read(sheets)[1:3] == [ended.strip(), f"{number}主要任务"]


def test_a_heading_at_the_end_of_the_line_of_a_note_goes_on_with_the_next_line() -> None:
    sheets = Sheets()
    sheets.lines([FULL, "供水有保障。［责任单位：市水利局］", "保障措施", "　　加强宣传。"])
    sheets.line("四、", LEFT + SIZE * 24, 100 + STEP)
    assert read(sheets) == [f"{FULL.strip()}供水有保障。［责任单位：市水利局］", "四、保障措施", "加强宣传。"]


@pytest.mark.parametrize("last", ["供水有保障。推进节水型社会建", "供水有保障。推"])
def test_a_sentence_that_a_converter_broke_off_goes_on_with_the_next_line(last: str) -> None:
    sheets = Sheets()
    sheets.lines([f"（一）{FULL.strip()[:23]}", last, "设，强化用水定额管理。", "（二）改造水厂8座。"])
    assert read(sheets) == [f"（一）{FULL.strip()[:23]}{last}设，强化用水定额管理。", "（二）改造水厂8座。"]


def test_a_sentence_that_a_converter_broke_off_at_the_end_of_the_page_goes_on_with_the_next() -> None:
    sheets = Sheets()
    sheets.lines([f"（一）{FULL.strip()[:23]}", "供水有保障。推"], y=700)
    sheets.next_page()
    sheets.lines(["进节水型社会建设。", FULL, "供水有保障。"])
    assert read(sheets)[0] == f"（一）{FULL.strip()[:23]}供水有保障。推进节水型社会建设。"


@pytest.mark.parametrize("form", ["（{}）", "({})", "{}."])
def test_an_item_behind_one_that_fills_its_line_begins_anew(form: str) -> None:
    numbers = "一二三" if form == "（{}）" else "123"
    items = [f"{form.format(number)}完成河道治理并新建泵站改善".ljust(25, "水") + "。" for number in numbers]
    sheets = Sheets()
    sheets.lines(items)
    assert read(sheets) == items


@pytest.mark.parametrize("begins", ["（二）改造水厂", "2.改造水厂", "责任单位：市水利局"])
def test_what_begins_with_a_number_or_a_label_is_no_end_of_the_sentence_before(begins: str) -> None:
    sheets = Sheets()
    sheets.lines([FULL, "供水有保障。牵头单位为市水利局", begins, "　　四、保障措施"])
    assert read(sheets)[1] == begins


@pytest.mark.parametrize("y", [790.0, 774.0])
def test_the_number_of_the_page_between_and_behind_the_last_lines_is_no_text(y: float) -> None:
    """On a page whose text reaches down to the page's number."""
    sheets = Sheets()
    for page in range(7, 10):
        sheets.lines([FULL, "自来水普及率达到九成。"], y=774 if page == 8 else 100)
        sheets.line(str(page), 450, y + 28 if y == 774 and page == 8 else y, size=9)
        sheets.next_page()
    assert read(sheets) == [f"{FULL.strip()}自来水普及率达到九成。"] * 3


def test_the_end_of_a_sentence_that_a_converter_set_in_the_middle_goes_on_with_it() -> None:
    sheets = Sheets()
    sheets.lines(
        [
            "《方案》已经市政府常务会议研究同意，现将全文印发给各单位",
            "　　　　　　　　　请认真贯彻执行。",
            "　　一、总体要求",
        ]
    )
    sheets.lines([FULL, "供水有保障。"] * 5, y=200)
    assert read(sheets)[0] == "《方案》已经市政府常务会议研究同意，现将全文印发给各单位请认真贯彻执行。"


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("2026/11/30 上午9:04　　　　水利设施方案-绵阳市人民政府", "https://www.example.gov.cn/col/a.html　　1/1"),
        ("11/30/26, 9:04 AM　　　　方案", "file:///home/方案.html　　1/2"),
    ],
)
def test_what_a_browser_prints_around_a_page_is_no_text(head: str, foot: str) -> None:
    sheets = Sheets()
    sheets.line(head, 30, 22, size=8)
    sheets.lines(["绵阳市水利设施提升方案", "　　一、总体要求", FULL, "供水有保障。"])
    sheets.line(foot, 30, 825, size=8)
    assert read(sheets) == ["绵阳市水利设施提升方案", "一、总体要求", f"{FULL.strip()}供水有保障。"]


def test_an_item_behind_the_page_break_begins_anew_where_paragraphs_are_not_set_in() -> None:
    ended = FULL.strip()[:23] + "供水。"
    sheets = Sheets()
    sheets.lines([FULL.strip() + "自来", "水普及率达到九成。", ended], y=700)
    sheets.next_page()
    sheets.lines(["2.改造水厂。" + FULL.strip()[:20], "供水有保障。"])
    assert read(sheets)[-1] == f"2.改造水厂。{FULL.strip()[:20]}供水有保障。"


def test_a_cell_keeps_together_what_a_quotation_mark_holds_to_the_line_before() -> None:
    sheets = Sheets()
    text = "开展节水推动\n选“水效领跑者”\n十家"
    sheets.table([90, 150, 240], [100, 130, 210], [["序号", "任务"], ["1", text]])
    (table,) = [block for block in document(sheets).blocks if isinstance(block, TableBlock)]
    assert len(table.cells[-1].paragraphs) == 1


def rows(found: Document) -> list[list[str]]:
    """The rows of the only table: the paragraphs of each cell, parted by |."""
    (table,) = (block for block in found.blocks if isinstance(block, TableBlock))
    texts: dict[int, list[str]] = {}
    for cell in table.cells:
        texts.setdefault(cell.row, []).append("|".join("".join(own.text.split()) for own in cell.paragraphs))
    return list(texts.values())


NARROW = [90.0, 130.0, 190.0, 250.0]


def test_a_page_that_holds_only_the_end_of_one_cell_goes_on_with_its_row() -> None:
    sheets = Sheets()
    head = ["序号", "任务", "单位"]
    sheets.table(NARROW, [690, 720, 780], [head, ["1", "新建泵站四\n十座，治理", "市水利局"]])
    sheets.next_page()
    sheets.table(NARROW, [80, 120], [["", "河道。", ""]])
    sheets.lines(["　　二、保障措施"], y=200)
    found = document(sheets)
    assert rows(found) == [head, ["1", "新建泵站四十座，治理河道。", "市水利局"]]
    assert list(paragraphs(found.blocks)) == ["二、保障措施"]


def test_a_drawing_with_one_label_is_no_table() -> None:
    sheets = Sheets()
    sheets.table(NARROW, [80, 120, 160], [["", "泵站", ""], ["", "", ""]])
    sheets.lines(["　　二、保障措施"], y=240)
    assert read(sheets) == ["泵站", "二、保障措施"]


@pytest.mark.parametrize(
    ("cell", "joined"),
    [
        ("建设“智水\n苑\n”平台，监\n测水质。", "建设“智水苑”平台，监测水质。"),
        ("补助50万\n元/项，共\n10\n项。", "补助50万元/项，共10项。"),
        ("建泵站，\n1.东岸；\n2.西岸。", "建泵站，|1.东岸；|2.西岸。"),
        ("市水利局\n市财政局", "市水利局|市财政局"),
    ],
)
def test_a_narrow_cell_of_prose_is_one_paragraph_wherever_its_lines_break(cell: str, joined: str) -> None:
    sheets = Sheets()
    sheets.table([90.0, 130.0, 205.0, 300.0], [90, 120, 200], [["序号", "任务", "单位"], ["1", cell, "市水利局"]])
    assert rows(document(sheets))[1][1] == joined


@pytest.mark.parametrize("title", ["专栏2 水利设施重点项目", "附表3 河道治理清单", "表4 主要指标"])
@pytest.mark.parametrize("page", [False, True])
def test_the_title_of_a_box_or_table_behind_a_line_that_is_full_begins_anew(title: str, page: bool) -> None:
    sheets = Sheets()
    sheets.lines([FULL, "供水、排水、节水、蓄水、用水、调水以及抗旱防汛能力增强。"], y=700)
    if page:
        sheets.next_page()
    sheets.lines([title, "　　新建泵站四十座。"], y=100 if page else 700 + 2 * STEP)
    assert read(sheets)[1:] == [title.replace(" ", ""), "新建泵站四十座。"]


def test_a_head_that_the_page_break_cut_stands_over_the_finer_columns_below_it() -> None:
    sheets = Sheets()
    wide, fine = [90.0, 140.0, 380.0, 480.0], [90.0, 140.0, 220.0, 300.0, 380.0, 480.0]
    sheets.table(wide, [700, 730, 760], [["年份", "再生水利用率（%）", "漏损率（%）"], ["", "分区", "全市"]])
    sheets.next_page()
    sheets.table(
        fine,
        [80, 110, 140, 170],
        [["", "东区", "西区", "南区", "全市"], ["2027", "20", "25", "30", "9"], ["2028", "30", "35", "40", "8"]],
    )
    found = document(sheets)
    (table,) = (block for block in found.blocks if isinstance(block, TableBlock))
    assert {(cell.column, cell.columns) for cell in table.cells if cell.row == 0} == {(0, 1), (1, 3), (4, 1)}
    assert [row[1:] for row in rows(found)[2:]] == [
        ["东区", "西区", "南区", "全市"],
        ["20", "25", "30", "9"],
        ["30", "35", "40", "8"],
    ]


def test_a_table_of_its_own_on_the_next_page_stays_apart() -> None:
    sheets = Sheets()
    sheets.table([90.0, 190.0, 290.0, 480.0], [700, 730, 760], [["指标", "单位", "2028年"], ["泵站", "座", "12"]])
    sheets.next_page()
    fine = [90.0, 150.0, 220.0, 300.0, 380.0, 480.0]
    sheets.table(fine, [80, 110, 140], [["序号", "任务", "东区", "西区", "单位"], ["1", "清淤", "2", "3", "公里"]])
    assert len([block for block in document(sheets).blocks if isinstance(block, TableBlock)]) == 2


def test_last_rows_whose_cells_join_columns_that_are_parted_above_the_break_belong_to_the_table() -> None:
    sheets = Sheets()
    sheets.table(
        [90.0, 120.0, 200.0, 300.0, 400.0],
        [680, 710, 740, 770],
        [["片区", "县", "泵站（座）", "水厂（座）"], ["东部", "甲县", "12", "3"], [None, "乙县", "10", "2"]],
    )
    sheets.next_page()
    sheets.table([90.0, 200.0, 300.0, 400.0], [80, 110], [["丙县", "8", "1"]])
    (table,) = (block for block in document(sheets).blocks if isinstance(block, TableBlock))
    last = [cell for cell in table.cells if cell.row == 3]
    assert [(cell.column, cell.columns, cell.paragraphs[0].text) for cell in last] == [
        (0, 2, "丙县"),
        (2, 1, "8"),
        (3, 1, "1"),
    ]
