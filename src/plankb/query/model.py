"""What a question was understood to ask, and what was answered: frozen values, and the JSON that `ask` prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from plankb.late import dataclass
from plankb.model import AnyFact, Bureau, Conflict, Passage, Plan, Role
from plankb.query.asked import (
    Aggregate,
    Changes,
    Compare,
    Contents,
    ContentsForm,
    Dated,
    Form,
    Group,
    How,
    Kind,
    Missing,
    OnlyRoles,
    Period,
    Relation,
    Side,
    TaskState,
    Topic,
    Turn,
    ValueRange,
    Who,
)

__all__ = [
    "Aggregate",
    "Answer",
    "AnyAnswer",
    "Changes",
    "Compare",
    "Contents",
    "ContentsForm",
    "Dated",
    "Form",
    "Group",
    "How",
    "Kind",
    "Missing",
    "OnlyRoles",
    "Period",
    "Relation",
    "Side",
    "TaskState",
    "Topic",
    "Turn",
    "Understood",
    "ValueRange",
    "Who",
]

AnyAnswer = AnyFact | Bureau | Conflict | Passage | Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The query made of a question. None and () mean: not asked for.

    `plans` are ids; `unknown` names what the question asks for and the knowledge base does not hold; `ignored` are
    words that played no part; `claims` are figures put forward to be told right or wrong, or dated, no conditions;
    `amount`: a figure is asked for, `measure` the unit that it is asked in (多少公里), `base_year` the year that a
    change is measured from; `only`: bureaus that have no other role, or both lead and support. `corrections` pairs what
    was typed with what was taken instead. `document` is a kind of document cited (标准); `dated` says which time of a
    plan is asked for, `verdict` which answers to the plans above. `nobody` are words for the asker's own bureau, which
    is not known; `help` is what is asked about the program; `today` the day of the question. `parts` are things that
    are compared or added, each a topic, `sides` the plans, levels and places of which one thing is asked side by side;
    `denied` is what facts must not speak of, `turn` which way targets go, `reason`: why; `seat` is the zone or
    place whose own bureaus are asked for; `inside` are places with plans of their own inside one asked for;
    `bodies` is how many bureaus a task may have, `bodies_order` puts tasks with most or least of them first,
    `by_section` tells in which sections tasks stand. `absent` asks for the plans that do not mention the topic,
    `from_baseline` for how targets stand to their own baselines, `relation` for the indicators whose targets on two
    sides stand so, `contents` for the headings of plans, `saying` and `silent` for the plans that speak of things and
    not of others.
    """

    kind: Kind | None = None
    who: tuple[Who, ...] = ()
    together: bool = False
    role: Role | None = None
    period: Period | None = None
    not_periods: tuple[Period, ...] = ()
    plans: tuple[str, ...] = ()
    not_plans: tuple[str, ...] = ()
    plan_words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    topic: Topic | None = None
    parts: tuple[Topic, ...] = ()
    denied: Topic | None = None
    turn: Turn | None = None
    reason: bool = False
    seat: str | None = None
    inside: tuple[str, ...] = ()
    section: str | None = None
    value: ValueRange | None = None
    claims: tuple[ValueRange, ...] = ()
    unit: str | None = None
    measure: str | None = None
    base_year: str | None = None
    nature: Literal["binding", "expected", "any"] | None = None
    baseline: bool | None = None
    stretch: bool | None = None
    qualitative: bool | None = None
    missing: tuple[Missing, ...] = ()
    state: TaskState | None = None
    verdict: Literal["weaker", "later", "stricter"] | None = None
    compare: Compare | None = None
    aggregate: Aggregate | None = None
    counted: Kind | None = None
    limit: int | None = None
    document: str | None = None
    dated: Dated | None = None
    form: Form | None = None
    amount: bool = False
    only: OnlyRoles | None = None
    sole: bool = False
    bodies: ValueRange | None = None
    bodies_order: Literal["most", "least"] | None = None
    by_section: bool = False
    group: Group | None = None
    due: bool = False
    mentioned: bool = False
    absent: bool = False
    from_baseline: bool = False
    relation: Relation | None = None
    sides: tuple[Side, ...] = ()
    contents: Contents | None = None
    saying: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    ambiguous: tuple[str, ...] = ()
    nobody: str | None = None
    help: str | None = None
    today: date | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the topic."""
        return self.topic.words if self.topic else ()

    def as_json(self) -> dict[str, object]:
        """The nine fields of the contract, then those of the other conditions that are set."""
        words = " ".join(self.words) or None
        about_indicator = self.kind in ("targets", "conflicts")
        fixed = {
            "kind": self.kind,
            "bureaus": [_bureau_json(who) for who in self.who],
            "role": self._role_json(),
            "by": self.period.as_json() if self.period else None,
            "plan": _one_or_list(self.plans) or _one_or_list(self.plan_words),
            "indicator": words if about_indicator else None,
            "text": None if about_indicator else words,
            "compare": self.compare,
            "aggregate": self.aggregate,
        }
        return fixed | self._more_json()

    def _role_json(self) -> object:
        roles = [who.role for who in self.who if not who.excluded]
        if self.role or not roles:
            return self.role
        return roles[0] if len(set(roles)) == 1 else roles

    def _more_json(self) -> dict[str, object]:
        more = {
            "together": self.together,
            "not_role": next((who.without for who in self.who if who.without), None),
            "without_by": [period.as_json() for period in self.not_periods],
            "place": _one_or_list(self.places),
            "without_place": _one_or_list(self.not_places),
            "level": _one_or_list(self.levels),
            "without_plan": _one_or_list(self.not_plans),
            "parts": [" ".join(part.words) for part in self.parts],
            "without": " ".join(self.denied.words) if self.denied else None,
            "turn": self.turn,
            "reason": self.reason,
            "seat": self.seat,
            "section": self.section,
            "value": self.value.as_text() if self.value else None,
            "claims": [claim.as_text() for claim in self.claims],
            "unit": self.unit,
            "measure": self.measure,
            "base_year": self.base_year,
            "form": self.form,
            "only": self.only,
            "absent": self.absent,
            "from_baseline": self.from_baseline,
            "contents": self.contents.form if self.contents else None,
            "saying": list(self.saying),
            "silent": list(self.silent),
            "relation": self.relation.as_text() if self.relation else None,
            "sides": [side.said for side in self.sides],
            "group": self.group,
            "sole": self.sole or any(who.sole for who in self.who),
            "bodies": self.bodies_order or (self.bodies.as_text() if self.bodies else None),
            "sections": self.by_section,
            "nature": self.nature,
            "baseline": self.baseline,
            "stretch": self.stretch,
            "qualitative": self.qualitative,
            "missing": list(self.missing),
            "state": self.state,
            "verdict": self.verdict,
            "counted": self.counted,
            "limit": self.limit,
            "document": self.document,
            "unknown": list(self.unknown),
            "ignored": list(self.ignored),
            "corrections": dict(self.corrections),
        }
        return {name: value for name, value in more.items() if _is_given(name, value)}


def _is_given(name: str, value: object) -> bool:
    return value not in (None, [], {}, ()) and (value is not False or name in _TOLD_FALSE)


_TOLD_FALSE = frozenset({"stretch", "qualitative", "baseline"})
"""Conditions of which no says something."""


def _bureau_json(who: Who) -> str:
    name = "、".join(who.names or who.collectives) or who.said
    return f"-{name}" if who.excluded else name


def _one_or_list(values: tuple[str, ...]) -> object:
    return (values[0] if len(values) == 1 else list(values)) if values else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What `ask` answers: the query, one or two sentences, the facts in full, and what was not understood.

    `passages` are where the words of the question stand in the plans, when no fact answers it.
    """

    question: str
    understood: Understood
    answer: str
    facts: Sequence[AnyAnswer] = ()
    note: str | None = None
    passages: tuple[Passage, ...] = ()
    searched: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many facts there are."""
        return len(self.facts)

    def as_json(self) -> dict[str, object]:
        """The record that `ask --format json` prints, and the passages that come nearest where there are some."""
        fixed = {
            "question": self.question,
            "understood": self.understood.as_json(),
            "answer": self.answer,
            "facts": [fact.model_dump(mode="json") for fact in self.facts],
            "count": self.count,
            "note": self.note,
        }
        return fixed | ({"passages": [one.model_dump(mode="json") for one in self.passages]} if self.passages else {})
