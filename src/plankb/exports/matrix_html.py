"""The matrix as one HTML page that needs nothing else: the grid with its headings kept in sight, and the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from plankb.columns import review_text
from plankb.errors import Language
from plankb.exports import pages, paging, tables
from plankb.matrix import Column, Matrix, Row
from plankb.matrix.cells import SYMBOLS, heading, roles_text, time_text
from plankb.model import ROLES
from plankb.words import say, word

_PRINTED, _BESIDE = 36, 15
"""Bureaus that a browser prints on one page across beside the task, and how many the columns after them take."""


def write(matrix: Matrix, *, lang: Language = "zh") -> bytes:
    """The file's bytes. Everything that comes from plans is escaped by the template."""
    lists = [tables.breakdown(matrix, lang), tables.holes(matrix, lang), tables.sources(matrix, lang)]
    if matrix.corrections:
        lists.append(tables.reviewed(matrix, lang))
    return pages.render(
        "matrix.html.j2",
        matrix=matrix,
        lang=lang,
        lists=lists,
        title=say("tables.sheet.grid", lang),
        heading=lambda key: heading(key, lang),
        groups=_groups(matrix.columns, lang),
        parts=_parts(matrix, lang),
        gaps=lambda row: "、".join(word("gap", kind, lang) for kind in row.holes),
        marks=[(role, SYMBOLS[role], word("role", role, lang)) for role in ROLES],
        roles_text=roles_text,
        time_text=time_text,
        path_text=tables.path_text,
        source_text=tables.source_text,
        review_text=lambda review: review_text(review, lang),
        colophon=tables.colophon(matrix, lang),
    )


@dataclass(frozen=True)
class _Part:
    """What of a wide matrix goes on one page across when it is printed: bureaus, and the tasks that they answer for."""

    groups: list[tuple[str, int]]
    columns: Sequence[Column]
    rows: Sequence[Row]


def _parts(matrix: Matrix, lang: Language) -> list[_Part]:
    """The parts to print, the last with all tasks; none where the matrix goes on one page as it is."""
    breaks = paging.breaks([span for _, span in matrix.groups()], _PRINTED, after=_BESIDE)
    found = []
    for start, end in paging.pages(len(matrix.columns), breaks) if breaks else ():
        columns = matrix.columns[start:end]
        named = {column.bureau.id for column in columns}
        rows = [row for row in matrix.rows if named & row.cells.keys()]
        found.append(_Part(_groups(columns, lang), columns, rows))
    return [*found, _Part([], (), matrix.rows)] if found else []


def _groups(columns: Sequence[Column], lang: Language) -> list[tuple[str, int]]:
    """The jurisdictions of columns with how many each spans."""
    runs = [(name, len(list(run))) for name, run in groupby(columns, key=lambda column: column.group)]
    return [(name or say("tables.remark.unknown_jurisdiction", lang), span) for name, span in runs]
