"""Text that is struck out is left out, and a remark says so, in every format that can strike text out."""

from __future__ import annotations

import io
import zipfile

import pytest
from reportlab.pdfbase.pdfdoc import HighlightAnnotation, PDFName

from plankb.document import Document, clean
from plankb.readers.docx import read as read_docx
from plankb.readers.html import read as read_html
from plankb.readers.ofd import read as read_ofd
from plankb.readers.pdf import read as read_pdf
from tests.readers.pdf.conftest import HEIGHT, LEFT, SIZE, Sheets
from tests.readers.word import p, r, style, word


class _StrikeOut(HighlightAnnotation):  # type: ignore[misc]  # reportlab has no types
    """What a reviewer draws through words."""

    def AnnotationDict(self, **named: object) -> object:  # noqa: N802  # reportlab's name
        return super().AnnotationDict(**{**named, "Subtype": PDFName("StrikeOut")})


def said(document: Document) -> tuple[str, list[str]]:
    """The clean text, and what the remarks on text that is struck out show."""
    shown = [str(remark.details["words"]) for remark in document.remarks if remark.code == "E152"]
    return clean(document).text, shown


def test_a_line_through_letters_of_a_pdf_takes_them_out() -> None:
    sheets = Sheets()
    sheets.lines(["　　到2028年，治理河道八十九十公里。"])
    y = 100 - 0.35 * SIZE
    start = LEFT + SIZE * 2 + 0.5 * SIZE * 4 + SIZE * (1 + 2 + 4)
    sheets.rule(start, y, start + 2 * SIZE, y)
    assert said(read_pdf(sheets.data())) == ("到2028年，治理河道九十公里。", ["八十"])


@pytest.mark.parametrize(("above", "beyond"), [(-0.15, 0), (0.95, 0), (0.35, 3)], ids=["under", "over", "longer"])
def test_an_underline_the_edge_of_a_cell_and_a_longer_rule_strike_nothing_out(above: float, beyond: float) -> None:
    sheets = Sheets()
    sheets.lines(["治理河道八十公里。"])
    sheets.rule(LEFT, 100 - above * SIZE, LEFT + (9 + beyond) * SIZE, 100 - above * SIZE)
    assert said(read_pdf(sheets.data())) == ("治理河道八十公里。", [])


def test_a_reviewers_mark_in_a_pdf_strikes_text_out() -> None:
    sheets = Sheets()
    sheets.lines(["治理河道八十公里。", "新建泵站六座。"])
    top, bottom = HEIGHT - 128 + 0.88 * SIZE, HEIGHT - 128 - 0.12 * SIZE
    right = LEFT + 7 * SIZE
    sheets.canvas._addAnnotation(
        _StrikeOut([LEFT, bottom, right, top], "", [LEFT, top, right, top, LEFT, bottom, right, bottom])
    )
    assert said(read_pdf(sheets.data())) == ("治理河道八十公里。", ["新建泵站六座。"])


@pytest.mark.parametrize("properties", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="gone"/>'])
def test_a_run_of_word_that_is_struck_out_is_left_out(properties: str) -> None:
    kept = r("90公里。", '<w:strike w:val="0"/><w:dstrike w:val="0"/>')
    body = f"<w:p>{r('到2028年，治理河道')}{r('80', properties)}{kept}</w:p>"
    styles = style("gone", "删去").replace('w:type="paragraph"', 'w:type="character"').replace(
        "</w:style>", "<w:rPr><w:strike/></w:rPr></w:style>"
    )  # fmt: skip
    found = said(read_docx(word(body + p("二、保障措施"), styles=styles)))
    assert found == ("到2028年，治理河道90公里。\n二、保障措施", ["80"])


@pytest.mark.parametrize(
    "gone", ["<s>{}</s>", "<del>{}</del>", '<span style="text-decoration: line-through">{}</span>']
)
def test_text_of_a_web_page_that_is_struck_out_is_left_out(gone: str) -> None:
    page = f"<p>到2028年，治理河道{gone.format('<b>80</b>')}90公里。</p>"
    assert said(read_html(page.encode())) == ("到2028年，治理河道90公里。", ["80"])


def test_a_line_through_letters_of_an_ofd_takes_them_out() -> None:
    space = "xmlns:ofd='http://www.ofdspec.org/2016'"
    code = "<ofd:TextCode X='0' Y='5' DeltaX='g 7 5'>治理河道八十九十</ofd:TextCode>"
    text = f"<ofd:TextObject Boundary='20 20 170 8' Size='5'>{code}</ofd:TextObject>"
    path = "<ofd:AbbreviatedData>M 0 0 L 10 0</ofd:AbbreviatedData>"
    line = f"<ofd:PathObject Boundary='40 23.2 10 0.2' LineWidth='0.3'>{path}</ofd:PathObject>"
    root = "<ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody>"
    pages = "<ofd:Pages><ofd:Page ID='1' BaseLoc='P.xml'/></ofd:Pages>"
    parts = {
        "OFD.xml": f"<ofd:OFD {space}>{root}</ofd:OFD>",
        "D/Document.xml": f"<ofd:Document {space}>{pages}</ofd:Document>",
        "D/P.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{text}{line}</ofd:Layer></ofd:Content></ofd:Page>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert said(read_ofd(stream.getvalue())) == ("治理河道九十", ["八十"])


def test_of_much_that_is_struck_out_the_first_pieces_are_shown_and_all_are_counted() -> None:
    page = "".join(f"<p>治理<s>第{n}条河流{'及支流' * 20}</s></p>" for n in range(5))
    ((shown,),) = [said(read_html(page.encode()))[1]]
    assert shown.startswith("第0条河流及支流")
    assert shown.endswith("…（5）")
    assert shown.count("、") == 2
    assert len(shown) < 110
