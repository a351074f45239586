"""The knowledge base behind the screens: asked in a thread of its own, so that nothing on the screen waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from plankb.kb.opening import state_of

if TYPE_CHECKING:
    from plankb.kb import KnowledgeBase

T = TypeVar("T")


class Desk:
    """Takes questions for the knowledge base in a folder and answers them one after the other.

    Writing goes to a second thread, so that questions are answered from the last good state meanwhile; what takes long
    and changes nothing to a third one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._readers = ThreadPoolExecutor(1, "plankb-read")
        self._writers = ThreadPoolExecutor(1, "plankb-write")
        self._long = ThreadPoolExecutor(1, "plankb-long")
        self._kb: KnowledgeBase | None = None
        self._kb_of_long: KnowledgeBase | None = None
        self._remembered: dict[str, tuple[object, object]] = {}
        self._closed = False

    def state(self) -> object:
        """What tells the knowledge base as it is now from what it was before; it changes with every build."""
        return state_of(self.folder)

    async def read(self, work: Callable[[KnowledgeBase], T]) -> T:
        """What `work` makes of the knowledge base. Work that is no longer awaited is not begun."""
        return await self._ask(self._readers, lambda: work(self._open()))

    async def write(self, work: Callable[[KnowledgeBase], T]) -> T:
        """The same for work that changes it."""
        return await self._ask(self._writers, lambda: work(self._new()))

    async def read_long(self, work: Callable[[KnowledgeBase], T]) -> T:
        """The same for work that takes long: other questions need not wait for it."""
        return await self._ask(self._long, lambda: work(self._open_for_long()))

    def remember(self, name: str, kb: KnowledgeBase, make: Callable[[], T]) -> T:
        """What was made for the store as it is now, made where it was not; for work of the third thread alone."""
        store = kb.store
        kept = self._remembered.get(name)
        if kept is None or kept[0] is not store:
            kept = self._remembered[name] = (store, make())
        return cast(T, kept[1])

    def close(self) -> None:
        """Begins nothing more; what has begun ends before the process does."""
        self._closed = True
        for thread in (self._readers, self._writers, self._long):
            thread.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        if self._closed:
            raise asyncio.CancelledError  # as what was asked before and has not begun
        return await asyncio.wrap_future(thread.submit(guarding, work, self.folder))

    def _open(self) -> KnowledgeBase:
        if self._kb is None:
            self._kb = self._new()
        return self._kb

    def _open_for_long(self) -> KnowledgeBase:
        if self._kb_of_long is None:
            self._kb_of_long = self._new()
        return self._kb_of_long

    def _new(self) -> KnowledgeBase:
        from plankb.kb import KnowledgeBase

        return KnowledgeBase(self.folder)


def guarding(work: Callable[[], T], folder: Path | None = None) -> T:
    """Work on the knowledge base of a folder; a fault in it is told as one notice, and does not end the program.

    Raises PlankbError.
    """
    from plankb.kb.guard import guarded

    with guarded(folder):
        return work()
