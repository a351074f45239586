"""How the tasks stand today, in little: what the timeline counts, for any number of plans. Pure besides reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from plankb.kb import Entry, KnowledgeBase, Light
from plankb.model import State
from plankb.words import Speaker

Group = Literal["all", "late", "soon", "later", "ongoing", "done", "open"]
"""Past its day; due within 30 days; due later; comes again or has no end; done; without a time."""
GROUPS: tuple[Group, ...] = ("late", "soon", "later", "ongoing", "done", "open", "all")
_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a quarter of it; `quarter` 0 is the whole year."""

    year: str
    quarter: int = 0

    def title(self, say: Speaker) -> str:
        """What it is called."""
        key = "deadlines.quarter" if self.quarter else "deadlines.year"
        return say(key, year=self.year, quarter=self.quarter)


@dataclass(frozen=True, slots=True)
class Standing:
    """One task: its id, the day that counts now (None: none), its light and state, and in which group it is."""

    task: str
    due: date | None
    light: Light
    state: State
    group: Group


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of the timeline: a group of tasks, or what is due in a period, and how many."""

    group: Group | None
    period: Period | None
    count: int

    def title(self, say: Speaker) -> str:
        """What it is called."""
        return self.period.title(say) if self.period else say(f"deadlines.{self.group}")

    def holds(self, one: Standing) -> bool:
        """Whether a task belongs to the line."""
        if self.period:
            return one.due is not None and period_of(one.due) == self.period
        return self.group in ("all", one.group)


def standings(kb: KnowledgeBase, today: date) -> list[Standing]:
    """All tasks, the earliest due first, those without a day last."""
    found = [_standing(entry, ledger.soon) for ledger in kb.ledger.by_plan(today=today) for entry in ledger.entries]
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max))


def counts(found: Iterable[Standing]) -> Mapping[Group, int]:
    """How many tasks each group has."""
    return Counter(one.group for one in found)


def timeline(found: Sequence[Standing]) -> list[Slot]:
    """The groups that have tasks, then the periods in order."""
    groups = counts(found)
    periods = Counter(period_of(one.due) for one in found if one.due)
    lines = [Slot(group, None, groups[group]) for group in GROUPS if groups[group]]
    if found:
        lines.append(Slot("all", None, len(found)))
    return [*lines, *(Slot(None, period, periods[period]) for period in sorted(periods))]


def period_of(day: date) -> Period:
    """The quarter of a day; the last day of a year stands for the year."""
    return (
        Period(str(day.year))
        if (day.month, day.day) == (12, 31)
        else Period(str(day.year), (day.month - 1) // _MONTHS + 1)
    )


def _standing(entry: Entry, soon: int) -> Standing:
    return Standing(entry.task.id, entry.due, entry.light, entry.state, _group(entry, soon))


def _group(entry: Entry, soon: int) -> Group:
    if entry.state == "done":
        return "done"
    if entry.days is None:
        return "ongoing" if entry.ongoing else "open"
    if entry.days < 0:
        return "late"
    if entry.days <= soon:
        return "soon"
    return "later"
