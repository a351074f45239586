"""PDF files are read as they are printed: paragraphs, tables and pages by geometry."""

from __future__ import annotations

import io
import random
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from plankb import pages_read, readers
from plankb.document import CleanText, clean
from plankb.errors import PlankbError
from plankb.readers.pdf import guard, ocr
from plankb.readers.pdf.document import to_document
from plankb.readers.pdf.page import Box, Page
from tests.readers.pdf.conftest import LEFT, SIZE, Sheets

BODY = [
    "　　为推动全市养老服务高质量发展，满足老年人多层次需求，",
    "结合实际，制定本方案。",
    "　　一、总体要求",
    "　　到2027年，全市新建社区食堂40家，护理型床位占比达到百",
    "分之六十五，老年人满意。",
]


def read(sheets: Sheets) -> CleanText:
    return clean(readers.to_document(sheets.data(), Path("plan.pdf")))


def texts(found: CleanText) -> list[str]:
    return [found.text[p.start : p.end] for p in found.paragraphs if p.kind == "text"]


def test_lines_are_joined_to_paragraphs() -> None:
    sheets = Sheets()
    sheets.lines(BODY)
    assert texts(read(sheets)) == [
        "为推动全市养老服务高质量发展，满足老年人多层次需求，结合实际，制定本方案。",
        "一、总体要求",
        "到2027年，全市新建社区食堂40家，护理型床位占比达到百分之六十五，老年人满意。",
    ]


def test_a_sentence_goes_on_behind_a_line_with_room_where_the_next_is_not_set_in() -> None:
    first = "　　为推动全市养老服务高质量发展，满足老年人多层次的各种"
    sheets = Sheets()
    sheets.lines([first, "需求，结合我市实际，到2027年在全市新建社区食堂", "40家，改造敬老院8所。", "　　一、总体要求"])
    assert texts(read(sheets)) == [
        first.strip() + "需求，结合我市实际，到2027年在全市新建社区食堂40家，改造敬老院8所。",
        "一、总体要求",
    ]


def test_a_letter_that_was_broken_off_does_not_end_its_paragraph() -> None:
    full = "　　为推动全市养老服务高质量发展，满足老年人多层次的各种"
    sheets = Sheets()
    sheets.lines([full, "需", "求，结合我市实际，制定本方案。", "　　一、总体要求"])
    assert texts(read(sheets)) == [full.strip() + "需求，结合我市实际，制定本方案。", "一、总体要求"]


def test_letters_broken_off_a_line_are_no_paragraph_wherever_they_stand() -> None:
    full = "　　为推动全市养老服务高质量发展，满足老年人多层次的各种"
    more = "求，结合我市实际情况，到2027年在全市新建社区食堂以及助浴"
    sheets = Sheets()
    sheets.lines([full, "　　　需", more, "点，让", "老年人满意。", "　　一、总体要求"])
    assert texts(read(sheets)) == [full.strip() + "需" + more + "点，让老年人满意。", "一、总体要求"]


def test_a_title_that_fills_its_line_is_not_joined_to_a_short_heading() -> None:
    full = "为推动全市养老服务高质量发展，满足老年人多层次的各种需求，"
    sheets = Sheets()
    sheets.lines(["　　" + full[:24], full[24:] + "制定本方案。", "附件", "　　一、总体要求"])
    assert texts(read(sheets)) == [full + "制定本方案。", "附件", "一、总体要求"]


def test_a_paragraph_goes_on_over_a_page_and_its_page_number() -> None:
    sheets = Sheets()
    sheets.lines(BODY[:4], y=620)
    sheets.line("— 1 —", 280, 790, size=12)
    sheets.next_page()
    sheets.lines([*BODY[4:], "　　二、主要任务"])
    sheets.line("— 2 —", 280, 790, size=12)
    found = read(sheets)
    assert texts(found)[-2:] == [
        "到2027年，全市新建社区食堂40家，护理型床位占比达到百分之六十五，老年人满意。",
        "二、主要任务",
    ]
    assert found.page(found.text.index("一、总体")) == 1
    assert found.page(found.text.index("二、主要")) == 2


def test_a_running_head_is_no_text() -> None:
    sheets = Sheets()
    for number in range(1, 5):
        sheets.line("临江市养老服务方案", 200, 40, size=10)
        sheets.lines([f"　　第{number}页的正文说得很短。", *BODY])
        sheets.line(str(number), 295, 800, size=10)
        sheets.next_page()
    found = read(sheets)
    assert "临江市养老服务方案" not in found.text
    assert found.text.count("正文说得很短") == 4


