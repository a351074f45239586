"""What is open of a knowledge base as it is now: its store, and what is made of that store and kept while it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plankb.store import Store
from plankb.store.opening import STORE

if TYPE_CHECKING:
    from plankb.model import Conflict, Coverage
    from plankb.query import Library
    from plankb.search import Engine


class Opened:
    """A knowledge base in a folder, opened where it is first asked for and again after each build, whoever made it.

    All that reads raises what `Store.open` raises: E201 where there is no knowledge base, E202 for a newer one, E203
    for a damaged one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._engine: tuple[Store, Engine] | None = None
        self._opened: tuple[tuple[int, ...], Store] | None = None
        self._library: Library | None = None
        self._conflicts: tuple[Store, tuple[Conflict, ...]] | None = None

    @property
    def exists(self) -> bool:
        """Whether there is a knowledge base, whole or damaged."""
        return bool(_identity(self.folder / STORE))

    @property
    def store(self) -> Store:
        """The store as it is now: opened again after a build, by whichever process, has swapped in a new one."""
        path = self.folder / STORE
        state = _identity(path)
        if self._opened is None or self._opened[0] != state:
            self._opened = (state, Store.open(path))
        return self._opened[1]

    @property
    def all_conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts between plans and inside them, the gravest first."""
        from plankb.kb import checking

        store = self.store
        if self._conflicts is None or self._conflicts[0] is not store:
            self._conflicts = (store, checking.conflicts(store, checking.ConflictFilter()))
        return self._conflicts[1]

    @property
    def engine(self) -> Engine:
        """The full text as it is now, made again where it was lost or came from elsewhere. Raises E205, E206."""
        from plankb.kb import draft, indexing

        store = self.store
        if self._engine is None or self._engine[0] is not store:
            found = indexing.opened(self.folder, store)
            if found is None:
                draft.take_in(self.folder)
                store = self.store
                found = store.fulltext
            self._engine = (store, found)
        return self._engine[1]

    @property
    def library(self) -> Library:
        """What questions are answered from, as the store is now."""
        from plankb.query import Library

        store = self.store
        if self._library is None or self._library.store is not store:
            self._library = Library(store, conflicts=lambda: self.all_conflicts, coverage=self._answers_of)
        return self._library

    def _answers_of(self, plans: Sequence[str], above: Sequence[str]) -> Sequence[Coverage]:
        from plankb.kb import aligning

        return aligning.coverage_of_plans(self.store, plans, above)


def _identity(path: Path) -> tuple[int, ...]:
    """What tells one swapped-in file from the next; () where there is none."""
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return ()
    return stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size
