"""Word documents: one table, or the 任务分解表 that can be put under a circular: landscape, headings on every page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from plankb.errors import Language
from plankb.exports import tables
from plankb.exports.formats import ConflictList
from plankb.exports.safe import plain_text
from plankb.exports.tables import Table
from plankb.matrix import Matrix

_BODY, _HEADING = "仿宋", "黑体"
"""The faces of official documents (GB/T 9704-2012); other systems fall back to their own."""
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 29.7, 21.0, 1.8
"""Centimetres of an A4 page in landscape."""
_SHORT = 200
"""Characters of a cell up to which a row stays on one page; a longer one would leave a gap before it."""
_SHARES = {
    "number": 4, "title": 9, "measures": 24, "targets": 11, "lead": 8, "others": 11, "by": 6, "source": 10,
    "review": 7, "jurisdiction": 7, "bureau": 14, "gap": 8, "row": 5, "plan": 14, "section": 16, "why": 14, "quote": 20,
    "issuer": 12, "period": 7, "date": 7, "tasks": 4, "file": 18, "read_at": 9, "sha256": 16, "support": 18,
    "joint": 18, "total": 5, "what": 14, "who": 7, "when": 10,
}  # fmt: skip


def matrix(made: Matrix, *, lang: Language = "zh") -> bytes:
    """The 任务分解表 with its lists."""
    from docx import Document

    document = Document()
    _set_up(document)
    properties = document.core_properties
    properties.author, properties.created = "plankb", made.made.replace(tzinfo=None)
    properties.title = tables.breakdown(made, lang).title
    parts = [tables.breakdown(made, lang), tables.bureaus(made, lang), tables.holes(made, lang)]
    parts.append(tables.sources(made, lang))
    if made.corrections:
        parts.append(tables.reviewed(made, lang))
    for part in parts:
        _add_table(document, part)
    document.add_paragraph(plain_text(tables.colophon(made, lang)))
    return _bytes(document)


def table(made: Table, *, lang: Language = "zh") -> bytes:  # noqa: ARG001 - a table is in a language already
    """One plain table."""
    from docx import Document

    document = Document()
    document.add_heading(plain_text(made.title), level=1)
    grid = document.add_table(rows=1, cols=len(made.headings), style="Table Grid")
    for cell, heading in zip(grid.rows[0].cells, made.headings, strict=True):
        cell.text = plain_text(heading)
    for row in made.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = plain_text(str(value))
    return _bytes(document)


def conflicts(made: ConflictList, *, lang: Language = "zh") -> bytes:
    """Conflicts, a row a fact."""
    return table(tables.conflicts(made, lang))


def _bytes(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(_PAGE_WIDTH), Cm(_PAGE_HEIGHT)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN))
    _set_font(document.styles["Normal"], _BODY, Pt(9))
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    _set_font(document.styles["Heading 1"], _HEADING, Pt(16))


def _set_font(style: Any, name: str, size: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name, style.font.size, style.font.color.rgb = name, size, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), name)


def _add_table(document: Any, part: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    title = document.add_heading(plain_text(part.title), level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shares = [_SHARES[key] for key in part.keys]
    room = _PAGE_WIDTH - 2 * _MARGIN
    grid = document.add_table(rows=1, cols=len(shares), style="Table Grid")
    grid.autofit = False
    widths = [Cm(room * share / sum(shares)) for share in shares]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    _fill(grid.rows[0], part.headings, widths, bold=True)
    _repeat(grid.rows[0])
    _keep_together(grid.rows[0])
    for values in part.rows:
        row = grid.add_row()
        _fill(row, [str(value) for value in values], widths)
        if max(len(str(value)) for value in values) <= _SHORT:
            _keep_together(row)


def _fill(row: Any, texts: Any, widths: list[Any], *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    # row.cells is worked out anew at each access
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        run = cell.paragraphs[0].add_run(plain_text(text))
        run.bold = bold or None
        if bold:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _repeat(row: Any) -> None:
    """The row stands on every page that the table goes over."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row: Any) -> None:
    """Word does not break the row across pages."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