ROWS = [
    ["序号", "指标", "2025年", "2027年"],
    ["1", "护理型床位数\n占比（%）", "55", "65"],
    ["2", "社区食堂（家）", "20", "40"],
]
XS = [90.0, 130.0, 215.0, 300.0, 400.0]


def test_a_ruled_table_has_its_cells() -> None:
    sheets = Sheets()
    sheets.line("表1 主要指标", 250, 90)
    sheets.table(XS, [100, 130, 170, 200], ROWS)
    (table,) = read(sheets).tables
    assert table.exact
    assert table.caption == "表1主要指标"
    assert [row.texts for row in table.rows] == [
        ("序号", "指标", "2025年", "2027年"),
        ("1", "护理型床位数占比（%）", "55", "65"),
        ("2", "社区食堂（家）", "20", "40"),
    ]


def test_a_bracket_in_a_cell_is_not_parted_where_its_line_ends_early() -> None:
    sheets = Sheets()
    sheets.table([80, 300, 365], [100, 130, 180], [["任务", "单位"], ["改造敬老院8所。", "各县（市、\n区）政府"]])
    (table,) = read(sheets).tables
    assert table.rows[-1].texts[-1] == "各县（市、区）政府"


def test_a_cell_without_a_line_above_it_covers_both_rows() -> None:
    sheets = Sheets()
    sheets.table(
        [90.0, 200.0, 400.0], [100, 130, 160, 190], [["责任单位", "任务"], ["市民政局", "建食堂"], [None, "建床位"]]
    )
    (table,) = read(sheets).tables
    assert table.rows[1].cells[0].rows == 2
    assert table.rows[2].cells[0].merged == "市民政局"


def test_a_table_goes_on_over_pages_with_its_head_said_once() -> None:
    sheets = Sheets()
    sheets.table(XS, [700, 730, 770], ROWS[:2])
    sheets.next_page()
    sheets.table(XS, [80, 110, 140], [ROWS[0], ROWS[2]])
    (table,) = read(sheets).tables
    assert [row.texts[0] for row in table.rows] == ["序号", "1", "2"]


def test_a_frame_around_text_is_a_box() -> None:
    sheets = Sheets()
    sheets.lines(BODY[:2])
    sheets.table([85.0, 520.0], [200, 300], [["专栏1 重点工程\n新建食堂。"]])
    found = read(sheets)
    assert not found.tables
    assert [p.box for p in found.paragraphs] == [0, 1, 1]


def test_a_short_line_beside_a_border_of_the_page_is_text() -> None:
    sheets = Sheets()
    sheets.table([30.0, 565.0], [30, 812], [[""]])
    sheets.lines(BODY)
    assert len(texts(read(sheets))) == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing of a file", "E116"),
        (b"plain words", "E116"),
        (Sheets(password="geheim").data(), "E115"),
        (b"", "E116"),
    ],
)
def test_what_is_no_readable_pdf_is_said_in_one_line(data: bytes, code: str) -> None:
    with pytest.raises(PlankbError) as raised:
        readers.to_document(data, Path("plan.pdf"))
    assert raised.value.code == code
    assert "plan.pdf" in raised.value.text()


def test_an_empty_page_is_an_empty_file() -> None:
    sheets = Sheets()
    sheets.next_page()
    with pytest.raises(PlankbError) as raised:
        readers.to_document(sheets.data(), Path("plan.pdf"))
    assert raised.value.code == "E103"


def test_gaps_between_latin_words_are_kept() -> None:
    sheets = Sheets()
    sheets.line("GB 50016 and ISO", LEFT, 100)
    assert read(sheets).text == "GB 50016 and ISO"


def test_a_bold_head_of_a_paragraph_is_its_lead() -> None:
    sheets = Sheets()
    sheets.line("扩大床位供给。", LEFT + 32, 100, bold=True)
    sheets.line("新建社区食堂40家，改造床位。", LEFT + 32 + 7 * 16, 100)
    sheets.line("改造敬老院8所。", LEFT, 128)
    (paragraph,) = read(sheets).paragraphs
    assert paragraph.lead == len("扩大床位供给。")


