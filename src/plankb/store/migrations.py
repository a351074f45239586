"""The schema, as named migrations: each is applied once, in order, in one transaction, and recorded in the file.

A migration is never changed after a release. To change the schema, append one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

APPLICATION_ID = 0x504C4B42  # "PLKB": what `file` and SQLite tools see in the header


def _first_schema(db: sqlite3.Connection) -> None:
    """Plans with their text apart from their record, facts with what they are found by, bureaus a plan."""
    for statement in (
        """CREATE TABLE plan (
            id TEXT PRIMARY KEY, record TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL,
            stamp TEXT NOT NULL, read_at TEXT NOT NULL)""",
        """CREATE TABLE plan_text (
            plan TEXT PRIMARY KEY REFERENCES plan(id) ON DELETE CASCADE,
            raw BLOB NOT NULL, clean TEXT NOT NULL, layout BLOB NOT NULL)""",
        """CREATE TABLE fact (
            row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, plan TEXT NOT NULL REFERENCES plan(id) ON DELETE CASCADE,
            kind TEXT NOT NULL, start INTEGER NOT NULL,
            section TEXT NOT NULL, words TEXT NOT NULL, record TEXT NOT NULL)""",
        "CREATE INDEX fact_by_kind ON fact(kind, plan, start)",
        "CREATE INDEX fact_by_plan ON fact(plan)",
        """CREATE TABLE tag (
            name TEXT NOT NULL, value TEXT NOT NULL, fact INTEGER NOT NULL REFERENCES fact(row) ON DELETE CASCADE,
            PRIMARY KEY (name, value, fact)) WITHOUT ROWID""",
        "CREATE INDEX tag_by_fact ON tag(fact)",
        """CREATE TABLE bureau (
            plan TEXT NOT NULL REFERENCES plan(id) ON DELETE CASCADE, id TEXT NOT NULL, record TEXT NOT NULL,
            PRIMARY KEY (id, plan))""",
        "CREATE INDEX bureau_by_plan ON bureau(plan)",
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ):
        db.execute(statement)


def _review(db: sqlite3.Connection) -> None:
    """People's corrections, which outlive the plans that they speak of, and the records as they were read."""
    db.execute(
        "CREATE TABLE override (id TEXT PRIMARY KEY, plan TEXT NOT NULL, fact TEXT NOT NULL, record TEXT NOT NULL)"
    )
    db.execute("CREATE INDEX override_by_plan ON override(plan)")
    db.execute(
        """CREATE TABLE extracted (
            plan TEXT PRIMARY KEY REFERENCES plan(id) ON DELETE CASCADE, records BLOB NOT NULL)"""
    )
    from plankb.store import extracted

    # Nothing was ever corrected in a file of the first schema: its facts are as they were read.
    for (plan,) in db.execute("SELECT id FROM plan").fetchall():
        facts = [record for (record,) in db.execute("SELECT record FROM fact WHERE plan = ? ORDER BY row", [plan])]
        bureaus = [record for (record,) in db.execute("SELECT record FROM bureau WHERE plan = ? ORDER BY id", [plan])]
        db.execute("INSERT INTO extracted VALUES (?, ?)", (plan, extracted.pack_json(facts, bureaus)))


def _compact(db: sqlite3.Connection) -> None:
    """Facts as short rows, texts packed, full text in the file; views for people who ask in SQL."""
    from plankb.store import compact, views

    compact.migrate(db)
    views.create(db)


def _ledger(db: sqlite3.Connection) -> None:
    """Reports on tasks, which outlive the plans that they speak of; their view."""
    from plankb.store import views

    db.execute(
        """CREATE TABLE report (
            no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, plan TEXT NOT NULL, task TEXT NOT NULL,
            batch TEXT NOT NULL, record TEXT NOT NULL)"""
    )
    db.execute("CREATE INDEX report_by_task ON report(task)")
    db.execute("CREATE INDEX report_by_plan ON report(plan)")
    views.create(db)


def _digests(db: sqlite3.Connection) -> None:
    """Digests of every plan's texts and rows, so that what changed them later is found."""
    from plankb.store import digests

    digests.create(db)


def _names(db: sqlite3.Connection) -> None:
    """What facts, headings and bureaus are called, each name once, for questions."""
    from plankb.store import names

    names.create(db)


Migration = Callable[[sqlite3.Connection], None]

MIGRATIONS: tuple[tuple[str, Migration], ...] = (
    ("0001-plans-and-facts", _first_schema),
    ("0002-review", _review),
    ("0003-compact", _compact),
    ("0004-ledger", _ledger),
    ("0005-digests", _digests),
    ("0006-names", _names),
)


def applied(db: sqlite3.Connection) -> list[str]:
    """The names of the migrations that a file has seen. Raises sqlite3.DatabaseError where it is not of plankb."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise sqlite3.DatabaseError("not a knowledge base of plankb")
    return [name for (name,) in db.execute("SELECT name FROM migration ORDER BY name")]


def unknown(names: Iterable[object]) -> list[str]:
    """The migrations of a file that this program does not know: a newer one wrote it, or whoever changed it."""
    return sorted({str(name) for name in names} - {name for name, _ in MIGRATIONS})


def migrate(db: sqlite3.Connection, *, upto: int | None = None) -> None:
    """Brings a file to the newest schema, or to the first `upto` migrations; a new file gets all. All or nothing.

    `db` must be in autocommit mode (isolation_level None).
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied TEXT NOT NULL)")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        seen = {name for (name,) in db.execute("SELECT name FROM migration")}
        for name, change in MIGRATIONS[:upto]:
            if name not in seen:
                change(db)
                now = datetime.now(UTC).isoformat(timespec="seconds")
                db.execute("INSERT INTO migration VALUES (?, ?)", (name, now))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
