"""Rows become records again; texts and headings are unpacked once for the facts of a plan that follow one another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from plankb.model import AnyFact
from plankb.store import records, sections
from plankb.store.opening import damage
from plankb.store.records import inflate

SqlRow: TypeAlias = tuple[Any, ...]
"""A row that SQL gives: what its values are, the statement says."""
_TEXTS, _OUTLINES = 128, 4_096
"""Plans whose text and headings are kept at hand."""
_SELECT = """SELECT p.no, p.id, f.section, f.key, f.kind, f.start, f."end", f.value, f.quote, f.record, f.body
    FROM plan p JOIN fact f ON f.plan = p.no"""


class Rows:
    """The rows of a store file; plans go by number here. May be used from several threads.

    `path` is the file that is told where a text or the headings turn out to be damaged (E203).
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path = db, path
        db.create_function("said", 6, self._said, deterministic=True)
        db.create_function("fold", 1, str.casefold, deterministic=True)
        self.text = lru_cache(_TEXTS)(self._text)
        self.sections = lru_cache(_OUTLINES)(self._sections)

    def forget(self) -> None:
        """Forgets what is kept at hand, since rows have changed."""
        self.text.cache_clear()
        self.sections.cache_clear()

    def facts(self, rest: str, values: Sequence[object]) -> Iterator[AnyFact]:
        """The facts that a WHERE and ORDER clause over `plan p` and `fact f` takes."""
        for no, plan, section, *row in self._db.execute(f"{_SELECT} {rest}", values).fetchall():
            yield records.unpack(plan, self.sections(no)[section], tuple(row), lambda: self.text(no))  # noqa: B023

    def _said(self, plan: int, start: int, end: int, quote: str | None, record: str, body: bytes | str | None) -> str:
        """For SQL: see `records.said`."""
        return records.said(record, self.text(plan)[start:end] if quote is None else quote, body)

    def _text(self, plan: int) -> str:
        with damage(self._path):
            (packed,) = self._db.execute("SELECT clean FROM plan_text WHERE plan = ?", [plan]).fetchone()
            return inflate(packed).decode()

    def _sections(self, plan: int) -> Mapping[int | None, sections.Path]:
        sql = "SELECT row, parent, heading FROM section WHERE plan = ? ORDER BY row"
        with damage(self._path):
            return sections.paths(self._db.execute(sql, [plan]))
