"""What is shown of each kind of record, in words: one table of columns for command line, screens and files.

`COLUMNS["task"]["by"]` gives the text of a task's times; its heading is `heading("by", lang)`. Who shows records
chooses keys and widths, and computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

from plankb.late import dataclass
from plankb.model import (
    ROLES,
    AnyFact,
    Bureau,
    Citation,
    Conflict,
    Deadline,
    Doubt,
    Fact,
    Measurement,
    Passage,
    Plan,
    Project,
    Review,
    Role,
    Target,
    Task,
)
from plankb.phrases import number, trail, value
from plankb.words import Language, say, word


@dataclass(frozen=True, slots=True)
class Shown:
    """What a column needs besides the record: the language, titles of plans by id, names of tasks and targets by id."""

    lang: Language
    titles: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)

    def title(self, plan: str) -> str:
        """The title of a plan; its id where it has none."""
        return self.titles.get(plan) or plan


Text = Callable[[Any, Shown], str]
"""The text of a record in a column: each table below knows which kind it speaks of."""

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "task": ("title", "lead", "support", "joint", "collective", "by", "text", "section", "plan", "review", "id"),
        "target": (
            *("indicator", "op", "value", "value_max", "unit", "change", "by", "base_year", "nature", "stretch"),
            *("qualitative", "scope", "indicator_id", "quote", "section", "plan", "review", "id"),
        ),
        "deadline": ("by", "bound", "start", "end", "of", "quote", "section", "plan", "review", "id"),
        "project": ("name", "quantity", "box", "quote", "section", "plan", "review", "id"),
        "citation": ("title", "number", "quote", "section", "plan", "review", "id"),
        "doubt": ("reason", "quote", "section", "plan", "review", "id"),
        "bureau": ("name", "jurisdiction", "names", "lead", "support", "joint", "id"),
    }
)
"""The fields of the records themselves in the order of a CSV file; each is a column, in English under its own name."""


def heading(key: str, lang: Language) -> str:
    """The heading of a column."""
    return say(f"columns.{key}", lang)


def join(names: Iterable[str] | None) -> str:
    """Names in one cell."""
    return "、".join(names or ())


def name_of(fact: AnyFact) -> str:
    """What a fact is called: title, indicator or name; its words where it has none of these."""
    match fact:
        case Task() | Citation():
            return fact.title
        case Target():
            return fact.indicator
        case Project():
            return fact.name
    return fact.quote


def summary(fact: AnyFact, lang: Language) -> str:
    """What a fact says, in one line after its kind."""
    match fact:
        case Target():
            said = [fact.indicator, value(fact, lang), fact.by or ""]
        case Task():
            roles = [f"{word('role', role, lang)} {join(names)}" for role in ROLES if (names := getattr(fact, role))]
            said = [fact.title, *roles]
        case Deadline():
            said = [fact.by or "", word("bound", fact.bound, lang)]
        case Doubt():
            said = [fact.message.text(lang)]
        case _:
            said = [name_of(fact)]
    return f"【{word('kind', fact.kind, lang)}】" + "　".join(part for part in said if part)


def review_text(review: Review | None, lang: Language) -> str:
    """Who said what of a fact and when; "" for a fact as the program read it."""
    if review is None:
        return ""
    done = {"accept": "accepted", "correct": "corrected"}[review.action]
    return say(f"tables.correction.{done}", lang, who=review.who, when=review.when[:10])


def size(quantity: Iterable[Measurement]) -> str:
    """The sizes of a project."""
    return join(f"{number(part.value)}{part.unit}" for part in quantity)


def load_of(bureau: Bureau) -> int:
    """How many tasks a bureau takes part in."""
    return len({*bureau.lead, *bureau.support, *bureau.joint})


def _baseline(target: Target) -> str:
    base = target.baseline
    if base is None:
        return ""
    return number(base.value) + (f"（{base.year}）" if base.year else "")


def _when(deadline: Deadline, shown: Shown) -> str:
    by, bound = deadline.by or deadline.end or deadline.start or "", word("bound", deadline.bound, shown.lang)
    if shown.lang == "en":
        return f"{bound} {by}".strip()
    return f"{by}年{bound}" if by.isdigit() else f"{by}{bound}"


def _others(task: Task, shown: Shown) -> str:
    """Who answers besides the lead; the joint ones are marked as such."""
    joint = [f"{name}（{word('role', 'joint', shown.lang)}）" for name in task.joint]
    return join([*task.support, *joint, *(task.collective or ())])


def _source(fact: Fact | Passage, shown: Shown) -> str:
    return trail((f"《{shown.titles[fact.plan]}》" if fact.plan in shown.titles else fact.plan, *fact.section))


def _plans(conflict: Conflict, shown: Shown) -> str:
    return join(dict.fromkeys(shown.title(fact.plan) for fact in conflict.facts))


def _tasks_in(role: Role) -> Text:
    return lambda bureau, _: str(len(getattr(bureau, role)))


_FACT: dict[str, Text] = {
    "kind": lambda fact, shown: word("kind", fact.kind, shown.lang),
    "plan": lambda fact, shown: shown.title(fact.plan),
    "section": lambda fact, _: trail(fact.section),
    "quote": lambda fact, _: str(fact.quote),
    "source": _source,
    "review": lambda fact, shown: review_text(fact.review, shown.lang),
    "id": lambda fact, _: str(fact.id),
}
"""What all facts have."""

COLUMNS: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {
        "task": {
            **_FACT,
            "title": lambda task, _: str(task.title),
            "lead": lambda task, _: join(task.lead),
            "support": lambda task, _: join(task.support),
            "joint": lambda task, _: join(task.joint),
            "collective": lambda task, _: join(task.collective),
            "lead_or_joint": lambda task, _: join(task.lead) or "".join(("△" if task.joint else "", join(task.joint))),
            "beside": lambda task, _: join((*task.support, *(task.collective or ()))),
            "others": _others,
            "by": lambda task, _: join(task.by),
            "measures": lambda task, _: str(task.text),
        },
        "target": {
            **_FACT,
            "indicator": lambda target, _: str(target.indicator),
            "value": lambda target, shown: value(target, shown.lang),
            "by": lambda target, _: target.by or "",
            "scope": lambda target, _: target.scope or "",
            "nature": lambda target, shown: word("nature", target.nature, shown.lang),
            "baseline": lambda target, _: _baseline(target),
        },
        "deadline": {
            **_FACT,
            "by": lambda deadline, _: deadline.by or "",
            "bound": lambda deadline, shown: word("bound", deadline.bound, shown.lang),
            "when": _when,
            "start": lambda deadline, _: deadline.start or "",
            "end": lambda deadline, _: deadline.end or "",
            "dates": lambda deadline, _: " ~ ".join((deadline.start or "", deadline.end or "")),
            "of": lambda deadline, shown: shown.owners.get(deadline.of or "", "") or join(deadline.section[-1:]),
        },
        "project": {
            **_FACT,
            "name": lambda project, _: str(project.name),
            "quantity": lambda project, _: size(project.quantity),
            "box": lambda project, _: project.box or "",
        },
        "citation": {
            **_FACT,
            "document": lambda citation, _: str(citation.title),
            "number": lambda citation, _: citation.number or "",
        },
        "doubt": {**_FACT, "reason": lambda doubt, shown: doubt.message.text(shown.lang)},
        "bureau": {
            "bureau": lambda bureau, _: str(bureau.name),
            "jurisdiction": lambda bureau, _: bureau.jurisdiction or "",
            "names": lambda bureau, _: join(name for name in bureau.names if name != bureau.name),
            **{role: _tasks_in(role) for role in ROLES},
            "total": lambda bureau, _: str(load_of(bureau)),
        },
        "plan": {
            "id": lambda plan, _: str(plan.id),
            "plan": lambda plan, _: title_of(plan),
            "issuer": lambda plan, _: plan.issuer or "",
            "jurisdiction": lambda plan, _: plan.jurisdiction or "",
            "level": lambda plan, shown: word("level", plan.level, shown.lang),
            "period": lambda plan, _: plan.period or "",
            "date": lambda plan, _: plan.date or "",
        },
        "passage": {
            "quote": lambda passage, _: str(passage.text),
            "section": lambda passage, _: join(passage.section[-1:]),
            "plan": lambda passage, shown: shown.title(passage.plan),
            "source": _source,
        },
        "conflict": {
            "severity": lambda conflict, shown: word("severity", conflict.severity, shown.lang),
            "type": lambda conflict, shown: word("conflict", conflict.type, shown.lang),
            "indicator": lambda conflict, _: str(conflict.indicator),
            "reason": lambda conflict, shown: conflict.why.text(shown.lang),
            "plan": _plans,
        },
    }
)
"""Kind of record, key of the column, text."""


def title_of(plan: Plan) -> str:
    """What a plan is called on the screen."""
    return plan.title or plan.id


def titles_of(plans: Iterable[Plan]) -> dict[str, str]:
    """What each plan is called, by its id."""
    return {plan.id: title_of(plan) for plan in plans}
