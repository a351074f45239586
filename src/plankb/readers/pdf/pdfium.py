"""The one place that opens a PDF: its bytes to pages of glyphs and rules.

Everything a hostile file can blow up is bounded: pages, letters and drawings of a page, depth of nested forms.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing

from plankb.errors import PlankbError
from plankb.readers.pdf.drawing import Drawing
from plankb.readers.pdf.guard import check_size
from plankb.readers.pdf.letters import LetterReader
from plankb.readers.pdf.page import MOST_PAGES, Page, PdfObject, Turn
from plankb.readers.pdf.tounicode import FontTables

_EMPTY = Page(595.0, 842.0, (), (), ())


def read_pages(data: bytes) -> Iterator[Page]:
    """The pages of a PDF. Raises E115 where a password guards it, E116 where the bytes are none, E131 where they
    unpack to more than a document holds, E149 to E151 where pages draw or hold more, or are more."""
    import pypdfium2

    check_size(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PlankbError("E115", path="") from error
        raise PlankbError("E116", path="") from error
    tables = FontTables(data)
    with closing(document):
        _check_unlocked(document)
        if len(document) > MOST_PAGES:
            raise PlankbError("E150", path="", count=len(document), most=MOST_PAGES)
        for index in range(len(document)):
            yield _page(document, index, tables)


def _check_unlocked(document: PdfObject) -> None:
    """The check of sizes for a file that is encrypted and opens without a password: its streams say nothing as they
    are. Raises E116, E131, E149."""
    import pypdfium2
    import pypdfium2.raw as raw

    if raw.FPDF_GetSecurityHandlerRevision(document.raw) < 0:
        return
    plain = io.BytesIO()
    try:
        document.save(plain, flags=raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError as error:
        raise PlankbError("E116", path="") from error
    check_size(plain.getvalue())


def _page(document: PdfObject, index: int, tables: FontTables) -> Page:
    """One page; an empty one where pdfium cannot load it."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return _EMPTY
    with closing(page):
        try:
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            return _EMPTY
        with closing(text):
            turn = Turn(page)
            letters = LetterReader(text.raw, turn, tables).read()
            if letters.sideways != -turn.quarter % 4 and letters.glyphs:
                turn = Turn(page, more=-(letters.sideways + turn.quarter))
                letters = LetterReader(text.raw, turn, tables).read()
        drawing = Drawing(turn)
        drawing.read(page.raw)
    return Page(
        turn.width, turn.height, letters.glyphs, tuple(drawing.across), tuple(drawing.down), drawing.images,
        letters.hidden, letters.unread,
    )  # fmt: skip
