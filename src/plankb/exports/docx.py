"""Word documents: one table, or the 任务分解表 that can be put under a circular."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING

from plankb.errors import Language
from plankb.exports import docx_tables, tables, task_table
from plankb.exports.docx_tables import Paper
from plankb.exports.formats import BureauTasks, ConflictList
from plankb.exports.safe import plain_text
from plankb.exports.tables import Table
from plankb.matrix import Matrix

if TYPE_CHECKING:
    from docx.document import Document


_LONGEST_PROPERTY = 255
"""Characters that Word takes in a property of a file."""


def matrix(made: Matrix, *, lang: Language = "zh", columns: Sequence[str] = (), paper: Paper = "A4") -> bytes:
    """The 任务分解表 with its lists, each from a new page on."""
    first = task_table.breakdown(made, lang, columns)
    parts = [first, tables.bureaus(made, lang), tables.holes(made, lang), tables.sources(made, lang)]
    if made.corrections:
        parts.append(tables.reviewed(made, lang))
    document = _document(made, first.title, lang, paper)
    for part in parts:
        docx_tables.add_table(document, part, new_page=part is not first, paper=paper)
    document.add_paragraph(plain_text(tables.colophon(made, lang)))
    return _bytes(document)


def bureau(made: BureauTasks, *, lang: Language = "zh", columns: Sequence[str] = (), paper: Paper = "A4") -> bytes:
    """The tasks of one bureau with its role in each, and with whom it works in them."""
    first = task_table.breakdown(made.matrix, lang, columns)
    document = _document(made.matrix, first.title, lang, paper)
    docx_tables.add_table(document, first, paper=paper)
    others = task_table.partners_table(made.matrix, lang)
    if others.rows:
        docx_tables.add_table(document, others, paper=paper)
    document.add_paragraph(plain_text(tables.colophon(made.matrix, lang)))
    return _bytes(document)


def table(made: Table, *, lang: Language = "zh") -> bytes:
    """One plain table."""
    document = docx_tables.new_document(lang)
    docx_tables.add_table(document, made)
    return _bytes(document)


def conflicts(made: ConflictList, *, lang: Language = "zh") -> bytes:
    """Conflicts, a row a fact."""
    return table(tables.conflicts(made, lang), lang=lang)


def _document(made: Matrix, title: str, lang: Language, paper: Paper) -> Document:
    document = docx_tables.new_document(lang, paper)
    properties = document.core_properties
    properties.author, properties.title = "plankb", plain_text(title)[:_LONGEST_PROPERTY]
    properties.created = properties.modified = made.made.astimezone(UTC).replace(tzinfo=None)
    return document


def _bytes(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
