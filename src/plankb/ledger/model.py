"""The ledger as data: a task with its reports, its day and its light; the whole of them; and how many stand how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from plankb.ledger.dues import Due
from plankb.ledger.following import Suspicion
from plankb.model import ROLES, Plan, Progress, Role, State, Task

TEXTS = ("note", "evidence", "problems", "next")
"""The fields of a report that hold texts."""
STATES: tuple[State, ...] = ("not-started", "under-way", "done", "late")

Light = Literal["green", "yellow", "red", "none"]
"""Done or on course; due soon or reported behind; past its time; nothing due and nothing reported."""
LIGHTS: tuple[Light, ...] = ("red", "yellow", "green", "none")
SOON = 30
"""Days before its time from which a task is due soon, where nobody says."""


def light(state: State, due: date | None, *, today: date, soon: int = SOON, reported: bool = True) -> Light:
    """The light of a task in a state that is due on a day (None: on none); `soon` in days."""
    if state == "done":
        return "green"
    if due is not None and due < today:
        return "red"
    if state == "late" or (due is not None and (due - today).days <= soon):
        return "yellow"
    return "green" if due is not None or reported else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A task as it stands on a day.

    `reports` are those that stand, the oldest first; `latest` is the one that counts, None where nobody reported.
    `state` is its state, "not-started" without one; of a task that comes again ("每年") a report of an earlier period
    says no more than that it is under way. `due` is the day that counts now, None for work without one; `ongoing` work
    has none for a reason (持续推进). `suspicion` says why the latest report may not be of these words, None when it is.
    """

    task: Task
    plan: Plan
    dues: tuple[Due, ...]
    due: date | None
    due_words: str
    ongoing: bool
    days: int | None
    """Days from today to `due`, negative when it is past."""
    reports: tuple[Progress, ...]
    latest: Progress | None
    state: State
    light: Light
    suspicion: Suspicion | None = None

    @property
    def done(self) -> float | None:
        """The share done, 0 to 1; None where nobody says."""
        if self.state == "done":
            return 1.0
        return self.latest.done if self.latest else None

    @property
    def late(self) -> bool:
        """Whether its day is past and it is not done (逾期)."""
        return self.light == "red"

    def roles_of(self, bureau: str) -> tuple[Role, ...]:
        """The roles of a bureau (id) in the task."""
        named = self.task.bureaus
        return tuple(role for role in ROLES if any(named.get(n, n) == bureau for n in getattr(self.task, role)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Entries by plan and place in the text, on the day `today`; what is due within `soon` days is yellow.

    `lost` are reports whose task is gone. `title` is the plan's where there is one plan.
    """

    entries: tuple[Entry, ...]
    lost: tuple[Progress, ...]
    today: date
    soon: int

    @property
    def suspects(self) -> tuple[Entry, ...]:
        """The entries whose latest report rests on other words than the plan has now."""
        return tuple(entry for entry in self.entries if entry.suspicion)

    def where(self, keep: Callable[[Entry], bool]) -> Ledger:
        """The same of fewer entries."""
        return Ledger(entries=tuple(filter(keep, self.entries)), lost=self.lost, today=self.today, soon=self.soon)

    def late(self) -> Ledger:
        """What is past its day and not done, the longest past first."""
        return self._by_day(entry for entry in self.entries if entry.late)

    def due_within(self, days: int) -> Ledger:
        """What is not done and due within so many days, or past; the earliest first."""
        found = (one for one in self.entries if one.state != "done" and one.days is not None and one.days <= days)
        return self._by_day(found)

    def _by_day(self, entries: Iterable[Entry]) -> Ledger:
        ordered = sorted(entries, key=lambda entry: entry.due or date.max)
        return Ledger(entries=tuple(ordered), lost=self.lost, today=self.today, soon=self.soon)

    def bureaus(self) -> tuple[str, ...]:
        """The ids of the bureaus that answer for entries, in the order in which they appear."""
        found = (
            entry.task.bureaus.get(name, name)
            for entry in self.entries
            for role in ROLES
            for name in getattr(entry.task, role)
        )
        return tuple(dict.fromkeys(found))

    def of_bureau(self, bureau: str, *, roles: Iterable[Role] = ROLES) -> Ledger:
        """The entries in which a bureau (id) has one of the roles."""
        wanted = set(roles)
        return self.where(lambda entry: bool(wanted & set(entry.roles_of(bureau))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many tasks there are, and how many stand how; a task is counted under its state and under its light."""

    total: int
    reported: int
    not_started: int
    under_way: int
    done: int
    behind: int
    """Reported behind (滞后)."""
    late: int
    """Past their day (逾期)."""
    soon: int
    """Not done, not late, and due within the ledger's `soon` days."""

    @property
    def share(self) -> float:
        """The share of tasks done, 0 to 1; 0 of none."""
        return self.done / self.total if self.total else 0.0

    @classmethod
    def of(cls, ledger: Ledger) -> Counts:
        """Counted."""
        entries = ledger.entries
        states = [entry.state for entry in entries]
        return cls(
            total=len(entries),
            reported=sum(entry.latest is not None for entry in entries),
            not_started=states.count("not-started"),
            under_way=states.count("under-way"),
            done=states.count("done"),
            behind=states.count("late"),
            late=sum(entry.late for entry in entries),
            soon=sum(one.state != "done" and one.days is not None and 0 <= one.days <= ledger.soon for one in entries),
        )
