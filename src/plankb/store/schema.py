"""What a store file is made of: nothing in one that came from elsewhere may act by itself.

Triggers run when rows are written, and a view in the place of a table may never end. A file with either is not read;
views, tables and indexes that people added beside ours are their own affair.
"""

from __future__ import annotations

import sqlite3

from plankb.store import migrations

_TABLES = (
    "migration", "plan", "plan_text", "section", "fact", "term", "tag", "bureau", "extracted", "override", "report",
    "setting", "digest", "word", "passage", "passage_words", "section_words", "name",
    "bureau_name",
)  # fmt: skip
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


def altered(db: sqlite3.Connection) -> list[str]:
    """The names of tables, indexes and views that are not as this program makes them, or are gone."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(fresh)
    wanted, there = _objects(fresh), _objects(db)
    fresh.close()
    return sorted(name for name, sql in wanted.items() if there.get(name) != sql)


def _objects(db: sqlite3.Connection) -> dict[str, str]:
    """Name to definition; the tables in which SQLite itself keeps full text and figures are left out."""
    sql = "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'"
    hidden = ("passage_words_", "section_words_")
    return {name: text for name, text in db.execute(sql) if not name.startswith(hidden)}