def test_entries_of_the_contents_list_stay_apart() -> None:
    sheets = Sheets()
    sheets.lines(["目录", "一、总体要求" + "." * 60 + "1", "二、主要任务" + "." * 60 + "3"])
    found = read(sheets)
    assert [p.kind for p in found.paragraphs] == ["text", "contents", "contents"]


def test_footnotes_stand_apart_and_their_marks_are_no_digits_of_the_text() -> None:
    sheets = Sheets()
    sheets.lines(BODY[:3])
    sheets.line("　　到2027年，护理型床位占比", LEFT, 620)
    sheets.line("1", LEFT + 14 * 16 - 5, 613, size=9)
    sheets.line("达到百分之六十五，老年人", LEFT + 14 * 16, 620)
    sheets.rule(LEFT, 730, LEFT + 145, 730)
    sheets.line("1 按年末床位数计算。", LEFT, 745, size=9)
    sheets.line("— 1 —", 280, 800, size=12)
    sheets.next_page()
    sheets.lines(["满意。", "　　二、主要任务"])
    found = read(sheets)
    assert "到2027年，护理型床位占比达到百分之六十五，老年人满意。" in texts(found)
    assert [found.text[p.start : p.end] for p in found.paragraphs if p.kind == "note"] == ["1按年末床位数计算。"]


def test_units_keep_their_raised_digits() -> None:
    sheets = Sheets()
    sheets.line("绿地 12m", LEFT, 100)
    sheets.line("2", LEFT + 58, 94, size=9)
    sheets.line("。", LEFT + 66, 100)
    assert read(sheets).text.replace(" ", "") == "绿地12m2。"


def test_a_row_that_the_page_break_cuts_is_one() -> None:
    sheets = Sheets()
    sheets.table(XS, [640, 670, 700, 730, 770], [*ROWS, ["3", "助餐和送餐的", "10", "30"]])
    sheets.next_page()
    sheets.table(XS, [80, 110, 140, 170], [ROWS[0], ["", "老年人家庭", "", ""], ["4", "护理员", "200", "400"]])
    (table,) = read(sheets).tables
    assert [row.texts for row in table.rows[3:]] == [
        ("3", "助餐和送餐的老年人家庭", "10", "30"),
        ("4", "护理员", "200", "400"),
    ]


def test_a_row_that_the_page_break_cuts_is_one_beside_a_merged_cell() -> None:
    sheets = Sheets()
    xs, head = [90.0, 130.0, 210.0, 400.0, 520.0], ["序号", "类别", "任务", "责任单位"]
    sheets.table(xs, [650, 680, 730], [head, ["1", "养老", "新建社区食堂四十家，", "市民政局、市住房"]])
    sheets.next_page()
    sheets.table(
        xs, [80, 110, 150, 190], [head, ["", "", "改造敬老院八所。", "城乡建设局"], ["2", None, "办培训班", "市教育局"]]
    )
    (table,) = read(sheets).tables
    assert [(row.cells[1].text or row.cells[1].merged, *row.texts[2:]) for row in table.rows[1:]] == [
        ("养老", "新建社区食堂四十家，改造敬老院八所。", "市民政局、市住房城乡建设局"),
        ("养老", "办培训班", "市教育局"),
    ]


def test_a_merged_cell_that_the_page_break_cuts_goes_on() -> None:
    sheets = Sheets()
    xs = [90.0, 200.0, 400.0]
    sheets.table(xs, [680, 710, 740, 770], [["责任单位", "任务"], ["市民政局", "建食堂"], [None, "建床位"]])
    sheets.next_page()
    sheets.table(xs, [80, 110, 140, 170], [["责任单位", "任务"], ["", "招护理员"], [None, "办培训班"]])
    (table,) = read(sheets).tables
    assert [row.cells[0].text or row.cells[0].merged for row in table.rows[1:]] == ["市民政局"] * 4


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LIMIT", 5_000_000)
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * 2_000_000, 9)
    data = b"%PDF-1.7\n4 0 obj\n<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream\nendobj\n"
    with pytest.raises(PlankbError) as raised:
        readers.to_document(data, Path("plan.pdf"))
    assert raised.value.code == "E131"


