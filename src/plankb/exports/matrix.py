"""Which format a matrix is written in: the one that the name of the file asks for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from plankb.errors import Language, PlankbError
from plankb.matrix import Matrix

FORMATS = {
    ".xlsx": "plankb.exports.workbook",
    ".docx": "plankb.exports.matrix_docx",
    ".csv": "plankb.exports.matrix_csv",
    ".html": "plankb.exports.matrix_html",
    ".md": "plankb.exports.matrix_markdown",
}
"""Module of each file name extension; each has `write(matrix, *, lang) -> bytes`."""


def known(path: Path) -> str:
    """The extension of a file that a matrix can be written to; raises E503 for another."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise PlankbError("E503", path=path.name, known=" ".join(FORMATS))
    return suffix


def render(matrix: Matrix, suffix: str, *, lang: Language = "zh", bureau_sheets: bool = False) -> bytes:
    """The bytes of a file of an extension; `bureau_sheets` adds to a workbook a sheet a bureau."""
    if suffix == ".xlsx":
        from plankb.exports import workbook

        return workbook.write(matrix, lang=lang, bureau_sheets=bureau_sheets)
    data: bytes = import_module(FORMATS[suffix]).write(matrix, lang=lang)
    return data
