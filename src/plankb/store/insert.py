"""The rows of a plan into the tables and out of them, full text with them (FTS5, which keeps tokens and no text)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from plankb.search.tokens import fold, spaced
from plankb.store.packing import Content, PassageRow
from plankb.store.tags import Tag


def insert(db: sqlite3.Connection, plan: int, content: Content) -> None:
    """Writes what was made of a plan's text."""
    first = _next(db, "section")
    db.executemany(
        "INSERT INTO section (row, plan, parent, last, heading) VALUES (?, ?, ?, ?, ?)",
        [
            (first + number, plan, _moved(parent, first), first + last, heading)
            for number, (parent, last, heading) in enumerate(content.sections)
        ],
    )
    db.executemany(
        "INSERT INTO section_words (rowid, heading) VALUES (?, ?)",
        [(first + number, tokens) for number, tokens in enumerate(content.headings)],
    )
    _facts(db, plan, content, first)
    _passages(db, plan, content.passages, first)
    db.executemany("INSERT INTO bureau VALUES (?, ?, ?, ?)", [(plan, *row) for row in content.bureaus])


def clear(db: sqlite3.Connection, plan: int, text: str) -> None:
    """Removes what was made of a plan's clean text."""
    passages = db.execute('SELECT row, start, "end" FROM passage WHERE plan = ?', [plan]).fetchall()
    if passages:
        _forget(db, "passage_words", "body", ((row, text[start:end]) for row, start, end in passages))
        headings = db.execute("SELECT row, heading FROM section WHERE plan = ?", [plan]).fetchall()
        _forget(db, "section_words", "heading", headings)
    # The facts of a plan have rows of their own that follow one another.
    db.execute(
        "DELETE FROM tag WHERE fact BETWEEN (SELECT min(row) FROM fact WHERE plan = ?)"
        " AND (SELECT max(row) FROM fact WHERE plan = ?)",
        [plan, plan],
    )
    for table in ("passage", "fact", "bureau", "section"):
        db.execute(f"DELETE FROM {table} WHERE plan = ?", [plan])


def _forget(db: sqlite3.Connection, table: str, column: str, rows: Iterable[tuple[int, str]]) -> None:
    db.executemany(
        f"INSERT INTO {table} ({table}, rowid, {column}) VALUES ('delete', ?, ?)",
        [(row, spaced(fold(text))) for row, text in rows],
    )


def _facts(db: sqlite3.Connection, plan: int, content: Content, first: int) -> None:
    row = _next(db, "fact")
    terms = dict(_terms(db, {tag for _, _, tags in content.facts for tag in tags}))
    for section, (key, kind, start, end, value, quote, record, body), tags in content.facts:
        db.execute(
            'INSERT INTO fact (row, plan, key, kind, start, "end", section, value, quote, record, body)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row, plan, key, kind, start, end, _moved(section, first), value, quote, record, body),
        )
        db.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?)", [(terms[tag], row) for tag in tags])
        row += 1


def _terms(db: sqlite3.Connection, tags: Iterable[Tag]) -> Iterator[tuple[Tag, int]]:
    """The number of each tag, a new one where it has none."""
    free: int | None = None
    for tag in sorted(tags):
        known = db.execute("SELECT no FROM term WHERE name = ? AND value = ?", tag).fetchone()
        if known is None:
            free = _next(db, "term", "no") if free is None else free + 1
            db.execute("INSERT INTO term (name, value, no) VALUES (?, ?, ?)", (*tag, free))
        yield tag, known[0] if known else free or 0


def _passages(db: sqlite3.Connection, plan: int, passages: Iterable[PassageRow], first: int) -> None:
    row = _next(db, "passage")
    for section, start, end, kinds, years, tokens in passages:
        db.execute(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row, plan, _moved(section, first), start, end, kinds, years),
        )
        db.execute("INSERT INTO passage_words (rowid, body) VALUES (?, ?)", (row, tokens))
        row += 1


def _next(db: sqlite3.Connection, table: str, column: str = "row") -> int:
    return int(db.execute(f"SELECT coalesce(max({column}), 0) + 1 FROM {table}").fetchone()[0])


def _moved(number: int | None, first: int) -> int | None:
    return None if number is None else number + first
