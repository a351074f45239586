"""The 任务分解表: which columns there are, what stands in each, and how the table is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from plankb.columns import review_text
from plankb.errors import Language, PlankbError
from plankb.exports.tables import Table, Value, path_text
from plankb.matrix import Matrix, Row, partners
from plankb.matrix.cells import heading, heading_key, measures_of, times_text, title_of
from plankb.matrix.goals import goal_lines
from plankb.model import ROLES, Role
from plankb.words import say, word

USUAL = ("number", "title", "measures", "targets", "lead", "others", "by", "source")
"""The columns of a 任务分解表 as offices draw it up."""
CHOICE = (
    *(
        "number",
        "role",
        "title",
        "measures",
        "targets",
        "leader",
        "lead",
        "others",
        "contact",
        "by",
        "progress",
        "remark",
    ),
    *("source", "plan", "section", "support", "joint", "collective", "quote", "gap", "review"),
)
"""The columns that can be chosen; `leader`, `contact`, `progress` and `remark` are to be filled in by hand."""
_BETWEEN = re.compile(r"[、，,;；\s]+")


def chosen_columns(words: str) -> tuple[str, ...]:
    """The columns that a list of headings in either language, or of keys, names. Raises E541, E542."""
    keys: list[str] = []
    for name in filter(None, _BETWEEN.split(words)):
        key = name if name in CHOICE else heading_key(name)
        if key not in CHOICE:
            raise PlankbError("E541", name=name, known="、".join(heading(key, "zh") for key in CHOICE))
        keys.append(key)
    if "title" not in keys:
        raise PlankbError("E542")
    return tuple(dict.fromkeys(keys))


def keys_for(matrix: Matrix, columns: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns of a table: those chosen, else the usual ones; of one bureau its own role stands first."""
    keys = tuple(columns) or USUAL
    return ("role", *keys) if matrix.only and "role" not in keys else keys


def breakdown(matrix: Matrix, lang: Language, columns: Sequence[str] = (), *, beside: Sequence[str] = ()) -> Table:
    """The 任务分解表 with the columns chosen, else the usual ones, and then those `beside` them.

    Of the usual columns the measures are left out where no task has any beside its title, and the record of reviews
    stands only where there is one.
    """
    keys = keys_for(matrix, columns)
    if not columns:
        keys = tuple(key for key in keys if key != "measures" or any(map(_measures, matrix.rows)))
        keys = (*keys, "review") if any(row.task.review for row in matrix.rows) else keys
    keys = tuple(dict.fromkeys((*(key for key in keys if key not in beside), *beside)))
    return tasks(title(matrix, "breakdown", lang), keys, matrix.rows, lang, one_plan=not matrix.several)


def tasks(name: str, keys: Sequence[str], rows: Iterable[Row], lang: Language, *, one_plan: bool = False) -> Table:
    """Tasks under the columns asked for; where all are of one plan the source does not repeat it."""
    values = [_VALUES["place" if one_plan and key == "source" else key] for key in keys]
    body = tuple(tuple(value(row, lang) for value in values) for row in rows)
    return Table(name, tuple(keys), tuple(heading(key, lang) for key in keys), body)


def title(matrix: Matrix, sheet: str, lang: Language) -> str:
    """What a sheet is called: whose tasks of which plan it shows."""
    shown = {row.plan.id for row in matrix.rows} or {source.plan.id for source in matrix.sources}
    plans = {source.plan.id: source for source in matrix.sources if source.plan.id in shown}
    only = next(iter(plans.values())) if len(plans) == 1 else None
    of = f"《{only.plan.title}》{only.mark(lang)}" if only else say("tables.title.plans", lang, count=len(plans))
    asked = set(matrix.selection.bureaus)
    names = [column.bureau.name for column in matrix.columns if column.bureau.id in asked]
    if names and len(asked) <= _NAMED:
        return titled("、".join(names), sheet, lang) + say("tables.title.within", lang, of=of)
    return titled(of, sheet, lang)


