"""The matrix as one CSV table: the columns of the 任务分解表 with roles apart, then a column a bureau."""

from __future__ import annotations

import csv
from io import StringIO

from plankb.errors import Language
from plankb.exports import tables
from plankb.exports.safe import csv_text
from plankb.matrix import Matrix
from plankb.matrix.cells import roles_text

_KEYS = (
    *("number", "plan", "section", "title", "measures", "targets", "lead", "support", "joint", "collective", "by"),
    *("gap", "source", "quote", "review", "id"),
)


def write(matrix: Matrix, *, lang: Language = "zh") -> bytes:
    """The file's bytes: UTF-8 with a byte order mark, which Excel needs to see that it is UTF-8."""
    table = tables.tasks("", _KEYS, matrix.rows, lang)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    bureaus = [column.title for column in matrix.columns]
    writer.writerow([csv_text(heading) for heading in (*table.headings, *bureaus)])
    for row, values in zip(matrix.rows, table.rows, strict=True):
        cells = (row.cells.get(column.bureau.id) for column in matrix.columns)
        marks = [roles_text(cell.roles) if cell else "" for cell in cells]
        writer.writerow([value if isinstance(value, int) else csv_text(value) for value in (*values, *marks)])
    return text.getvalue().encode("utf-8-sig")
