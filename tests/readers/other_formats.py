"""A document that was read, written anew in another format: what each format would have said of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from plankb.document import Block, CellBlock, Document, TableBlock, TextBlock
from plankb.readers.pdf.page import Glyph, Page, Rule
from plankb.readers.pdf.pdfium import read_pages
from tests.readers.word import p, table, tc, word

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_RULED = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
_WIDTH = 9000
"""Of a table, in twentieths of a point."""
_OFD = "xmlns:ofd='http://www.ofdspec.org/2016'"
_MM = 25.4 / 72


def as_docx(document: Document) -> bytes:
    """The document as a Word file that ends in an empty paragraph, as Word's own do."""
    return word(_body(document.blocks) + p(""))


def _body(blocks: Sequence[Block]) -> str:
    found = ""
    for block in blocks:
        match block:
            case TextBlock(kind="text"):
                found += p(escape(block.chars.text.replace("\n", "")))
            case TableBlock():
                found += _table(block)
            case TextBlock():
                continue
            case _:
                found += table(tc(_body(block.blocks)))
    return found


def _table(block: TableBlock) -> str:
    width = max(cell.column + cell.columns for cell in block.cells)
    own = {(cell.row, cell.column): cell for cell in block.cells}
    over = {(row, c.column): c for c in block.cells for row in range(c.row + 1, c.row + c.rows)}
    rows = []
    for row in range(max(cell.row + cell.rows for cell in block.cells)):
        column, said = 0, ""
        while column < width:
            cell = own.get((row, column)) or over.get((row, column))
            said += _cell(cell, width, first=(row, column) in own)
            column += cell.columns if cell else 1
        rows.append(said)
    return table(*rows).replace("<w:tblPr/>", f"<w:tblPr><w:tblBorders>{_RULED}</w:tblBorders></w:tblPr>", 1)


def _cell(cell: CellBlock | None, width: int, *, first: bool) -> str:
    columns = cell.columns if cell else 1
    merge = "" if cell is None or cell.rows == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    look = f'<w:tcW w:w="{_WIDTH // width * columns}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>{merge}'
    texts = [own.text for own in cell.paragraphs] if cell and first else []
    return tc("".join(p(escape(text)) for text in texts) or p(""), look)


def as_ofd(pdf: bytes) -> bytes:
    """A PDF's pages as an OFD file: its letters at their places, its rules as paths."""
    pages = list(read_pages(pdf))
    area = f"<ofd:PhysicalBox>0 0 {pages[0].width * _MM} {pages[0].height * _MM}</ofd:PhysicalBox>"
    listed = "".join(f"<ofd:Page ID='{n}' BaseLoc='Pages/{n}.xml'/>" for n in range(1, len(pages) + 1))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f"<ofd:OFD {_OFD}>{body}</ofd:OFD>")
        common = f"<ofd:CommonData><ofd:PageArea>{area}</ofd:PageArea></ofd:CommonData>"
        content = f"{common}<ofd:Pages>{listed}</ofd:Pages>"
        archive.writestr("Doc_0/Document.xml", f"<ofd:Document {_OFD}>{content}</ofd:Document>")
        for n, page in enumerate(pages, start=1):
            layer = f"<ofd:Layer ID='3'>{''.join(_objects(page))}</ofd:Layer>"
            archive.writestr(f"Doc_0/Pages/{n}.xml", f"<ofd:Page {_OFD}><ofd:Content>{layer}</ofd:Content></ofd:Page>")
    return stream.getvalue()


def _objects(page: Page) -> Iterator[str]:
    run: list[Glyph] = []
    for glyph in page.glyphs:
        if run and not _goes_on(run[-1], glyph):
            yield _printed(run)
            run = []
        run.append(glyph)
    if run:
        yield _printed(run)
    yield from (_ruled(rule, across=True) for rule in page.across)
    yield from (_ruled(rule, across=False) for rule in page.down)


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    near = glyph.x0 >= last.x0 and glyph.x0 - last.x1 < 3 * glyph.face.size
    return near and abs(glyph.base - last.base) < 0.5 and glyph.face == last.face


def _printed(run: Sequence[Glyph]) -> str:
    first, size = run[0], run[0].face.size * _MM
    box = f"{first.x0 * _MM} {first.base * _MM - size} {(run[-1].x1 - first.x0) * _MM} {size * 1.3}"
    steps = " ".join(f"{(two.x0 - one.x0) * _MM:.3f}" for one, two in pairwise(run))
    text = escape("".join(glyph.text for glyph in run))
    code = f"<ofd:TextCode X='0' Y='{size}' DeltaX='{steps}'>{text}</ofd:TextCode>"
    return f"<ofd:TextObject Boundary='{box}' Size='{size}' Font='2'>{code}</ofd:TextObject>"


def _ruled(rule: Rule, *, across: bool) -> str:
    length = (rule.end - rule.start) * _MM
    x, y = (rule.start * _MM, rule.at * _MM) if across else (rule.at * _MM, rule.start * _MM)
    right, down = (length, 0) if across else (0, length)
    data = f"<ofd:AbbreviatedData>M 0 0 L {right} {down}</ofd:AbbreviatedData>"
    return f"<ofd:PathObject Boundary='{x} {y} {right + 0.1} {down + 0.1}' LineWidth='0.3'>{data}</ofd:PathObject>"
