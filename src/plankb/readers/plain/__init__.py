"""Plain text and Markdown: the one reader that has to guess where a paragraph, a cell or a heading was."""

from plankb.document import Document
from plankb.readers.plain.blocks import to_document
from plankb.readers.plain.decode import decode

__all__ = ["decode", "read", "to_document"]


def read(data: bytes) -> Document:
    """The document of a file's bytes. Raises ValueError where no encoding makes text of them."""
    return to_document(decode(data))
