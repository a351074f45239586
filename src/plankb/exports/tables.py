"""The lists that go with a matrix, as plain tables: every format lays the same ones out in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plankb import columns
from plankb.columns import review_text
from plankb.errors import Language
from plankb.exports.formats import ConflictList
from plankb.matrix import Matrix, Row
from plankb.matrix.cells import goal_text, heading, roles_text, time_text
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


BREAKDOWN = ("number", "title", "measures", "targets", "lead", "others", "by", "source")
"""The columns of a 任务分解表 as offices draw it up."""


def breakdown(matrix: Matrix, lang: Language) -> Table:
    """The 任务分解表; the record of reviews only where there is one."""
    keys = (*BREAKDOWN, "review") if any(row.task.review for row in matrix.rows) else BREAKDOWN
    return _table(say("tables.sheet.breakdown", lang), keys, matrix.rows, lang)


def tasks(title: str, keys: Sequence[str], rows: Iterable[Row], lang: Language) -> Table:
    """Tasks under the columns asked for."""
    return _table(title, tuple(keys), rows, lang)


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
    rows = tuple(
        (
            source.plan.title,
            source.plan.issuer or "",
            source.plan.jurisdiction or "",
            source.plan.period or "",
            source.plan.date or "",
            sum(row.plan.id == source.plan.id for row in matrix.rows),
            source.path or "",
            source.read_at or "",
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
        (titles.get(o.plan, o.plan), path_text(o.section), o.title, correction_text(o, lang), o.who, o.when)
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


def path_text(section: Sequence[str]) -> str:
    """A section path in one line."""
    return " ▸ ".join(section)


def source_text(row: Row) -> str:
    """Where a task stands: 《plan》 and its section path."""
    return f"《{row.plan.title}》{path_text(row.task.section)}"


def deadline_quotes(row: Row) -> tuple[str, ...]:
    """The words that set the deadlines of a task."""
    return tuple(dict.fromkeys(deadline.quote for deadline in row.deadlines))


def correction_text(correction: Correction, lang: Language) -> str:
    """A correction in words: 市交委：配合 → 牵头. Of a long text only what differs, with a few words around it."""
    if correction.action != "correct":
        return say(f"tables.correction.{correction.action}", lang)
    before, after = (_values(correction, values, lang) for values in (correction.before, correction.after))
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
    made = f"{matrix.made:%Y-%m-%d %H:%M %z}，plankb {matrix.version}"
    return say("tables.remark.made", lang, made=made) + selection_text(matrix, lang)


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


def _table(title: str, keys: tuple[str, ...], rows: Iterable[Row], lang: Language) -> Table:
    columns = [_VALUES[key] for key in keys]
    body = tuple(tuple(value(row, lang) for value in columns) for row in rows)
    return Table(title, keys, tuple(heading(key, lang) for key in keys), body)


def _has(row: Row, bureau: str, role: str) -> bool:
    cell = row.cells.get(bureau)
    return cell is not None and role in cell.roles


def _others(row: Row) -> str:
    task = row.task
    return "、".join((*task.support, *task.joint, *(task.collective or ())))


_VALUES: Mapping[str, Callable[[Row, Language], Value]] = {
    "number": lambda row, _: row.number,
    "plan": lambda row, _: row.plan.title,
    "section": lambda row, _: path_text(row.task.section[:-1]),
    "title": lambda row, _: row.task.title,
    "measures": lambda row, _: row.task.text,
    "targets": lambda row, lang: "\n".join(dict.fromkeys(goal_text(target, lang) for target in row.targets)),
    "role": lambda row, _: roles_text(role for role in ROLES if any(role in c.roles for c in row.cells.values())),
    "lead": lambda row, _: "、".join(row.task.lead),
    "others": lambda row, _: _others(row),
    "support": lambda row, _: "、".join(row.task.support),
    "joint": lambda row, _: "、".join(row.task.joint),
    "collective": lambda row, _: "、".join(row.task.collective or ()),
    "by": lambda row, _: time_text(row.task.by),
    "source": lambda row, _: source_text(row),
    "quote": lambda row, _: "\n".join(row.notes),
    "gap": lambda row, lang: "、".join(word("gap", kind, lang) for kind in row.holes),
    "review": lambda row, lang: review_text(row.task.review, lang),
    "opinion": lambda _row, _lang: "",
    "id": lambda row, _: row.task.id,
}
