"""A store file may come from elsewhere: nothing in it acts by itself, nothing in it unpacks to more than memory holds.

Triggers run when rows are written, and a view in the place of a table may never end. A file with either is not read;
views, tables and indexes that people added beside ours are their own affair.
"""

from __future__ import annotations

import sqlite3
import zlib

_TABLES = (
    "migration", "plan", "plan_text", "section", "fact", "term", "tag", "bureau", "extracted", "override", "report",
    "setting", "digest", "word", "passage", "passage_words", "section_words", "name",
    "bureau_name",
)  # fmt: skip
MOST_BYTES = 256_000_000
"""What one packed value may unpack to; the longest plan that is read needs a fifth of it."""
_LONGEST = 300_000_000
"""Bytes of one value in a file; SQLite itself would take a thousand million."""


def distrust(db: sqlite3.Connection) -> None:
    """Lets nothing in the file's schema call functions with effects, and bounds what one value may hold."""
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)


def acting(db: sqlite3.Connection) -> str | None:
    """The name of something in a file that would act by itself; None where there is nothing."""
    marks = ", ".join("?" * len(_TABLES))
    sql = f"SELECT name FROM sqlite_master WHERE type = 'trigger' OR (type = 'view' AND lower(name) IN ({marks}))"
    found = db.execute(f"{sql} LIMIT 1", _TABLES).fetchone()
    return str(found[0]) if found else None


def inflate(data: bytes, *, most: int = MOST_BYTES) -> bytes:
    """The bytes of a zlib stream. Raises ValueError where they are more than `most`, zlib.error where it is damaged."""
    stream = zlib.decompressobj()
    found = stream.decompress(data, most)
    if stream.unconsumed_tail:
        raise ValueError(f"unpacks to more than {most} bytes")
    if not stream.eof:
        raise zlib.error("incomplete stream")
    return found
