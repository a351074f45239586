"""Corrections in the store: seen by every reader, kept through a rebuild, taken back without a trace."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path
from typing import Any

import pytest

from plankb.model import Correction, Task
from plankb.store import FactFilter, Store, StoreWriter, layout
from plankb.store.extracted import Extracted
from plankb.store.migrations import migrate
from tests import records
from tests.samples import sample
from tests.store.conftest import SOURCE, write

TASK = next(fact for fact in sample("a").facts if isinstance(fact, Task))
BUREAU = TASK.bureaus[TASK.lead[0]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(tmp_path / "plankb.sqlite", sample("a"), sample("b"))
    return tmp_path / "plankb.sqlite"


def correction(**fields: Any) -> Correction:
    return records.correction(TASK, **fields)


TO_SUPPORT = correction(field="roles", subject=TASK.lead[0], bureau=BUREAU, before=("lead",), after=("support",))


def keep(path: Path, *add: Correction, drop: tuple[str, ...] = ()) -> None:
    writer = StoreWriter(path)
    writer.correct(add=add, drop=drop)
    writer.commit()


def leads(path: Path) -> list[str]:
    return [task.id for task in Store.open(path).facts("task", FactFilter(bureaus=(BUREAU,), roles=("lead",)))]


def test_a_corrected_role_is_what_filters_and_bureaus_see(path: Path) -> None:
    assert TASK.id in leads(path)
    keep(path, TO_SUPPORT)
    store = Store.open(path)
    assert TASK.id not in leads(path)
    (bureau,) = store.bureaus(FactFilter(bureaus=(BUREAU,), plans=("a",)))
    assert TASK.id in bureau.support
    fact = store.fact(TASK.id)
    assert fact is not None
    assert fact.review is not None
    assert store.corrections() == [TO_SUPPORT]
    assert store.suspects() == []


def test_a_correction_survives_a_rebuild_and_the_removal_of_its_plan(path: Path) -> None:
    keep(path, TO_SUPPORT)
    writer = StoreWriter(path)
    writer.drop("a")
    writer.commit()
    assert Store.open(path).suspects() == [(TO_SUPPORT, "gone")]
    write(path, sample("a"))
    assert TASK.id not in leads(path)
    assert Store.open(path).suspects() == []


def test_a_dropped_correction_leaves_no_trace(path: Path) -> None:
    before = Store.open(path).facts("task"), Store.open(path).bureaus()
    keep(path, TO_SUPPORT, correction(action="reject"))
    assert Store.open(path).fact(TASK.id) is None
    keep(path, drop=(TO_SUPPORT.id, correction(action="reject").id, "unknown"))
    assert (Store.open(path).facts("task"), Store.open(path).bureaus()) == before
    assert Store.open(path).corrections() == []


def test_a_correction_is_suspect_once_the_plan_says_something_else(path: Path) -> None:
    keep(path, TO_SUPPORT)
    newer = sample("a")
    facts = [
        fact.model_copy(update={"quote": fact.quote + "新的要求。"}) if isinstance(fact, Task) else fact
        for fact in newer.facts
    ]
    writer = StoreWriter(path)
    writer.put(newer.plan, SOURCE, newer.clean, facts=facts, bureaus=newer.bureaus)
    writer.commit()
    assert Store.open(path).suspects() == [(TO_SUPPORT, "changed")]
    assert TASK.id in leads(path)


def test_what_was_read_stays_as_it_was_read(path: Path) -> None:
    keep(path, TO_SUPPORT)
    assert Store.open(path).extracted("a") == Extracted(tuple(sample("a").facts), tuple(sample("a").bureaus))


def test_a_store_of_the_first_schema_can_be_reviewed(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, upto=1)
    one = sample("a")
    db.execute("INSERT INTO plan VALUES ('a', ?, 'x', 'x', 'x', 'x')", [one.plan.model_dump_json()])
    texts = (zlib.compress(one.clean.raw.encode()), one.clean.text, layout.pack(one.clean))
    db.execute("INSERT INTO plan_text VALUES ('a', ?, ?, ?)", texts)
    for number, fact in enumerate(one.facts):
        row = (number, fact.id, "a", fact.kind, fact.span[0], "", "", fact.model_dump_json())
        db.execute("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    db.close()
    keep(path, TO_SUPPORT)
    task = Store.open(path).fact(TASK.id)
    assert isinstance(task, Task)
    assert task.lead == TASK.lead[1:]


def test_a_correction_kept_by_the_first_releases_is_read(path: Path) -> None:
    keep(path, TO_SUPPORT)
    db = sqlite3.connect(path)
    db.execute("UPDATE override SET record = json_set(record, '$.kind', 'override')")
    db.commit()
    db.close()
    assert Store.open(path).corrections() == [TO_SUPPORT]
