"""The matrix as data: who answers for what, in rows, columns, cells and totals, with its holes as rows of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from plankb import in_force
from plankb.errors import Language
from plankb.model import ROLES, Bureau, Correction, Deadline, Plan, Review, Role, Span, Target, Task, Words

HoleKind = Literal["no_bureau", "no_lead", "no_deadline", "doubt", "suspect"]
HOLE_KINDS: tuple[HoleKind, ...] = ("no_bureau", "no_lead", "no_deadline", "doubt", "suspect")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cells hold each role; a cell of two roles counts under both."""

    lead: int = 0
    support: int = 0
    joint: int = 0

    @property
    def total(self) -> int:
        """All roles together."""
        return self.lead + self.support + self.joint

    @classmethod
    def of(cls, roles: Iterable[Role]) -> Tally:
        """Counted."""
        found = list(roles)
        return cls(*(found.count(role) for role in ROLES))


@dataclass(frozen=True, slots=True)
class Cell:
    """What a bureau does in a task: its roles in the order of `ROLES`, the names printed, the words that say so.

    `source` is the sentence or the bracketed note that names the bureau, the heading where none does (a bureau that a
    person added); `review` is None unless a person corrected the roles of the task.
    """

    roles: tuple[Role, ...]
    names: tuple[str, ...]
    source: str
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A bureau, once, however the plans abbreviate it; `group` is its jurisdiction, "" when unknown."""

    bureau: Bureau
    group: str
    tally: Tally

    @property
    def label(self) -> str:
        """The name as it stands under its jurisdiction, short: 市交委 where plans print it so, else 交通委员会."""
        full = self.bureau.name
        short = min((name for name in self.bureau.names if name), key=len, default=full)
        return short if len(short) < len(full) else full.removeprefix(self.group) or full

    @property
    def title(self) -> str:
        """The name with the jurisdiction after it: two places may have bureaus of one name."""
        return f"{self.bureau.name}（{self.group}）" if self.group else self.bureau.name


@dataclass(frozen=True, slots=True)
class Row:
    """A task. `number` counts from 1; `cells` are by bureau id.

    `times` are the words of its deadlines, the earliest first; `annual` is the year of the list that it stands in, None
    where it has a time of its own or the plan is no list of one year.
    """

    number: int
    plan: Plan
    task: Task
    cells: Mapping[str, Cell]
    targets: tuple[Target, ...]
    deadlines: tuple[Deadline, ...]
    tally: Tally
    holes: tuple[HoleKind, ...]
    times: tuple[str, ...] = ()
    annual: str | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """The words that name those who answer for the task; () where there are none."""
        return tuple(dict.fromkeys(cell.source for cell in self.cells.values()))


@dataclass(frozen=True, slots=True)
class Hole:
    """What is missing or doubtful. `task` is None for a doubt outside of every task; `row` is the number of its row."""

    kind: HoleKind
    plan: Plan
    section: tuple[str, ...]
    title: str
    why: Words
    quote: str
    task: str | None = None
    row: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSource:
    """Which plan, from which file, read when: `sha256` and `read_at` are None where the program does not know them.

    `status` says whether the plan is in force, past its time, replaced or not begun; None where nothing tells.
    """

    plan: Plan
    path: str | None = None
    sha256: str | None = None
    read_at: str | None = None
    status: in_force.Status | None = None

    def mark(self, lang: Language) -> str:
        """What stands behind the plan's title where it is not in force; else ""."""
        return in_force.mark(self.status, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the matrix was asked to hold, as it is told to the reader; () means all."""

    plans: tuple[str, ...] = ()
    bureaus: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    by: tuple[str, ...] = ()
    section: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Rows by plan and place in the text, columns by jurisdiction.

    `made` is the time as of which it stands, with a zone; `version` is the program's.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    holes: tuple[Hole, ...]
    tally: Tally
    sources: tuple[PlanSource, ...]
    corrections: tuple[Correction, ...] = ()
    selection: Selection = field(default_factory=Selection)
    made: datetime
    version: str

    @property
    def several(self) -> bool:
        """Whether rows of more than one plan stand in it."""
        return len({row.plan.id for row in self.rows}) > 1

    @property
    def only(self) -> Column | None:
        """The column of the one bureau that the matrix was asked for; None where it was not, or has several."""
        return self.columns[0] if self.selection.bureaus and len(self.columns) == 1 else None

    @cached_property
    def by_bureau(self) -> Mapping[str, Column]:
        """The columns by the ids of their bureaus."""
        return {column.bureau.id: column for column in self.columns}

    def groups(self) -> list[tuple[str, int]]:
        """The jurisdictions across the top with how many columns each spans."""
        spans: list[tuple[str, int]] = []
        for column in self.columns:
            if spans and spans[-1][0] == column.group:
                spans[-1] = (column.group, spans[-1][1] + 1)
            else:
                spans.append((column.group, 1))
        return spans
