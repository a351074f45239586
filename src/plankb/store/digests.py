"""Digests of a plan's texts and of what was made of them, kept when they are written and compared when they are proved.

They tell a disk that lost a bit, and whoever changed the file with another program, from what plankb wrote.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Literal

Part = Literal["text", "rows"]
TABLE = """CREATE TABLE digest (
    plan INTEGER PRIMARY KEY REFERENCES plan(no) ON DELETE CASCADE, text TEXT NOT NULL, rows TEXT NOT NULL)"""
_TEXT = ("SELECT raw, clean, layout FROM plan_text WHERE plan = ?",)
_ROWS = (
    "SELECT id, title, jurisdiction, level, date, record FROM plan WHERE no = ?",
    "SELECT row, parent, last, heading FROM section WHERE plan = ? ORDER BY row",
    """SELECT row, key, kind, start, "end", section, value, quote, record, body FROM fact
        WHERE plan = ? ORDER BY row""",
    "SELECT id, name, record FROM bureau WHERE plan = ? ORDER BY id",
    "SELECT records FROM extracted WHERE plan = ?",
)


def create(db: sqlite3.Connection) -> None:
    """Makes the table, and takes what stands in the file as it is."""
    db.execute(TABLE)
    for (no,) in db.execute("SELECT no FROM plan").fetchall():
        keep(db, no)


def keep(db: sqlite3.Connection, plan: int) -> None:
    """Keeps the digests of a plan, by number, as it stands now."""
    db.execute("INSERT OR REPLACE INTO digest VALUES (?, ?, ?)", (plan, _of(db, _TEXT, plan), _of(db, _ROWS, plan)))


def differing(db: sqlite3.Connection, plan: int) -> list[Part]:
    """What of a plan is not as it was kept."""
    kept = db.execute("SELECT text, rows FROM digest WHERE plan = ?", [plan]).fetchone() or ("", "")
    now = (_of(db, _TEXT, plan), _of(db, _ROWS, plan))
    parts: tuple[Part, Part] = ("text", "rows")
    return [part for part, one, other in zip(parts, kept, now, strict=True) if one != other]


def _of(db: sqlite3.Connection, queries: Iterable[str], plan: int) -> str:
    found = hashlib.sha256()
    for query in queries:
        for row in db.execute(query, [plan]):
            for value in row:
                found.update(_bytes(value))
    return found.hexdigest()


def _bytes(value: object) -> bytes:
    """A value with its kind and length, so that no two rows give the same bytes."""
    data = value if isinstance(value, bytes) else str(value).encode()
    return f"{type(value).__name__}:{len(data)}:".encode() + data
