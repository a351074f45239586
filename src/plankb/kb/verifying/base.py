"""The proof of a knowledge base.

Its file is whole, texts and facts have the digests that they were kept with, every quotation stands at its span, every
fact is what was read with the corrections laid over, views and full text say what the facts say, and some plans whose
file is unchanged are read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from plankb import corrections
from plankb.errors import PlankbError
from plankb.kb import files, indexing
from plankb.kb.verifying.model import Discrepancy, Verified, said
from plankb.model import AnyFact, Correction, Plan
from plankb.store import FactFilter, Source, Store, proof
from plankb.store.opening import damage

if TYPE_CHECKING:
    from plankb.search import Engine

_READ_AGAIN = 3
"""Plans that are read again: reading takes seconds each."""
_SEARCHED = 8
"""Passages of a plan that are searched for."""
_PIECE = 12
"""Characters of a passage that are searched for."""


def knowledge_base(store: Store, engine: Engine) -> Verified:
    """Proves a knowledge base. Raises E203 where its file is damaged."""
    with damage(store.path):
        return _proved(store, engine)


def _proved(store: Store, engine: Engine) -> Verified:
    store.check(whole=True)
    plans, kept, found, count = store.plans(), store.corrections(), [], 0
    altered = proof.altered(store)
    found += [said("view", name) for name in altered]
    for plan in plans:
        read = store.extracted(plan.id).facts
        count += len(read)
        found += _kept(store, plan, read, [one for one in kept if one.plan == plan.id])
        found += [] if altered else _viewed(store, plan)
        found += _searched(store, engine, plan)
    return Verified(len(plans), count, (*found, *_read_again(store, plans, store.sources())))


def is_whole(path: Path) -> bool:
    """Whether a store file holds what plankb wrote: its pages, its schema, the digests of its plans and their names."""
    try:
        with closing(Store.open(path)) as store:
            store.check()
            return not proof.altered(store) and not any(proof.differing(store, plan.id) for plan in store.plans())
    except PlankbError:
        return False


def _kept(store: Store, plan: Plan, read: Sequence[AnyFact], said_of: list[Correction]) -> Iterator[Discrepancy]:
    """Texts and facts against their digests, quotations against the text, facts against reading and corrections."""
    text = store.clean(plan.id).text
    yield from (said(part, plan.id) for part in proof.differing(store, plan.id))
    yield from (said("quote", plan.id, fact) for fact in read if text[slice(*fact.span)] != fact.quote)
    applied = corrections.apply(read, said_of, text).facts
    yield from (said("record", plan.id, fact) for fact in applied if store.fact(fact.id) != fact)


def _viewed(store: Store, plan: Plan) -> Iterator[Discrepancy]:
    """The facts of a plan against what the views show of them."""
    kind: proof.Viewed
    for kind in ("task", "target", "deadline", "citation"):
        facts = store.facts(kind, FactFilter(plans=(plan.id,)))
        if {fact.id: fact.span for fact in facts} != proof.viewed(store, kind, plan.id):
            yield said("view", plan.id)
            return


def _searched(store: Store, engine: Engine, plan: Plan) -> Iterator[Discrepancy]:
    """The passages of a plan against those that the full text holds, and some of them searched for."""
    from plankb.search.syntax import Words
    from plankb.search.tokens import fold

    (made,) = indexing.documents(store, [plan.id])
    wanted = [(one.section, one.span[0], one.text) for one in made.passages]
    there = [(one.section, one.start, one.text) for one in engine.passages(plan.id)]
    if sorted(wanted) != sorted(there):
        yield said("fulltext", plan.id)
        return
    step = max(1, len(wanted) // _SEARCHED)
    for _, start, text in wanted[::step]:
        piece = _beginning(fold(text))
        if piece is None:
            continue
        hits = engine.find(Words((piece,)), plans=[plan.id], limit=len(wanted)).hits
        if not any(hit.start == start for hit in hits):
            yield said("fulltext", plan.id)
            return


def _beginning(folded: str) -> str | None:
    """The first word of a folded text, or as much of it as is searched for; None where it has none."""
    from plankb.search.tokens import is_han, runs

    start, end = next(runs(folded), (0, 0))
    if start == end:
        return None
    return folded[start : min(end, start + _PIECE)] if is_han(folded[start]) else folded[start:end]


def _read_again(store: Store, plans: Iterable[Plan], sources: dict[str, Source]) -> Iterator[Discrepancy]:
    """Reads some plans once more whose file, program and rules are those of the last time."""
    done = 0
    for plan in plans:
        source = sources[plan.id]
        path = Path(source.path)
        if done >= _READ_AGAIN:
            continue
        try:
            if not path.is_file():
                continue
            (file,) = files.collect([path])
            if file.stamp != source.stamp:
                continue
            reading = files.read(file, plan.id)
        except (PlankbError, ValueError, OSError):  # a path that no system could have
            continue
        done += 1
        if [*reading.facts] != [*store.extracted(plan.id).facts]:
            yield said("reading", plan.id)
