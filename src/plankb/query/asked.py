"""What a question may ask for: each condition a frozen value, put together to a query in `query.model`."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from plankb.late import dataclass
from plankb.model import Number, Role

Kind = Literal[
    "tasks",
    "bureaus",
    "targets",
    "deadlines",
    "conflicts",
    "coverage",
    "projects",
    "citations",
    "plans",
    "definition",
    "passages",
    "help",
]
"""The kind of fact asked for. `definition` and `passages` are answered with passages of the full text."""

BASIS = "依据"
"""The kind of documents that a plan is made on the ground of."""

OnlyRoles = Literal["lead", "support", "joint", "both", "unled", "once"]
"""The only role that bureaus have; both: they lead and support; unled: they lead nothing; once: they have one task."""
Form = Literal[
    "same",
    "verify",
    "choice",
    "year",
    "more",
    "remaining",
    "sum",
    "dated",
    "higher",
    "lower",
    "ratio",
    "floor",
    "ceiling",
    "bound",
]
"""What is done with what is found: said yes or no, chosen between, dated, subtracted, counted in days from today,
added, compared (yes or no), divided, told to be a least or greatest value, or which of the two."""

Group = Literal["province", "city", "county", "place"]
"""Facts place by place: of provinces, of cities, of what lies below them, of any."""

TaskState = Literal["late", "open", "done", "not-started", "under-way", "behind", "reported", "unreported"]
"""How tasks stand in the ledger: past their day, not done, done, and as they were reported."""

Compare = Literal["plans", "years"]
Turn = Literal["up", "down"]
"""Which way targets go."""

Aggregate = Literal["count", "most", "least", "highest", "lowest", "latest", "earliest"]
Dated = Literal["issued", "period"]
Missing = Literal["lead", "support", "bureau", "by", "figures"]
Changes: TypeAlias = dict[str, Any]
"""Fields of a query and their new values, as `dataclasses.replace` takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A bureau of the question: the words that name it, the ids it may mean, and the role asked for.

    `ids` is () where no plan names such a bureau, and holds several where the name is ambiguous. `role` None: any;
    `without` is a role that it must not have; `sole`: nobody else may have its role; `excluded`: it must not take part
    in `role`, or at all.
    `collectives` are names such as 省有关部门, which are no bureau and have no id.
    """

    said: str
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    role: Role | None = None
    without: Role | None = None
    sole: bool = False
    excluded: bool = False
    collectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time asked for: named years, or a stretch of days; `start` and `end` are ISO dates, None for an open side."""

    years: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None

    def as_json(self) -> str | list[str]:
        """One year as "2025", several as a list, a stretch as "2023-01-01..2025-12-31" with an open side left empty."""
        if self.years:
            return self.years[0] if len(self.years) == 1 else list(self.years)
        return f"{self.start or ''}..{self.end or ''}"

    def as_text(self) -> str:
        """The same in one line."""
        shown = self.as_json()
        return shown if isinstance(shown, str) else "、".join(shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRange:
    """A condition on a target's value; `unit` None compares the figures alone."""

    low: Number | None = None
    high: Number | None = None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None

    def as_text(self) -> str:
        """The condition in signs: >90%."""
        unit = self.unit or ""
        if self.low is not None and self.low == self.high:
            return f"={self.low}{unit}"
        low = "" if self.low is None else f"{'>' if self.low_open else '>='}{self.low}{unit}"
        high = "" if self.high is None else f"{'<' if self.high_open else '<='}{self.high}{unit}"
        return " ".join(part for part in (low, high) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a relation: a year, plans by their ids, what targets start from, or the targets themselves.

    `said` names it in an answer; it is empty where the answer has its own word.
    """

    said: str = ""
    year: str | None = None
    plans: tuple[str, ...] = ()
    baseline: bool = False


How = Literal["higher", "lower", "same", "different", "both", "first", "second", "most", "least"]
"""How the first of two sides stands to the second: above, below, alike, not alike, both have an indicator, only one of
them has it, or the indicators that changed most or fell most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What is asked of the targets of each indicator on two sides; `sides` is () where all plans are meant.

    `gap` is by how much they differ, in the unit of `gap.unit`, or where that is None in times the second; `least` is
    how many plans must have an indicator.
    """

    how: How
    sides: tuple[Side, ...] = ()
    gap: ValueRange | None = None
    least: int | None = None

    def as_text(self) -> str:
        """The relation in signs: 2030 lower 2025."""
        second = [side.said for side in self.sides[1:]]
        gap = self.gap.as_text() if self.gap else ""
        many = f">={self.least}" if self.least else ""
        return " ".join(
            word for word in (*(side.said for side in self.sides[:1]), self.how, *second, gap, many) if word
        )


ContentsForm = Literal[
    "chapter", "section", "part", "item", "task", "box", "table", "annex", "content", "named", "where"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is asked of the headings of plans: how many chapters, sections, parts or items, what one holds, or which
    the `count` headings that end with `ending` are (十大行动). `heading` is the part that is asked about, by its name;
    of `things` it is asked where they stand, below a heading of this kind (专栏).
    """

    form: ContentsForm
    heading: str | None = None
    count: int | None = None
    ending: str | None = None
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a question is about, apart from bureaus, plans and times: its words, and the facts that they name.

    `labels` are ids of facts whose title, indicator or name fits; `near` of facts that only stand in a fitting section
    or mention it in their text. Both empty: no fact of the kind asked for fits. `exact`: the words are a whole name.
    `either`: a plan need only have one of the words (地热能/氢能).
    """

    words: tuple[str, ...]
    labels: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    exact: bool = False
    either: bool = False
