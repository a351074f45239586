"""Pictures of pages (PNG, JPEG, TIFF), read by optical character recognition where `plankb[ocr]` is installed."""

from __future__ import annotations

from dataclasses import replace

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers.pdf import ocr
from plankb.readers.pdf.document import to_document


def read(data: bytes) -> Document:
    """The document of a picture, with a remark. Raises E148 without the extra, ValueError for no picture."""
    if not ocr.is_installed():
        raise PlankbError("E148", path="")
    return replace(to_document([ocr.of_picture(data)]), remarks=(PlankbError("E146", pages="1"),))
