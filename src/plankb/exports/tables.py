"""The lists that go with a matrix, as plain tables: every format lays the same ones out in its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from plankb import columns
from plankb.errors import Language
from plankb.exports.formats import ConflictList
from plankb.matrix import Matrix, Row
from plankb.matrix.cells import heading, time_text
from plankb.model import ROLES, AnyFact, Correction, Target, Task
from plankb.phrases import value
from plankb.words import say, table, word

Value = str | int
_SHORT, _AROUND = 60, 8
"""Characters of a text that a correction shows whole; of a longer one, characters around what differs."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; `keys` name the columns whatever the language, `title` is that of the sheet or chapter."""

    title: str
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def bureaus(matrix: Matrix, lang: Language) -> Table:
    """A bureau a line: how many tasks in which role, and the numbers of their rows."""
    keys = ("jurisdiction", "bureau", *ROLES, "total")
    heads = [heading(key, lang) for key in ("jurisdiction", "bureau")]
    heads += [word("role", role, lang) for role in ROLES] + [heading("total", lang)]
    rows: list[tuple[Value, ...]] = []
    for column in matrix.columns:
        numbers = [
            "、".join(str(row.number) for row in matrix.rows if _has(row, column.bureau.id, role)) for role in ROLES
        ]
        group = column.group or say("tables.remark.unknown_jurisdiction", lang)
        rows.append((group, column.bureau.name, *numbers, column.tally.total))
    return Table(say("tables.sheet.bureaus", lang), keys, tuple(heads), tuple(rows))


def holes(matrix: Matrix, lang: Language) -> Table:
    """What is missing or doubtful, a line each."""
    keys = ("gap", "row", "plan", "section", "title", "why", "quote")
    rows = tuple(
        (
            word("gap", hole.kind, lang),
            hole.row or "",
            hole.plan.title,
            path_text(hole.section),
            hole.title,
            hole.why.text(lang),
            hole.quote,
        )
        for hole in matrix.holes
    )
    return Table(say("tables.sheet.holes", lang), keys, tuple(heading(key, lang) for key in keys), rows)


def sources(matrix: Matrix, lang: Language) -> Table:
    """The plans that the matrix rests on, with the file that each was read from."""
    keys = ("plan", "issuer", "jurisdiction", "period", "date", "tasks", "file", "read_at", "sha256")
    counts = Counter(row.plan.id for row in matrix.rows)
    rows = tuple(
        (
            source.plan.title + source.mark(lang),
            source.plan.issuer or "",
            source.plan.jurisdiction or "",
            source.plan.period or "",
            source.plan.date or "",
            counts[source.plan.id],
            source.path or "",
            local_day(source.read_at),
            source.sha256 or "",
        )
        for source in matrix.sources
    )
    return Table(say("tables.sheet.sources", lang), keys, tuple(heading(key, lang) for key in keys), rows)


def reviewed(matrix: Matrix, lang: Language) -> Table:
    """The corrections that the matrix holds, with who made them and when."""
    keys = ("plan", "section", "title", "what", "who", "when")
    titles = {source.plan.id: source.plan.title for source in matrix.sources}
    rows = tuple(
        (titles.get(o.plan, o.plan), path_text(o.section), o.title, correction_text(o, lang), o.who, local_day(o.when))
        for o in matrix.corrections
    )
    return Table(say("tables.sheet.reviewed", lang), keys, tuple(heading(key, lang) for key in keys), rows)


def conflicts(made: ConflictList, lang: Language) -> Table:
    """A row a fact, the facts of a conflict together."""
    keys = ("number", "type", "severity", "subject", "why", "plan", "section", "value", "by", "quote")
    rows = tuple(
        (
            str(number),
            word("conflict", conflict.type, lang),
            word("severity", conflict.severity, lang),
            conflict.indicator,
            conflict.why.text(lang),
            made.titles.get(fact.plan, fact.plan),
            " / ".join(fact.section),
            *_said(fact, lang),
            fact.quote,
        )
        for number, conflict in enumerate(made.conflicts, 1)
        for fact in conflict.facts
    )
    title = say("pages.conflicts.sheet", lang)
    return Table(title, keys, tuple(say(f"pages.conflicts.{key}", lang) for key in keys), rows)


