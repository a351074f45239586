"""All that is the user's own in one file, and back; copies that are kept without being asked for."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE
from plankb.model import Task
from plankb.store import copies
from tests.samples import sample
from tests.store.conftest import write

TASK = next(fact for fact in sample("a").facts if isinstance(fact, Task))


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    for name in ("rules", "kb"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("PLANKB_RULES", str(tmp_path / "rules"))
    write(tmp_path / "kb" / STORE, sample("a"), sample("b"))
    made = KnowledgeBase(tmp_path / "kb")
    made.corrections.correct(TASK.id, field="title", after=["完善公共交通"], who="张三")
    return made


def test_everything_comes_back_in_an_empty_folder(kb: KnowledgeBase, tmp_path: Path) -> None:
    rule = tmp_path / "rules" / "units.toml"
    rule.write_text("# 自定\n", encoding="utf-8")
    kb.backup(tmp_path / "备份.zip")
    rule.unlink()
    other = KnowledgeBase(tmp_path / "other")
    kept = other.restore(tmp_path / "备份.zip")
    assert (kept.plans, kept.corrections, kept.rules, kept.remarks) == (2, 1, 1, ())
    assert other.corrections.list() == kb.corrections.list()
    assert other.store.facts("task") == kb.store.facts("task")
    assert other.clean("a").text == kb.clean("a").text
    assert rule.read_text(encoding="utf-8") == "# 自定\n"


def test_nothing_is_replaced_without_asking_and_what_is_replaced_is_kept(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.backup(tmp_path / "备份.zip")
    kb.corrections.drop([one.correction.id for one in kb.corrections.list()])
    with pytest.raises(PlankbError) as error:
        kb.restore(tmp_path / "备份.zip")
    assert error.value.code == "E211"
    assert kb.corrections.list() == []
    kb.restore(tmp_path / "备份.zip", replace=True)
    assert [one.correction.after for one in kb.corrections.list()] == [("完善公共交通",)]
    (kept,) = (kb.folder / "backups").glob("*restore*")
    kb.restore(kept, replace=True)
    assert kb.corrections.list() == []


def test_a_rule_file_with_other_content_is_left_and_told(kb: KnowledgeBase, tmp_path: Path) -> None:
    rule = tmp_path / "rules" / "units.toml"
    rule.write_text("# 一\n", encoding="utf-8")
    kb.backup(tmp_path / "备份.zip")
    rule.write_text("# 二\n", encoding="utf-8")
    kept = KnowledgeBase(tmp_path / "other").restore(tmp_path / "备份.zip")
    assert [remark.code for remark in kept.remarks] == ["E213"]
    assert rule.read_text(encoding="utf-8") == "# 二\n"


@pytest.mark.parametrize("damage", ["cut", "other", "changed", "names"])
def test_what_is_no_backup_is_told_and_changes_nothing(kb: KnowledgeBase, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "备份.zip"
    kb.backup(path)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-200])
    elif damage == "other":
        path.write_bytes(b"PK" + bytes(500))
    else:
        with zipfile.ZipFile(path) as whole:
            parts = {name: whole.read(name) for name in whole.namelist()}
        if damage == "changed":
            parts["plankb.sqlite"] = parts["plankb.sqlite"][:-1] + b"x"
        else:
            parts["plankb.json"] = json.dumps({"plankb-backup": 1, "sha256": {"../../x": ""}}).encode()
        with zipfile.ZipFile(path, "w") as broken:
            for name, data in parts.items():
                broken.writestr(name, data)
    before = (kb.folder / STORE).read_bytes()
    with pytest.raises(PlankbError) as error:
        kb.restore(path, replace=True)
    assert error.value.code == "E212"
    assert (kb.folder / STORE).read_bytes() == before


def test_a_copy_is_kept_of_the_state_before_the_first_change_of_a_day(tmp_path: Path) -> None:
    write(tmp_path / STORE, sample("a"))
    kb = KnowledgeBase(tmp_path)
    for title in ("一", "二"):
        kb.corrections.correct(TASK.id, field="title", after=[title])
    (copy,) = (tmp_path / "backups").iterdir()
    kb.restore(copy, replace=True)
    assert kb.corrections.list() == []


def test_a_copy_is_kept_before_the_schema_is_changed(tmp_path: Path) -> None:
    from plankb.store.migrations import migrate

    db = sqlite3.connect(tmp_path / STORE, isolation_level=None)
    migrate(db, upto=2)
    db.close()
    KnowledgeBase(tmp_path).store.plans()
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.startswith("plankb-before-")


def test_listed_corrections_are_read_back(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "更正.jsonl"
    kept = kb.corrections.list()
    old = kept[0].correction.model_dump(mode="json") | {"kind": "override", "id": "review-2", "field": "text"}
    lines = [*(one.model_dump_json() for one in kept), json.dumps({"override": old, "suspicion": None}), "{}", ""]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    kb.corrections.drop([one.correction.id for one in kept])
    asked = kb.corrections.read(path)
    assert [one.id for one in asked.add] == [kept[0].correction.id, "review-2"]
    assert [remark.code for remark in asked.remarks] == ["E539"]
    kb.corrections.keep(asked)
    assert kept[0] in kb.corrections.list()
    assert kb.corrections.read(path).add == ()


def test_a_backup_whose_packed_bytes_are_damaged_is_told(kb: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "备份.zip"
    kb.backup(path)
    with zipfile.ZipFile(path) as whole:
        start = whole.getinfo("plankb.sqlite").header_offset + 60
    data = path.read_bytes()
    for change in (b"\xff" * 40, b"\x07" * 40, bytes(40)):
        path.write_bytes(data[:start] + change + data[start + 40 :])
        with pytest.raises(PlankbError) as error:
            kb.restore(path, replace=True)
        assert error.value.code == "E212"


def test_the_copies_of_the_last_seven_days_stay_and_all_others_that_are_no_days(tmp_path: Path) -> None:
    store = tmp_path / STORE
    store.write_bytes(b"state")
    (tmp_path / copies.FOLDER).mkdir()
    days = [f"plankb-2020-01-0{day}.sqlite" for day in range(1, 10)]
    others = ["plankb-before-0003-compact.sqlite", "我的备份.zip", "plankb-2020-01-01.sqlite.bak"]
    for name in (*days, *others):
        (tmp_path / copies.FOLDER / name).write_bytes(b"old")
    copies.daily(store)
    left = {path.name for path in (tmp_path / copies.FOLDER).iterdir()}
    assert left >= {*days[-6:], *others}
    assert not left & set(days[:-6])
    assert len(left) == 7 + len(others)


def test_a_copy_is_on_the_disk_whole_before_it_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: sizes.append(os.fstat(file).st_size))
    (tmp_path / STORE).write_bytes(b"state")
    copies.keep(tmp_path / STORE, "a")
    assert sizes == [len(b"state")]


def test_copies_that_would_go_elsewhere_by_a_link_are_refused(tmp_path: Path) -> None:
    """A folder from elsewhere may hold a link to the copies of the user's own knowledge base."""
    own = tmp_path / "own"
    own.mkdir()
    for day in range(1, 10):
        (own / f"plankb-2026-01-0{day}.sqlite").write_bytes(b"mine")
    store = tmp_path / "foreign" / "plankb.sqlite"
    store.parent.mkdir()
    store.write_bytes(b"theirs")
    (store.parent / copies.FOLDER).symlink_to(own)
    with pytest.raises(OSError, match="symbolic"):
        copies.daily(store)
    assert len([path for path in own.iterdir() if path.read_bytes() == b"mine"]) == 9


def test_a_copy_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    store = tmp_path / STORE
    store.write_bytes(b"first")
    kept = copies.keep(store, "a")
    store.write_bytes(b"second")
    assert copies.keep(store, "a") == kept
    assert kept.read_bytes() == b"first"
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
