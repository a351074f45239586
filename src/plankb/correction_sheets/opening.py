"""Opening the workbook that somebody hands back; a file of another kind is told from a damaged or foreign one."""

from __future__ import annotations

import os
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.correction_sheets.cells_alone import cells_alone
from plankb.errors import PlankbError
from plankb.readers.archive import open_archive

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_OLE, _ZIP = bytes.fromhex("d0cf11e0a1b11ae1"), b"PK\x03\x04"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_OLD, _ODS = " .xls / .et / 加密 encrypted ", " .ods "
_BOOK = "Workbook".encode("utf-16-le")
"""The name of what an old workbook holds; one with a password holds something else."""


def opened(path: Path) -> Workbook:
    """The openpyxl workbook of a file, merged cells and strikethrough with it; LibreOffice, where it is installed,
    makes one of an old workbook, of one of WPS and of one of OpenDocument.

    Raises E101, E107 where there is no file, E105, E519 for another kind of table, E131 for one that
    unpacks to too much, E548 for one of too many cells, E510 for what is none of ours.
    """
    if path.is_dir():
        raise PlankbError("E107", path=path)
    try:
        with path.open("rb") as file:
            kind = _other_kind(file.read(128), path)
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except (OSError, ValueError) as error:
        raise PlankbError("E101", path=path) from error
    try:
        data = path.read_bytes()
        if kind:
            data = _as_workbook(data, kind, path)
        with open_archive(data) as archive:
            lean = cells_alone(archive)
        return _loaded(lean)
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except PlankbError as error:
        raise PlankbError(error.code, **{**error.details, "path": path}) from error
    except Exception as error:  # whatever a damaged or foreign file makes openpyxl raise
        raise PlankbError("E510", path=path) from error


def _loaded(lean: BytesIO) -> Workbook:
    """The openpyxl workbook of a file that `cells_alone` wrote.

    Nothing of it is foreign XML but the styles, which openpyxl reads by lxml without entities. So it need not read the
    cells by defusedxml, which parses in Python and takes three times as long.
    """
    os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")
    import openpyxl

    with warnings.catch_warnings():  # openpyxl tells the user's screen what it misses in styles
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(lean)


def _as_workbook(data: bytes, kind: str, path: Path) -> bytes:
    """The same table as .xlsx, made by LibreOffice. Raises E519 where it cannot be, or is not installed."""
    from plankb.readers import office

    if kind not in (_OLD, _ODS) or (kind == _OLD and _BOOK not in data):
        raise PlankbError("E519", kind=kind, path=path)
    try:
        return office.to_xlsx(data)
    except PlankbError as error:
        raise PlankbError("E519", kind=kind, path=path) from error


def _other_kind(head: bytes, path: Path) -> str | None:
    """What kind of table a file is that is no .xlsx, by its first bytes; None for one that may be."""
    if head.startswith(_OLE):  # a workbook with a password is packed the same way
        return _OLD
    if head[30:].startswith(_OPEN_DOCUMENT):
        return _ODS
    if not head.startswith(_ZIP) and path.suffix.lower() in (".csv", ".txt", ".html", ".htm", ".md"):
        return f" {path.suffix.lower()} "
    return None
