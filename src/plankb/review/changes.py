"""What somebody changed of a task: found by comparing cells with what they showed when the workbook was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from plankb.errors import PlankbError
from plankb.matrix.headings import ACCEPT, STRIKE
from plankb.matrix.snapshot import Shown
from plankb.matrix.words import read_names, read_roles, read_times, roles_text, time_text
from plankb.model import ROLES, Role
from plankb.overrides import ROLES_FIELD

_STRIKES = (*STRIKE, "删", "剔除", "×", "x", "X", "✗")
_ACCEPTS = (*ACCEPT, "同意", "正确", "无误", "√", "✓", "ok", "OK")


@dataclass(frozen=True, slots=True)
class Change:
    """One point of one task changed in one place: `cell` says where, as 任务分解表!E5; the rest as in `Override`."""

    task: Shown
    action: Literal["accept", "correct", "reject"]
    cell: str
    field: str | None = None
    subject: str | None = None
    bureau: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def point(self) -> tuple[str, str | None, str | None]:
        """What it speaks of: two changes of one point must agree. A task accepted and struck out is one point too."""
        return self.task.id, self.field, self.bureau or self.subject


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with text as a person left it; `at` names it."""

    at: str
    text: str
    struck: bool = False


def marked(task: Shown, entry: Entry, *, bureau: str | None, name: str) -> Iterator[Change]:
    """A cell of the matrix: the roles of a bureau, `bureau` None for one that a person added. Raises E514."""
    shown = task.cells.get(bureau or "", ())
    if entry.text == roles_text(shown):
        return
    roles = read_roles(entry.text)
    if roles is None:
        raise PlankbError("E514", cell=entry.at, text=entry.text)
    before = task.roles_of(bureau) if bureau else ()
    hidden = [role for role in before if role not in shown]
    after = tuple(role for role in ROLES if role in roles or role in hidden)
    if after != before:
        printed = next((known for known, id_ in task.bureaus.items() if id_ == bureau), name)
        yield Change(task, "correct", entry.at, ROLES_FIELD, printed, bureau, before, after)


def timed(task: Shown, entry: Entry) -> Iterator[Change]:
    """The cell of the deadline. Raises E514."""
    if entry.text == time_text(task.by):
        return
    times = read_times(entry.text)
    if times is None:
        raise PlankbError("E514", cell=entry.at, text=entry.text)
    if times != task.by:
        yield Change(task, "correct", entry.at, "by", before=task.by, after=times)


def titled(task: Shown, entry: Entry) -> Iterator[Change]:
    """The cell of the title; struck through, it strikes the task out. An empty one is not taken."""
    if entry.struck:
        yield Change(task, "reject", entry.at)
    elif entry.text and entry.text != task.title.strip():
        yield Change(task, "correct", entry.at, "title", before=(task.title,), after=(entry.text,))


def judged(task: Shown, entry: Entry) -> Iterator[Change]:
    """The cell for one's own review. Raises E514."""
    if entry.text in _STRIKES:
        yield Change(task, "reject", entry.at)
    elif entry.text in _ACCEPTS:
        yield Change(task, "accept", entry.at)
    elif entry.text:
        raise PlankbError("E514", cell=entry.at, text=entry.text)


def listed_collective(task: Shown, entry: Entry) -> Iterator[Change]:
    """The cell of the bodies that are not one bureau."""
    names = read_names(entry.text, task.collective)
    if names != task.collective:
        yield Change(task, "correct", entry.at, "collective", before=task.collective, after=names)


def listed(task: Shown, lead: Entry | None, others: Entry | None) -> Iterator[Change]:
    """The cells of 牵头单位 and 责任单位 in a list of tasks; None for a column that is not there."""
    leads = _names(task, lead, task.lead)
    rest = _names(task, others, (*task.support, *task.joint, *task.collective))
    kept = tuple(name for name in task.collective if name in rest)
    if kept != task.collective and others:
        yield Change(task, "correct", others.at, "collective", before=task.collective, after=kept)
    bodies = [name for name in rest if name not in task.collective]
    for name in dict.fromkeys((*task.lead, *task.support, *task.joint, *leads, *bodies)):
        before = tuple(role for role in ROLES if name in getattr(task, role))
        after = tuple(_roles(name, before, leads, bodies))
        if after != before:
            changed = lead if lead and (name in leads) != ("lead" in before) else others or lead
            at = changed.at if changed else ""
            yield Change(task, "correct", at, ROLES_FIELD, name, task.bureaus.get(name), before, after)


def _names(task: Shown, entry: Entry | None, shown: tuple[str, ...]) -> tuple[str, ...]:
    if entry is None or entry.text == "、".join(shown):
        return shown
    return read_names(entry.text, (*task.bureaus, *shown))


def _roles(name: str, before: Sequence[Role], leads: Sequence[str], bodies: Sequence[str]) -> Iterator[Role]:
    if name in leads:
        yield "lead"
    if name in bodies:
        kept: list[Role] = [role for role in before if role != "lead"]
        # Named beside a lead a bureau supports it; named without one it answers jointly.
        new: Role = "support" if leads else "joint"
        yield from kept or (new,)


Reader = Callable[[Shown, Entry], Iterator[Change]]
"""What the cell of one column says of a task."""
