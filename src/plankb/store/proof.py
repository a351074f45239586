"""What a store file is measured by when it is proved: its schema, its digests, its views."""

from __future__ import annotations

import sqlite3
from typing import Literal

from plankb.store import digests, migrations, names, views
from plankb.store.opening import damage
from plankb.store.reader import Store

Viewed = Literal["task", "target", "deadline", "citation"]


def altered(store: Store) -> list[str]:
    """The names of tables, indexes and views that are not as this program makes them, or are gone. Raises E203."""
    with damage(store.path):
        fresh = sqlite3.connect(":memory:", isolation_level=None)
        migrations.migrate(fresh)
        wanted, there = _objects(fresh), _objects(store.db)
        fresh.close()
        return sorted(name for name, sql in wanted.items() if there.get(name) != sql)


def differing(store: Store, plan: str) -> list[digests.Part]:
    """What of a plan is not as it was kept: its texts, or the rows made of them. Raises E203."""
    with damage(store.path):
        (no,) = store.db.execute("SELECT no FROM plan WHERE id = ?", [plan]).fetchone()
        found = digests.differing(store.db, no)
        return [*found, "rows"] if "rows" not in found and names.differ(store.db, no) else found


def viewed(store: Store, kind: Viewed, plan: str) -> dict[str, tuple[int, int]]:
    """The facts of a plan as the view of their kind shows them: id to span. Raises E203.

    The view is asked as this program has it, so `altered` must name none: what a file says is run nowhere.
    """
    sql = f"SELECT id, span_start, span_end FROM ({views.VIEWS[f'{kind}s']}) WHERE plan = ?"
    with damage(store.path):
        return {id_: (start, end) for id_, start, end in store.db.execute(sql, [plan])}


def _objects(db: sqlite3.Connection) -> dict[str, str]:
    """Name to definition; the tables in which SQLite itself keeps full text and figures are left out."""
    sql = "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'"
    hidden = ("passage_words_", "section_words_")
    return {name: text for name, text in db.execute(sql) if not name.startswith(hidden)}
