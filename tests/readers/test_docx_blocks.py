"""Word files as documents: paragraphs, headings, cells, boxes and notes as the file has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.document import TableBlock, TextBlock, clean
from plankb.kb import KnowledgeBase
from plankb.readers.docx import read
from tests.readers.word import p, r, repacked, shown, style, table, tc, texts, word


def test_a_line_break_and_a_paragraph_in_a_cell_begin_a_paragraph_of_the_cell() -> None:
    amounts = "<w:p><w:r><w:t>1200</w:t><w:br/><w:t>1850</w:t></w:r></w:p>"
    data = word(table(tc(p("泵站") + p("水闸")) + tc(amounts)))
    assert shown(data) == [{(0, 0): ("泵站", "水闸"), (0, 1): ("1200", "1850")}]
    assert clean(read(data)).text == "泵站 水闸\t1200 1850"


def test_merged_cells_reach_over_their_rows_and_columns() -> None:
    begin, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    data = word(
        table(
            tc(p("城东"), begin) + tc(p("甲"), '<w:gridSpan w:val="2"/>'),
            tc(p(""), go_on) + tc(p("乙")) + tc(p("丙")),
            tc(p("城西"), begin) + tc(p("丁"), '<w:hMerge w:val="restart"/>') + tc(p(""), "<w:hMerge/>"),
        )
    )
    (block,) = read(data).blocks
    assert isinstance(block, TableBlock)
    assert [(c.row, c.column, c.rows, c.columns) for c in block.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 2),
    ]  # fmt: skip


def test_rows_that_begin_later_and_rows_and_cells_in_controls_keep_their_columns() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc(p("乙"))}{tc(p("丙"))}</w:tr>'
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = f"<w:tr>{control.format(tc(p('丁')))}{tc(p('戊'))}{tc(p('己'))}</w:tr>"
    first = f"<w:tr>{tc(p('甲'))}{tc(p('子'))}{tc(p('丑'))}</w:tr>"
    assert shown(word(f"<w:tbl>{first}{late}{control.format(row)}</w:tbl>")) == [
        {
            (0, 0): ("甲",), (0, 1): ("子",), (0, 2): ("丑",), (1, 1): ("乙",), (1, 2): ("丙",),
            (2, 0): ("丁",), (2, 1): ("戊",), (2, 2): ("己",),
        }
    ]  # fmt: skip


def test_a_table_of_one_column_and_a_text_box_are_boxes() -> None:
    frame = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
    text_box = f"<w:p><w:r><w:t>正文。</w:t>{frame}</w:r></w:p>"
    rest = p("其后的正文，" * 20)
    assert shown(word(rest + table(tc(p("专栏2")), tc(p("1．河道清淤。") + p("2．堤防加固。"))) + p("三、其他")))[
        1:
    ] == [
        ["专栏2", "1．河道清淤。", "2．堤防加固。"],
        "三、其他",
    ]
    assert shown(word(text_box.format(p("专栏3")) + rest))[:2] == ["正文。", ["专栏3"]]


def test_a_frame_around_the_whole_page_is_no_box() -> None:
    data = word(table(tc(p("某市水利行动方案") + p("一、目标") + p("到2027年，治理河道30公里。"))) + p("抄送：市委"))
    assert shown(data)[:3] == ["某市水利行动方案", "一、目标", "到2027年，治理河道30公里。"]


def test_a_table_inside_a_cell_comes_after_its_table_and_glues_nothing() -> None:
    inner = table(tc(p("河道")) + tc(p("30")) + tc(p("公里")))
    assert shown(word(table(tc(p("治理") + inner + p("完成")) + tc(p("市水利局"))))) == [
        {(0, 0): ("治理", "完成"), (0, 1): ("市水利局",)},
        {(0, 0): ("河道",), (0, 1): ("30",), (0, 2): ("公里",)},
    ]


def test_a_narrow_table_inside_a_cell_only_sets_words_beside_one_another() -> None:
    inner = table(tc(p("治理河道")) + tc(p("30公里")), tc(p("加固堤防")) + tc(p("8公里")))
    assert shown(word(table(tc(p("到2027年：") + inner) + tc(p("市水利局"))))) == [
        {(0, 0): ("到2027年：", "治理河道30公里", "加固堤防8公里"), (0, 1): ("市水利局",)}
    ]


def test_of_alternatives_one_is_read() -> None:
    box = "<w:txbxContent>{}</w:txbxContent>".format(p("专栏1"))
    both = (
        f"<w:p><w:r><w:t>前文。</w:t><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert shown(word(both + p("后文。" * 20)))[:2] == ["前文。", ["专栏1"]]
    only = both.replace(f"<wps:txbx>{box}</wps:txbx>", "")
    assert shown(word(only + p("后文。" * 20)))[:2] == ["前文。", ["专栏1"]]


HEADINGS = "".join(
    (
        style("11", "heading 2"),
        style("12", "条标题", based="11"),
        style("13", "章", '<w:jc w:val="center"/><w:outlineLvl w:val="0"/>'),
        style("14", "toc 1"),
        style("15", "我的目录", based="14"),
    )
)


def test_styles_say_levels_contents_and_the_middle_of_the_line_also_through_what_they_are_based_on() -> None:
    styled = [
        p(text, f'<w:pStyle w:val="{name}"/>' + more)
        for text, name, more in (
            ("总体要求", "13", ""),
            ("水源保护", "12", ""),
            ("正文", "12", '<w:outlineLvl w:val="9"/>'),
            ("水源保护\u30003", "15", ""),
            ("河道治理", "11", '<w:jc w:val="left"/>'),
        )
    ]
    read_ = texts(word("".join(styled), styles=HEADINGS))
    assert [(b.level, b.kind, b.centred) for b in read_] == [
        (1, "text", True), (2, "text", False), (None, "text", False), (None, "contents", False), (2, "text", False),
    ]  # fmt: skip


FONT = '<w:rFonts w:eastAsia="{}"/>'


@pytest.mark.parametrize(
    ("runs", "lead"),
    [
        (r("加强水源保护。", "<w:b/>") + r("划定保护区12处。"), "加强水源保护。"),
        (r("加强水源保护。", FONT.format("楷体")) + r("划定12处。", FONT.format("仿宋")), "加强水源保护。"),
        (r("到2027年，划定") + r("保护区", "<w:b/>") + r("12处。"), ""),
        (r("全部加粗的一段。", "<w:b/>"), ""),
    ],
)  # fmt: skip
def test_what_stands_out_at_the_head_of_a_paragraph(runs: str, lead: str) -> None:
    (block,) = texts(word(f"<w:p>{runs}</w:p>"))
    assert block.chars.text[: block.lead] == lead


def test_text_that_is_not_seen_is_not_read() -> None:
    runs = (
        r("可见") + r("隐藏", "<w:vanish/>") + r("又可见", '<w:vanish w:val="0"/>')
        + '<w:moveFrom w:id="1"><w:r><w:t>移走</w:t></w:r></w:moveFrom>'
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("结果")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    assert shown(word(f"<w:p>{runs}</w:p>")) == ["可见又可见结果"]


def test_a_deleted_paragraph_mark_joins_and_a_deleted_row_is_gone() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    assert shown(word(p("治理河道", mark) + p("30公里。") + p("完成。"))) == ["治理河道30公里。", "完成。"]
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{tc(p("旧"))}{tc(p("旧"))}</w:tr>'
    rest = f"<w:tr>{tc(p('甲'))}{tc(p('乙'))}</w:tr>"
    assert shown(word(f"<w:tbl>{gone}{rest}</w:tbl>")) == [{(0, 0): ("甲",), (0, 1): ("乙",)}]


def test_signs_and_formulas_are_read() -> None:
    runs = (
        r("浓度") + '<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>' + r("35")
        + "<m:oMath><m:r><m:t>μg/</m:t></m:r><m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e>"
        + "<m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>"
        + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    )  # fmt: skip
    assert shown(word(f"<w:p>{runs}</w:p>")) == ["浓度≤35μg/m³☑"]


@pytest.mark.parametrize(
    ("before", "mark", "after", "read_"),
    [
        ("绿地率", "1", "达到40%", "绿地率达到40%"),
        ("绿地率", "[2]", "达到40%", "绿地率达到40%"),
        ("新增绿地3万m", "2", "。", "新增绿地3万m²。"),
        ("库容5万m", "3", "。", "库容5万m³。"),
        ("产能10", "4", "吨", "产能10⁴吨"),
        ("水质达到40%", "3", "。", "水质达到40%。"),
    ],
)
def test_marks_of_notes_are_no_digits_of_the_text_and_powers_stay(
    before: str, mark: str, after: str, read_: str
) -> None:
    high = r(mark, '<w:vertAlign w:val="superscript"/>')
    data = word(f"<w:p>{r(before)}{high}{r(after)}</w:p>")
    assert clean(read(data)).text == read_


def test_footnotes_come_last_and_apart() -> None:
    note = f'<w:footnote w:id="2">{p("指城市建成区。")}</w:footnote>'
    note += f'<w:footnote w:id="0" w:type="separator">{p("")}</w:footnote>'
    body = f'<w:p>{r("绿地率")}<w:r><w:footnoteReference w:id="2"/></w:r>{r("达到40%。")}</w:p>' + p("二、任务")
    assert [(b.chars.text, b.kind) for b in texts(word(body, notes=note))] == [
        ("绿地率达到40%。", "text"), ("二、任务", "text"), ("指城市建成区。", "note"),
    ]  # fmt: skip


def lines(*breaks: str) -> list[object]:
    return shown(word("<w:p><w:r>" + "<w:br/>".join(f"<w:t>{text}</w:t>" for text in breaks) + "</w:r></w:p>"))


def test_line_breaks_part_paragraphs_and_join_lines_of_a_sentence() -> None:
    assert lines("（一）保护水源", "划定保护区12处，治理河道30公里。") == [
        "（一）保护水源",
        "划定保护区12处，治理河道30公里。",
    ]
    assert lines("一是治理河道。", "二是加固堤防。") == ["一是治理河道。", "二是加固堤防。"]
    assert lines("到2027年，治理河", "道30公里。") == ["到2027年，治理河 道30公里。"]
    assert lines("某市水利行动方案", "（2024—2027年）") == ["某市水利行动方案 （2024—2027年）"]


def test_strict_files_and_files_with_broken_relationships_are_read() -> None:
    data = word(p("治理河道30公里。"))
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"

    def strict(part: bytes) -> bytes:
        for name in (b"wordprocessingml", b"officeDocument"):
            part = part.replace(old + name + b"/2006/", new + name + b"/")
        return part

    names = ("word/document.xml", "word/styles.xml", "_rels/.rels", "word/_rels/document.xml.rels")
    assert shown(repacked(data, dict.fromkeys(names, strict))) == ["治理河道30公里。"]
    kind = old + b"officeDocument/2006/relationships/image"
    image = b'<Relationship Id="rId99" Type="' + kind + b'" Target="NULL"/></Relationships>'
    broken = repacked(data, {"word/_rels/document.xml.rels": lambda part: part.replace(b"</Relationships>", image)})
    assert shown(broken) == ["治理河道30公里。"]


def test_every_character_stands_where_its_offset_says() -> None:
    data = word(p("一、目标") + table(tc(p("泵站") + p("水闸")) + tc(p("12"))) + p("二、任务"))
    document = read(data)
    found = clean(document)
    kept = [
        (char, found.raw[o])
        for i, (char, o) in enumerate(zip(found.text, found.offsets, strict=True))
        if i not in found.replaced
    ]
    assert all(char == source for char, source in kept)
    assert found.line(found.text.index("二、任务")) == 3
    assert all(isinstance(block, TextBlock | TableBlock) for block in document.blocks)


def test_what_a_footnote_says_is_no_fact_but_can_be_searched(tmp_path: Path) -> None:
    note = (
        f'<w:footnote w:id="2">{p("指到2030年建成区透水铺装率达到45%。（市园林局牵头，2029年底前完成）")}</w:footnote>'
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = p("贵阳市绿化方案（2026—2028年）") + p("一、任务")
    body += f"<w:p>{r('（一）扩大绿地。新建绿道60公里')}{mark}{r('。（责任单位：市林业局）')}</w:p>"
    (tmp_path / "方案.docx").write_bytes(word(body, notes=note))
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([tmp_path / "方案.docx"])
    (task,) = kb.store.facts("task")
    assert (task.text, task.lead, task.by) == ("新建绿道60公里。", (), ())
    assert [target.value for target in kb.store.facts("target")] == [60]
    assert not [*kb.store.facts("deadline"), *kb.store.facts("doubt")]
    assert "透水铺装率" in kb.search("透水铺装率").hits[0].text