def _said(fact: AnyFact, lang: Language) -> tuple[str, str]:
    if isinstance(fact, Target):
        return value(fact, lang), fact.by or ""
    if isinstance(fact, Task):
        return "、".join(fact.lead), "、".join(fact.by)
    return "", ""


def path_text(section: Iterable[str]) -> str:
    """A section path in one line."""
    return " ▸ ".join(section)


def correction_text(correction: Correction, lang: Language) -> str:
    """A correction in words: 市交委：配合 → 牵头. Of a long text only what differs, with a few words around it."""
    if correction.action != "correct":
        return say(f"tables.correction.{correction.action}", lang)
    before, after = (_values(correction, values, lang) for values in (correction.before, correction.after))
    after = correction.words or after
    if max(len(before), len(after)) > _SHORT:
        before, after = _differing(before, after)
    subject = correction.subject or _field(correction.field or "", lang)
    return f"{subject}：{before} → {after}"


def _differing(before: str, after: str) -> tuple[str, str]:
    shortest = min(len(before), len(after))
    head = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    most = shortest - head
    tail = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    start, end = max(head - _AROUND, 0), max(tail - _AROUND, 0)

    def cut(text: str) -> str:
        return ("…" if start else "") + text[start : len(text) - end] + ("…" if end else "")

    return cut(before), cut(after)


def colophon(matrix: Matrix, lang: Language) -> str:
    """When, by which version, under which filter, in one line."""
    return say("tables.remark.made", lang, made=made_text(matrix, lang)) + selection_text(matrix, lang)


def made_text(matrix: Matrix, lang: Language) -> str:
    """As of which day the matrix stands, by which version."""
    return say("tables.remark.as_of", lang, day=f"{matrix.made:%Y-%m-%d}", version=matrix.version)


def local_day(when: str | None) -> str:
    """The day of an ISO time where the user is; another text as it is, "" for none."""
    try:
        time = datetime.fromisoformat(when or "")
    except ValueError:
        return when or ""
    return f"{time.astimezone() if time.tzinfo else time:%Y-%m-%d}"


def selection_text(matrix: Matrix, lang: Language) -> str:
    """What the matrix was asked to hold, in one line."""
    asked = matrix.selection
    names = {column.bureau.id: column.bureau.name for column in matrix.columns}
    parts = {
        "plan": asked.plans,
        "bureau": [names.get(id_, id_) for id_ in asked.bureaus],
        "role": [word("role", role, lang) for role in asked.roles],
        "by": asked.by,
        "section": asked.section,
    }
    told = "；".join(f"{heading(key, lang)}：{'、'.join(values)}" for key, values in parts.items() if values)
    return say("tables.remark.chosen", lang, told=told or say("tables.remark.all_tasks", lang))


def _values(correction: Correction, values: Sequence[str], lang: Language) -> str:
    if correction.field == "roles":
        values = [word("role", role, lang) for role in ROLES if role in values]
    elif correction.field == "by":
        values = [time_text(values)] if values else []
    elif correction.field in ("op", "change", "nature"):
        group = {"op": "operator"}.get(correction.field, correction.field)
        values = [word(group, value, lang) or value for value in values]
    return "、".join(values) or say("tables.correction.none", lang)


def _field(field: str, lang: Language) -> str:
    key = {"text": "measures"}.get(field, field)
    return heading(key, lang) if f"column.{key}" in table("tables") else columns.heading(key, lang)


def _has(row: Row, bureau: str, role: str) -> bool:
    cell = row.cells.get(bureau)
    return cell is not None and role in cell.roles
