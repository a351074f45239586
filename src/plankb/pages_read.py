"""Who is told how far the pages of a file are read. Only recognition (OCR) is slow enough to tell it page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Told = Callable[[int, int], None]
"""Told (pages read, pages to read) before each page and after the last. What it raises stops the reading."""


def silent(_done: int, _total: int) -> None:
    """Nobody is told."""


_listener: ContextVar[Told] = ContextVar("pages_read", default=silent)


@contextmanager
def told_to(listener: Told) -> Iterator[None]:
    """Whatever is read in the block is told to `listener`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(done: int, total: int) -> None:
    """Says how far a file is read."""
    _listener.get()(done, total)