@pytest.mark.parametrize("seed", range(6))
def test_damaged_files_give_a_document_or_one_line(seed: int) -> None:
    sheets = Sheets()
    sheets.lines(BODY)
    sheets.table(XS, [400, 430, 470, 500], ROWS)
    whole, chance = sheets.data(), random.Random(seed)
    for round_ in range(100):
        data = bytearray(whole)
        start = chance.randrange(len(data))
        match round_ % 4:
            case 0:
                for _ in range(chance.randint(1, 40)):
                    data[chance.randrange(len(data))] = chance.randrange(256)
            case 1:
                del data[start:]
            case 2:
                del data[start : start + chance.randint(1, 2000)]
            case _:
                data[start : start + 500] = chance.randbytes(500)
        try:
            found = readers.to_document(bytes(data), Path("plan.pdf"))
        except PlankbError as error:
            said = error.text()
        else:
            said = clean(found).text
        assert said


def test_two_columns_are_read_one_after_the_other() -> None:
    sheets = Sheets()
    sheets.line("临江市养老服务提升行动方案", 200, 80, size=18)
    left = [
        "　　一、总体要求。到二〇二七",
        "年，全市新建社区食堂四十家",
        "，改造敬老院八所，老年人家",
        "庭适老化改造六千户，护理员",
        "持证率达到百分之九十五，服",
    ]
    right = [
        "务质量明显提升。",
        "　　二、主要任务。扩大床位",
        "供给，新增养老床位三千张。",
        "　　三、保障措施。各部门要",
        "加强协作。",
    ]
    sheets.lines(left, y=120, x=80)
    sheets.lines(right, y=126, x=320)
    assert texts(read(sheets)) == [
        "临江市养老服务提升行动方案",
        "一、总体要求。到二〇二七年，全市新建社区食堂四十家，改造敬老院八所，老年人家庭适老化改造六千户，"
        "护理员持证率达到百分之九十五，服务质量明显提升。",
        "二、主要任务。扩大床位供给，新增养老床位三千张。",
        "三、保障措施。各部门要加强协作。",
    ]


def test_a_table_across_both_columns_parts_what_is_above_it_from_what_is_below() -> None:
    sheets = Sheets()
    above = [
        [
            "　　一、总体要求。到二〇二七",
            "年，全市新建社区食堂四十家",
            "，改造敬老院八所，老年人家",
            "庭适老化改造六千户，护理员",
        ],
        ["持证率达到百分之九十五，服", "务质量明显提升。"],
    ]
    below = [
        [
            "　　二、主要任务。扩大床位",
            "供给，新增养老床位三千张，",
            "改造床位八百张。护理型床位",
            "占比达到百分之六十五。",
        ],
        ["　　三、保障措施。各部门要", "加强协作，形成工作合力，把", "各项任务抓实抓细抓好，确保", "取得实效。"],
    ]
    for lines, x in zip(above, (80, 320), strict=True):
        sheets.lines(lines, y=100, x=x)
    sheets.table([80, 240, 400, 560], [230, 260, 290], [["指标", "2023年", "2027年"], ["养老床位", "2000", "3000"]])
    for lines, x in zip(below, (80, 320), strict=True):
        sheets.lines(lines, y=330, x=x)
    found = read(sheets)
    assert texts(found) == [
        "一、总体要求。到二〇二七年，全市新建社区食堂四十家，改造敬老院八所，老年人家庭适老化改造六千户，"
        "护理员持证率达到百分之九十五，服务质量明显提升。",
        "二、主要任务。扩大床位供给，新增养老床位三千张，改造床位八百张。护理型床位占比达到百分之六十五。",
        "三、保障措施。各部门要加强协作，形成工作合力，把各项任务抓实抓细抓好，确保取得实效。",
    ]
    assert found.text.index("明显提升") < found.tables[0].span[0] < found.text.index("二、主要任务")


def test_a_running_head_that_counts_the_pages_is_no_text_on_a_single_page() -> None:
    sheets = Sheets()
    sheets.line("临江市养老服务提升行动方案　第1页 共1页", LEFT, 50, size=10)
    sheets.lines(BODY)
    assert not any("共1页" in text for text in texts(read(sheets)))


def test_a_list_of_names_and_offices_is_not_two_columns() -> None:
    sheets = Sheets()
    people = [
        ("张　建", "市民政局局长"),
        ("李文清", "市财政局副局长"),
        ("王　林", "市教育局副局长"),
        ("赵　敏", "市卫生健康委副主任"),
        ("孙　立", "市人社局副局长"),
    ]
    for number, (name, office) in enumerate(people):
        sheets.line(name, 120, 120 + 28 * number)
        sheets.line(office, 320, 120 + 28 * number)
    assert "李文清市财政局副局长" in read(sheets).text