def titled(of: str, sheet: str, lang: Language) -> str:
    """The title of a sheet of something: 贵阳市水务局任务分解表."""
    return say("tables.title.of", lang, of=of, what=say(f"tables.sheet.{sheet}", lang))


_HEADING = 24
"""A last heading longer than this is a sentence."""
_NAMED = 3
"""More bureaus than these are not named in a title."""


def partners_table(matrix: Matrix, lang: Language) -> Table:
    """With whom the bureau of a matrix works: a bureau a line, and the numbers of the tasks by its role in them."""
    keys = ("bureau", *ROLES, "total")
    heads = (heading("bureau", lang), *(word("role", role, lang) for role in ROLES), heading("total", lang))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (name, *("、".join(map(str, roles[role])) for role in ROLES), len({n for role in ROLES for n in roles[role]}))
        for name, roles in partners(matrix).items()
    )
    return Table(say("tables.sheet.partners", lang), keys, heads, rows)


def source_text(row: Row, lang: Language = "zh") -> str:
    """Where a task stands: 《plan》, its section path, its page."""
    return f"《{row.plan.title}》{_place(row, lang)}"


def deadline_quotes(row: Row) -> tuple[str, ...]:
    """The words that set the deadlines of a task."""
    return tuple(dict.fromkeys(deadline.quote for deadline in row.deadlines))


def _place(row: Row, lang: Language) -> str:
    return path_text(row.task.section) + _page(row, lang)


def _page(row: Row, lang: Language) -> str:
    return say("tables.remark.page", lang, page=row.task.page) if row.task.page else ""


def _short_place(row: Row, lang: Language) -> str:
    """The section path; of a last heading that is the task's whole sentence its number alone."""
    *above, last = row.task.section or ("",)
    number = last.removesuffix(row.task.title).strip()
    if len(last) > _HEADING and len(number) < len(last) - len(row.task.title) + 1:
        last = number
    return path_text(filter(None, (*above, last))) + _page(row, lang)


def _measures(row: Row) -> str:
    return measures_of(row.task)


def _others(row: Row) -> str:
    task = row.task
    return "、".join((*task.support, *task.joint, *(task.collective or ())))


def _roles(row: Row) -> tuple[Role, ...]:
    """The roles of the bureaus that the row shows."""
    return tuple(role for role in ROLES if any(role in cell.roles for cell in row.cells.values()))


def _empty(_row: Row, _lang: Language) -> str:
    """A cell to be filled in by hand."""
    return ""


_VALUES: Mapping[str, Callable[[Row, Language], Value]] = MappingProxyType(
    {
        "number": lambda row, _: row.number,
        "plan": lambda row, _: row.plan.title,
        "section": lambda row, _: path_text(row.task.section[:-1]),
        "title": lambda row, _: title_of(row.task),
        "measures": lambda row, _: _measures(row),
        "targets": lambda row, lang: "\n".join(dict.fromkeys(goal_lines(row.task, row.targets, lang).values())),
        "role": lambda row, lang: "、".join(word("role", role, lang) for role in _roles(row)),
        "leader": _empty,
        "lead": lambda row, _: "、".join(row.task.lead),
        "others": lambda row, _: _others(row),
        "support": lambda row, _: "、".join(row.task.support),
        "joint": lambda row, _: "、".join(row.task.joint),
        "collective": lambda row, _: "、".join(row.task.collective or ()),
        "contact": _empty,
        "by": lambda row, lang: times_text(row.times, row.annual, lang),
        "progress": _empty,
        "remark": _empty,
        "source": lambda row, lang: f"《{row.plan.title}》{_short_place(row, lang)}",
        "place": _short_place,
        "quote": lambda row, _: "\n".join(row.notes),
        "gap": lambda row, lang: "、".join(word("gap", kind, lang) for kind in row.holes),
        "review": lambda row, lang: review_text(row.task.review, lang),
        "opinion": _empty,
        "id": lambda row, _: row.task.id,
    }
)
