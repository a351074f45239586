"""The third schema: facts as short rows, texts packed, full text beside them; and how a file of 0.1.0 becomes one."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict

from plankb.model import AnyFact, Bureau
from plankb.store import bureaus, records
from plankb.store.insert import insert
from plankb.store.packing import Content
from plankb.store.sections import SectionWriter
from plankb.store.tags import Tag

TABLES = (
    """CREATE TABLE plan (
        no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, jurisdiction TEXT, level TEXT, date TEXT,
        record TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, stamp TEXT NOT NULL, read_at TEXT NOT NULL)""",
    """CREATE TABLE plan_text (
        plan INTEGER PRIMARY KEY REFERENCES plan(no) ON DELETE CASCADE,
        raw BLOB NOT NULL, clean BLOB NOT NULL, layout BLOB NOT NULL)""",
    """CREATE TABLE section (
        row INTEGER PRIMARY KEY, plan INTEGER NOT NULL, parent INTEGER, last INTEGER NOT NULL,
        heading TEXT NOT NULL)""",
    "CREATE INDEX section_by_plan ON section(plan)",
    """CREATE TABLE fact (
        row INTEGER PRIMARY KEY, plan INTEGER NOT NULL REFERENCES plan(no), key TEXT NOT NULL, kind TEXT NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, section INTEGER, value REAL,
        quote TEXT, record TEXT NOT NULL, body)""",
    "CREATE UNIQUE INDEX fact_by_key ON fact(key, plan)",
    "CREATE INDEX fact_by_kind ON fact(plan, kind, start)",
    "CREATE INDEX fact_by_value ON fact(value) WHERE value IS NOT NULL",
    """CREATE TABLE term (
        name TEXT NOT NULL, value TEXT NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (name, value)) WITHOUT ROWID""",
    """CREATE TABLE tag (
        term INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (term, fact)) WITHOUT ROWID""",
    """CREATE TABLE bureau (
        plan INTEGER NOT NULL REFERENCES plan(no), id TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL,
        PRIMARY KEY (id, plan)) WITHOUT ROWID""",
    "CREATE INDEX bureau_by_plan ON bureau(plan)",
    """CREATE TABLE extracted (
        plan INTEGER PRIMARY KEY REFERENCES plan(no) ON DELETE CASCADE, records BLOB NOT NULL)""",
    "CREATE TABLE word (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE passage (
        row INTEGER PRIMARY KEY, plan INTEGER NOT NULL, section INTEGER, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, kinds INTEGER NOT NULL, years TEXT)""",
    "CREATE INDEX passage_by_plan ON passage(plan, start)",
    """CREATE VIRTUAL TABLE passage_words USING fts5(
        body, content='', tokenize="ascii tokenchars '._'")""",
    """CREATE VIRTUAL TABLE section_words USING fts5(
        heading, content='', tokenize="ascii tokenchars '._'")""",
)
_OLD = ("plan", "plan_text", "fact", "tag", "bureau", "extracted")


def migrate(db: sqlite3.Connection) -> None:
    """Makes the tables anew and carries over what the first two schemas hold; corrections and settings stay."""
    for name in _OLD:
        db.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL AND tbl_name LIKE 'old_%'"
    for (name,) in db.execute(indexes).fetchall():
        db.execute(f"DROP INDEX {name}")
    for statement in TABLES:
        db.execute(statement)
    for no, (plan,) in enumerate(db.execute("SELECT id FROM old_plan ORDER BY id").fetchall(), start=1):
        _carry(db, no, plan)
    db.execute("DELETE FROM setting WHERE name = 'index'")
    for name in reversed(_OLD):
        db.execute(f"DROP TABLE old_{name}")


def _carry(db: sqlite3.Connection, no: int, plan: str) -> None:
    row = db.execute("SELECT record, path, sha256, stamp, read_at FROM old_plan WHERE id = ?", [plan]).fetchone()
    said = json.loads(row[0])
    known = (said.get("title", ""), said.get("jurisdiction"), said.get("level"), said.get("date"))
    db.execute(f"INSERT INTO plan VALUES ({', '.join('?' * 11)})", (no, plan, *known, *row))
    raw, clean, packed = db.execute("SELECT raw, clean, layout FROM old_plan_text WHERE plan = ?", [plan]).fetchone()
    texts = (no, b"w" + raw, zlib.compress(clean.encode(), 6), packed)
    db.execute("INSERT INTO plan_text VALUES (?, ?, ?, ?)", texts)
    found_by = _tags(db, plan)
    sections = SectionWriter()
    facts = []
    for row, said in db.execute("SELECT row, record FROM old_fact WHERE plan = ? ORDER BY row", [plan]).fetchall():
        fact = _validated(json.loads(said))
        facts.append((sections.number(fact.section), records.pack(fact, clean), tuple(sorted(found_by[row]))))
    bureaus = db.execute("SELECT record FROM old_bureau WHERE plan = ? ORDER BY id", [plan]).fetchall()
    rows = tuple(_bureau(plan, json.loads(said)) for (said,) in bureaus)
    insert(db, no, Content(sections=sections.rows(), facts=tuple(facts), bureaus=rows))
    if db.execute("SELECT 1 FROM override WHERE plan = ?", [plan]).fetchone():
        db.execute("INSERT INTO extracted SELECT ?, records FROM old_extracted WHERE plan = ?", [no, plan])


def _validated(record: dict[str, object]) -> AnyFact:
    return records.MODELS[str(record["kind"])].model_validate(record)


def _bureau(plan: str, record: dict[str, object]) -> tuple[str, str, str]:
    bureau = Bureau.model_validate(record)
    return bureau.id, bureau.name, bureaus.pack(plan, bureau)


def _tags(db: sqlite3.Connection, plan: str) -> dict[int, list[Tag]]:
    found: dict[int, list[Tag]] = defaultdict(list)
    sql = "SELECT fact, name, value FROM old_tag WHERE fact IN (SELECT row FROM old_fact WHERE plan = ?)"
    for fact, name, value in db.execute(sql, [plan]):
        found[fact].append((name, value))
    return found
