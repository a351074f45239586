"""Knowledge bases that somebody prepared: nothing in them acts, leads out of their folder or fills the memory."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE
from plankb.kb.guard import guarded
from plankb.kb.verifying.base import is_whole
from plankb.store import copies, records
from tests.samples import sample
from tests.store.conftest import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kb"
    made.mkdir()
    write(made / STORE, sample("a"))
    return made


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[Path]:
    """A folder and a file of the user's that have nothing to do with it; they must stand afterwards."""
    there = tmp_path / "文稿"
    there.mkdir()
    (there / "草案.txt").write_text("手稿", encoding="utf-8")
    yield there
    assert [path.name for path in there.iterdir()] == ["草案.txt"]
    assert (there / "草案.txt").read_text(encoding="utf-8") == "手稿"


def _run(folder: Path, *statements: str) -> KnowledgeBase:
    db = sqlite3.connect(folder / STORE)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()
    return KnowledgeBase(folder)


@pytest.mark.parametrize("way", ["{}", "../文稿", "index-1/../../文稿", "."])
def test_the_index_that_a_file_names_lies_beside_it(folder: Path, foreign: Path, way: str) -> None:
    name = way.format(foreign)
    kb = _run(
        folder,
        f"INSERT OR REPLACE INTO setting VALUES ('index', '{name}')",
        "INSERT OR REPLACE INTO setting VALUES ('engine', 'whoosh')",
    )
    assert kb.search("公交").total > 0
    kb.remove(["a"])
    assert kb.store.plans() == []


@pytest.mark.parametrize("sort", ["folder", "file", "pipe"])
def test_an_index_of_links_and_pipes_is_not_followed(folder: Path, foreign: Path, sort: str) -> None:
    kb = _run(folder, "INSERT OR REPLACE INTO setting VALUES ('index', 'index-00')")
    index = folder / "index-00"
    if sort == "folder":
        index.symlink_to(foreign, target_is_directory=True)
    else:
        index.mkdir()
        (index / "signature").write_text("0")
        if sort == "file":
            (index / "MAIN.toc").symlink_to("/dev/zero")
        else:
            os.mkfifo(index / "MAIN.toc")
    assert kb.search("公交").total > 0


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TRIGGER t AFTER INSERT ON override BEGIN DELETE FROM fact; END"],
        [
            "ALTER TABLE setting RENAME TO other",
            "CREATE VIEW setting AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
            "SELECT 'engine' AS name, x AS value FROM c",
        ],
        ["ALTER TABLE fact ADD COLUMN more AS (length(hex(zeroblob(100000000))))"],
    ],
    ids=["trigger", "endless view", "generated column"],
)
def test_a_file_that_would_act_is_not_opened(folder: Path, statements: list[str]) -> None:
    with pytest.raises(PlankbError) as error:
        _run(folder, *statements).store.plans()
    assert error.value.code == "E214"


def test_views_of_the_users_own_stay(folder: Path) -> None:
    kb = _run(folder, "CREATE VIEW mine AS SELECT title FROM tasks")
    assert kb.store.plans() != []


def test_a_value_that_unpacks_to_too_much_is_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = zlib.compress(bytes(records.MOST_BYTES + 1), 9)
    assert len(packed) < records.MOST_BYTES // 500
    db = sqlite3.connect(folder / STORE)
    db.execute("UPDATE plan_text SET clean = ?", [packed])
    db.commit()
    db.close()
    with pytest.raises(PlankbError) as error:
        KnowledgeBase(folder).clean("a")
    assert error.value.code == "E203"


def test_what_stands_in_the_way_of_files_written_aside_is_not_written_through(folder: Path, foreign: Path) -> None:
    kb = KnowledgeBase(folder)
    kb.backup(folder.parent / "备份.zip")
    for name in (f"{STORE}.restored", f"{STORE}.new"):
        (folder / name).symlink_to(foreign / "草案.txt")
    kb.restore(folder.parent / "备份.zip", replace=True)
    (kept,) = (folder / copies.FOLDER).iterdir()
    (folder / f"{STORE}.restored").unlink(missing_ok=True)
    (folder / f"{STORE}.restored").symlink_to(foreign / "草案.txt")
    kb.restore(kept, replace=True)
    assert kb.remove(["a"]).removed == ("a",)


