"""Old Word, WPS, RTF and OpenDocument files: LibreOffice, where it is installed, makes Word files of them."""

from plankb.document import Document
from plankb.readers import docx
from plankb.readers.office.convert import to_docx

__all__ = ["read"]


def read(data: bytes) -> Document:
    """The document of a file that LibreOffice reads.

    Raises E137 where LibreOffice is not installed, E138 where it cannot read the file, E139 where it takes too long.
    """
    return docx.read(to_docx(data))
