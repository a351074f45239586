"""The file of a store: its name and settings, and how it is opened.

One that is newer is refused, an older one brought to the newest schema. A file may come from elsewhere, so nothing in
it acts by itself: triggers run when rows are written, a view in the place of a table may never end, and a generated
column is reckoned anew for each row that is read. A file with any of these is not read; views, tables and indexes that
people added beside ours are their own affair. What a damaged file raises becomes the one line that says so.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from plankb.errors import PlankbError
from plankb.store import copies
from plankb.store.migrations import MIGRATIONS, applied, migrate, unknown

STORE = "plankb.sqlite"
"""The file of a store in the folder of a knowledge base."""
FULLTEXT = "fulltext"
"""The format of the full text in the store's file; not set where it holds none."""
FULLTEXT_FORMAT = "1"
"""Changes with what is indexed; full text of another format is made anew."""
ENGINE = "engine"
"""Which engine the user asked for: auto, whoosh or sqlite."""
INDEX = "index"
"""The folder of the index of Whoosh; not set where there is none."""
_TABLES = (
    "migration", "plan", "plan_text", "section", "fact", "term", "tag", "bureau", "extracted", "override", "report",
    "setting", "digest", "word", "passage", "passage_words", "section_words", "name",
    "bureau_name",
)  # fmt: skip
_BESIDE = ("-journal", "-wal", "-shm")
_LONGEST = 300_000_000
"""Bytes of one value in a file; SQLite itself would take a thousand million."""
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
    _refuse_beside(path)
    with damage(path):
        copies.roll_back(path)
        db = _connect(path, "ro")
        if name := _acting(db):
            db.close()
            raise PlankbError("E214", path=path, name=name)
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


def _refuse_beside(path: Path) -> None:
    """Raises E215 for a folder, pipe or link under one of the names beside a store that SQLite opens by itself: from a
    pipe it would wait for ever, and a link may lead anywhere."""
    for ending in _BESIDE:
        beside = path.with_name(path.name + ending)
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(beside.lstat().st_mode):
                raise PlankbError("E215", path=beside)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    distrust(db)
    return db


def distrust(db: sqlite3.Connection) -> None:
    """Lets nothing in the file's schema call functions with effects, and bounds what one value may hold."""
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)


def _acting(db: sqlite3.Connection) -> str | None:
    """The name of something in a file that would act by itself; None where there is nothing."""
    marks = ", ".join("?" * len(_TABLES))
    sql = f"""SELECT name FROM sqlite_master WHERE type = 'trigger' OR (type = 'view' AND lower(name) IN ({marks}))
        UNION ALL SELECT m.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
        WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND c.hidden IN (2, 3) LIMIT 1"""
    found = db.execute(sql, _TABLES).fetchone()
    return str(found[0]) if found else None


DAMAGE = (
    sqlite3.DatabaseError, ValidationError, zlib.error, ValueError, TypeError, LookupError, AttributeError,
    RecursionError,
)  # fmt: skip
"""What values raise that this program never wrote: of another type, another shape, packed otherwise."""


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """What a damaged file raises, as the one line that says so."""
    try:
        yield
    except DAMAGE as error:
        raise PlankbError("E203", path=path) from error
