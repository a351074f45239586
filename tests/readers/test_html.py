"""Web pages: the document of the page and nothing around it, with the cells of its tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.document import BoxBlock, TableBlock, TextBlock, clean
from plankb.kb import read_file
from plankb.readers.html import read
from plankb.readers.html.attributes import most_attributes

HEAD = '<meta charset="utf-8"><title>水利-某市政府网</title><script>var a="到2030年达到99%。"</script>'
PAGE = f"""<html><head>{HEAD}</head><body>
<div class="header"><a href="/">首页</a></div><div class="nav">当前位置：首页 &gt; 文件</div>
<div id="zoom"><p align="center">某市水利行动方案<br>（2024—2027年）</p>
<p>　　一、目标</p><p>　　到2027年，治理河道30公里，PM<sub>2.5</sub>降至28&micro;g/m<sup>3</sup>，
水质&ge;90%<sup>1</sup>。</p></div>
<div class="footer">主办：某市政府 苏ICP备00000001号 <a>打印本页</a></div></body></html>"""


def paragraphs(page: str | bytes) -> list[str]:
    document = read(page if isinstance(page, bytes) else page.encode())
    return [block.chars.text.strip() for block in document.blocks if isinstance(block, TextBlock)]


def test_the_document_is_read_without_what_stands_around_it() -> None:
    assert paragraphs(PAGE) == [
        "某市水利行动方案 （2024—2027年）", "一、目标", "到2027年，治理河道30公里，PM2.5降至28µg/m³， 水质≥90%。",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16", "big5"])
@pytest.mark.parametrize("named", ["gb2312", "utf-8", ""])
def test_every_encoding_of_chinese_is_read_whatever_the_page_says(encoding: str, named: str) -> None:
    title = "關於水利發展的行動方案" if encoding == "big5" else "关于水利发展的行动方案㎡"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={named}">' if named else ""
    if encoding == "big5" and named == "gb2312":
        pytest.skip("a page that says of itself what it is not, in an encoding of the same form")
    body = f"<p>{title}</p><p>{title}</p>"
    assert paragraphs(f"<html><head>{meta}</head><body>{body}</body></html>".encode(encoding)) == [title, title]


def test_cells_reach_over_rows_and_columns_and_hold_their_paragraphs() -> None:
    table = """<table><tr><td rowspan="2">类别</td><th colspan=2>目标</th></tr><tr><td>2026年</td><td>2027年</td></tr>
    <tr><td>河道</td><td><p>30</p><p>公里</p></td><td>14000<br>15000</td></tr></table>"""
    (block,) = read(f"<body>{table}</body>".encode()).blocks
    assert isinstance(block, TableBlock)
    found = {(c.row, c.column, c.rows, c.columns): [p.text.strip() for p in c.paragraphs] for c in block.cells}
    assert found == {
        (0, 0, 2, 1): ["类别"], (0, 1, 1, 2): ["目标"], (1, 1, 1, 1): ["2026年"], (1, 2, 1, 1): ["2027年"],
        (2, 0, 1, 1): ["河道"], (2, 1, 1, 1): ["30", "公里"], (2, 2, 1, 1): ["14000", "15000"],
    }  # fmt: skip


def test_a_table_that_lays_out_the_page_is_no_table_and_one_of_one_column_is_a_box() -> None:
    inner = "<table><tr><td>泵站</td><td>12座</td></tr></table>"
    inner += "<table><tr><td>专栏1</td></tr><tr><td>1．清淤。</td></tr></table>"
    text = "<p>正文" + "很长的一段正文，" * 30 + "</p>"
    blocks = read(f"<body><table><tr><td>{text}{inner}</td></tr></table></body>".encode()).blocks
    assert [type(block) for block in blocks] == [TextBlock, TableBlock, BoxBlock]


def test_line_breaks_part_paragraphs_that_begin_anew_and_join_a_sentence() -> None:
    page = "<div>　　一、目标<br>　　到2027年，治理河<br>道30公里。<br><br>"
    page += "（一）保护水源<br>划定保护区12处，治理河道8公里。</div>"
    assert paragraphs(page) == [
        "一、目标", "到2027年，治理河 道30公里。", "（一）保护水源", "划定保护区12处，治理河道8公里。",
    ]  # fmt: skip


def test_headings_have_levels_and_the_only_first_one_is_the_title() -> None:
    page = "<h1>某市水利行动方案</h1><h2>目标</h2><p>正文。</p><h3><b>河道</b></h3><p><b>清淤。</b>清淤30公里。</p>"
    blocks = [block for block in read(page.encode()).blocks if isinstance(block, TextBlock)]
    assert [(block.level, block.centred, block.lead) for block in blocks] == [
        (None, True, 0), (2, False, 0), (None, False, 0), (3, False, 0), (None, False, 3),
    ]  # fmt: skip


def test_menus_hidden_parts_and_what_follows_the_end_are_left_out() -> None:
    menu = "<ul>" + "".join(f"<li><a href='{n}'>栏目{n}</a></li>" for n in range(6)) + "</ul>"
    page = f"<body>{menu}<p>治理河道30公里。</p><p style='display: none'>到2035年达到99%。</p>"
    page += "<p>打印本页</p><p>相关规划到2031年</p></body>"
    assert paragraphs(page) == ["治理河道30公里。"]


def test_a_deep_page_and_a_broken_one_are_read() -> None:
    assert paragraphs("<div>" * 1500 + "治理河道30公里。") == ["治理河道30公里。"]
    assert paragraphs("<body><p>一、目标<p>治理<b>河道30公里。<table><tr><td>泵站<td>12") == [
        "一、目标",
        "治理河道30公里。",
    ]
    for data in (b"", b"no page at all", bytes(range(256))):
        with pytest.raises(ValueError, match=r".+"):
            read(data)


@pytest.mark.parametrize(
    "page",
    [
        "<p {many}>甲</p>",
        "<p {many}",
        '<!-- <p x=" --><p {many}>甲</p>',
        '<script>if (a<b && c) {{ "</script><p {many}>甲</p>',
        "<p x='>' {many}/>",
    ],
)
def test_an_element_of_thousands_of_attributes_is_refused_before_it_is_parsed(page: str) -> None:
    many = "\n".join(f'a{n}=">" b{n} c{n}=甲' for n in range(2000))
    with pytest.raises(ValueError, match="attributes"):
        read(f"<html><body>{page.format(many=many)}</body></html>".encode())


@pytest.mark.parametrize(
    ("tag", "count"),
    [
        ("<p>", 0), ("<p a b=1 c = '2' d=\"3 >\" e/>", 5), ("<p a='", 1), ("<p a/b/c>", 3), ("<p\ta\nb\x0cc>", 3),
        ("<td " + "x " * 60 + "<td y=1 z>", 63), ("<i a><b c d>", 2), ("a < b c d e", 0), ("<1 a b>", 0),
        ("<p ==a>", 1),
    ],
)  # fmt: skip
def test_attributes_are_counted_as_a_browser_does(tag: str, count: int) -> None:
    assert most_attributes(tag) == count


def test_entities_of_the_page_are_no_way_to_other_files() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><body><p>甲&x;乙&#55296;</p></body>'
    text = "".join(paragraphs(page))
    assert "甲" in text
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in text


def test_every_character_stands_where_its_offset_says() -> None:
    found = clean(read(PAGE.encode()))
    kept = [i for i in range(len(found.text)) if i not in found.replaced]
    assert all(found.text[i] == found.raw[found.offsets[i]] for i in kept)
    assert found.line(found.text.index("一、")) == 2


@pytest.mark.parametrize("element", ["div", "span", "table><tr><td"])
def test_a_page_nested_too_deep_is_refused_and_not_read_in_part(element: str) -> None:
    """What lies deeper than the parser goes, and all behind it, would be missing without a word."""
    page = f"<html><body><p>前言</p>{f'<{element}>' * 5000}到2025年达到60%。</body></html>"
    with pytest.raises(ValueError, match="nested"):
        read(page.encode())


def test_a_page_nested_as_deep_as_pages_are_is_read_whole() -> None:
    page = f"<html><body>{'<div>' * 500}前言{'</div>' * 500}<p>到2025年达到60%。</p></body></html>"
    assert read(page.encode()).source.split() == ["前言", "到2025年达到60%。"]


def test_cells_that_claim_the_whole_page_make_no_endless_grid() -> None:
    row = "<tr><td rowspan=65534 colspan=1000>指标</td></tr>"
    page = f"<html><body><table>{row * 300}</table></body></html>".encode()
    (table,) = read(page).blocks
    assert isinstance(table, TableBlock)
    assert len(table.cells) == 300
    assert max(cell.column + cell.columns for cell in table.cells) <= 400
    assert max(cell.row + cell.rows for cell in table.cells) == 300
    assert len(clean(read(page)).tables[0].rows) <= 300


def test_a_cell_stands_beside_those_that_reach_down_to_its_row() -> None:
    rows = "<tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr><tr><td>戊</td></tr>"
    (table,) = read(f"<html><body><table>{rows}</table></body></html>".encode()).blocks
    assert isinstance(table, TableBlock)
    assert [(cell.row, cell.column) for cell in table.cells] == [(0, 0), (0, 1), (1, 1), (1, 2), (2, 0)]


def test_a_task_table_with_a_head_of_two_rows_group_rows_and_merged_times(tmp_path: Path) -> None:
    head = (
        "<tr><td rowspan=2>序号</td><td rowspan=2>类别</td><td rowspan=2>工作任务</td><td colspan=2>责任单位</td>"
        "<td rowspan=2>完成时限</td></tr><tr><td>牵头单位</td><td>配合单位</td></tr>"
    )
    rows = (
        "<tr><td colspan=6>一、设施建设（2项）</td></tr>"
        "<tr><td>1</td><td rowspan=2>河道</td><td>新建泵站12座。</td><td>市水利局</td><td>市财政局</td>"
        "<td rowspan=2>2027年12月</td></tr>"
        "<tr><td>2</td><td>清淤河道30公里。</td><td>市水利局<br>市林业局</td><td>各县（市、区）政府</td></tr>"
    )
    page = f"<html><body><h1>某市水利行动方案</h1><p>一、重点任务</p><table border=1>{head}{rows}</table></body></html>"
    path = tmp_path / "plan.html"
    path.write_text(page, encoding="utf-8")
    first, second = (fact for fact in read_file(path).facts if fact.kind == "task")
    assert first.section[-2:] == ("一、设施建设（2项）", "河道") == second.section[-2:]
    assert (first.title, first.lead, first.support, first.by) == (
        "新建泵站12座",
        ("市水利局",),
        ("市财政局",),
        ("2027",),
    )
    assert (second.title, second.lead, second.collective) == (
        "清淤河道30公里", ("市水利局", "市林业局"), ("各县（市、区）政府",),
    )  # fmt: skip
    assert second.by == ("2027",)


HEAD = "<tr><td>序号</td><td>工作任务</td><td>牵头单位</td></tr>"


def test_a_table_inside_a_cell_of_data_stays_in_its_cell() -> None:
    inner = "<table><tr><td>新建泵站35座</td></tr><tr><td>改造管网120公里</td></tr></table>"
    page = f"<table>{HEAD}<tr><td>1</td><td>{inner}</td><td>市水利局</td></tr></table>"
    (block,) = read(page.encode()).blocks
    assert isinstance(block, TableBlock)
    row = [[chars.text.strip() for chars in cell.paragraphs] for cell in block.cells if cell.row == 1]
    assert row == [["1"], ["新建泵站35座", "改造管网120公里"], ["市水利局"]]


def test_a_table_with_a_head_inside_a_cell_of_data_follows_that_table() -> None:
    inner = "<table><tr><td>指标</td><td>单位</td></tr><tr><td>泵站</td><td>座</td></tr></table>"
    page = f"<table>{HEAD}<tr><td>1</td><td>建设{inner}</td><td>市水利局</td></tr></table><p>完。</p>"
    outer, hanging, last = read(page.encode()).blocks
    assert isinstance(outer, TableBlock)
    assert isinstance(hanging, TableBlock)
    assert isinstance(last, TextBlock)
    assert [len(outer.cells), len(hanging.cells)] == [6, 4]


def test_a_table_with_a_head_is_one_though_a_cell_of_it_is_long() -> None:
    long = "".join(f"<p>（{n}）建设设施，{'完善政策和机制，' * 12}</p>" for n in range(1, 7))
    page = f"<table>{HEAD}<tr><td>1</td><td>{long}</td><td>市水利局</td></tr></table>"
    (block,) = read(page.encode()).blocks
    assert isinstance(block, TableBlock)


def test_a_cell_with_numbered_sections_is_a_text_beside_a_menu() -> None:
    lines = ("一、目标", "到2028年，新建泵站35座。", "二、任务", "（一）清淤。清淤30公里。")
    for text in ("".join(f"<p>{line}</p>" for line in lines), "　　" + "<br>　　".join(lines)):
        page = f"<table><tr><td><a href=1>公开</a></td><td>{text}</td></tr></table>"
        assert paragraphs(page)[-4:] == list(lines)


def test_elements_that_are_printed_as_a_table_are_one() -> None:
    cell = "<div style='display: table-cell'>{}</div>"
    rows = [("序号", "工作任务"), ("1", "清淤")]
    printed = "".join(
        f"<div style='display:table-row;'>{''.join(cell.format(text) for text in row)}</div>" for row in rows
    )
    (block,) = read(f"<body><div style='width:9px;display:table'>{printed}</div></body>".encode()).blocks
    assert isinstance(block, TableBlock)
    assert [(c.row, c.column, c.paragraphs[0].text) for c in block.cells] == [
        (0, 0, "序号"), (0, 1, "工作任务"), (1, 0, "1"), (1, 1, "清淤"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("list_", "labels"),
    [
        ("<ol><li>甲</li><li>乙</li></ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3 type=A><li>甲<li value=9>乙</ol>", ["C. 甲", "I. 乙"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲</li><li>乙</li></ol>", ["一、甲", "二、乙"]),
        ("<ol style='list-style: none'><li>甲</li></ol><ul><li>乙</li></ul>", ["甲", "乙"]),
        ("<ol><li>甲<ol><li>子</li></ol></li><li>乙</li></ol>", ["1. 甲", "1. 子", "2. 乙"]),
    ],
)
def test_the_numbers_that_a_browser_counts_stand_in_the_text(list_: str, labels: list[str]) -> None:
    assert paragraphs(f"<body>{list_}</body>") == labels


def test_the_way_to_the_page_and_a_short_menu_are_no_part_of_its_title() -> None:
    menu = "<ul><li><a href=1>首页</a></li><li><a href=2>公开</a></li></ul>"
    for way in ("<p>首页 &gt; 政务公开 &gt; 正文</p>", "<div>您现在的位置：首页</div>", menu):
        assert paragraphs(f"{way}<p>某市水利行动方案</p><p>首页改版。</p>") == ["某市水利行动方案", "首页改版。"]
    files = "<ul><li><a href=1.doc>任务分工表</a></li><li><a href=2.doc>主要指标一览表</a></li></ul>"
    assert paragraphs(f"<p>附件：</p>{files}") == ["附件：", "任务分工表", "主要指标一览表"]


def test_running_heads_that_libreoffice_writes_are_no_text() -> None:
    page = "<body><div title='header'><p>某市规划</p></div><p>一、目标</p><div title='footer'><p>3</p></div></body>"
    assert paragraphs(page) == ["一、目标"]


TITLE = "泸县水网建设行动方案（2026—2028年）"
WEB_TEXT = (
    "<p>一、总体要求</p><p>到2028年，新建泵站12座。</p><p>二、重点任务</p><p>（一）治理河道。（牵头单位：县水利局）</p>"
)
MENU = "<div class='nav'><ul><li><a href='/'>首页</a></li><li><a href='/a'>政务公开</a></li></ul></div>"
AROUND = "<div class='hotnews'>到2030年，新建泵站99座。</div>"
HEADS = {
    "list of definitions": "<dl><dt>发文机关：</dt><dd>泸县人民政府办公室</dd><dt>发文字号：</dt>"
    "<dd>泸县府办发〔2026〕8号</dd>"
    f"<dt>成文日期：</dt><dd>2026年03月04日</dd></dl><h2>{TITLE}</h2><div id='zoom'>{WEB_TEXT}</div>",
    "list of spans": "<ul><li><span>发布机构：</span><span>泸县人民政府办公室</span></li><li><span>文号：</span>"
    "<span>泸县府办发〔2026〕8号</span></li><li><span>发布日期：</span><span>2026-03-04</span></li></ul>"
    f"<div class='title'>{TITLE}</div><div id='UCAP-CONTENT'>{WEB_TEXT}</div>",
    "table": "<table><tr><td>发布机构：</td><td>泸县人民政府办公室</td><td>发文字号：</td>"
    "<td>泸县府办发〔2026〕8号</td></tr>"
    f"<tr><td>成文日期：</td><td>2026-03-04</td></tr></table><h1>{TITLE}</h1><div class='TRS_Editor'>{WEB_TEXT}</div>",
    "line of the source": f"<h1>{TITLE}</h1><div class='info'><span>2026-03-04 10:20</span> "
    "<span>来源：泸县人民政府办公室</span></div>"
    f"<p>泸县府办发〔2026〕8号</p><div class='pages_content'>{WEB_TEXT}</div>",
    "title on two lines": "<div class='tit1'>泸县人民政府办公室关于印发</div>"
    f"<div class='tit1'>{TITLE}的通知</div><div>2026-03-04</div>"
    f"<div class='pages_content'><p>泸县府办发〔2026〕8号</p>{WEB_TEXT}</div>",
    "title said again in the text": f"<h1>{TITLE}</h1><div id='zoom'><p align='center'>{TITLE}</p>"
    f"<p>泸县府办发〔2026〕8号</p>{WEB_TEXT}<p>泸县人民政府办公室</p><p>2026年3月4日</p></div>",
    "lines parted by breaks": f"<h1>{TITLE}</h1><div id='zoom'>泸县府办发〔2026〕8号<br>"
    + WEB_TEXT.replace("<p>", "").replace("</p>", "<br>")
    + "<br>泸县人民政府办公室<br>2026年3月4日</div>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_a_site_sets_above_its_text_is_read_and_nothing_else_around_it(
    head: str, encoding: str, tmp_path: Path
) -> None:
    page = f"<html><head><meta charset='{encoding}'></head><body>{MENU}{head}{AROUND}</body></html>"
    path = tmp_path / "page.html"
    path.write_bytes(page.encode("gb18030" if encoding == "gb2312" else encoding))
    reading = read_file(path)
    plan = reading.plan
    assert (plan.title, plan.issuer) == (TITLE, "泸县人民政府办公室")
    assert (plan.number, plan.date) == ("泸县府办发〔2026〕8号", "2026-03-04")
    assert [fact.value for fact in reading.facts if fact.kind == "target"] == [12]
    assert [fact.lead for fact in reading.facts if fact.kind == "task"] == [("县水利局",)]
    assert reading.clean.text.count(TITLE) == 1
