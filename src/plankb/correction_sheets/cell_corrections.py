"""What somebody changed of a task: found by comparing cells with what they showed when the workbook was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from plankb import rules
from plankb.corrections import ROLES_FIELD
from plankb.errors import PlankbError
from plankb.exports import safe
from plankb.matrix.cells import heading, is_same, is_time, read_names, read_roles, read_times, roles_text, time_text
from plankb.matrix.shown import Shown
from plankb.model import ROLES, Role

GOAL = "goal"
"""Field of a changed line of the cell of targets: `correction_sheets.goals` reads what it changes of which targets."""
_ENDS = "。.！!，, "


@dataclass(frozen=True, slots=True)
class CellCorrection:
    """One point of one task changed in one place: `cell` says where, as 任务分解表!E5; the rest as in `Correction`.

    `fact` is the id of a target, "" for the task itself. `near` is the id of the bureau in whose place a new one
    stands, which says where it belongs; None where the plan itself does. `words` are those in which a time was put.
    """

    task: Shown
    action: Literal["accept", "correct", "reject"]
    cell: str
    field: str | None = None
    subject: str | None = None
    bureau: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    fact: str = ""
    near: str | None = None
    words: str | None = None

    @property
    def point(self) -> tuple[str, str | None, str | None]:
        """What it speaks of: two changes of one point must agree. A task accepted and struck out is one point too."""
        return self.fact or self.task.id, self.field, self.bureau or self.subject


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with text as a person left it; `at` names it."""

    at: str
    text: str
    struck: bool = False


Found = Iterator[CellCorrection | PlankbError]
"""Changes, and a remark for each that is not understood or not taken."""


def marked(task: Shown, entry: Entry, *, bureau: str, name: str) -> Found:
    """A cell of a bureau's column: its roles."""
    shown = task.cells.get(bureau, ())
    if entry.text == roles_text(shown):
        return
    roles = read_roles(entry.text)
    if roles is None:
        yield PlankbError("E514", cell=entry.at, text=entry.text)
        return
    before = task.roles_of(bureau)
    hidden = [role for role in before if role not in shown]
    after = tuple(role for role in ROLES if role in roles or role in hidden)
    if after != before:
        printed = next((known for known, id_ in task.bureaus.items() if id_ == bureau), name)
        yield CellCorrection(task, "correct", entry.at, ROLES_FIELD, printed, bureau, before, after)


def marked_anew(task: Shown, entry: Entry, *, name: str, instead_of: str | None = None) -> Found:
    """A cell of a column that was put in, or whose heading was changed: then the bureau before has no role any more."""
    roles = read_roles(entry.text)
    if roles is None:
        yield PlankbError("E514", cell=entry.at, text=entry.text)
        return
    if instead_of is not None and task.cells.get(instead_of):
        yield from marked(task, Entry(entry.at, ""), bureau=instead_of, name=name)
    if roles:
        yield CellCorrection(task, "correct", entry.at, ROLES_FIELD, name, None, (), roles, near=instead_of)


def timed(task: Shown, entry: Entry) -> Found:
    """The cell of the deadline."""
    shown = time_text(task.by) if task.time is None else task.time
    if squeezed(entry.text) == squeezed(shown):
        return
    times = read_times(entry.text)
    if times is None and not is_time(entry.text):
        yield PlankbError("E514", cell=entry.at, text=entry.text)
        return
    after = times or ()
    words = kept_words(entry.text, after)
    if after != task.by or words:
        yield CellCorrection(task, "correct", entry.at, "by", before=task.by, after=after, words=words)


def kept_words(text: str, times: Sequence[str]) -> str | None:
    """The words of a time that say more than its figures do (2026年底前); None for figures alone (2026-06-30)."""
    plain = squeezed(text) == squeezed(time_text(times)) or not rules.one("days", "cell.more").search(text)
    return None if plain else text


def titled(task: Shown, entry: Entry) -> Found:
    """The cell of the title; struck through, it strikes the task out. An empty one is not taken."""
    if entry.struck:
        yield CellCorrection(task, "reject", entry.at)
    elif not entry.text:
        yield PlankbError("E515", cell=entry.at, column="重点任务")
    elif squeezed(entry.text) != squeezed(task.title):
        yield CellCorrection(task, "correct", entry.at, "title", before=(task.title,), after=(entry.text,))


def measured(task: Shown, entry: Entry) -> Found:
    """The cell of the measures. An empty one is not taken."""
    cut = len(task.measures) >= safe.CELL_LIMIT and entry.text.endswith("…")
    if cut or squeezed(entry.text) == squeezed(task.measures):
        return
    if not entry.text and not is_same(task.title, task.measures):
        yield PlankbError("E515", cell=entry.at, column=heading("measures", "zh"))
    elif entry.text:
        yield CellCorrection(task, "correct", entry.at, "text", before=(task.measures,), after=(entry.text,))


def judged(task: Shown, entry: Entry) -> Found:
    """The cell for one's own review."""
    said = entry.text.rstrip(_ENDS).lower()
    if said in _opinions("strike"):
        yield CellCorrection(task, "reject", entry.at)
    elif said in _opinions("accept"):
        yield CellCorrection(task, "accept", entry.at)
    elif said:
        yield PlankbError("E524", cell=entry.at, text=entry.text)


def listed_collective(task: Shown, entry: Entry) -> Found:
    """The cell of the bodies that are not one bureau."""
    names = read_names(entry.text, task.collective)
    if names != task.collective:
        yield CellCorrection(task, "correct", entry.at, "collective", before=task.collective, after=names)


def listed(task: Shown, lead: Entry | None, others: Entry | None) -> Found:
    """The cells of 牵头单位 and 责任单位 in a list of tasks; None for a column that is not there."""
    leads = _names(task, lead, task.lead)
    rest = _names(task, others, (*task.support, *task.joint, *task.collective))
    kept = tuple(name for name in task.collective if name in rest)
    if kept != task.collective and others:
        yield CellCorrection(task, "correct", others.at, "collective", before=task.collective, after=kept)
    bodies = [name for name in rest if name not in task.collective]
    for name in dict.fromkeys((*task.lead, *task.support, *task.joint, *leads, *bodies)):
        before = tuple(role for role in ROLES if name in getattr(task, role))
        after = tuple(_roles(name, before, leads, bodies))
        if after != before:
            changed = lead if lead and (name in leads) != ("lead" in before) else others or lead
            at = changed.at if changed else ""
            yield CellCorrection(task, "correct", at, ROLES_FIELD, name, task.bureaus.get(name), before, after)


@cache
def _opinions(means: str) -> frozenset[str]:
    return rules.one("cells", f"opinion.{means}").vocabulary


def squeezed(text: str) -> str:
    """Text for comparison: programs change the white space of a cell, and a workbook holds no control characters."""
    return "".join(safe.plain_text(text).split())


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


Reader = Callable[[Shown, Entry], Found]
"""What the cell of one column says of a task."""