def test_a_table_without_lines_is_read_by_its_columns() -> None:
    sheets = Sheets()
    sheets.lines(BODY[:3])
    rows = [
        ("序号", "指标", "单位", "2025年", "2027年"),
        ("1", "护理型床位占比", "%", "55", "65"),
        ("2", "社区食堂", "家", "20", "40"),
    ]
    for number, row in enumerate([*rows, ("3", "老年人家庭适老", "户", "—", "6000")]):
        for x, text in zip((100, 140, 300, 360, 440), row, strict=True):
            sheets.line(text, x, 220 + 28 * number)
    sheets.line("化改造", 140, 220 + 28 * 3 + 22)
    sheets.lines(["　　二、主要任务", "　　扩大床位供给。"], y=380)
    found = read(sheets)
    (table,) = found.tables
    assert [row.texts for row in table.rows] == [*rows, ("3", "老年人家庭适老化改造", "户", "—", "6000")]
    assert texts(found)[-2:] == ["二、主要任务", "扩大床位供给。"]


def scan(pages: int = 1) -> Sheets:
    """A PDF of pictures."""
    sheets = Sheets()
    for _ in range(pages):
        sheets.canvas.drawImage(ImageReader(Image.new("L", (300, 400), 230)), 0, 0, 595, 842)
        sheets.next_page()
    return sheets


def test_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(PlankbError) as raised:
        readers.to_document(scan(2).data(), Path("plan.pdf"))
    assert raised.value.code == "E117"
    assert "plankb[ocr]" in raised.value.text()


def test_scanned_pages_between_others_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    sheets = scan(2)
    sheets.lines(BODY)
    document = readers.to_document(sheets.data(), Path("plan.pdf"))
    (remark,) = document.remarks
    assert (remark.code, remark.details["pages"]) == ("E147", "1-2")
    assert "总体要求" in document.source


def test_recognised_lines_are_read_like_printed_ones() -> None:
    said = [
        (Box(122, 100, 122 + 24 * 16, 122), "为推动全市养老服务高质量发展，满足老年人的各种需求，"),
        (Box(90, 128, 90 + 11 * 16, 150), "结合实际，制定本方案。"),
        (Box(122, 157, 122 + 6 * 16, 179), "一、总体要求"),
    ]
    page = Page(595.0, 842.0, tuple(ocr.letters(said)), (), ())
    assert texts(clean(to_document([page]))) == [
        "为推动全市养老服务高质量发展，满足老年人的各种需求，结合实际，制定本方案。",
        "一、总体要求",
    ]


@pytest.mark.skipif(not ocr.is_installed(), reason="needs the extra plankb[ocr]")
def test_a_scan_is_recognised() -> None:
    sheets = Sheets()
    sheets.lines(BODY)
    with closing(pypdfium2.PdfDocument(sheets.data())) as printed:
        picture = printed[0].render(scale=2).to_pil()
    scanned = Sheets()
    scanned.canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    document = readers.to_document(scanned.data(), Path("plan.pdf"))
    assert [remark.code for remark in document.remarks] == ["E146"]
    assert "满足老年人多层次需求" in clean(document).text


def test_each_page_that_is_recognised_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_picture: object, _scale: float, page: Page) -> Page:
        return replace(page, glyphs=tuple(ocr.letters([(Box(90, 100, 290, 114), "一、全市养老床位达到三千张。")])))

    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "page_reader", lambda: read)
    scanned = Sheets()
    for _ in range(3):
        scanned.canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, 595, 842)
        scanned.canvas.showPage()
    told: list[tuple[int, int]] = []
    with pages_read.told_to(lambda done, total: told.append((done, total))):
        document = readers.to_document(scanned.data(), Path("plan.pdf"))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert clean(document).text.count("养老床位") == 3


def test_the_slant_of_a_page_is_that_of_most_of_its_long_lines() -> None:
    def box(width: float, fall: float) -> list[list[float]]:
        return [[0.0, 0.0], [width, fall], [width, fall + 20.0], [0.0, 20.0]]

    aslant = [box(400.0, 4.0), box(300.0, 3.0), box(500.0, 5.0), box(400.0, 4.2), box(400.0, 60.0), box(30.0, 9.0)]
    assert ocr.slant(aslant) == pytest.approx(0.01, abs=0.001)
    assert ocr.slant(aslant[-1:]) == ocr.slant([]) == 0.0


