"""The search index of a knowledge base: made of the store, beside it, and named in it.

An index is a folder that is never changed once the store names it; a change makes the next one. So the store and its
index are swapped in together, and an index that is gone or of an older format is made again from the store.
"""

from __future__ import annotations

import secrets
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.errors import PlankbError
from plankb.kb.lock import writing
from plankb.model import AnyFact, Bureau, Deadline, Target, Task
from plankb.store import FactFilter, FactKind, Store

if TYPE_CHECKING:  # Whoosh is loaded by what builds or searches, not by what lists
    from plankb.search import Document, Index

SETTING = "index"
_PREFIX = "index-"
_KINDS: tuple[FactKind, ...] = ("task", "target", "deadline", "project", "citation")


def new_name() -> str:
    """The name of an index folder to be made."""
    return f"{_PREFIX}{secrets.token_hex(4)}"


def make(folder: Path, name: str, store: Store, *, base: str | None, changed: Iterable[str]) -> None:
    """Makes the index folder `name` for a store, from the index `base`, whose plans all stand but those `changed`.

    `changed` are plans added, replaced or removed since; without a usable base all plans are indexed.
    """
    from plankb.search import intact, write

    old = folder / base if base else None
    there = [plan.id for plan in store.plans()]
    if old is None or not intact(old):
        write(folder / name, documents(store, there))
        return
    gone = set(changed)
    write(folder / name, documents(store, [plan for plan in there if plan in gone]), base=old, drop=sorted(gone))


def opened(folder: Path, name: str | None, store: Store) -> Index:
    """The index that a store names, made again where it is gone, damaged or of an older format.

    Raises E205 where it has to be made and cannot be written, E206 where another process is writing.
    """
    from plankb.search import Index, intact, write

    path = folder / (name or f"{_PREFIX}0")
    if not intact(path):
        with writing(folder):
            draft = path.with_name(f"{path.name}.new")
            try:
                for left in (draft, path):
                    shutil.rmtree(left, ignore_errors=True)
                write(draft, documents(store, [plan.id for plan in store.plans()]))
                draft.rename(path)
            except OSError as error:
                raise PlankbError("E205", path=path, why=error.strerror) from error
    return Index(path)


def sweep(folder: Path, keep: str) -> None:
    """Deletes the index folders that no store names: older ones, and what a killed process left."""
    for path in folder.glob(f"{_PREFIX}*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def documents(store: Store, plans: Iterable[str]) -> Iterator[Document]:
    """The passages of plans with what the facts in them say."""
    from plankb.document import outline
    from plankb.search import Document, sentences

    for plan in plans:
        title = store.plan(plan).title
        clean = store.clean(plan)
        tree = outline(clean)
        where = FactFilter(plans=(plan,))
        facts: list[AnyFact] = [fact for kind in _KINDS for fact in store.facts(kind, where)]
        within = _Within(facts, store.bureaus(where))
        for start, end in sentences(clean):
            carried = within.overlapping(start, end)
            tasks = [fact for fact in carried if isinstance(fact, Task)]
            yield Document(
                plan=plan,
                title=title,
                section=tree.path_at(start),
                text=clean.text[start:end],
                span=(start, end),
                bureaus=tuple(dict.fromkeys(name for task in tasks for name in within.names(task))),
                years=tuple(sorted({year for fact in carried for year in _years(fact)})),
                kinds=tuple(sorted({fact.kind for fact in carried})),
            )


class _Within:
    """The facts of a plan by place."""

    def __init__(self, facts: Iterable[AnyFact], bureaus: Iterable[Bureau]) -> None:
        self._facts = sorted(facts, key=lambda fact: fact.span)
        self._starts = [fact.span[0] for fact in self._facts]
        self._longest = max((fact.span[1] - fact.span[0] for fact in self._facts), default=0)
        self._names = {bureau.id: bureau.name for bureau in bureaus}

    def overlapping(self, start: int, end: int) -> list[AnyFact]:
        """The facts that share a character with [start, end)."""
        first = bisect_right(self._starts, start - self._longest - 1)
        last = bisect_right(self._starts, end - 1)
        return [fact for fact in self._facts[first:last] if fact.span[1] > start]

    def names(self, task: Task) -> Iterator[str]:
        """The bureaus of a task, as printed and in full."""
        for name, bureau in task.bureaus.items():
            yield name
            yield self._names.get(bureau, name)


def _years(fact: AnyFact) -> Iterator[str]:
    if isinstance(fact, Task):
        yield from (year[:4] for year in fact.by)
    elif isinstance(fact, Target | Deadline) and fact.by:
        yield fact.by[:4]