def test_a_lock_that_is_a_link_is_not_followed(folder: Path, foreign: Path) -> None:
    (folder / "plankb.lock").symlink_to(foreign / "新")
    with pytest.raises(PlankbError) as error:
        KnowledgeBase(folder).remove(["a"])
    assert error.value.code == "E205"


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("sort", ["pipe", "link", "folder"])
def test_what_lies_beside_a_store_and_is_no_file_is_not_opened(
    folder: Path, foreign: Path, ending: str, sort: str
) -> None:
    beside = folder / f"{STORE}{ending}"
    if sort == "pipe":
        os.mkfifo(beside)
    elif sort == "link":
        beside.symlink_to(foreign / "草案.txt")
    else:
        beside.mkdir()
    with pytest.raises(PlankbError, match="E215") as error:
        _ = KnowledgeBase(folder).store
    assert error.value.details["path"] == beside


@pytest.mark.parametrize("damage", ["cut", "empty", "folder", "record"])
def test_damage_is_told_in_one_line_and_nothing_is_lost(folder: Path, damage: str) -> None:
    path = folder / STORE
    kb = KnowledgeBase(folder)
    kb.remove(["a"])  # keeps a copy of the day
    write(path, sample("a"))
    match damage:
        case "cut":
            path.write_bytes(path.read_bytes()[:5000])
        case "empty":
            path.write_bytes(b"")
        case "folder":
            path.unlink()
            path.mkdir()
        case _:
            _run(folder, "UPDATE plan SET record = '{}'")
    with pytest.raises(PlankbError) as error:
        KnowledgeBase(folder).store.plans()
    assert error.value.code == ("E215" if damage == "folder" else "E203")
    assert "\n" not in error.value.text()
    (copy, *_) = (folder / copies.FOLDER).iterdir()
    if damage == "folder":
        with pytest.raises(PlankbError, match="E215"):
            kb.restore(copy, replace=True)
        shutil.rmtree(path)
    kb.restore(copy, replace=True)
    assert [plan.id for plan in KnowledgeBase(folder).store.plans()] == ["a"]


WRONG = [
    ("plan", "path", b"x\x9c"),
    ("plan", "path", None),
    ("plan", "read_at", "null"),
    ("plan", "read_at", 7),
    ("section", "heading", b"\x00\xff"),
    ("fact", "record", "[]"),
    ("fact", "record", "7"),
    ("fact", "record", "[" * 20_000),
    ("fact", "section", 10**9),
    ("plan_text", "layout", b"x"),
    ("bureau", "record", "{}"),
]
USES: list[Callable[[KnowledgeBase], object]] = [
    lambda kb: kb.verify(),
    lambda kb: kb.matrix(),
    lambda kb: kb.ask("2025年森林覆盖率是多少？"),
    lambda kb: kb.ask("谁牵头公交优先？"),
    lambda kb: kb.conflicts(),
    lambda kb: kb.search("公交"),
    lambda kb: kb.clean("a"),
]


@pytest.mark.parametrize(("table", "column", "value"), WRONG, ids=str)
def test_values_that_this_program_never_wrote_are_told_as_damage(
    folder: Path, table: str, column: str, value: object
) -> None:
    db = sqlite3.connect(folder / STORE)
    try:
        db.execute(f"UPDATE {table} SET {column} = ?", [value])
    except sqlite3.IntegrityError:
        pytest.skip("the schema does not take it")
    db.commit()
    db.close()
    told = set()
    for use in USES:
        try:
            use(KnowledgeBase(folder))
        except PlankbError as error:  # anything else is a fault of the program
            told.add(error.code)
    assert told <= {"E203"}


@pytest.mark.parametrize(
    ("change", "use"),
    [
        ("UPDATE plan SET id = 'z' WHERE id = 'a'", lambda kb: kb.matrix()),
        ("UPDATE plan_text SET plan = 77", lambda kb: kb.verify()),
        ("UPDATE name SET bare = x''", lambda kb: kb.ask("谁牵头公交优先？")),
        ("UPDATE name SET uses = '{}'", lambda kb: kb.ask("公交优先")),
    ],
)
def test_what_trips_over_a_file_that_does_not_hold_is_told_as_its_damage(
    folder: Path, change: str, use: Callable[[KnowledgeBase], object]
) -> None:
    _run(folder, change)
    assert not is_whole(folder / STORE)
    told = set()
    try:
        with guarded(folder):
            use(KnowledgeBase(folder))
    except PlankbError as error:
        told.add(error.code)
    assert told <= {"E203"}


def test_a_fault_over_a_whole_file_is_one_of_the_program(folder: Path) -> None:
    assert is_whole(folder / STORE)
    with pytest.raises(PlankbError, match="E129"), guarded(folder):
        raise LookupError


def test_a_path_that_no_system_could_have_is_no_fault(folder: Path) -> None:
    _run(folder, f"UPDATE plan SET path = '{'9' * 5000}'")
    assert KnowledgeBase(folder).verify().found == ()
