"""PDF: letters and lines where they are printed; paragraphs, tables and headings follow from geometry."""

from collections.abc import Sequence
from dataclasses import replace

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers.line import struck_remark
from plankb.readers.pdf import ocr
from plankb.readers.pdf.document import to_document
from plankb.readers.pdf.pdfium import read_pages
from plankb.readers.pdf.struck import without_struck

__all__ = ["read"]


_SCANNED = 0.3
"""From what share of a page that pictures cover a page without letters is a scan."""


def read(data: bytes) -> Document:
    """The document of a PDF. Scanned pages are read where the extra `plankb[ocr]` is installed, and a remark says so.

    Raises E115 where a password guards it, E116 where the bytes are none, E117 for a scan that cannot be read, E131
    where they unpack to too much.
    """
    shown = [without_struck(page) for page in read_pages(data)]
    pages = [page for page, _ in shown]
    scanned = [index for index, page in enumerate(pages) if not page.glyphs and page.images > _SCANNED]
    remarks = struck_remark([text for _, struck in shown for text in struck])
    if scanned and ocr.is_installed():
        for index, page in ocr.recognised(data, pages, scanned):
            pages[index] = page
        remarks += (PlankbError("E146", pages=_listed(scanned)),)
    elif scanned and len(scanned) == len(pages):
        raise PlankbError("E117", path="")
    elif scanned:
        remarks += (PlankbError("E147", pages=_listed(scanned)),)
    return replace(to_document(pages), remarks=remarks)


def _listed(indices: Sequence[int]) -> str:
    """Page numbers for a message: 1-3, 7."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index:
            runs[-1].append(index + 1)
        else:
            runs.append([index + 1])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
