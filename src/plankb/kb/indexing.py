"""The full text of a knowledge base: which engine holds it, and how it comes back from the store.

The engine of SQLite writes into the store's own file, in one transaction with the facts. The index of Whoosh is a
folder beside it that is never changed once the store names it; a change makes the next one, and both are swapped in
together. Either is made again from the store where it is gone, of an older format or not this user's own.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.errors import PlankbError, cause
from plankb.kb.lock import writing
from plankb.store import FactFilter, FactKind, Store
from plankb.store.opening import ENGINE, INDEX

if TYPE_CHECKING:  # Whoosh is loaded by what builds or searches, not by what lists
    from plankb.model import AnyFact
    from plankb.search import Engine, PlanDocuments

MOST_FOR_WHOOSH = 50
"""Plans up to which `auto` takes Whoosh."""
_PREFIX = "index-"
_NAME = re.compile(rf"{_PREFIX}[0-9a-f]{{1,32}}")
_KINDS: tuple[FactKind, ...] = ("task", "target", "deadline", "project", "citation")


def in_store(choice: str | None, plans: int) -> bool:
    """Whether the store's own file is to hold the full text of so many plans; None is auto."""
    return choice == "sqlite" or (choice != "whoosh" and plans > MOST_FOR_WHOOSH)


def new_name() -> str:
    """The name of an index folder to be made."""
    return f"{_PREFIX}{secrets.token_hex(4)}"


def _own(name: str | None) -> str | None:
    """The name of an index folder; None for what this program does not call one: it may lead anywhere."""
    return name if name and _NAME.fullmatch(name) else None


def make(folder: Path, name: str, store: Store, *, base: str | None, changed: Iterable[str]) -> None:
    """Makes the index folder `name` for a store, from the index `base`, whose plans all stand but those `changed`.

    `changed` are plans added, replaced or removed since; without a usable base all plans are indexed. Raises OSError.
    """
    from plankb.search import whoosh_index

    base = _own(base)
    old = whoosh_index.usable(folder / base) if base else None
    there = [plan.id for plan in store.plans()]
    if old is None:
        whoosh_index.write(folder / name, documents(store, there))
        return
    gone = set(changed)
    fresh = documents(store, [plan for plan in there if plan in gone])
    whoosh_index.write(folder / name, fresh, base=old, drop=sorted(gone))


def opened(folder: Path, store: Store) -> Engine | None:
    """The engine that holds the full text of a store; None where the store itself has to take it in.

    An index folder that cannot be used is made again; one that is not this user's own is given up, unless Whoosh was
    asked for. Raises E205 where it has to be made and cannot be written, E206 where another process is writing.
    """
    if store.has_fulltext:
        return store.fulltext
    from plankb.search.whoosh_engine import WhooshEngine

    name = _own(store.setting(INDEX))
    path = folder / (name or f"{_PREFIX}0")
    words = store.fulltext.vocabulary
    if engine := WhooshEngine.open(path, words):
        return engine
    choice = store.setting(ENGINE)
    elsewhere = choice != "whoosh" and name is not None and path.is_dir()
    if elsewhere or in_store(choice, len(store.sources())):
        return None
    with writing(folder):
        _make_again(path, store)
    return WhooshEngine.open(path, words)


def _make_again(path: Path, store: Store) -> None:
    from plankb.search import whoosh_index

    draft = path.with_name(f"{path.name}.new")
    try:
        for left in (draft, path):
            shutil.rmtree(left, ignore_errors=True)
        whoosh_index.write(draft, documents(store, [plan.id for plan in store.plans()]))
        draft.rename(path)
    except OSError as error:
        raise PlankbError("E205", path=path, why=cause(error)) from error


def sweep(folder: Path, keep: str) -> None:
    """Deletes the index folders that no store names: older ones, and what a killed process left."""
    for path in folder.glob(f"{_PREFIX}*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def documents(store: Store, plans: Iterable[str]) -> Iterator[PlanDocuments]:
    """The passages of plans with what the facts in them say, plan by plan."""
    from plankb.search.documents import documents as documents_of

    for plan in plans:
        where = FactFilter(plans=(plan,))
        facts: list[AnyFact] = [fact for kind in _KINDS for fact in store.facts(kind, where)]
        yield documents_of(store.plan(plan), store.clean(plan), facts, store.bureaus(where))
