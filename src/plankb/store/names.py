"""What facts, headings and bureaus are called: each name once, in the forms in which names are compared.

A question is linked to facts by these names alone, so that no fact need be read for it. The table follows the facts:
whoever writes a plan's facts calls `enter`, and `leave` before they are removed.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from plankb.name_forms import bare, printed, stamp, without_number
from plankb.store import bureaus

FACTS = ("task", "target", "project", "citation")
"""The kinds of facts that have a name."""
STAMP = "names"
"""The setting that says by which rules the forms were made."""
TABLES = (
    """CREATE TABLE name (
        no INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, other TEXT NOT NULL,
        bare TEXT, bare_other TEXT, printed TEXT, uses INTEGER NOT NULL)""",
    "ALTER TABLE fact ADD COLUMN name INTEGER",
    "CREATE INDEX fact_by_name ON fact(name) WHERE name IS NOT NULL",
    """CREATE TABLE bureau_name (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, jurisdiction TEXT, names TEXT NOT NULL) WITHOUT ROWID""",
)
_OTHER_TYPES = """SELECT 1 FROM name WHERE typeof(uses) <> 'integer'
        OR typeof(kind) || typeof(name) || typeof(other) <> 'texttexttext'
        OR 'blob' IN (typeof(bare), typeof(bare_other), typeof(printed))
    UNION ALL SELECT 1 FROM bureau_name WHERE 'blob' IN (typeof(name), typeof(jurisdiction), typeof(names)) LIMIT 1"""
_Key = tuple[str, str, str]
"""Kind (of a fact, or heading, unit, collective), name as printed, what it is called besides or ""."""
_SIX_BYTES = (1 << 47) - 1


def create(db: sqlite3.Connection) -> None:
    """Makes the tables, and enters the plans that are there."""
    for statement in TABLES:
        db.execute(statement)
    for (no,) in db.execute("SELECT no FROM plan ORDER BY no").fetchall():
        enter(db, no)
    merge(db, [id_ for (id_,) in db.execute("SELECT DISTINCT id FROM bureau")])
    _keep_stamp(db)


def enter(db: sqlite3.Connection, plan: int) -> None:
    """Enters the names of a plan, by number, whose facts have been written."""
    facts, others = _called(db, plan)
    uses = Counter(facts.values())
    uses.update(others)
    numbers = {key: _enter(db, key, count) for key, count in sorted(uses.items())}
    db.executemany("UPDATE fact SET name = ? WHERE row = ?", [(numbers[key], row) for row, key in facts.items()])


def leave(db: sqlite3.Connection, plan: int) -> None:
    """Takes out the names of a plan, by number, whose facts are about to be removed."""
    counted = "SELECT name, count(*) FROM fact WHERE plan = ? AND name IS NOT NULL GROUP BY name"
    lost = [(count, no) for no, count in db.execute(counted, [plan]).fetchall()]
    lost += [(1, no) for key in _called(db, plan)[1] if (no := _number(db, key)[0]) is not None]
    db.executemany("UPDATE name SET uses = uses - ? WHERE no = ?", lost)
    db.executemany("DELETE FROM name WHERE no = ? AND uses <= 0", [(no,) for _, no in lost])


def bureaus_of(db: sqlite3.Connection, plan: int) -> list[str]:
    """The ids of the bureaus that a plan, by number, names."""
    return [id_ for (id_,) in db.execute("SELECT id FROM bureau WHERE plan = ?", [plan]).fetchall()]


def merge(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Makes the names of some bureaus anew from the plans that name them; those that no plan names go."""
    sql = """SELECT p.id, b.id, b.name, b.record FROM bureau b JOIN plan p ON p.no = b.plan
        WHERE b.id = ? ORDER BY p.id"""
    for id_ in sorted(ids):
        db.execute("DELETE FROM bureau_name WHERE id = ?", [id_])
        rows = (bureaus.unpack(*row) for row in db.execute(sql, [id_]).fetchall())
        db.executemany(
            "INSERT INTO bureau_name VALUES (?, ?, ?, ?)",
            [
                (id_, one["name"], one["jurisdiction"], json.dumps(one["names"], ensure_ascii=False))
                for one in bureaus.merged(rows)
            ],
        )


