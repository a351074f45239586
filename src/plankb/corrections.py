"""Corrections by people, laid over the facts that the program read.

A correction rests on the words that its author saw. When the plan says something else there now, or the fact is gone,
the correction is suspect: it is kept and listed, and not applied until somebody drops it or confirms it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from pydantic import ValidationError

from plankb import indicators, quantities, register
from plankb.errors import PlankbError
from plankb.model import ROLES, AnyFact, Bureau, Correction, Deadline, Review, Role, Target, Task
from plankb.register import places

Suspicion = Literal["gone", "changed", "unfit"]
"""The fact is not read any more, its words have changed, or the correction no longer makes a valid record."""

ROLES_FIELD = "roles"
CORRECTABLE: Mapping[str, tuple[str, ...]] = {
    "task": (ROLES_FIELD, "title", "text", "by", "collective"),
    "target": ("indicator", "op", "value", "value_max", "unit", "change", "by", "nature", "qualitative", "scope"),
    "deadline": ("by", "bound", "start", "end"),
    "project": ("name",),
    "citation": ("title", "number"),
    "doubt": (),
}
"""The fields of each kind of fact that a person may correct."""
_MANY = ("by", "collective")
"""Fields of a task that hold several values."""


@dataclass(frozen=True)
class Applied:
    """The facts as they stand after review, and why each correction that was not applied is suspect, by its id."""

    facts: tuple[AnyFact, ...]
    suspects: Mapping[str, Suspicion]


def correction_id(fact: str, field: str | None, subject: str | None) -> str:
    """One id for all that is said of one point, so that a later word replaces an earlier one."""
    said = "\x1f".join((fact, field or "", subject or ""))
    return f"review-{blake2b(said.encode(), digest_size=5).hexdigest()}"


def apply(facts: Sequence[AnyFact], corrections: Iterable[Correction], text: str | None = None) -> Applied:
    """Lay corrections over the facts of one plan; facts without one are passed on untouched.

    `text` is the clean text of the plan: a task that a person added is there while its words stand in it. What is said
    of the plan itself (see `kb.plan_record`) is passed over: the plan was read with it.
    """
    corrections = list(corrections)
    suspects: dict[str, Suspicion] = {}
    read = {fact.id for fact in facts}
    facts = [*facts, *_added((one for one in corrections if one.fact not in read), text or "", suspects)]
    known = {fact.id: fact for fact in facts}
    corrections = [one for one in corrections if one.action != "add"]
    valid: dict[str, list[Correction]] = defaultdict(list)
    of_facts = (correction for correction in corrections if correction.fact != correction.plan)
    for correction in sorted(of_facts, key=lambda o: (o.when, o.id)):
        doubt = _suspicion(correction, known.get(correction.fact))
        if doubt:
            suspects[correction.id] = doubt
        else:
            valid[correction.fact].append(correction)
    kept = [_reviewed(fact, valid[fact.id]) if fact.id in valid else fact for fact in facts]
    present = [fact for fact in kept if fact is not None]
    gone = known.keys() - {fact.id for fact in present}
    return Applied(tuple(_unlinked(fact, gone) for fact in present), suspects)


def _added(corrections: Iterable[Correction], text: str, suspects: dict[str, Suspicion]) -> Iterator[Task]:
    """The tasks that people added; those whose words are gone, or that make no record, are suspect."""
    for correction in (one for one in corrections if one.action == "add"):
        start = text.find(correction.source) if correction.source else -1
        if start < 0:
            suspects[correction.id] = "gone"
            continue
        try:
            task = Task.model_validate_json("".join(correction.after))
        except ValidationError:
            suspects[correction.id] = "unfit"
            continue
        where = {"span": (start, start + len(correction.source)), "quote": correction.source, "page": None}
        review = Review(action="accept", who=correction.who, when=correction.when)
        yield task.model_copy(update={**where, "id": correction.fact, "plan": correction.plan, "review": review})


def apply_to_bureaus(bureaus: Iterable[Bureau], facts: Iterable[AnyFact]) -> tuple[Bureau, ...]:
    """The bureaus with the tasks that they have after review; those that only a correction names come last."""
    tasks: dict[str, dict[Role, dict[str, None]]] = defaultdict(lambda: {role: {} for role in ROLES})
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for task in facts:
        if not isinstance(task, Task):
            continue
        for role in ROLES:
            for name in getattr(task, role):
                bureau = task.bureaus.get(name, name)
                tasks[bureau][role][task.id] = None
                names[bureau][name] = None
    known = {bureau.id: bureau for bureau in bureaus}
    for bureau_id, printed in names.items():
        if bureau_id not in known:
            known[bureau_id] = _new_bureau(bureau_id, tuple(printed))
    return tuple(
        bureau.model_copy(update={role: tuple(tasks[bureau.id][role]) for role in ROLES}) for bureau in known.values()
    )


def _normalised(target: Target, before: Target) -> Target:
    """A target with what follows from its words where these were corrected: canonical value, canonical indicator."""
    follows: dict[str, object] = {}
    if (before.value, before.unit) != (target.value, target.unit):
        known = target.value is not None and target.unit is not None
        follows["normal"] = quantities.normal(target.value or 0, target.unit or "") if known else None
    if before.indicator != target.indicator:
        follows["indicator_id"] = indicators.indicator_id(target.indicator)
    return target.model_copy(update=follows)


def _new_bureau(bureau_id: str, printed: tuple[str, ...]) -> Bureau:
    place = places.by_code(bureau_id.split(":", 1)[0])
    entity = register.resolve(printed[0], home=place)
    name = entity.name if entity.id == bureau_id else printed[0]
    return Bureau(id=bureau_id, name=name, jurisdiction=place.name if place else None, names=printed)


def correct(fact: AnyFact, correction: Correction) -> AnyFact:
    """One fact with one field as a person corrected it; raises E512 for a field or value that cannot be.

    A fact accepted or rejected comes back as it is.
    """
    if correction.action != "correct":
        return fact
    if correction.field not in CORRECTABLE[fact.kind]:
        raise PlankbError("E512", field=correction.field, after="、".join(correction.after), fact=fact.id)
    if isinstance(fact, Task) and correction.field == ROLES_FIELD:
        return _with_roles(fact, correction)
    value: object = correction.after if isinstance(fact, Task) and correction.field in _MANY else None
    if value is None and correction.after:
        value = correction.after[0]
    try:
        corrected = type(fact).model_validate(fact.model_dump() | {correction.field: value})
        if isinstance(fact, Target) and isinstance(corrected, Target):
            return _normalised(corrected, fact)
        return corrected
    except ValidationError as error:
        raise PlankbError("E512", field=correction.field, after="、".join(correction.after), fact=fact.id) from error


def _suspicion(correction: Correction, fact: AnyFact | None) -> Suspicion | None:
    """Why a correction no longer fits the fact as it is read now; None when it does."""
    if fact is None:
        return "gone"
    if fact.quote != correction.source:
        return "changed"
    try:
        correct(fact, correction)
    except PlankbError:
        return "unfit"
    return None


def says_nothing(fact: AnyFact, correction: Correction) -> bool:
    """Whether a correction leaves a fact as it was read. Raises what `correct` raises."""
    return correction.action == "correct" and not correction.words and correct(fact, correction) == fact


def _reviewed(fact: AnyFact, corrections: Sequence[Correction]) -> AnyFact | None:
    """The fact after all that was said of it; None when it was struck out."""
    if any(correction.action == "reject" for correction in corrections):
        return None
    fields: dict[str, None] = {}
    for correction in corrections:
        fact = correct(fact, correction)
        if correction.action == "correct":
            fields[correction.field or ""] = None
    last = corrections[-1]
    action: Literal["accept", "correct"] = "correct" if fields else "accept"
    review = Review(action=action, who=last.who, when=last.when, fields=tuple(fields))
    return fact.model_copy(update={"review": review})


def _with_roles(task: Task, correction: Correction) -> Task:
    subject = correction.subject or ""
    bureau = correction.bureau or subject
    same = {name for name in task.bureaus if task.bureaus[name] == bureau} | {subject}
    roles: dict[str, tuple[str, ...]] = {}
    for role in ROLES:
        names: tuple[str, ...] = getattr(task, role)
        if role in correction.after:
            roles[role] = names if same & set(names) else (*names, subject)
        else:
            roles[role] = tuple(name for name in names if name not in same)
    named = {name for names in roles.values() for name in names}
    known = {**task.bureaus, subject: bureau}
    bureaus = {name: id_ for name, id_ in known.items() if name in named}
    return task.model_copy(update={**roles, "bureaus": bureaus})


def _unlinked(fact: AnyFact, gone: Iterable[str]) -> AnyFact:
    """A fact without its links to facts that were struck out."""
    struck = set(gone)
    if isinstance(fact, Task) and struck & set(fact.targets):
        return fact.model_copy(update={"targets": tuple(id_ for id_ in fact.targets if id_ not in struck)})
    if isinstance(fact, Deadline) and fact.of in struck:
        return fact.model_copy(update={"of": None})
    return fact
