"""Rows become records again; texts and headings are unpacked once and kept at hand, up to a bound."""

from __future__ import annotations

import json
import sqlite3
import threading
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
_TEXTS, _OUTLINES, _WORDS = 8_000_000, 4_096, 64
"""Characters of texts (twice as many bytes), plans whose headings, and words whose plans, that are kept at hand."""
_SELECT = """SELECT p.no, p.id, f.section, f.key, f.kind, f.start, f."end", f.value, f.quote, f.record, f.body
    FROM plan p JOIN fact f ON f.plan = p.no"""


class Rows:
    """The rows of a store file; plans go by number here. May be used from several threads.

    `path` is the file that is told where a text or the headings turn out to be damaged (E203).
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path = db, path
        db.create_function("said", 6, self._said, deterministic=True)
        db.create_function("quotes", 4, self._quotes, deterministic=True)
        db.create_function("plans_holding", 1, lambda words: self._holding(words), deterministic=True)
        db.create_function("rows_apart", 0, lambda: self._apart(), deterministic=True)
        db.create_function("fold", 1, str.casefold, deterministic=True)
        self._texts: dict[int, str] = {}
        self._kept = 0
        self._lock = threading.Lock()
        self.sections = lru_cache(_OUTLINES)(self._sections)
        self._holding = lru_cache(_WORDS)(self._plans_holding)
        self._apart = lru_cache(1)(self._rows_apart)

    def forget(self) -> None:
        """Forgets what is kept at hand, since rows have changed."""
        with self._lock:
            self._texts.clear()
            self._kept = 0
        for kept in (self.sections, self._holding, self._apart):
            kept.cache_clear()

    def text(self, plan: int) -> str:
        """The clean text of a plan; those used last stay at hand."""
        with self._lock:
            found = self._texts.pop(plan, None)
            if found is not None:
                self._texts[plan] = found
                return found
        read = self._text(plan)
        with self._lock:
            self._kept += len(read) if plan not in self._texts else 0
            self._texts[plan] = read
            while self._kept > _TEXTS and len(self._texts) > 1:
                self._kept -= len(self._texts.pop(next(iter(self._texts))))
        return read

    def facts(self, rest: str, values: Sequence[object]) -> Iterator[AnyFact]:
        """The facts that a WHERE and ORDER clause over `plan p` and `fact f` takes."""
        for no, plan, section, *row in self._db.execute(f"{_SELECT} {rest}", values).fetchall():
            yield records.unpack(plan, self.sections(no)[section], tuple(row), lambda: self.text(no))  # noqa: B023

    def _said(self, plan: int, start: int, end: int, quote: str | None, record: str, body: bytes | str | None) -> str:
        """For SQL: see `records.said`."""
        return records.said(record, self.text(plan)[start:end] if quote is None else quote, body)

    def _quotes(self, plan: int, start: int, end: int, word: str) -> bool:
        """For SQL: whether a word stands in a quotation that is kept in the text alone, line breaks aside."""
        quote = self.text(plan)[start:end]
        return word in quote or word in quote.replace("\n", "")

    def _plans_holding(self, words: str) -> str:
        """For SQL: the numbers, as JSON, of the plans whose texts hold all of some words (JSON), line breaks aside."""
        wanted = json.loads(words)
        numbers = [no for (no,) in self._db.execute("SELECT plan FROM plan_text ORDER BY plan").fetchall()]
        return json.dumps([no for no in numbers if _holds(self.text(no), wanted)])

    def _rows_apart(self) -> str:
        """For SQL: the rows, as JSON, of the tasks whose text stands apart from their quotation."""
        sql = "SELECT row FROM fact WHERE kind = 'task' AND typeof(body) = 'blob'"
        return json.dumps([row for (row,) in self._db.execute(sql).fetchall()])

    def _text(self, plan: int) -> str:
        with damage(self._path):
            (packed,) = self._db.execute("SELECT clean FROM plan_text WHERE plan = ?", [plan]).fetchone()
            return inflate(packed).decode()

    def _sections(self, plan: int) -> Mapping[int | None, sections.Path]:
        sql = "SELECT row, parent, heading FROM section WHERE plan = ? ORDER BY row"
        with damage(self._path):
            return sections.paths(self._db.execute(sql, [plan]))


def _holds(text: str, words: Sequence[str]) -> bool:
    if all(word in text for word in words):
        return True
    joined = text.replace("\n", "")
    return all(word in text or word in joined for word in words)