@pytest.mark.skipif(not ocr.is_installed(), reason="needs the extra plankb[ocr]")
@pytest.mark.parametrize("angle", [0.0, 0.6, -0.6])
def test_the_ruled_cells_of_a_scan_laid_on_aslant_are_restored(angle: float) -> None:
    sheets = Sheets()
    sheets.lines(BODY)
    sheets.table(
        [90, 150, 330, 490], [300, 330, 360], [["序号", "工作任务", "责任单位"], ["1", "新建泵站三十五座", "市水利局"]]
    )
    with closing(pypdfium2.PdfDocument(sheets.data())) as printed:
        picture = printed[0].render(scale=3).to_pil().rotate(angle, fillcolor="white")
    scanned = Sheets()
    scanned.canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    (table,) = clean(readers.to_document(scanned.data(), Path("plan.pdf"))).tables
    assert [row.texts for row in table.rows] == [
        ("序号", "工作任务", "责任单位"),
        ("1", "新建泵站三十五座", "市水利局"),
    ]


def test_a_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    for form in ("PNG", "JPEG", "TIFF"):
        buffer = io.BytesIO()
        Image.new("L", (30, 40), 230).save(buffer, form)
        with pytest.raises(PlankbError) as raised:
            readers.to_document(buffer.getvalue(), Path("plan.jpg"))
        assert raised.value.code == "E148"


def test_a_heading_whose_line_was_lost_behind_a_sentence_begins_anew() -> None:
    sheets = Sheets()
    sheets.lines(["　　到2027年，全市新建社区食堂40家。", "　　改造敬老院8所。"], y=100)
    sheets.line("二、重点", LEFT + SIZE * 22, 100)
    sheets.line("任务", LEFT, 128)
    sheets.line("（一）清淤。", LEFT + SIZE * 14, 128)
    found = texts(read(sheets))
    assert found[0] == "到2027年，全市新建社区食堂40家。"
    assert found[1].startswith("二、重点")


def test_a_bold_line_and_a_dotted_number_behind_a_sentence_that_fills_its_line_begin_anew() -> None:
    full = "　　到2027年全市新建社区食堂四十家护理型床位一万张。"
    sheets = Sheets()
    sheets.lines([full, "3.7 排放因子", full], y=100)
    sheets.line("4 工作程序", LEFT, 184, bold=True)
    sheets.lines([full], y=212)
    body = full.strip()
    assert texts(read(sheets)) == [body, "3.7排放因子", body, "4工作程序", body]


def test_the_mark_of_a_note_that_is_set_high_above_its_line_is_no_word_of_its_cell() -> None:
    sheets = Sheets()
    sheets.table([100, 250, 400], [100, 140, 180], [["指标", "2027年"], ["", "95"]])
    sheets.line("水质达标率", 110, 168, size=10.5)
    sheets.line("2", 110 + 5 * 10.5 + 1, 160, size=6)
    (table,) = read(sheets).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["指标", "2027年"], ["水质达标率", "95"]]


def test_a_power_that_is_set_high_above_its_line_stays_with_its_unit() -> None:
    sheets = Sheets()
    sheets.lines(["　　到2027年，浓度降到20ug/m以下。"])
    x = LEFT + SIZE * (2 + 1 + 2 + 2 + 3 + 1 + 2)
    sheets.line("3", x, 90, size=8)
    assert "\n" not in read(sheets).text


def test_a_row_that_the_page_break_cuts_is_one_below_rows_of_groups() -> None:
    xs = [100, 150, 250, 350, 450]
    sheets = Sheets()
    sheets.table(
        xs, [100, 130, 160, 190, 220, 250],
        [["序号", "任务", "单位", "时限"], ["一、设施", "", "", ""], ["1", "清淤", "水利局", "2026"],
         ["2", "绿化", "林业局", "2027"], ["3", "新建泵站", "水利局、财", "2028"]],
    )  # fmt: skip
    sheets.canvas.setFillColorRGB(1, 1, 1)
    sheets.canvas.setStrokeColorRGB(1, 1, 1)
    sheets.canvas.setLineWidth(2)
    for x in xs[1:-1]:
        sheets.canvas.line(x, 842 - 131, x, 842 - 159)
    sheets.next_page()
    sheets.table(xs, [100, 130, 160], [["序号", "任务", "单位", "时限"], ["", "六座", "政局", ""]])
    (table,) = read(sheets).tables
    assert [cell.text for cell in table.rows[-1].cells] == ["3", "新建泵站六座", "水利局、财政局", "2028"]
