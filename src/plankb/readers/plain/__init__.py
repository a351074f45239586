"""Plain text and Markdown: the one reader that has to guess where a paragraph, a cell or a heading was."""

from dataclasses import replace

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers.plain.blocks import to_document
from plankb.readers.plain.decode import decode

_LOST = "\ufffd"
"""What stands for bytes that are no character."""

__all__ = ["decode", "read", "to_document"]


def read(data: bytes) -> Document:
    """The document of a file's bytes; a remark says how many of them are broken, and where the first stands.

    Raises ValueError where no encoding makes text of them.
    """
    document = to_document(decode(data))
    lost = document.source.count(_LOST)
    if not lost:
        return document
    line = document.source.count("\n", 0, document.source.index(_LOST)) + 1
    return replace(document, remarks=(*document.remarks, PlankbError("E153", count=lost, line=line)))
