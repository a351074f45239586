"""PDF: letters and lines where they are printed; paragraphs, tables and headings follow from geometry."""

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers.pdf.document import to_document
from plankb.readers.pdf.pdfium import read_pages

__all__ = ["read"]


_SCANNED = 0.3
"""The share of the pages that pictures cover in a scan."""


def read(data: bytes) -> Document:
    """The document of a PDF.

    Raises E115 where a password guards it, E116 where the bytes are none, E117 for a scan without text.
    """
    pages = tuple(read_pages(data))
    document = to_document(pages)
    if not document.source.strip() and any(page.images > _SCANNED for page in pages):
        raise PlankbError("E117", path="")
    return document
