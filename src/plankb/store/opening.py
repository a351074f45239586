"""Opening a store file: one that is newer or acts by itself is refused, an older one brought to the newest schema.

What a damaged file raises becomes the one line that says so.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from plankb.errors import PlankbError
from plankb.store import copies, untrusted
from plankb.store.migrations import MIGRATIONS, applied, migrate, unknown

_TOLD = 80
"""Characters that are told of what a file says of itself."""


def opened(path: Path) -> sqlite3.Connection:
    """The file of a store, open for reading. Raises what `Store.open` raises."""
    try:
        if path.is_dir():
            raise PlankbError("E215", path=path)
        if not path.is_file():
            raise PlankbError("E201", path=path)
        if not os.access(path, os.R_OK):
            raise PlankbError("E105", path=path)
    except PermissionError as error:
        raise PlankbError("E105", path=path) from error
    except (OSError, ValueError) as error:  # a name that no file can have
        raise PlankbError("E201", path=path) from error
    with damage(path):
        copies.roll_back(path)
        db = _connect(path, "ro")
        if acting := untrusted.acting(db):
            db.close()
            raise PlankbError("E214", path=path, name=acting)
        steps = applied(db)
        if newer := unknown(steps):
            db.close()
            raise PlankbError("E202", path=path, unknown="、".join(newer)[:_TOLD])
        if len(steps) < len(MIGRATIONS):
            db.close()
            copies.keep(path, f"before-{MIGRATIONS[len(steps)][0]}")
            db = _connect(path, "rw")
            migrate(db)
            db.execute("VACUUM")
    return db


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    untrusted.distrust(db)
    return db


_DAMAGE = (
    sqlite3.DatabaseError, ValidationError, zlib.error, ValueError, TypeError, LookupError, AttributeError,
    RecursionError,
)  # fmt: skip
"""What values raise that this program never wrote: of another type, another shape, packed otherwise."""


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """What a damaged file raises, as the one line that says so."""
    try:
        yield
    except _DAMAGE as error:
        raise PlankbError("E203", path=path) from error
