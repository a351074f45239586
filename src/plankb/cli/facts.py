"""Records as tables: which columns each kind has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from plankb.cli.output import Column, console, write_table
from plankb.errors import Language
from plankb.exports.tables import review_text
from plankb.model import ROLES, AnyFact, Bureau, Deadline, Fact, Project, Role, Task
from plankb.phrases import number, value
from plankb.words import word

_QUOTE_SIZE = 80


def write_facts(facts: Sequence[AnyFact], lang: Language, titles: Mapping[str, str]) -> None:
    """Facts of several kinds, a table a kind. `titles`: a plan's id to its title, which staff know."""
    for kind in _COLUMNS:
        same = [fact for fact in facts if fact.kind == kind]
        if same:
            console().print(f"{word('kind', kind, lang)} ({len(same)})", style="bold")
            write_table(same, [*columns(kind, lang, titles), *review_column(same, lang)], lang)
            console().print()


def columns(kind: str, lang: Language, titles: Mapping[str, str]) -> list[Column]:
    """The columns of a kind of record; those of a fact end with its words and their place."""
    own = _COLUMNS[kind](lang)
    source = Column(("出处", "source"), lambda fact: _place(fact, titles), 4)
    match kind:
        case "bureau":
            return own
        case "task":
            return [*own, _MEASURES, source]
    return [*own, _QUOTE, source]


def review_column(records: Sequence[AnyFact | Bureau], lang: Language) -> list[Column]:
    """A column that says who accepted or corrected a fact; none where nobody did."""
    if not any(getattr(record, "review", None) for record in records):
        return []
    return [Column(("审核", "reviewed"), lambda fact: review_text(fact.review, lang), 1)]


def _tasks(lang: Language) -> list[Column]:
    def others(task: Task) -> str:
        joint = [f"{name}（{word('role', 'joint', lang)}）" for name in task.joint]
        return "、".join([*task.support, *joint, *(task.collective or ())])

    return [
        Column(("任务", "task"), lambda task: task.title, 3),
        Column(("牵头", "lead"), lambda task: "、".join(task.lead), 2),
        Column(("配合、共同负责", "support, joint"), others, 3),
        Column(("时限", "by"), lambda task: "、".join(task.by), 0),
    ]


def _targets(lang: Language) -> list[Column]:
    return [
        Column(("指标", "indicator"), lambda target: target.indicator, 3),
        Column(("值", "value"), lambda target: value(target, lang), 2),
        Column(("时限", "by"), lambda target: target.by or "", 0),
    ]


def _deadlines(lang: Language) -> list[Column]:
    def dates(deadline: Deadline) -> str:
        return " ~ ".join((deadline.start or "", deadline.end or ""))

    return [
        Column(("时限", "by"), lambda deadline: deadline.by or "", 0),
        Column(("界", "bound"), lambda deadline: word("bound", deadline.bound, lang), 0),
        Column(("起止", "from ~ to"), dates, 2),
    ]


def _projects(_: Language) -> list[Column]:
    def sizes(project: Project) -> str:
        return "、".join(f"{number(size.value)}{size.unit}" for size in project.quantity)

    return [
        Column(("项目", "project"), lambda project: project.name, 4),
        Column(("规模", "size"), sizes, 2),
        Column(("专栏", "box"), lambda project: project.box or "", 2),
    ]


def _citations(_: Language) -> list[Column]:
    return [
        Column(("引用文件", "document"), lambda citation: citation.title, 4),
        Column(("文号", "number"), lambda citation: citation.number or "", 2),
    ]


def _doubts(lang: Language) -> list[Column]:
    return [Column(("原因", "reason"), lambda doubt: doubt.message.text(lang), 3)]


def _bureaus(_: Language) -> list[Column]:
    def other_names(bureau: Bureau) -> str:
        return "、".join(name for name in bureau.names if name != bureau.name)

    def tasks(role: Role) -> Column:
        title = (word("role", role, "zh"), word("role", role, "en"))
        return Column(title, lambda bureau: str(len(getattr(bureau, role))), 0)

    return [
        Column(("单位", "bureau"), lambda bureau: bureau.name, 3),
        Column(("区划", "area"), lambda bureau: bureau.jurisdiction or "", 0),
        Column(("又名", "other names"), other_names, 3),
        *map(tasks, ROLES),
    ]


_COLUMNS: Mapping[str, Callable[[Language], list[Column]]] = MappingProxyType(
    {
        "task": _tasks,
        "target": _targets,
        "deadline": _deadlines,
        "project": _projects,
        "citation": _citations,
        "doubt": _doubts,
        "bureau": _bureaus,
    }
)
_MEASURES = Column(("措施", "measures"), lambda task: _short(task.text), 5)
_QUOTE = Column(("原文", "quotation"), lambda fact: _short(fact.quote), 5)


def _place(fact: Fact, titles: Mapping[str, str]) -> str:
    return " > ".join((f"《{titles[fact.plan]}》" if fact.plan in titles else fact.plan, *fact.section))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE_SIZE else text[: _QUOTE_SIZE - 1] + "…"
