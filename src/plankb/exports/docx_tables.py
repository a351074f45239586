"""Tables of Word documents as offices print them: headings on every page, no row broken over two, Chinese faces.

A table is written as XML in one go: thousands of rows take seconds that way, and minutes cell by cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from plankb.errors import Language
from plankb.exports import page_columns
from plankb.exports.safe import plain_text
from plankb.exports.tables import Table
from plankb.words import say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.shared import Length
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

Paper = Literal["A3", "A4"]
BODY, HEADING, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
"""The faces of official documents (GB/T 9704-2012)."""
_INSTEAD: Mapping[str, str] = MappingProxyType({BODY: "仿宋", HEADING: "SimHei", TITLE: "宋体"})
"""The face that Word takes where one of these is not installed."""
_PAPERS: Mapping[Paper, tuple[float, float]] = MappingProxyType({"A4": (29.7, 21.0), "A3": (42.0, 29.7)})
"""Centimetres of a page in landscape."""
_MARGIN = 1.5
_SIZE, _TITLE_SIZE = 9, 18
_CENTRED = frozenset({"number", "role", "row", "total", "tasks"})
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS = 567
"""Twentieths of a point in a centimetre; a character takes 20 times its size of them."""


def new_document(lang: Language, paper: Paper = "A4") -> WordDocument:
    """An empty python-docx document: landscape, its styles in Chinese faces, "page x of y" at the foot."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Cm(side) for side in _PAPERS[paper])
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN))
    _set_font(document.styles["Normal"], BODY, Pt(_SIZE))
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    _close_up(document.styles["Normal"])
    _set_font(document.styles["Heading 1"], TITLE, Pt(_TITLE_SIZE))
    document.styles["Heading 1"].font.bold = False
    _add_faces(document)
    _number_pages(section.footer.paragraphs[0], lang)
    return document


def add_table(document: WordDocument, part: Table, *, new_page: bool = False, paper: Paper = "A4") -> None:
    """A table under its title."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml

    title = document.add_heading(plain_text(part.title), level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.page_break_before = new_page or None
    document.element.body.insert_element_before(parse_xml(_table_xml(part, _widths(part, paper))), "w:sectPr")


def _widths(part: Table, paper: Paper) -> list[int]:
    """Twips of each column; together they fill the page across."""
    room = (_PAPERS[paper][0] - 2 * _MARGIN) * _TWIPS
    edge = (_INSIDE["left"] + _INSIDE["right"]) / (20 * _SIZE)
    found = page_columns.widths(part, room / (20 * _SIZE), edge=edge)
    return [round((width + edge) * 20 * _SIZE) for width in found]


def _table_xml(part: Table, widths: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _INSIDE.items())
    keys = part.keys or ("",) * len(widths)
    rows = (_row_xml(keys, [str(value) for value in row], widths) for row in part.rows)
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>"
        f"{_row_xml(keys, part.headings, widths, head=True)}{''.join(rows)}</w:tbl>"
    )


_INSIDE = {"top": 40, "left": 70, "bottom": 40, "right": 70}
"""Twips between the border of a cell and its text."""
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _row_xml(keys: Sequence[str], texts: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
    """A row that is not broken over pages; that of the headings stands on every page."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraphs(text, centred=head or key in _CENTRED, head=head)}</w:tc>"
        for key, text, width in zip(keys, texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _paragraphs(text: str, *, centred: bool, head: bool) -> str:
    layout = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    faces = "".join(f' w:{script}="{HEADING}"' for script in ("ascii", "hAnsi", "eastAsia", "cs")) if head else ""
    look = f'<w:rPr><w:rFonts w:hint="eastAsia"{faces}/></w:rPr>'
    return "".join(
        f'<w:p>{layout}<w:r>{look}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in plain_text(text).replace("\t", " ").split("\n")
    )


def _set_font(style: ParagraphStyle, name: str, size: Length) -> None:
    """One face for all scripts: digits and quotation marks do not jump into another."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name, style.font.size, style.font.color.rgb = name, size, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), name)


def _close_up(style: ParagraphStyle) -> None:
    """No space between Chinese characters and digits or Latin letters, as official documents are set."""
    from docx.oxml import parse_xml

    properties = style.element.get_or_add_pPr()
    for name in ("autoSpaceDE", "autoSpaceDN"):
        properties.insert_element_before(parse_xml(f'<w:{name} {_W} w:val="0"/>'), *_AFTER_SPACING)


_AFTER_SPACING = ("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What follows these two in the properties of a paragraph, as the schema orders them."""


def _add_faces(document: WordDocument) -> None:
    """Names the faces with those that take their place."""
    table = next(part for part in document.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml")
    faces = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _INSTEAD.items()
    )
    table._blob = table.blob.replace(b"</w:fonts>", f"{faces}</w:fonts>".encode())


def _number_pages(paragraph: Paragraph, lang: Language) -> None:
    """第 x 页 共 y 页."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    fields = {"\x01": "PAGE", "\x02": "NUMPAGES"}
    words = say("tables.remark.page_of", lang, page="\x01", pages="\x02")
    for piece in words.replace("\x01", "\0\x01\0").replace("\x02", "\0\x02\0").split("\0"):
        if piece in fields:
            run = "<w:r><w:t>1</w:t></w:r>"
            paragraph._p.append(parse_xml(f'<w:fldSimple {_W} w:instr="{fields[piece]}">{run}</w:fldSimple>'))
        elif piece:
            paragraph.add_run(piece)
