"""The matrix as Markdown tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plankb.errors import Language
from plankb.exports import tables
from plankb.exports.safe import plain_text
from plankb.exports.tables import Table
from plankb.matrix import Matrix
from plankb.matrix.cells import SYMBOLS, heading, roles_text
from plankb.model import ROLES
from plankb.words import say, word

_MARKUP = re.compile(r"([\\`*_\[\]#|~])")


def write(matrix: Matrix, *, lang: Language = "zh") -> bytes:
    """The file's bytes."""
    parts = [tables.breakdown(matrix, lang), _grid(matrix, lang), tables.holes(matrix, lang)]
    parts.append(tables.sources(matrix, lang))
    if matrix.corrections:
        parts.append(tables.reviewed(matrix, lang))
    lines = [line for part in parts for line in _table(part)]
    lines += ["", escaped(tables.colophon(matrix, lang))]
    return ("\n".join(lines).lstrip() + "\n").encode()


def escaped(text: str) -> str:
    """Text that stands in a table cell as it is: no markup, no HTML, in one line."""
    plain = plain_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<br>".join(_MARKUP.sub(r"\\\1", line) for line in plain.replace("\t", " ").split("\n"))


def _grid(matrix: Matrix, lang: Language) -> Table:
    legend = "　".join(f"{SYMBOLS[role]} {word('role', role, lang)}" for role in ROLES)
    heads = [heading("number", lang), heading("title", lang), *(column.bureau.name for column in matrix.columns)]
    rows: list[tuple[tables.Value, ...]] = []
    for row in matrix.rows:
        cells = (row.cells.get(column.bureau.id) for column in matrix.columns)
        marks = [roles_text(cell.roles) if cell else "" for cell in cells]
        rows.append((row.number, row.task.title, *marks))
    return Table(f"{say('tables.sheet.grid', lang)}（{legend}）", (), tuple(heads), tuple(rows))


def _table(table: Table) -> Iterator[str]:
    yield from ("", f"## {escaped(table.title)}", "")
    yield _line(table.headings)
    yield _line(["---"] * len(table.headings), escape=False)
    for row in table.rows:
        yield _line([str(value) for value in row])


def _line(cells: Sequence[str], *, escape: bool = True) -> str:
    return f"| {' | '.join(escaped(cell) if escape else cell for cell in cells)} |"
