"""Word files (.docx): paragraphs, headings and tables with their cells, and a map from the text back to the runs.

What a reader of the page sees is what is read: numbers that Word counts by itself stand in the text; deleted and hidden
text, headers and footers do not. Footnotes and endnotes come last, as notes.
"""

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers.docx import parts
from plankb.readers.docx.text import Piece, WordText, map_text, open_text

__all__ = ["Piece", "WordText", "map_text", "open_text", "read"]


def read(data: bytes) -> Document:
    """The document of a Word file.

    Raises ValueError where it is none, E131 to E133 as `open_package` does, E135 where it holds pictures and no text.
    """
    found = open_text(data)
    if not found.text.strip() and parts.has_pictures(found.document):
        raise PlankbError("E135", path="")
    return Document(found.text, tuple(found.blocks), remarks=tuple(found.remarks))
