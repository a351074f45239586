"""The proof of a file made earlier: each source that it shows still stands, has changed, or is gone."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from plankb.correction_sheets import workbook
from plankb.errors import PlankbError
from plankb.exports import provenance
from plankb.kb import guard
from plankb.kb.verifying.model import Discrepancy, Verified, What, why
from plankb.matrix import shown as matrix
from plankb.model import ROLES, AnyFact
from plankb.store import FactFilter, FactKind, Store

_PACKED = (".docx", ".xlsx")
_LARGEST_VALUE = 60_000_000
"""Bytes of one JSON value, which may take thirty times as much in memory; of the facts of 1,000 plans, each is 5 kB."""
_KINDS: tuple[FactKind, ...] = ("task", "target", "deadline", "project", "citation", "doubt")
_PLACE = frozenset({"kind", "id", "plan", "quote", "span", "section", "page", "review"})
"""What may differ while a fact says the same: where it stands moves with the text above it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as a file showed it: `fields` are those of its record that the file holds, `quote` None where it does not
    hold it."""

    plan: str
    id: str
    quote: str | None
    fields: Mapping[str, object] = field(default_factory=dict)


def file(store: Store, path: Path) -> Verified:
    """Proves a workbook, a Word file (comments in a draft too) or records as JSON that plankb made.

    Raises E101, E105, E107, E118, E131, E510, E519, E220, E221.
    """
    told = {(one.plan, one.id): one for one in _shown(path)}
    if not told:
        raise PlankbError("E220", path=path)
    plans = list(dict.fromkeys(plan for plan, _ in told))
    there = {plan.id for plan in store.plans()}
    found = [_found("absent", Shown(plan, "", None)) for plan in plans if plan not in there]
    for plan in plans:
        if plan in there:
            found += _compared(store, plan, [one for one in told.values() if one.plan == plan])
    return Verified(len(plans), len(told), tuple(found))


def _compared(store: Store, plan: str, told: list[Shown]) -> Iterator[Discrepancy]:
    where = FactFilter(plans=(plan,))
    facts = {fact.id: fact for kind in _KINDS for fact in store.facts(kind, where)}
    text = store.text(plan)
    for one in told:
        now = facts.get(one.id)
        if now is None:
            yield _found("changed" if one.quote and one.quote in text else "gone", one)
        elif not _same(one, now):
            yield _found("changed", one)


def _same(told: Shown, now: AnyFact) -> bool:
    """Whether a fact says what a file showed of it."""
    fields = now.model_dump(mode="json")
    return told.quote in (None, now.quote) and all(
        fields[name] == value for name, value in told.fields.items() if name in fields and name not in _PLACE
    )


def _shown(path: Path) -> Iterator[Shown]:
    data = _bytes(path)
    if not data.startswith(b"PK\x03\x04") and path.suffix.lower() not in _PACKED:
        yield from _listed(path, data)
        return
    try:
        records = provenance.embedded(data)
    except ValueError as error:
        raise PlankbError("E220", path=path) from error
    except PlankbError as error:
        raise PlankbError(error.code, **{**error.details, "path": path}) from error
    if records:
        yield from _facts_in(records)
    elif path.suffix.lower() != ".docx":
        for task in _tasks(path):
            said = {"title": task.title, "by": list(task.by)} | {role: list(getattr(task, role)) for role in ROLES}
            yield Shown(task.plan, task.id, task.source, said)
            yield from (Shown(task.plan, target, None) for target in task.goals)


def _tasks(path: Path) -> Iterable[matrix.Shown]:
    """The tasks that the hidden sheet of a workbook of the matrix keeps. Raises E220 where it has none."""
    try:
        return workbook.shown_in(path).tasks.values()
    except PlankbError as error:
        raise PlankbError("E220", path=path) if error.code == "E510" else error from error


def _bytes(path: Path) -> bytes:
    guard.require_size(path)
    if path.is_dir():
        raise PlankbError("E107", path=path)
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except (OSError, ValueError) as error:
        raise PlankbError("E101", path=path) from error


def _listed(path: Path, data: bytes) -> Iterator[Shown]:
    """The facts of records, one a line or all in one value. Raises E221 for one that is too large."""
    if len(data) <= _LARGEST_VALUE:
        try:
            yield from _facts_in(json.loads(data.decode("utf-8-sig", errors="replace")))
        except (ValueError, RecursionError):
            yield from _by_line(path, data)
    else:
        yield from _by_line(path, data)


def _by_line(path: Path, data: bytes) -> Iterator[Shown]:
    for number, line in enumerate(io.BytesIO(data.removeprefix(codecs.BOM_UTF8)), 1):
        if len(line) > _LARGEST_VALUE:
            most = _LARGEST_VALUE // 1_000_000
            raise PlankbError("E221", path=path, line=number, size=len(line) // 1_000_000, most=most)
        with suppress(ValueError, RecursionError):
            yield from _facts_in(json.loads(line.decode(errors="replace")))


def _facts_in(held: object) -> Iterator[Shown]:
    """The facts in a record, and in the records inside it: a conflict holds two or more."""
    match held:
        case {"id": str(id_), "plan": str(plan), "quote": str(quote), "span": _}:
            assert isinstance(held, dict)  # noqa: S101 - a mapping of JSON is one
            yield Shown(plan, id_, quote, held)
        case dict():
            for value in held.values():
                yield from _facts_in(value)
        case list():
            for value in held:
                yield from _facts_in(value)


def _found(what: What, one: Shown) -> Discrepancy:
    return Discrepancy(what=what, plan=one.plan, fact=one.id or None, quote=one.quote or "", why=why(what))
