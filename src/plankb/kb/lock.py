"""One writer at a time: a lock that the system releases with the process, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plankb.errors import PlankbError, cause

NAME = "plankb.lock"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""A link in a folder from elsewhere may lead anywhere."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds a knowledge base for writing; the folder is made if missing.

    Raises E206 where another process holds it, E205 where the folder cannot be written.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o644)
    except (OSError, ValueError) as error:
        raise PlankbError("E205", path=folder, why=cause(error)) from error
    try:
        _lock(handle)
    except OSError as error:
        os.close(handle)
        raise PlankbError("E206", path=folder) from error
    try:
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
