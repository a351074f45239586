"""Readers: from a plan's file to a document, one module a file format.

`read` is the one door. A format is a module with `read(data: bytes) -> Document` that raises `ValueError` where the
bytes are not of that format, or `PlankbError` where it knows better; it is entered in `_FORMATS` with the file endings
it reads, and imported when first used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path, PurePath
from types import MappingProxyType

from plankb.document import Document
from plankb.errors import PlankbError

__all__ = ["KINDS", "is_plan_file", "plan_files", "read", "to_document"]

_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "plankb.readers.plain",
        ".text": "plankb.readers.plain",
        ".md": "plankb.readers.plain",
        ".markdown": "plankb.readers.plain",
        ".docx": "plankb.readers.docx",
        ".pdf": "plankb.readers.pdf",
        ".html": "plankb.readers.html",
        ".htm": "plankb.readers.html",
    }
)
_OTHER = "plankb.readers.plain"
"""What reads a file of an unknown ending that the user named himself."""

KINDS = " ".join(_FORMATS)
"""The file endings that can be read, for messages."""


def is_plan_file(path: Path) -> bool:
    """Whether a file found in a folder is taken for a plan: by its ending; hidden and lock files are not."""
    return path.suffix.lower() in _FORMATS and not path.name.startswith((".", "~$"))


def plan_files(path: Path) -> Iterator[Path]:
    """The plan files of a path, sorted: the file itself, or those in a folder and in the folders below it.

    Raises E101 where there is no such path, E102 for a folder that holds no plan, E105 for one that may not be
    read, E109 for a pipe or a device.
    """
    try:
        if path.is_file():
            found = [path]
        elif path.is_dir():
            found = sorted(_walk(path))
        else:
            raise PlankbError("E109" if path.exists() or str(path) == "-" else "E101", path=path)
    except PermissionError as error:
        raise PlankbError("E105", path=error.filename or path) from error
    except (OSError, ValueError) as error:  # a name with a NUL, or one longer than the system allows
        raise PlankbError("E101", path=path) from error
    if not found:
        raise PlankbError("E102", path=path, kinds=KINDS)
    yield from found


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith(".") or (entry.is_symlink() and entry.is_dir()):
            continue
        if entry.is_dir():
            yield from _walk(entry)
        elif entry.is_file() and is_plan_file(entry):
            yield entry


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
    """The document of a file's content; `path` gives the format and stands in messages. Raises E103 and E104."""
    reader = import_module(_FORMATS.get(path.suffix.lower(), _OTHER))
    try:
        document: Document = reader.read(data)
    except PlankbError as error:
        raise PlankbError(error.code, **{**error.details, "path": path}) from error
    except ValueError as error:
        raise PlankbError("E104", path=path, kinds=KINDS) from error
    if not document.source.strip():
        raise PlankbError("E103", path=path)
    return document
