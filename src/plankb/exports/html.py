"""HTML pages that need nothing else. Everything that comes from plans is escaped by the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from plankb.columns import review_text
from plankb.errors import Language
from plankb.exports import page_columns, tables, task_table
from plankb.exports.formats import ConflictList, DraftFindings
from plankb.exports.reading import MARKS, blocks, legend
from plankb.exports.safe import plain_text
from plankb.extractors import Reading
from plankb.matrix import Column, Matrix, Row
from plankb.matrix.cells import SYMBOLS, heading, roles_text, times_text, title_of
from plankb.model import ROLES, Finding
from plankb.words import Speaker, say, word

_AROUND = 60
"""Characters shown on either side of the words concerned."""
_PRINTED, _BESIDE = 36, 15
"""Bureaus that a browser prints on one page across beside the task, and how many the columns after them take."""


def conflicts(made: ConflictList, *, lang: Language = "zh") -> bytes:
    """Conflicts to hand round: the quotations side by side, each with its plan and section."""
    return render_page(
        "conflicts.html.j2",
        lang=lang,
        conflicts=made.conflicts,
        kind=lambda conflict: word("conflict", conflict.type, lang),
        severity=lambda conflict: word("severity", conflict.severity, lang),
        title=lambda plan: made.titles.get(plan, plan),
        reviewed=lambda review: review_text(review, lang),
    )


def findings(made: DraftFindings, *, lang: Language = "zh") -> bytes:
    """Findings, each with its line, its words, what stands around them, and what it rests on."""
    reading = made.reading
    return render_page(
        "findings.html.j2",
        lang=lang,
        name=made.file.name,
        findings=made.findings,
        counts=[
            (word("severity", severity, lang), sum(finding.severity == severity for finding in made.findings))
            for severity in ("error", "warning", "info")
        ],
        rule=lambda finding: word("rule", finding.rule, lang),
        severity=lambda finding: word("severity", finding.severity, lang),
        around=lambda finding: _around(finding, reading.clean.text) if reading else ("", ""),
        section=lambda finding: " / ".join(reading.outline.path_at(finding.span[0])) if reading else "",
        title=lambda plan: made.titles.get(plan, plan),
        reviewed=lambda review: review_text(review, lang),
    )


def _around(finding: Finding, text: str) -> tuple[str, str]:
    """What stands before and after the words in their paragraph; "…" where it is cut."""
    before = text[max(0, finding.span[0] - _AROUND) : finding.span[0]]
    after = text[finding.span[1] : finding.span[1] + _AROUND]
    start, end = before.rpartition("\n"), after.partition("\n")
    cut = len(before) == _AROUND and not start[1], len(after) == _AROUND and not end[1]
    return ("…" if cut[0] else "") + start[2], end[0] + ("…" if cut[1] else "")


def reading(made: Reading, *, lang: Language = "zh") -> bytes:
    """The plan with what was read in it: text with marks, facts in the margin, the record on hover."""
    return render_page(
        "reading.html.j2",
        lang=lang,
        plan=made.plan,
        blocks=list(blocks(made, lang)),
        marks=[(kind, word("mark", kind, lang)) for kind in MARKS],
        counts=[(word("kind", kind, lang), count) for kind, count in legend(made)],
        kinds={kind: word("kind", kind, lang) for kind, _ in legend(made)},
    )


def matrix(made: Matrix, *, lang: Language = "zh", columns: Sequence[str] = ()) -> bytes:
    """The matrix: the grid with its headings kept in sight, and the lists."""
    lists = [task_table.breakdown(made, lang, columns), tables.holes(made, lang), tables.sources(made, lang)]
    if made.corrections:
        lists.append(tables.reviewed(made, lang))
    return render_page(
        "matrix.html.j2",
        matrix=made,
        lang=lang,
        lists=lists,
        title=task_table.title(made, "grid", lang),
        heading=lambda key: heading(key, lang),
        groups=_groups(made.columns, lang),
        parts=_parts(made, lang),
        gaps=lambda row: "、".join(word("gap", kind, lang) for kind in row.holes),
        marks=[(role, SYMBOLS[role], word("role", role, lang)) for role in ROLES],
        roles_text=roles_text,
        times_text=lambda row: times_text(row.times, row.annual, lang),
        title_of=lambda row: title_of(row.task),
        path_text=tables.path_text,
        source_text=lambda row: task_table.source_text(row, lang),
        review_text=lambda review: review_text(review, lang),
        colophon=tables.colophon(made, lang),
    )


@dataclass(frozen=True)
class _Part:
    """What of a wide matrix goes on one page across when it is printed: bureaus, and the tasks that they answer for."""

    groups: list[tuple[str, int]]
    columns: Sequence[Column]
    rows: Sequence[Row]


def _parts(matrix: Matrix, lang: Language) -> list[_Part]:
    """The parts to print, the last with all tasks; none where the matrix goes on one page as it is."""
    breaks = page_columns.breaks([span for _, span in matrix.groups()], _PRINTED, after=_BESIDE)
    found = []
    for start, end in page_columns.pages(len(matrix.columns), breaks) if breaks else ():
        columns = matrix.columns[start:end]
        named = {column.bureau.id for column in columns}
        rows = [row for row in matrix.rows if named & row.cells.keys()]
        found.append(_Part(_groups(columns, lang), columns, rows))
    return [*found, _Part([], (), matrix.rows)] if found else []


def _groups(columns: Sequence[Column], lang: Language) -> list[tuple[str, int]]:
    """The jurisdictions of columns with how many each spans."""
    runs = [(name, len(list(run))) for name, run in groupby(columns, key=lambda column: column.group)]
    return [(name or say("tables.remark.unknown_jurisdiction", lang), span) for name, span in runs]


def _printable(value: object) -> object:
    """What a template puts out: markup that it made itself as it is, text of plans without control characters."""
    return plain_text(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def render_page(template: str, *, lang: Language, **values: object) -> bytes:
    """The bytes of a page in a language; its own words are those of `words/pages.toml`."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("plankb.exports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_printable,
    )  # fmt: skip
    return environment.get_template(template).render(lang=lang, say=Speaker("pages", lang), **values).encode()
