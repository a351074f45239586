"""OFD (GB/T 33190-2016): letters and lines where they are printed, read by their geometry as those of a PDF are."""

from dataclasses import replace

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers.archive import open_archive
from plankb.readers.line import struck_remark
from plankb.readers.ofd.package import read_pages
from plankb.readers.pdf.document import to_document
from plankb.readers.pdf.struck import without_struck

__all__ = ["read"]

_SCANNED = 0.3
"""The share of a page that pictures cover in a scan."""


def read(data: bytes) -> Document:
    """The document of an OFD file. Raises ValueError where the bytes are none, E131 where it unpacks to too much,
    E135 for pictures without text."""
    with open_archive(data) as archive:
        shown = [without_struck(page) for page in read_pages(archive)]
    pages = [page for page, _ in shown]
    document = to_document(pages)
    if not document.source.strip() and any(page.images > _SCANNED for page in pages):
        raise PlankbError("E135", path="")
    return replace(document, remarks=struck_remark([text for _, struck in shown for text in struck]))
