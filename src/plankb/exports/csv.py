"""CSV: UTF-8 with a byte order mark, which Excel needs to see that it is UTF-8; what looks like a formula is text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from plankb.errors import Language
from plankb.exports import tables, task_table
from plankb.exports.formats import ConflictList
from plankb.exports.safe import csv_text
from plankb.exports.tables import Table, Value
from plankb.matrix import Matrix
from plankb.matrix.cells import roles_text

_KEYS = (
    *("number", "plan", "section", "title", "measures", "targets", "lead", "support", "joint", "collective", "by"),
    *("gap", "source", "quote", "review", "id"),
)


def table(made: Table, *, lang: Language = "zh") -> bytes:  # noqa: ARG001 - a table is in a language already
    """One plain table."""
    return _bytes((made.headings, *made.rows))


def conflicts(made: ConflictList, *, lang: Language = "zh") -> bytes:
    """Conflicts, a row a fact."""
    return table(tables.conflicts(made, lang))


def matrix(made: Matrix, *, lang: Language = "zh", columns: Sequence[str] = ()) -> bytes:
    """The columns of the 任务分解表 with roles apart, then a column a bureau; or the columns chosen alone."""
    if columns:
        return table(task_table.breakdown(made, lang, columns))
    listed = task_table.tasks("", _KEYS, made.rows, lang)
    rows: list[Sequence[Value]] = [(*listed.headings, *(column.title for column in made.columns))]
    for row, values in zip(made.rows, listed.rows, strict=True):
        cells = (row.cells.get(column.bureau.id) for column in made.columns)
        rows.append((*values, *(roles_text(cell.roles) if cell else "" for cell in cells)))
    return _bytes(rows)


def _bytes(rows: Iterable[Sequence[Value]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([value if isinstance(value, int) else csv_text(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
