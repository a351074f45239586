"""From what somebody changed in a workbook to the corrections that it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from plankb import corrections, register
from plankb.columns import name_of
from plankb.correction_sheets import goals
from plankb.correction_sheets.cell_corrections import GOAL, CellCorrection
from plankb.correction_sheets.workbook import Corrections
from plankb.corrections import correction_id
from plankb.errors import PlankbError
from plankb.exports.tables import correction_text
from plankb.kb import added_tasks
from plankb.kb.sheet_plans import Plans, place_of
from plankb.model import AnyFact, Correction, Target
from plankb.store import Store


@dataclass(frozen=True, slots=True)
class SheetCorrections:
    """What a workbook asks for: corrections to keep, ids of corrections that it takes back, what to tell its author.

    Corrections that are kept already are not among them.
    """

    add: tuple[Correction, ...]
    drop: tuple[str, ...]
    remarks: tuple[PlankbError, ...]


def from_sheet(store: Store, found: Corrections, *, who: str, when: str, unknown: bool = False) -> SheetCorrections:
    """The corrections of a workbook, signed. Those that say what the plan says itself take earlier ones back.

    A bureau that nobody knows is told, and taken as a new one only with `unknown`.
    """
    there = {plan.id for plan in store.plans()}
    foreign = dict.fromkeys(change.task.plan for change in found.changes if change.task.plan not in there)
    remarks = [*found.remarks, *(PlankbError("E537", plan=plan) for plan in foreign)]
    wanted: dict[str, Correction] = {}
    plans = Plans(store)
    for change in (change for change in found.changes if change.task.plan in there):
        try:
            for correction in _corrections(plans, change, remarks, unknown=unknown):
                wanted[correction.id] = _joined(wanted.get(correction.id), correction)
        except PlankbError as error:
            remarks.append(error)
    added = [one for one in found.added if one.plan in there]
    for one in added_tasks.corrections_of(store, added, who=who, when=when, unknown=unknown):
        if isinstance(one, PlankbError):
            remarks.append(one)
        else:
            wanted[one.id] = one
    present = {correction.id: correction for correction in store.corrections()}
    add, drop = [], []
    for correction in wanted.values():
        signed = correction.model_copy(update={"who": who, "when": when})
        fact = plans.fact(correction.plan, correction.fact)
        earlier = present.get(correction.id)
        try:
            if fact is not None and corrections.says_nothing(fact, signed):
                drop.extend([signed.id] if earlier else [])
            elif not _same(earlier, signed):
                add.append(signed)
                remarks.extend([_instead(earlier)] if earlier and earlier.who != who else [])
        except PlankbError as error:
            remarks.append(error)
    return SheetCorrections(tuple(add), tuple(drop), tuple({str(remark): remark for remark in remarks}.values()))


def _corrections(
    plans: Plans, change: CellCorrection, remarks: list[PlankbError], *, unknown: bool
) -> Iterator[Correction]:
    """The corrections, not yet signed, that a change asks for. Raises E533."""
    task = change.task
    fact = plans.fact(task.plan, change.fact or task.id)
    made = partial(_correction, change, fact)
    if change.field == GOAL:
        ids = [id_ for id_, line in task.goals.items() if line.strip() == change.subject]
        read = [plans.fact(task.plan, id_) for id_ in ids]
        targets = [target for target in read if isinstance(target, Target)]
        for one in goals.restated(change, plans.plan(task.plan), targets):
            now = replace(change, fact=one.target.id, field=one.field, subject=None, before=one.before, after=one.after)
            yield _correction(now, one.target, None, None)
    elif change.subject and change.bureau is None and fact is not None:
        name = _full_name(change.subject, change.near)
        bureau, known = plans.bureau_of(fact, name, near=change.near)
        if not known and name not in {remark.details.get("name") for remark in remarks}:
            remarks.append(plans.unknown(change.cell, name, taken=unknown))
        if known or unknown:
            yield made(name, bureau)
    else:
        yield made(_printed(plans, change), change.bureau)


def _correction(change: CellCorrection, fact: AnyFact | None, subject: str | None, bureau: str | None) -> Correction:
    task, of_task = change.task, not change.fact
    title = task.title if of_task else name_of(fact) if fact else "".join(change.before)
    source = task.source if of_task else fact.quote if fact else "".join(change.before)
    return Correction(
        id=correction_id(change.fact or task.id, change.field, bureau or subject),
        plan=task.plan, fact=change.fact or task.id, section=fact.section if fact else (), title=title,
        action=change.action, field=change.field, subject=subject, bureau=bureau, before=change.before,
        after=change.after, words=change.words, source=source, who="", when="",
    )  # fmt: skip


def _joined(one: Correction | None, other: Correction) -> Correction:
    """What two changes of one point say together: a bureau taken out and put in under another of its names stays."""
    if one is None or one.action != "correct" or other.action != "correct":
        return other
    first, second = (one, other) if one.before else (other, one)
    return first.model_copy(update={"after": second.after or first.after})


def _printed(plans: Plans, change: CellCorrection) -> str | None:
    """The name of a bureau as its task prints it, else as its plan does elsewhere, else in full."""
    task, bureau = change.task, change.bureau
    if bureau is None or change.subject in task.bureaus:
        return change.subject
    of_plan = next((each for each in plans.bureaus(task.plan) if each.id == bureau), None)
    if of_plan and of_plan.names:
        return of_plan.names[0]
    known = next((each for each in plans.bureaus() if each.id == bureau), None)
    return known.name if known else change.subject


def _full_name(name: str, near: str | None) -> str:
    """The name in a heading under its jurisdiction, with the jurisdiction in front."""
    place = place_of(near)
    return f"{place.name}{name}" if place and not register.has_prefix(name) else name


def _same(one: Correction | None, other: Correction) -> bool:
    """Whether a correction says what another says already."""
    return one is not None and (one.action, one.after, one.words, one.source) == (
        other.action, other.after, other.words, other.source,
    )  # fmt: skip


def _instead(earlier: Correction) -> PlankbError:
    said = {"zh": correction_text(earlier, "zh"), "en": correction_text(earlier, "en")}
    return PlankbError("E534", title=earlier.title, who=earlier.who, when=earlier.when[:10], **said)
