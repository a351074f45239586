"""Comments in the drafter's own file: at the words, and nothing else changed."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml

from plankb.document import clean
from plankb.exports import html
from plankb.exports.docx_comments import with_comments
from plankb.exports.formats import DraftFindings
from plankb.model import Finding, Review, Target, Words
from plankb.readers.docx import open_text, read
from tests.readers.word import p, r, table, tc, word


def draft() -> bytes:
    document = docx.Document()
    document.add_heading("一、总体要求", 1)
    paragraph = document.add_paragraph("推进塘口")
    paragraph.add_run("塘口电厂").bold = True
    paragraph.add_run("改造，到2025年绿地率达到40%。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "绿地率"
    table.cell(0, 1).text = "45%"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def found(text: str, words: str, message: str = "有误") -> Finding:
    start = text.index(words)
    return Finding(
        rule="repeated-text", severity="warning", message=Words(zh=message, en="wrong"),
        span=(start, start + len(words)), quote=words, line=1,
    )  # fmt: skip


def commented(*words: str, message: str = "有误") -> tuple[bytes, bytes]:
    data = draft()
    text = clean(read(data))
    return data, with_comments(data, text, [found(text.text, each, message) for each in words])


def words_of_comments(data: bytes) -> list[str]:
    """The text between the marks of each comment, in the order of their ids."""
    body = docx.Document(io.BytesIO(data)).element.body
    open_: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for element in body.iter():
        name = str(element.tag).rpartition("}")[2]
        key = next((value for tag, value in element.attrib.items() if str(tag).endswith("}id")), "")
        if name == "commentRangeStart":
            open_[key] = []
        elif name == "commentRangeEnd":
            said[key] = "".join(open_.pop(key))
        elif name == "t":
            for parts in open_.values():
                parts.append(element.text)
    return [said[key] for key in sorted(said, key=int)]


def test_comments_sit_at_the_words_even_across_runs_inside_runs_and_over_one_another() -> None:
    words = ("塘口塘口", "口电", "到2025年", "2025", "45%", "一、总体要求")
    assert words_of_comments(commented(*words)[1]) == list(words)


def look(data: bytes) -> list[tuple[str, Any]]:
    """Each character with the properties that it is shown with."""
    shown = []
    for piece in open_text(data).pieces:
        properties = piece.run.rPr
        look = None if properties is None else properties.xml.split(">", 1)[1]
        shown += [(char, look) for char in piece.element.text]
    return shown


def test_every_character_looks_as_before() -> None:
    before, after = commented("塘口塘口", "口电", "2025", "45%")
    assert look(after) == look(before)
    assert read(after).source == read(before).source


def test_what_stands_in_a_text_box_is_commented_where_the_box_is() -> None:
    document = docx.Document()
    box = (
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml">'
        "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>专栏 推进塘口塘口电厂改造。</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.add_paragraph("重点任务")._p.append(parse_xml(box))
    stream = io.BytesIO()
    document.save(stream)
    text = clean(read(stream.getvalue()))
    after = with_comments(stream.getvalue(), text, [found(text.text, "塘口塘口")])
    body = docx.Document(io.BytesIO(after)).element.body
    assert not [
        mark for name in ("commentRangeStart", "commentReference") for mark in body.xpath(f"//w:txbxContent//w:{name}")
    ]
    assert len(body.xpath("//w:commentReference")) == 1
    assert read(after).source == read(stream.getvalue()).source


def test_a_reviewed_fact_is_told_from_one_as_it_was_read() -> None:
    fact = Target(
        id="t", plan="p", section=("一、目标",), quote="绿地率45%", span=(0, 5), indicator="绿地率",
        indicator_id="绿地率",
        review=Review(action="correct", who="张三", when="2026-01-01T00:00:00+00:00"),
    )  # fmt: skip
    data = draft()
    text = clean(read(data))
    finding = found(text.text, "绿地率").model_copy(update={"related": (fact,)})
    (comment,) = docx.Document(io.BytesIO(with_comments(data, text, [finding]))).comments
    page = html.findings(DraftFindings(file=Path("草案"), findings=[finding], titles={})).decode()
    assert "张三 2026-01-01" in comment.text
    assert "张三 2026-01-01" in page


def test_python_docx_reads_the_comments_back() -> None:
    _, after = commented("塘口塘口", message="“塘口”重复书写\x00")
    (comment,) = docx.Document(io.BytesIO(after)).comments
    assert comment.author == "plankb"
    assert "“塘口”重复书写" in comment.text
    assert "文字重复" in comment.text


def hard_draft() -> bytes:
    """Everything that parts the text of the page from the text of the runs."""
    high, hidden = '<w:vertAlign w:val="superscript"/>', "<w:vanish/>"
    sup = f"<m:oMath><m:sSup><m:e>{MATH.format('m')}</m:e><m:sup>{MATH.format('3')}</m:sup></m:sSup></m:oMath>"
    box = "<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>".format(p("专栏1水库扩容。"))
    return word(
        f"<w:p>{r('到2027年，库容')}{r('1', high)}{r('隐藏', hidden)}{r('达到30')}{r('万')}{sup}{r('，绿地12万m')}"
        f"{r('2', high)}"
        f"<w:r><w:br/><w:t>水质改善。</w:t><w:tab/><w:t>泵站十座。</w:t></w:r></w:p>"
        + p("堤防加固，", '<w:rPr><w:del w:id="9" w:author="a"/></w:rPr>') + p("河道清淤。")
        + table(tc(p("供水管网") + "<w:p><w:r><w:t>1200</w:t><w:br/><w:t>1500</w:t></w:r></w:p>") + tc(p("水务局")))
        + f"<w:p><w:r><w:t>绿色</w:t></w:r><w:r>{box}</w:r><w:r><w:t>屏障建设。</w:t></w:r></w:p>"
        + p("\u2f00是水\u2f2f改造。")
    )  # fmt: skip


MATH = "<m:r><m:t>{}</m:t></m:r>"
HARD = (
    "库容达到30", "绿地12", "水质改善", "泵站十座", "堤防加固，河道清淤", "供水管网", "1500", "水务局", "绿色屏障建设",
    "一是水工改造",
)  # fmt: skip


def test_comments_stand_at_the_words_whatever_the_file_hides_raises_breaks_or_merges() -> None:
    data = hard_draft()
    text = clean(read(data))
    checked = with_comments(data, text, [found(text.text, each) for each in HARD])
    plain = str.maketrans("\u2f00\u2f2f", "一工")
    between = re.compile("1隐藏|专栏1水库扩容。")  # runs that stand between the words and say nothing there
    assert [between.sub("", said).translate(plain) for said in words_of_comments(checked)] == list(HARD)
    assert clean(read(checked)).text == text.text
