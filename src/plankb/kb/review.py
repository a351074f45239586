"""Review: what people say of facts, kept as overrides. The one way in for workbooks, command line and terminal UI."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plankb import overrides, register
from plankb.errors import PlankbError
from plankb.kb import build
from plankb.model import ROLES, AnyFact, Citation, Override, Project, Record, Target, Task
from plankb.overrides import ROLES_FIELD, Suspicion
from plankb.register import places
from plankb.review import workbook
from plankb.review.changes import Change
from plankb.store import FactFilter, Store

Action = Literal["accept", "correct", "reject"]


class Reviewed(Record):
    """A correction as it stands: `suspicion` says why it is not applied, None when it is."""

    override: Override
    suspicion: Suspicion | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a workbook asks for: corrections to keep, ids of corrections that it takes back, what was not taken.

    Corrections that are kept already are not among them.
    """

    add: tuple[Override, ...]
    drop: tuple[str, ...]
    remarks: tuple[PlankbError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A field of a fact and its other values, as text; for "roles", `subject` is the bureau and `after` its roles."""

    field: str
    after: tuple[str, ...]
    subject: str | None = None


class ReviewDesk:
    """The corrections of one knowledge base. Every method that changes them works like a build: all or nothing."""

    def __init__(self, folder: Path, store: Callable[[], Store]) -> None:
        self._folder = folder
        self._store = store

    def list(self) -> list[Reviewed]:
        """All corrections, the latest first."""
        store = self._store()
        why = {override.id: suspicion for override, suspicion in store.suspects()}
        return [Reviewed(override=override, suspicion=why.get(override.id)) for override in store.overrides()]

    def read(self, path: Path, *, who: str | None = None) -> Proposal:
        """What somebody corrected in a workbook. Raises E101, E105, E510.

        `who` is None for the one who saved it last, else the user of this computer.
        """
        found = workbook.read(path)
        name, when = who or found.who or getpass.getuser(), _now()
        remarks = list(found.remarks)
        add, drop = [], []
        present = {override.id: override for override in self._store().overrides()}
        for change in found.changes:
            override = self._override_of(change, name, when)
            fact = self._extracted(override.plan, override.fact)
            try:
                if fact is not None and overrides.says_nothing(fact, override):
                    drop.extend([override.id] if override.id in present else [])
                    continue
            except PlankbError as error:
                remarks.append(error)
                continue
            if not _same(present.get(override.id), override):
                add.append(override)
        return Proposal(tuple(add), tuple(drop), tuple(remarks))

    def keep(self, proposal: Proposal) -> None:
        """Stores what a workbook asks for."""
        if proposal.add or proposal.drop:
            self._write(add=proposal.add, drop=proposal.drop)

    def accept(self, fact: str, *, who: str | None = None) -> Override:
        """Says that a fact is right. Raises E513."""
        return self._say(fact, "accept", who)

    def reject(self, fact: str, *, who: str | None = None) -> Override:
        """Strikes a fact out. Raises E513."""
        return self._say(fact, "reject", who)

    def correct(
        self, fact: str, *, field: str, after: Sequence[str], subject: str | None = None, who: str | None = None
    ) -> Override:
        """Gives a field other values, as text; for "roles", `subject` is the bureau and `after` its roles.

        Raises E513 for an unknown fact, E512 for a field or value that cannot be.
        """
        return self._say(fact, "correct", who, field=field, after=tuple(after), subject=subject)

    def correct_all(self, fact: str, points: Iterable[Point], *, who: str | None = None) -> None:
        """Corrects several fields at once, or none of them; what the plan says itself takes an earlier correction back.

        Raises as `correct` does.
        """
        read, present = self._fact(fact), {override.id for override in self._store().overrides()}
        said = [self._said(read, "correct", who, **asdict(point)) for point in points]
        last = {override.id: override for override in said}  # two names of one bureau make one correction
        back = {id_ for id_, override in last.items() if overrides.says_nothing(read, override)}
        add = tuple(override for override in last.values() if override.id not in back)
        self.keep(Proposal(add, tuple(back & present), ()))

    def drop(self, ids: Sequence[str]) -> None:
        """Takes corrections back. Raises E511 for an unknown one; then all stay."""
        known = {override.id for override in self._store().overrides()}
        for id_ in ids:
            if id_ not in known:
                raise PlankbError("E511", id=id_)
        self._write(drop=ids)

    def confirm(self, ids: Sequence[str], *, who: str | None = None) -> None:
        """Lets suspect corrections stand on the words of today. Raises E511, E513 where the fact is gone, E512."""
        by_id = {override.id: override for override in self._store().overrides()}
        add = []
        for id_ in ids:
            if id_ not in by_id:
                raise PlankbError("E511", id=id_)
            fact = self._fact(by_id[id_].fact, plan=by_id[id_].plan)
            said = {"source": fact.quote, "who": who or getpass.getuser(), "when": _now()}
            again = by_id[id_].model_copy(update=said)
            overrides.correct(fact, again)
            add.append(again)
        self._write(add=add)

    def _write(self, *, add: Iterable[Override] = (), drop: Iterable[str] = ()) -> None:
        with build.changing(self._folder) as draft:
            draft.changed.update(draft.writer.review(add=add, drop=drop))

    def _say(self, fact_id: str, action: Action, who: str | None, **fields: Any) -> Override:
        override = self._said(self._fact(fact_id), action, who, **fields)
        self._write(add=[override])
        return override

    def _said(self, fact: AnyFact, action: Action, who: str | None, **fields: Any) -> Override:
        """What is said of a fact, once it is known that it can be."""
        subject = fields.get("subject")
        bureau = self._bureau(fact, subject) if subject else None
        override = Override(
            id=overrides.override_id(fact.id, fields.get("field"), bureau or subject),
            plan=fact.plan,
            fact=fact.id,
            section=fact.section,
            title=_title(fact),
            action=action,
            bureau=bureau,
            before=_before(fact, fields.get("field"), bureau or subject),
            source=fact.quote,
            who=who or getpass.getuser(),
            when=_now(),
            **fields,
        )
        overrides.correct(fact, override)
        return override

    def _override_of(self, change: Change, who: str, when: str) -> Override:
        task = change.task
        fact = self._store().fact(task.id) or self._extracted(task.plan, task.id)
        bureau = change.bureau
        if change.subject and bureau is None:
            bureau = self._bureau(fact, change.subject) if fact else None
        return Override(
            id=overrides.override_id(task.id, change.field, bureau or change.subject),
            plan=task.plan,
            fact=task.id,
            section=fact.section if fact else (),
            title=task.title,
            action=change.action,
            field=change.field,
            subject=change.subject,
            bureau=bureau,
            before=change.before,
            after=change.after,
            source=task.source,
            who=who,
            when=when,
        )

    def _bureau(self, fact: AnyFact, name: str) -> str:
        """The bureau that a name means in the plan of a fact: as its plan prints it, else as the register knows it."""
        if isinstance(fact, Task) and name in fact.bureaus:
            return fact.bureaus[name]
        store = self._store()
        for plans in ((fact.plan,), ()):
            for bureau in store.bureaus(FactFilter(plans=plans)):
                if name == bureau.name or (plans and name in bureau.names):
                    return bureau.id
        jurisdiction = store.plan(fact.plan).jurisdiction
        home = places.of(jurisdiction) if jurisdiction else None
        return register.resolve(name, home=home).id

    def _fact(self, fact_id: str, *, plan: str | None = None) -> AnyFact:
        """A fact as it was read; one that was struck out too. Raises E513."""
        found = self._store().fact(fact_id)
        plans: Iterable[str] = [plan] if plan else [found.plan] if found else [p.id for p in self._store().plans()]
        for one in plans:
            if read := self._extracted(one, fact_id):
                return read
        raise PlankbError("E513", fact=fact_id)

    def _extracted(self, plan: str, fact_id: str) -> AnyFact | None:
        return next((fact for fact in self._store().extracted(plan).facts if fact.id == fact_id), None)


def _same(one: Override | None, other: Override) -> bool:
    """Whether a correction says what another says already."""
    return one is not None and (one.action, one.after, one.source) == (other.action, other.after, other.source)


def _before(fact: AnyFact, field: str | None, bureau: str | None) -> tuple[str, ...]:
    if field == ROLES_FIELD and isinstance(fact, Task):
        return tuple(r for r in ROLES if any(fact.bureaus.get(n, n) == bureau for n in getattr(fact, r)))
    value = getattr(fact, field, None) if field else None
    if value is None:
        return ()
    return tuple(value) if isinstance(value, tuple) else (str(value),)


def _title(fact: AnyFact) -> str:
    match fact:
        case Task() | Citation():
            return fact.title
        case Target():
            return fact.indicator
        case Project():
            return fact.name
    return fact.quote


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
