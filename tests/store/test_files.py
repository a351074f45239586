"""Files that are no store, older or newer ones, damaged ones."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.store import Store
from plankb.store.migrations import MIGRATIONS, migrate
from tests.samples import sample
from tests.store.conftest import write


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(PlankbError, match="E201"):
        Store.open(tmp_path / "plankb.sqlite")


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "plankb.sqlite"
    write(path, sample("a"))
    db = sqlite3.connect(path)
    db.execute("INSERT INTO migration VALUES ('9999-future', 'now')")
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(PlankbError, match="E202") as error:
        Store.open(path)
    assert "9999-future" in error.value.text()
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_a_store_of_each_earlier_schema_is_brought_up(tmp_path: Path, version: int) -> None:
    path = tmp_path / "plankb.sqlite"
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, upto=version)
    db.close()
    assert Store.open(path).plans() == []
    write(path, sample("a"))
    assert Store.open(path).facts("task") == [fact for fact in sample("a").facts if fact.kind == "task"]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (x)")
        raise sqlite3.OperationalError("disk full")

    path = tmp_path / "plankb.sqlite"
    write(path, sample("a"))
    monkeypatch.setattr("plankb.store.migrations.MIGRATIONS", (*MIGRATIONS, ("9998-fails", fails)))
    db = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="disk full"):
        migrate(db)
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_master UNION SELECT name FROM migration")}
    assert not names & {"half", "9998-fails"}


@pytest.mark.parametrize("content", [b"", b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_store(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plankb.sqlite"
    path.write_bytes(content)
    with pytest.raises(PlankbError, match="E203"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "plankb.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE plan (id)")
    db.commit()
    with pytest.raises(PlankbError, match="E203"):
        Store.open(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_store_that_was_cut_off(tmp_path: Path, share: float) -> None:
    path = tmp_path / "plankb.sqlite"
    write(path, *(sample(f"plan{n}") for n in range(20)))
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises(PlankbError, match="E203"):
        Store.open(path).check()


def test_a_record_that_was_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "plankb.sqlite"
    write(path, sample("a"))
    db = sqlite3.connect(path)
    db.execute("""UPDATE fact SET record = '{"kind": "task"' WHERE kind = 'task'""")
    db.execute("UPDATE plan_text SET layout = x'00'")
    db.commit()
    store = Store.open(path)
    with pytest.raises(PlankbError, match="E203"):
        store.facts("task")
    with pytest.raises(PlankbError, match="E203"):
        store.clean("a")


def test_a_store_in_a_folder_of_odd_name(tmp_path: Path) -> None:
    path = tmp_path / "知识库 #1?mode=rw%20" / "plankb.sqlite"
    path.parent.mkdir()
    write(path, sample("a"))
    assert [plan.id for plan in Store.open(path).plans()] == ["a"]
