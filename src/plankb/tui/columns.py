"""Which columns each kind of record is shown in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from plankb import phrases
from plankb.kb import KnowledgeBase
from plankb.model import ROLES, AnyFact, AnyRecord, Bureau, Conflict, Deadline, Doubt, Plan, Project, Target, Task
from plankb.tui.sheet import Column, Sheet
from plankb.words import Speaker, word

Titles = Mapping[str, str]
"""Plan id to title."""

_SEVERITIES = ("error", "warning", "info")


def sheet_of(records: list[Any], say: Speaker, titles: Titles) -> Sheet[Any]:
    """A sheet of records of one kind, or of several: then with the columns that any record has."""
    kinds = {record.kind for record in records}
    make = _MAKERS.get(next(iter(kinds)), _quotes) if len(kinds) == 1 else _quotes
    first, *rest = make(say, titles)
    wanted = (review_column(say), *rest)
    return Sheet((first, *(column for column in wanted if any(map(column.cell, records)))), records)


def review_column(say: Speaker) -> Column[Any]:
    """Whether a person said that a fact is right, or corrected it; empty for a fact as the program read it."""
    signs = {"accept": say("review.is_accepted"), "correct": say("review.is_corrected")}

    def sign(row: Any) -> str:
        review = getattr(row, "review", None)
        return signs[review.action] if review else ""

    return Column(title=say("review.column"), cell=sign, width=6)


def join(names: Iterable[str]) -> str:
    """Names in one cell."""
    return "、".join(names)


def title_of(plan: Plan) -> str:
    """What a plan is called on the screen."""
    return plan.title or plan.id


def titles_of(kb: KnowledgeBase) -> dict[str, str]:
    """What each plan of a knowledge base is called."""
    return {plan.id: title_of(plan) for plan in kb.store.plans()}


def _plan(say: Speaker, titles: Titles, width: int = 14) -> Column[Any]:
    return Column(
        title=say("column.plan"), cell=lambda row: titles.get(row.plan, row.plan), width=width, grow=3, cut="middle"
    )


def _by(say: Speaker) -> Column[Any]:
    return Column(title=say("column.by"), cell=lambda row: _times(row.by), width=7)


def _times(by: tuple[str, ...] | str | None) -> str:
    return by if isinstance(by, str) else join(by or ())


def task_columns(say: Speaker, titles: Titles) -> tuple[Column[Any], ...]:
    """Tasks: title, who in which role, by when, in which plan."""

    def others(task: Task) -> str:
        return join((*task.support, *(task.collective or ())))

    def leads(task: Task) -> str:
        return join(task.lead) if task.lead else "".join(("△" if task.joint else "", join(task.joint)))

    return (
        Column(title=say("column.title"), cell=lambda row: row.title, width=20, grow=5),
        Column(title=f"{say('column.lead')}／△{say('column.joint')}", cell=leads, width=16, grow=4),
        Column(title=say("column.support"), cell=others, width=12, grow=4),
        _by(say),
        _plan(say, titles),
    )


def target_columns(say: Speaker, titles: Titles) -> tuple[Column[Any], ...]:
    """Targets: indicator, value, time, nature, plan."""

    def baseline(target: Target) -> str:
        base = target.baseline
        if base is None:
            return ""
        return phrases.number(base.value) + (f"（{base.year}）" if base.year else "")

    return (
        Column(title=say("column.indicator"), cell=lambda row: row.indicator, width=24, grow=5),
        Column(title=say("column.value"), cell=lambda row: phrases.value(row, say.lang), width=13, grow=2),
        _by(say),
        Column(
            title=say("column.nature"),
            cell=lambda row: word("nature", row.nature, say.lang),
            width=8 if say.lang == "en" else 6,
        ),
        Column(title=say("column.baseline"), cell=baseline, width=6, grow=1),
        _plan(say, titles),
    )


def bureau_columns(say: Speaker, _: Titles) -> tuple[Column[Any], ...]:
    """Bureaus: name, area, number of tasks by role."""
    return (
        Column(title=say("column.bureau"), cell=lambda row: row.name, width=20, grow=4),
        Column(title=say("column.jurisdiction"), cell=lambda row: row.jurisdiction or "", width=8, grow=1),
        *(_count(word("role", role, say.lang), 8, partial(_tasks_in, role=role)) for role in ROLES),
        _count(say("column.total"), 6, load_of),
    )


def _count(title: str, width: int, count: Callable[[Any], int]) -> Column[Any]:
    return Column(title=title, cell=lambda row: str(count(row)), width=width, align="right", key=count)


def _tasks_in(bureau: Bureau, *, role: str) -> int:
    return len(getattr(bureau, role))


def summary(fact: AnyFact, say: Speaker) -> str:
    """What a fact says, in one line."""
    kind = word("kind", fact.kind, say.lang)
    if isinstance(fact, Target):
        said: list[str] = [fact.indicator, phrases.value(fact, say.lang), fact.by or ""]
    elif isinstance(fact, Task):
        roles = (("lead", fact.lead), ("support", fact.support), ("joint", fact.joint))
        said = [
            fact.title,
            *(f"{word('role', role, say.lang)} {join(names)}" for role, names in roles if names),
        ]
    elif isinstance(fact, Deadline):
        said = [fact.by or "", word("bound", fact.bound, say.lang)]
    elif isinstance(fact, Doubt):
        said = [fact.message.text(say.lang)]
    else:
        said = [getattr(fact, "name", "") or getattr(fact, "title", "")]
    return f"【{kind}】" + "　".join(part for part in said if part)


def load_of(bureau: Bureau) -> int:
    """How many tasks a bureau takes part in."""
    return len({*bureau.lead, *bureau.support, *bureau.joint})


def _plans(say: Speaker, _: Titles) -> tuple[Column[Any], ...]:
    return (
        Column(title=say("column.plan"), cell=title_of, width=30, grow=5),
        Column(title=say("column.issuer"), cell=lambda row: row.issuer or "", width=14, grow=2),
        Column(title=say("column.level"), cell=lambda row: word("level", row.level, say.lang), width=6),
        Column(title=say("column.period"), cell=lambda row: row.period or "", width=10),
        Column(title=say("column.date"), cell=lambda row: row.date or "", width=10),
    )


def deadline_columns(say: Speaker, titles: Titles, owners: Titles) -> tuple[Column[Any], ...]:
    """Deadlines: time, what is due, the words that say so, plan. `owners` are names of tasks and targets by id."""

    def when(deadline: Deadline) -> str:
        by, bound = deadline.by or deadline.end or deadline.start or "", word("bound", deadline.bound, say.lang)
        if say.lang == "en":
            return f"{bound} {by}".strip()
        return f"{by}年{bound}" if by.isdigit() else f"{by}{bound}"

    def what(deadline: Deadline) -> str:
        return owners.get(deadline.of or "", "") or join(deadline.section[-1:])

    return (
        Column(title=say("column.by"), cell=when, width=12, key=lambda row: row.end or row.start or row.by or ""),
        Column(title=say("column.of"), cell=what, width=20, grow=5),
        Column(title=say("column.quote"), cell=lambda row: row.quote, width=12, grow=3),
        _plan(say, titles),
    )


def _deadlines(say: Speaker, titles: Titles) -> tuple[Column[Any], ...]:
    return deadline_columns(say, titles, {})


def _projects(say: Speaker, titles: Titles) -> tuple[Column[Any], ...]:
    def size(project: Project) -> str:
        return join(f"{phrases.number(part.value)}{part.unit}" for part in project.quantity)

    return (
        Column(title=say("column.name"), cell=lambda row: row.name, width=28, grow=5),
        Column(title=say("column.quantity"), cell=size, width=14, grow=1),
        Column(title=say("column.box"), cell=lambda row: row.box or "", width=14, grow=2),
        _plan(say, titles),
    )


def _citations(say: Speaker, titles: Titles) -> tuple[Column[Any], ...]:
    return (
        Column(title=say("column.name"), cell=lambda row: row.title, width=30, grow=5),
        Column(title=say("column.number"), cell=lambda row: row.number or "", width=18, grow=1),
        _plan(say, titles),
    )


def _passages(say: Speaker, titles: Titles) -> tuple[Column[Any], ...]:
    return (
        Column(title=say("column.quote"), cell=lambda row: row.text, width=36, grow=6),
        Column(title=say("column.section"), cell=lambda row: join(row.section[-1:]), width=14, grow=2),
        _plan(say, titles),
    )


def conflict_columns(say: Speaker, titles: Titles) -> tuple[Column[Any], ...]:
    """Conflicts: severity, type, indicator, plans, reason."""

    def plans(conflict: Conflict) -> str:
        return join(dict.fromkeys(titles.get(fact.plan, fact.plan) for fact in conflict.facts))

    return (
        severity_column(say),
        Column(title=say("column.indicator"), cell=lambda row: row.indicator, width=18, grow=3),
        Column(title=say("column.reason"), cell=lambda row: row.why.text(say.lang), width=22, grow=5),
        Column(title=say("column.plan"), cell=plans, width=14, grow=3),
    )


def severity_column(say: Speaker) -> Column[Any]:
    """How bad it is, in a word and a sign."""
    signs = {"error": "✗", "warning": "!", "info": "·"}
    return Column(
        title=say("column.severity"),
        cell=lambda row: f"{signs[row.severity]} {word('severity', row.severity, say.lang)}",
        width=9 if say.lang == "en" else 6,
        key=lambda row: _SEVERITIES.index(row.severity),
        tone=lambda row: {"error": "bad", "warning": "warn"}.get(row.severity),
    )


def _quotes(say: Speaker, titles: Titles) -> tuple[Column[Any], ...]:
    def kind(record: AnyRecord) -> str:
        return word("kind", record.kind, say.lang)

    def words(record: Any) -> str:
        return str(getattr(record, "quote", None) or getattr(record, "name", None) or getattr(record, "title", ""))

    return (
        Column(title=say("column.type"), cell=kind, width=8),
        Column(title=say("column.quote"), cell=words, width=36, grow=5),
        Column(
            title=say("column.plan"),
            cell=lambda row: titles.get(getattr(row, "plan", ""), getattr(row, "plan", "")),
            width=14,
            grow=3,
        ),
    )


_MAKERS: Mapping[str, Callable[[Speaker, Titles], tuple[Column[Any], ...]]] = {
    "task": task_columns,
    "target": target_columns,
    "bureau": bureau_columns,
    "plan": _plans,
    "deadline": _deadlines,
    "project": _projects,
    "citation": _citations,
    "passage": _passages,
    "conflict": conflict_columns,
}
