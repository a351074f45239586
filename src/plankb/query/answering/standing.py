"""How tasks stand in the ledger, as a condition of a question: 逾期, 没启动, 完成了."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from plankb.model import Task
from plankb.query.library import Library
from plankb.query.model import AnyAnswer, Understood

if TYPE_CHECKING:
    from plankb.ledger import Entry


def day(query: Understood) -> date:
    """The day for which a question asks how tasks stand."""
    return query.today or datetime.now().astimezone().date()


def meets(task: Task, query: Understood, library: Library) -> bool:
    """Whether a task stands as a query asks; True where it does not ask."""
    if query.state is None:
        return True
    entry = library.standing(day(query)).get(task.id)
    return entry is not None and _stands(entry, query.state)


def _stands(entry: Entry, state: str) -> bool:
    match state:
        case "late":
            return entry.late
        case "open":
            return entry.state != "done"
        case "behind":
            return entry.state == "late"
        case "unreported":
            return entry.latest is None
    return entry.state == state


def reported(facts: Iterable[AnyAnswer], query: Understood, library: Library) -> int:
    """On how many tasks somebody has reported."""
    entries = library.standing(day(query))
    known = (entries.get(fact.id) for fact in facts if isinstance(fact, Task))
    return sum(entry is not None and entry.latest is not None for entry in known)
