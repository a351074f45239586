"""Comments in the drafter's own file: at the words, and nothing else changed."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from plankb.checks import Draft, check
from plankb.document import clean
from plankb.exports import html
from plankb.exports.docx_comments import with_comments
from plankb.exports.formats import DraftFindings
from plankb.model import Finding, Fix, Plan, Review, Target, Words
from plankb.readers.docx import open_text, read
from tests.readers.word import p, r, table, tc, word
from tests.text import read_plan

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


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


def _look(run: etree._Element) -> str | None:
    properties = run.find(qn("w:rPr"))
    return (
        None if properties is None else etree.tostring(properties, encoding="unicode", with_tail=False).split(">", 1)[1]
    )


def look(data: bytes) -> list[tuple[str, Any]]:
    """Each character with the properties that it is shown with."""
    shown = []
    for piece in open_text(data).pieces:
        shown += [(char, _look(piece.run)) for char in piece.element.text or ""]
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


WRONG = (
    "一、总体要求", "推进塘口塘口电厂改造,完善的的机制。", "（一）主要任务",
    "根据《某市供水条例，加强监管（含委托执法〕。",
    "（三）保障措施", "污水处理率达到95个百分点。", "（四）组织实施", "由市水务局、市财政局、市水务局负责。",
)  # fmt: skip
RIGHT = (
    "一、总体要求", "推进塘口电厂改造，完善的机制。", "（一）主要任务",
    "根据《某市供水条例》，加强监管（含委托执法）。",
    "（二）保障措施", "污水处理率达到95%。", "（三）组织实施", "由市水务局、市财政局负责。",
)  # fmt: skip


def wrong_draft() -> bytes:
    """A draft whose slips lie across runs of their own look."""
    document = docx.Document()
    for words in WRONG:
        paragraph = document.add_paragraph()
        for start in range(0, len(words), 5):
            paragraph.add_run(words[start : start + 5]).bold = start % 2 == 0
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def mended_draft() -> bytes:
    data = wrong_draft()
    text = clean(read(data))
    draft = Draft(read_plan(text.text, Plan(id="d", title="d")))
    return with_comments(data, text, check(draft), fixes=True)


def settled(data: bytes, *, accepted: bool) -> list[str]:
    """The paragraphs once every tracked change is accepted, or rejected."""
    body = docx.Document(io.BytesIO(data)).element.body
    gone, kept = ("del", "ins") if accepted else ("ins", "del")
    for mark in body.xpath(f"//w:{gone}"):
        mark.getparent().remove(mark)
    for mark in body.xpath(f"//w:{kept}//w:delText"):
        mark.tag = mark.tag.replace("delText", "t")
    return ["".join(text.text for text in p.xpath(".//w:t")) for p in body.xpath("./w:p")]


def test_what_mends_a_slip_is_tracked_and_may_be_accepted_or_rejected() -> None:
    data = mended_draft()
    assert settled(data, accepted=True) == list(RIGHT)
    assert settled(data, accepted=False) == list(WRONG)
    marks = docx.Document(io.BytesIO(data)).element.body.xpath("//w:ins | //w:del")
    ids = [mark.get(f"{W}id") for mark in marks]
    assert len(set(ids)) == len(ids) > 8
    assert {mark.get(f"{W}author") for mark in marks} == {"plankb"}


def look_rejected(data: bytes) -> list[Any]:
    """The properties of each character that stood there before, in order."""
    body = docx.Document(io.BytesIO(data)).element.body
    shown: list[Any] = []
    for text in body.xpath("//w:t[not(ancestor::w:ins)] | //w:delText"):
        shown += [_look(text.getparent())] * len(text.text)
    return shown


def test_a_tracked_change_leaves_the_look_of_the_words_and_all_other_parts_of_the_file() -> None:
    before, after = wrong_draft(), mended_draft()
    assert look_rejected(after) == [properties for _, properties in look(before)]
    with ZipFile(io.BytesIO(before)) as old, ZipFile(io.BytesIO(after)) as new:
        for name in set(old.namelist()) - {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}:
            assert new.read(name) == old.read(name), name


def test_what_stands_in_runs_with_more_than_text_keeps_its_comment_alone() -> None:
    box = "<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>".format(p("专栏1扩容。"))
    data = word(f"<w:p><w:r><w:t>推进塘口</w:t><w:tab/><w:t>塘口改造。。</w:t></w:r><w:r>{box}</w:r></w:p>")
    text = clean(read(data))
    finding = found(text.text, "塘口塘口")
    start = finding.span[0]
    wide = finding.model_copy(update={"fixes": (Fix(span=(start, start + 4), text="塘口"),)})
    checked = with_comments(data, text, [wide], fixes=True)
    body = docx.Document(io.BytesIO(checked)).element.body
    assert len(body.xpath("//w:commentReference")) == 1
    assert clean(read(checked)).text.startswith("推进塘口")
    assert "".join(settled(checked, accepted=False)).startswith("推进塘口塘口改造")
