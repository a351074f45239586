"""Two sides of a comparison as a page, a workbook or a Word table (对照表): what is asked and answered, old and new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from plankb.errors import Language
from plankb.exports.html import render_page
from plankb.exports.safe import cell_text, plain_text, sheet_names
from plankb.model import AnyFact

if TYPE_CHECKING:
    from plankb.exports.tables import Table

Tone = Literal["bad", "warn", "good", "plain"]
_COLORS: Mapping[Tone, str] = MappingProxyType({"bad": "F9D9D6", "warn": "FFF2CC", "good": "DCEFDC", "plain": "FFFFFF"})
_HEADS = 2
"""The row of the headings in a workbook, under title and remark."""
_WIDTH, _LEAST = 150, 5
"""Characters across a landscape page of A4 in type that can be read, and in the narrowest column."""
_FONT = "仿宋_GB2312"
"""The face of official documents (GB/T 9704-2012); other systems fall back to their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells, and how it is to be taken."""

    cells: tuple[str, ...]
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A comparison ready to be laid out: `shares` are the widths of the columns, in proportion; `facts` are those of
    plans that it rests on."""

    title: str
    remark: str
    headings: tuple[str, ...]
    shares: tuple[int, ...]
    lines: tuple[Line, ...]
    facts: tuple[AnyFact, ...] = ()


def html(made: Sheet, *, lang: Language = "zh") -> bytes:
    """A page."""
    return render_page("side_by_side.html.j2", lang=lang, sheet=made)


def markdown(made: Sheet, *, lang: Language = "zh") -> bytes:
    """A table in Markdown under its remark."""
    from plankb.exports.markdown import escaped, table

    listed = table(_table(made), lang=lang).decode()
    title, _, rest = listed.partition("\n")
    return "\n".join([title, "", escaped(made.remark), rest]).encode() if made.remark else listed.encode()


def csv(made: Sheet, *, lang: Language = "zh") -> bytes:
    """The lines alone."""
    from plankb.exports.csv import table

    return table(_table(made), lang=lang)


def _table(made: Sheet) -> Table:
    from plankb.exports.tables import Table

    return Table(made.title, made.headings, made.headings, tuple(line.cells for line in made.lines))


def xlsx(made: Sheet, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """A workbook; every cell is written as text."""
    import xlsxwriter

    from plankb.exports.workbook import fit

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    page = book.add_worksheet(sheet_names([made.title])[0])
    look = {"border": 1, "text_wrap": True, "valign": "top", "font_name": _FONT, "font_size": 10}
    head = book.add_format({**look, "bold": True, "bg_color": "#DDE8F3"})
    tones = {tone: book.add_format({**look, "bg_color": f"#{color}"}) for tone, color in _COLORS.items()}
    page.write_string(0, 0, cell_text(made.title), book.add_format({"bold": True, "font_size": 16, "font_name": _FONT}))
    page.write_string(1, 0, cell_text(made.remark), book.add_format({"font_name": _FONT}))
    unit = min(2, _WIDTH / sum(made.shares))
    widths = [max(_LEAST, share * unit) for share in made.shares]
    for column, (heading, width) in enumerate(zip(made.headings, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(_HEADS, column, cell_text(heading), head)
    for number, line in enumerate((Line(made.headings), *made.lines), _HEADS):
        page.set_row(number, fit.row_height(zip(line.cells, widths, strict=True)))
        for column, text in enumerate(line.cells if number > _HEADS else ()):
            page.write_string(number, column, cell_text(text), tones[line.tone])
    page.freeze_panes(_HEADS + 1, 0)
    page.autofilter(_HEADS, 0, _HEADS + max(1, len(made.lines)), len(made.headings) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(_HEADS)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P/&N")
    book.close()
    return buffer.getvalue()


def docx(made: Sheet, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """A Word table, landscape."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(plain_text(made.title))
    run.bold, run.font.size = True, Pt(16)
    document.add_paragraph(plain_text(made.remark))
    _fill_table(document, made, [Cm(26.1 * share / sum(made.shares)) for share in made.shares])
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _fill_table(document: object, sheet: Sheet, widths: Sequence[object]) -> None:
    from docx.document import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    assert isinstance(document, Document)  # noqa: S101
    grid = document.add_table(rows=1 + len(sheet.lines), cols=len(sheet.headings), style="Table Grid")
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(grid.rows):
        line = Line(sheet.headings) if not number else sheet.lines[number - 1]
        mark = OxmlElement("w:cantSplit" if number else "w:tblHeader")
        row._tr.get_or_add_trPr().append(mark)
        for cell, text, width in zip(row.cells, line.cells, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(plain_text(text))
            run.bold = True if not number else None
            if line.tone != "plain":
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), _COLORS[line.tone])
                cell._tc.get_or_add_tcPr().append(shade)
