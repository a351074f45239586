"""What was read from a plan, before anybody corrected it: kept whole, so that a correction can be taken back."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from plankb.model import AnyFact, Bureau
from plankb.store import bureaus
from plankb.store.records import inflate
from plankb.store.rows import Rows

_FACTS: TypeAdapter[tuple[AnyFact, ...]] = TypeAdapter(tuple[AnyFact, ...])
_BUREAUS: TypeAdapter[tuple[Bureau, ...]] = TypeAdapter(tuple[Bureau, ...])


@dataclass(frozen=True, slots=True)
class Extracted:
    """The facts and bureaus of a plan as the program read them."""

    facts: tuple[AnyFact, ...]
    bureaus: tuple[Bureau, ...]


def pack(facts: Sequence[AnyFact], bureaus: Iterable[Bureau]) -> bytes:
    """The records in little room."""
    return pack_json([fact.model_dump_json() for fact in facts], [bureau.model_dump_json() for bureau in bureaus])


def pack_json(facts: Iterable[str], bureaus: Iterable[str]) -> bytes:
    """The same of records that are JSON already."""
    return zlib.compress(f'{{"facts":[{",".join(facts)}],"bureaus":[{",".join(bureaus)}]}}'.encode(), 1)


def unpack(data: bytes) -> Extracted:
    """The records again. Raises ValueError or zlib.error where they are damaged."""
    content = json.loads(inflate(data))
    return Extracted(_FACTS.validate_python(content["facts"]), _BUREAUS.validate_python(content["bureaus"]))


def of_plan(db: sqlite3.Connection, rows: Rows, no: int, plan: str) -> Extracted:
    """What was read of a plan: kept apart where people corrected it, else what stands in its rows."""
    kept = db.execute("SELECT records FROM extracted WHERE plan = ?", [no]).fetchone()
    if kept:
        return unpack(kept[0])
    facts = tuple(rows.facts("WHERE f.plan = ? ORDER BY f.row", [no]))
    found = db.execute("SELECT id, name, record FROM bureau WHERE plan = ? ORDER BY id", [no]).fetchall()
    return Extracted(facts, _BUREAUS.validate_python([bureaus.unpack(plan, *row) for row in found]))
