"""Remarks of what is done on the way: whoever runs a command listens, and shows them when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from plankb.errors import PlankbError

_told: ContextVar[list[PlankbError] | None] = ContextVar("told", default=None)


@contextmanager
def telling() -> Iterator[list[PlankbError]]:
    """What is done inside says what it kept (E506) or could not read (E609); the list fills while it is open."""
    told: list[PlankbError] = []
    token = _told.set(told)
    try:
        yield told
    finally:
        _told.reset(token)


def tell(remark: PlankbError) -> None:
    """Says a remark to whoever listens, once."""
    told = _told.get()
    if told is not None and all(remark.args != one.args for one in told):
        told.append(remark)
