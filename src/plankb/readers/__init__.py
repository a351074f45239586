"""Readers: from a plan's file to a document, one module a file format.

`read` is the one door. A format is a module with `read(data: bytes) -> Document` that raises `ValueError` where the
bytes are not of that format, or `PlankbError` where it knows better; it is entered in `formats.FORMATS` with the file
endings it reads, and imported when first used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath

from plankb.document import Document
from plankb.errors import PlankbError
from plankb.readers import formats
from plankb.readers.formats import KINDS

__all__ = ["KINDS", "is_plan_file", "plan_files", "read", "to_document"]


def is_plan_file(path: Path) -> bool:
    """Whether a file found in a folder is taken for a plan: by its ending; hidden and lock files are not."""
    return formats.named(path) is not None and not path.name.startswith((".", "~$"))


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
