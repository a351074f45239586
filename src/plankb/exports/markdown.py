"""Markdown: tables whose cells hold the text as it is, no markup and no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from plankb.errors import Language
from plankb.exports import tables, task_table
from plankb.exports.formats import ConflictList
from plankb.exports.safe import plain_text
from plankb.exports.tables import Table
from plankb.matrix import Matrix
from plankb.matrix.cells import SYMBOLS, heading, roles_text, title_of
from plankb.model import ROLES
from plankb.words import word

_MARKUP = re.compile(r"([\\`*_\[\]#|~])")


def matrix(made: Matrix, *, lang: Language = "zh", columns: Sequence[str] = ()) -> bytes:
    """The matrix with its lists."""
    parts = [task_table.breakdown(made, lang, columns), _grid(made, lang), tables.holes(made, lang)]
    parts.append(tables.sources(made, lang))
    if made.corrections:
        parts.append(tables.reviewed(made, lang))
    lines = [line for part in parts for line in _table(part)]
    return _bytes([*lines, "", escaped(tables.colophon(made, lang))])


def table(made: Table, *, lang: Language = "zh") -> bytes:  # noqa: ARG001 - a table is in a language already
    """One plain table."""
    return _bytes(_table(made))


def conflicts(made: ConflictList, *, lang: Language = "zh") -> bytes:
    """Conflicts, a row a fact."""
    return table(tables.conflicts(made, lang))


def _bytes(lines: Iterable[str]) -> bytes:
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
        rows.append((row.number, title_of(row.task), *marks))
    return Table(f"{task_table.title(matrix, 'grid', lang)}（{legend}）", (), tuple(heads), tuple(rows))


def _table(part: Table) -> Iterator[str]:
    yield from ("", f"## {escaped(part.title)}", "")
    yield _line(part.headings)
    yield _line(["---"] * len(part.headings), escape=False)
    for row in part.rows:
        yield _line([str(value) for value in row])


def _line(cells: Sequence[str], *, escape: bool = True) -> str:
    return f"| {' | '.join(escaped(cell) if escape else cell for cell in cells)} |"
