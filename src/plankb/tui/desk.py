"""The knowledge base behind the screens: asked in a thread of its own, so that nothing on the screen waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from plankb.kb import KnowledgeBase

T = TypeVar("T")


class Desk:
    """Takes questions for the knowledge base in a folder and answers them one after the other.

    Writing goes to a second thread, so that questions are answered from the last good state meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._readers = ThreadPoolExecutor(1, "plankb-read")
        self._writers = ThreadPoolExecutor(1, "plankb-write")
        self._kb: KnowledgeBase | None = None
        self._closed = False

    async def read(self, work: Callable[[KnowledgeBase], T]) -> T:
        """What `work` makes of the knowledge base. Work that is no longer awaited is not begun."""
        return await self._ask(self._readers, lambda: work(self._open()))

    async def write(self, work: Callable[[KnowledgeBase], T]) -> T:
        """The same for work that changes it."""
        return await self._ask(self._writers, lambda: work(self._new()))

    def close(self) -> None:
        """Begins nothing more; what has begun ends before the process does."""
        self._closed = True
        self._readers.shutdown(wait=False, cancel_futures=True)
        self._writers.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        if self._closed:
            raise asyncio.CancelledError  # as what was asked before and has not begun
        return await asyncio.wrap_future(thread.submit(_guarded, work))

    def _open(self) -> KnowledgeBase:
        if self._kb is None:
            self._kb = self._new()
        return self._kb

    def _new(self) -> KnowledgeBase:
        from plankb.kb import KnowledgeBase

        return KnowledgeBase(self.folder)


def _guarded(work: Callable[[], T]) -> T:
    """Work of which a fault is told as one notice, and does not end the program. Raises PlankbError."""
    from plankb.kb.guard import guarded

    with guarded():
        return work()
