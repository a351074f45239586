"""Review: what people say of facts, kept as overrides. The one way in for workbooks, command line and terminal UI."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plankb import overrides
from plankb.errors import PlankbError
from plankb.kb import build
from plankb.kb.proposing import Plans, Proposal, propose, title_of
from plankb.model import ROLES, AnyFact, Override, Record, Task
from plankb.overrides import ROLES_FIELD, Suspicion
from plankb.review import workbook
from plankb.store import Store

Action = Literal["accept", "correct", "reject"]


class Reviewed(Record):
    """A correction as it stands: `suspicion` says why it is not applied, None when it is."""

    override: Override
    suspicion: Suspicion | None


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

    def read(self, path: Path, *, who: str | None = None, delete_missing: bool = False) -> Proposal:
        """What somebody corrected in a workbook; with `delete_missing`, rows taken out strike their tasks out.

        `who` is None for the one who saved it last, else the user of this computer. Raises what
        `review.workbook.read` raises.
        """
        found = workbook.read(path, delete_missing=delete_missing)
        return propose(self._store(), found, who=who or found.who or _user(), when=_now())

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
            said = {"source": fact.quote, "who": who or _user(), "when": _now()}
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
        bureau = Plans(self._store()).bureau_of(fact, subject)[0] if subject else None
        override = Override(
            id=overrides.override_id(fact.id, fields.get("field"), bureau or subject),
            plan=fact.plan,
            fact=fact.id,
            section=fact.section,
            title=title_of(fact),
            action=action,
            bureau=bureau,
            before=_before(fact, fields.get("field"), bureau or subject),
            source=fact.quote,
            who=who or _user(),
            when=_now(),
            **fields,
        )
        overrides.correct(fact, override)
        return override

    def _fact(self, fact_id: str, *, plan: str | None = None) -> AnyFact:
        """A fact as it was read; one that was struck out too. Raises E513."""
        found = self._store().fact(fact_id)
        plans: Iterable[str] = [plan] if plan else [found.plan] if found else [p.id for p in self._store().plans()]
        for one in plans:
            if read := Plans(self._store()).fact(one, fact_id):
                return read
        raise PlankbError("E513", fact=fact_id)


def _before(fact: AnyFact, field: str | None, bureau: str | None) -> tuple[str, ...]:
    if field == ROLES_FIELD and isinstance(fact, Task):
        return tuple(r for r in ROLES if any(fact.bureaus.get(n, n) == bureau for n in getattr(fact, r)))
    value = getattr(fact, field, None) if field else None
    if value is None:
        return ()
    return tuple(value) if isinstance(value, tuple) else (str(value),)


def _user() -> str:
    """The user of this computer; an account without a name has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
