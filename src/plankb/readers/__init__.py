"""Readers: from a plan's file to a document, one module a file format.

`read` is the one door. A format is a module with `read(data: bytes) -> Document` that raises `ValueError` where the
bytes are not of that format, or `PlankbError` where it knows better; it is entered in `formats.FORMATS` with the file
endings it reads, and imported when first used.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers import formats
from plankb.readers.folder import Skipped, plan_files, skipped_files
from plankb.readers.formats import KINDS

__all__ = ["KINDS", "Skipped", "plan_files", "read", "skipped_files", "to_document"]


def read(path: Path) -> Document:
    """The document of a plan's file.

    Raises E101 (no such file), E103 (nothing in it), E104 (not of its format), E105 (no permission).
    """
    try:
        data = path.read_bytes()
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except (OSError, ValueError) as error:
        raise PlankbError("E101", path=path) from error
    return to_document(data, path)


def to_document(data: bytes, path: PurePath) -> Document:
    """The document of a file's content; `path` gives the format and stands in messages.

    Where the content shows another format than the ending, the content counts, and a remark says so. Raises E103 and
    E104, and what the reader of the format raises.
    """
    named, shown = formats.named(path), formats.found(data)
    form = shown if shown is not None and not _is_old_word(named, shown) else named or formats.PLAIN
    reader = import_module(form.reader)
    try:
        document: Document = reader.read(data)
    except PlankbError as error:
        raise PlankbError(error.code, **{**error.details, "path": path}) from error
    except ValueError as error:
        raise PlankbError("E104", path=path, kinds=KINDS) from error
    if not document.source.strip():
        raise PlankbError("E103", path=path)
    if named is not None and form is not named:
        return replace(document, remarks=(PlankbError("E136", ending=path.suffix), *document.remarks))
    return document


def _is_old_word(named: formats.Format | None, shown: formats.Format) -> bool:
    """Whether a file is an old Word document named as a new one, whose reader says what to do."""
    return named is formats.DOCX and shown is formats.OFFICE