def renew(db: sqlite3.Connection) -> None:
    """Makes the forms anew where they were made by other rules."""
    if is_current(db):
        return
    rows = db.execute("SELECT no, kind, name, other FROM name").fetchall()
    forms = [(*_short(*key), no) for no, *key in rows]
    db.executemany("UPDATE name SET bare = ?, bare_other = ?, printed = ? WHERE no = ?", forms)
    _keep_stamp(db)


def is_current(db: sqlite3.Connection) -> bool:
    """Whether the forms were made by the rules as they are."""
    row = db.execute("SELECT value FROM setting WHERE name = ?", [STAMP]).fetchone()
    return row is not None and row[0] == stamp()


def differ(db: sqlite3.Connection, plan: int) -> bool:
    """Whether the facts of a plan, by number, are kept under other names than their own, or any name is no text."""
    if db.execute(_OTHER_TYPES).fetchone():
        return True
    facts, others = _called(db, plan)
    sql = """SELECT f.row, name.kind, name.name, name.other FROM fact f JOIN name ON name.no = f.name
        WHERE f.plan = ?"""
    held = {row: (kind, name, other) for row, kind, name, other in db.execute(sql, [plan])}
    return held != facts or any(_number(db, key)[0] is None for key in others)


def forms(kind: str, name: str, other: str) -> tuple[str, str, str]:
    """Bare, bare of what it is called besides, and as printed; of a heading the last is bare without its number."""
    return bare(name), bare(other), bare(without_number(name)) if kind == "heading" else printed(name)


def _keep_stamp(db: sqlite3.Connection) -> None:
    db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (STAMP, stamp()))


def _short(kind: str, name: str, other: str) -> tuple[str | None, ...]:
    """The forms, None for one that is no other than the name itself."""
    made = forms(kind, name, other)
    return tuple(None if form == plain else form for form, plain in zip(made, (name, other, name), strict=True))


def _called(db: sqlite3.Connection, plan: int) -> tuple[dict[int, _Key], set[_Key]]:
    """What the facts of a plan are called, by row, and the headings above them, units and bodies that they name."""
    marks = ", ".join("?" * len(FACTS))
    sql = f"SELECT row, kind, section, record FROM fact WHERE plan = ? AND kind IN ({marks})"
    facts: dict[int, _Key] = {}
    others: set[_Key] = set()
    sections = set()
    for row, kind, section, record in db.execute(sql, [plan, *FACTS]).fetchall():
        said = json.loads(record)
        name = said.get("title") or said.get("indicator") or said.get("name") or ""
        facts[row] = (kind, name, said.get("indicator_id") or said.get("number") or "")
        sections.add(section)
        others.update(("collective", one, "") for one in said.get("collective", ()))
        others.update(("unit", one, "") for one in [said.get("unit")] if one)
    others.update(("heading", heading, "") for heading in _above(db, plan, sections))
    return facts, others


def _above(db: sqlite3.Connection, plan: int, sections: set[int | None]) -> Iterator[str]:
    """The headings of some sections of a plan and of those that they stand in."""
    rows = db.execute("SELECT row, parent, heading FROM section WHERE plan = ? ORDER BY row DESC", [plan])
    for row, parent, heading in rows.fetchall():
        if row in sections:
            sections.add(parent)
            yield heading


def _enter(db: sqlite3.Connection, key: _Key, count: int) -> int:
    found, free = _number(db, key)
    if found is not None:
        db.execute("UPDATE name SET uses = uses + ? WHERE no = ?", (count, found))
        return found
    db.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (free, *key, *_short(*key), count))
    return free


def _number(db: sqlite3.Connection, key: _Key) -> tuple[int | None, int]:
    """The number of a name, None where it has none, and the first that is free.

    A number is made of the name itself, so that no second index of all names is needed to find it.
    """
    no = int.from_bytes(blake2b("\0".join(key).encode(), digest_size=6).digest(), "big") & _SIX_BYTES
    while (row := db.execute("SELECT kind, name, other FROM name WHERE no = ?", [no]).fetchone()) is not None:
        if row == key:
            return no, no
        no += 1
    return None, no
