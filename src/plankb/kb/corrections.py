"""Corrections by people, kept apart from the facts: the one way in for workbooks, command line and terminal UI."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from plankb import corrections
from plankb.columns import name_of
from plankb.correction_sheets import workbook
from plankb.corrections import ROLES_FIELD, Suspicion
from plankb.errors import PlankbError
from plankb.kb import asker, plan_record
from plankb.kb import draft as drafts
from plankb.kb.listed_corrections import from_list
from plankb.kb.sheet_corrections import SheetCorrections, from_sheet
from plankb.kb.sheet_plans import Plans
from plankb.model import ROLES, AnyFact, Correction, Fact, Plan, Record, Task
from plankb.store import Store

Action = Literal["accept", "correct", "reject"]


class KeptCorrection(Record):
    """A correction as it stands: `suspicion` says why it is not applied, None when it is."""

    correction: Correction
    suspicion: Suspicion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A field of a fact and its other values, as text; for "roles", `subject` is the bureau and `after` its roles."""

    field: str
    after: tuple[str, ...]
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person says of a fact: that it is right, that it is none, or in `points` what it should say."""

    fact: str
    action: Action
    points: tuple[Point, ...] = ()


class CorrectionDesk:
    """The corrections of one knowledge base. Every method that changes them works like a build: all or nothing."""

    def __init__(self, folder: Path, store: Callable[[], Store], *, shown: Fact | None = None) -> None:
        self._folder = folder
        self._store = store
        self._shown = shown

    def as_shown(self, fact: Fact) -> CorrectionDesk:
        """The desk for somebody who sees a fact as it is here: nobody's word on it is written over unseen.

        Its changes raise E608 where something else is said of the fact by then, E513 where it is gone. That is looked
        at while nobody else can write.
        """
        return CorrectionDesk(self._folder, self._store, shown=fact)

    def list(self) -> list[KeptCorrection]:
        """All corrections, the latest first."""
        store = self._store()
        why = {correction.id: suspicion for correction, suspicion in store.suspects()}
        return [
            KeptCorrection(correction=correction, suspicion=why.get(correction.id))
            for correction in store.corrections()
        ]

    def read(
        self, path: Path, *, who: str | None = None, delete_missing: bool = False, new_bureaus: bool = False
    ) -> SheetCorrections:
        """What somebody corrected in a workbook; with `delete_missing`, rows taken out strike their tasks out, with
        `new_bureaus`, bureaus that nobody knows are taken as new ones.

        `who` is None for the one who saved it last, else the user of this computer. A list that `review --list --format
        jsonl` printed (.jsonl) is read as it is. Raises what `correction_sheets.workbook.read` raises.
        """
        if path.suffix.lower() == ".jsonl":
            return from_list(self._store(), path)
        found = workbook.read(path, delete_missing=delete_missing)
        signed = {"who": who or found.who or asker.user(), "when": asker.now()}
        return from_sheet(self._store(), found, unknown=new_bureaus, **signed)

    def keep(self, asked: SheetCorrections) -> None:
        """Stores what a workbook asks for."""
        if asked.add or asked.drop:
            self._write(add=asked.add, drop=asked.drop)

    def accept(self, fact: str, *, who: str | None = None) -> Correction:
        """Says that a fact is right. Raises E513."""
        return self._say(fact, "accept", who)

    def reject(self, fact: str, *, who: str | None = None) -> Correction:
        """Strikes a fact out. Raises E513."""
        return self._say(fact, "reject", who)

    def correct(
        self, fact: str, *, field: str, after: Sequence[str], subject: str | None = None, who: str | None = None
    ) -> Correction:
        """Gives a field other values, as text; for "roles", `subject` is the bureau and `after` its roles.

        Raises E513 for an unknown fact, E512 for a field or value that cannot be.
        """
        return self._say(fact, "correct", who, Point(field=field, after=tuple(after), subject=subject))

    def correct_all(self, fact: str, points: Iterable[Point], *, who: str | None = None) -> None:
        """Corrects several fields at once, or none of them; what the plan says itself takes an earlier correction back.

        Raises as `correct` does.
        """
        read, present = self._fact(fact), {correction.id for correction in self._store().corrections()}
        said = [self._said(read, "correct", who, point) for point in points]
        last = {correction.id: correction for correction in said}  # two names of one bureau make one correction
        back = {id_ for id_, correction in last.items() if corrections.says_nothing(read, correction)}
        add = tuple(correction for correction in last.values() if correction.id not in back)
        self.keep(SheetCorrections(add, tuple(back & present), ()))

    def judge(self, judgements: Iterable[Judgement], *, who: str | None = None) -> None:
        """Keeps what was said of many facts at once, or none of it; a later word on a fact takes the place of earlier
        ones. Raises as `correct` does."""
        said: dict[str, Correction] = {}
        judged = {judgement.fact: judgement for judgement in judgements}
        for fact, judgement in judged.items():
            read = self._fact(fact)
            points = judgement.points if judgement.action == "correct" else [None]
            made = [self._said(read, judgement.action, who, point) for point in points]
            said |= {correction.id: correction for correction in made}
        drop = [one.id for one in self._store().corrections() if one.fact in judged and one.id not in said]
        self.keep(SheetCorrections(tuple(said.values()), tuple(drop), ()))

    def describe(
        self, plan: Plan, values: Mapping[str, str], *, unset: Iterable[str] = (), who: str | None = None
    ) -> None:
        """Gives fields of a plan itself other values, and takes back what was said of others. Raises E123."""
        add = plan_record.corrections_of(plan, values, who=who or asker.user(), when=asker.now())
        drop = [plan_record.id_of(plan.id, field) for field in unset]
        given = {one.field: one.after[0] for one in add if one.field}
        with drafts.changing(self._folder) as draft:
            draft.changed.update(draft.writer.correct(add=add, drop=drop), {plan.id})
            draft.writer.describe(plan_record.corrected(plan, given))

    def drop(self, ids: Sequence[str]) -> None:
        """Takes corrections back. Raises E511 for an unknown one; then all stay."""
        known = {correction.id for correction in self._store().corrections()}
        for id_ in ids:
            if id_ not in known:
                raise PlankbError("E511", id=id_)
        self._write(drop=ids)

    def of(self, fact: str) -> tuple[Correction, ...]:
        """All that is said of a fact now."""
        return tuple(one for one in self._store().corrections() if one.fact == fact)

    def put_back(self, fact: str, before: Sequence[Correction]) -> None:
        """Makes what is said of a fact what it was before (`of`): the way back from any of the other methods."""
        kept = {correction.id for correction in before}
        self._write(add=before, drop=[one.id for one in self.of(fact) if one.id not in kept])

    def confirm(self, ids: Sequence[str], *, who: str | None = None) -> None:
        """Lets suspect corrections stand on the words of today. Raises E511, E513 where the fact is gone, E512."""
        by_id = {correction.id: correction for correction in self._store().corrections()}
        add = []
        for id_ in ids:
            if id_ not in by_id:
                raise PlankbError("E511", id=id_)
            fact = self._fact(by_id[id_].fact, plan=by_id[id_].plan)
            said = {"source": fact.quote, "who": who or asker.user(), "when": asker.now()}
            again = by_id[id_].model_copy(update=said)
            corrections.correct(fact, again)
            add.append(again)
        self._write(add=add)

    def _write(self, *, add: Iterable[Correction] = (), drop: Iterable[str] = ()) -> None:
        with drafts.changing(self._folder) as draft:
            self._require_as_shown()
            draft.changed.update(draft.writer.correct(add=add, drop=drop))

    def _require_as_shown(self) -> None:
        if self._shown is None:
            return
        with closing(Store.open(self._folder / drafts.STORE)) as store:  # the state that is about to be replaced
            now = store.fact(self._shown.id)
            if now is None and not any(one.fact == self._shown.id for one in store.corrections()):
                raise PlankbError("E513", fact=self._shown.id)
        if now is None or now.review != self._shown.review:
            raise PlankbError("E608")

    def _say(self, fact_id: str, action: Action, who: str | None, point: Point | None = None) -> Correction:
        correction = self._said(self._fact(fact_id), action, who, point)
        self._write(add=[correction])
        return correction

    def _said(self, fact: AnyFact, action: Action, who: str | None, point: Point | None) -> Correction:
        """What is said of a fact, once it is known that it can be."""
        field, after, subject = (point.field, point.after, point.subject) if point else (None, (), None)
        bureau = Plans(self._store()).bureau_of(fact, subject)[0] if subject else None
        correction = Correction(
            id=corrections.correction_id(fact.id, field, bureau or subject),
            plan=fact.plan,
            fact=fact.id,
            section=fact.section,
            title=name_of(fact),
            action=action,
            bureau=bureau,
            before=_before(fact, field, bureau or subject),
            field=field,
            after=after,
            subject=subject,
            source=fact.quote,
            who=who or asker.user(),
            when=asker.now(),
        )
        corrections.correct(fact, correction)
        return correction

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
