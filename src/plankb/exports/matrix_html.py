"""The matrix as one HTML page that needs nothing else: the grid with its headings kept in sight, and the lists."""

from __future__ import annotations

from plankb.errors import Language
from plankb.exports import tables
from plankb.exports.safe import plain_text
from plankb.matrix import Matrix
from plankb.matrix.headings import GAPS, SHEETS, UNKNOWN_JURISDICTION, heading, said
from plankb.matrix.words import SYMBOLS, roles_text, time_text
from plankb.model import ROLES
from plankb.phrases import word


def write(matrix: Matrix, *, lang: Language = "zh") -> bytes:
    """The file's bytes. Everything that comes from plans is escaped by the template."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("plankb.exports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=lambda value: plain_text(value) if isinstance(value, str) else value,
    )  # fmt: skip
    lists = [tables.breakdown(matrix, lang), tables.holes(matrix, lang), tables.sources(matrix, lang)]
    if matrix.reviewed:
        lists.append(tables.reviewed(matrix, lang))
    page = environment.get_template("matrix.html.j2").render(
        matrix=matrix,
        lang=lang,
        lists=lists,
        title=said(SHEETS["grid"], lang),
        heading=lambda key: heading(key, lang),
        groups=[(name or said(UNKNOWN_JURISDICTION, lang), span) for name, span in matrix.groups()],
        gaps=lambda row: "、".join(said(GAPS[kind], lang) for kind in row.holes),
        marks=[(role, SYMBOLS[role], word("role", role, lang)) for role in ROLES],
        roles_text=roles_text,
        time_text=time_text,
        path_text=tables.path_text,
        source_text=tables.source_text,
        review_text=lambda review: tables.review_text(review, lang),
        colophon=tables.colophon(matrix, lang),
    )
    return page.encode()
