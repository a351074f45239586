"""Proofs: that a knowledge base is whole, and that what a file once said still stands in it.

Of a knowledge base: every quotation stands at its span, every fact is what was read with the corrections laid over, the
full text holds every plan, and some plans whose file is unchanged are read again. Of a workbook of the matrix or of
records as JSON Lines: each source still stands, has changed, or is gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from plankb import corrections
from plankb.correction_sheets import workbook
from plankb.errors import PlankbError
from plankb.kb import files, guard
from plankb.model import AnyFact, Plan, Record, Words
from plankb.store import Source, Store

if TYPE_CHECKING:
    from plankb.search import Engine

What = Literal["quote", "record", "fulltext", "reading", "changed", "gone"]
_READ_AGAIN = 3
"""Plans that are read again: reading takes seconds each."""
_PIECE = 6
"""Characters of a fact's words that are looked for in the full text."""


class Discrepancy(Record):
    """What does not hold: `fact` is an id, None where a whole plan is concerned; `quote` are the words concerned."""

    kind: Literal["discrepancy"] = "discrepancy"
    what: What
    plan: str
    fact: str | None = None
    quote: str = ""
    why: Words


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what does not hold."""

    plans: int
    sources: int
    found: tuple[Discrepancy, ...]


def knowledge_base(store: Store, engine: Engine) -> Verified:
    """Proves a knowledge base. Raises E203 where its file is damaged."""
    store.check()
    plans = store.plans()
    kept = store.corrections()
    sources, count = store.sources(), 0
    found: list[Discrepancy] = []
    for plan in plans:
        read = store.extracted(plan.id).facts
        text = store.clean(plan.id).text
        count += len(read)
        found += [_said("quote", plan.id, fact) for fact in read if text[slice(*fact.span)] != fact.quote]
        applied = corrections.apply(read, [one for one in kept if one.plan == plan.id]).facts
        found += [_said("record", plan.id, fact) for fact in applied if store.fact(fact.id) != fact]
        pieces = [fact.quote[:_PIECE] for fact in read if fact.quote[:_PIECE].isalpha()]
        if pieces and not any(engine.says(piece) for piece in pieces[:_PIECE]):
            found.append(_said("fulltext", plan.id))
    return Verified(len(plans), count, (*found, *_read_again(store, plans, sources)))


def _read_again(store: Store, plans: Iterable[Plan], sources: dict[str, Source]) -> Iterator[Discrepancy]:
    """Reads some plans once more whose file, program and rules are those of the last time."""
    done = 0
    for plan in plans:
        source = sources[plan.id]
        path = Path(source.path)
        if done >= _READ_AGAIN or not path.is_file():
            continue
        try:
            (file,) = files.collect([path])
            if file.stamp != source.stamp:
                continue
            reading = files.read(file, plan.id)
        except (PlankbError, ValueError):
            continue
        done += 1
        if [*reading.facts] != [*store.extracted(plan.id).facts]:
            yield _said("reading", plan.id)


def file(store: Store, path: Path) -> Verified:
    """Proves a workbook that `matrix` made, or records as JSON Lines. Raises E101, E105, E510, E519, E220."""
    told = [*(_listed(path) if path.suffix.lower() in (".jsonl", ".json") else _shown(path))]
    if not told:
        raise PlankbError("E220", path=path)
    there = {plan.id for plan in store.plans()}
    facts: dict[str, dict[str, AnyFact]] = {
        plan: {fact.id: fact for fact in store.extracted(plan).facts} for plan, _, _ in told if plan in there
    }
    found = []
    for plan, id_, quote in dict.fromkeys(told):
        now = facts.get(plan, {}).get(id_)
        if now is None:
            found.append(Discrepancy(what="gone", plan=plan, fact=id_, quote=quote, why=_why("gone")))
        elif now.quote != quote:
            found.append(Discrepancy(what="changed", plan=plan, fact=id_, quote=quote, why=_why("changed")))
    return Verified(len({plan for plan, _, _ in told}), len(set(told)), tuple(found))


def _shown(path: Path) -> Iterator[tuple[str, str, str]]:
    """Plan, id and quotation of the tasks and targets that a workbook showed when it was made."""
    for task in workbook.shown_in(path).tasks.values():
        yield task.plan, task.id, task.source


def _listed(path: Path) -> Iterator[tuple[str, str, str]]:
    guard.require_size(path)
    try:
        lines = path.read_bytes().decode("utf-8-sig", errors="replace").splitlines()
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except (OSError, ValueError) as error:
        raise PlankbError("E101", path=path) from error
    for line in lines:
        try:
            yield from _facts_in(json.loads(line))
        except (ValueError, RecursionError):
            continue


def _facts_in(held: object) -> Iterator[tuple[str, str, str]]:
    """The facts in a record, and in the records inside it: a conflict holds two or more."""
    match held:
        case {"id": str(id_), "plan": str(plan), "quote": str(quote), "span": _}:
            yield plan, id_, quote
        case dict():
            for value in held.values():
                yield from _facts_in(value)
        case list():
            for value in held:
                yield from _facts_in(value)


def _said(what: What, plan: str, fact: AnyFact | None = None) -> Discrepancy:
    return Discrepancy(
        what=what, plan=plan, fact=fact.id if fact else None, quote=fact.quote if fact else "", why=_why(what)
    )  # fmt: skip


def _why(what: What) -> Words:
    return Words.of(f"commands.verify.{what}")
