"""What differs on Windows, imitated: files held open cannot be replaced, folders cannot be synced, paths are long,
consoles have other encodings. Nobody has run these on Windows itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plankb.errors import PlankbError
from plankb.files import write_aside
from plankb.kb import KnowledgeBase
from plankb.kb.corrections import CorrectionDesk
from plankb.store import Store, copies
from tests.cli.conftest import spawn_plankb
from tests.samples import sample
from tests.store.conftest import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "plankb.sqlite", sample("a"))
    return tmp_path


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may put a file in the place of a store: as long as a reader has it open, Windows answers so."""
    replace: Callable[..., Path] = Path.replace

    def refuse(self: Path, target: Any) -> Path:
        if Path(target).name == "plankb.sqlite":
            raise PermissionError(13, "Permission denied", str(self), 32, str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)


@pytest.mark.usefixtures("held")
def test_a_store_that_is_read_takes_on_the_new_state(folder: Path) -> None:
    reader = KnowledgeBase(folder)  # the screens, which have it open all the time
    assert reader.store.count("task") == 2
    KnowledgeBase(folder).corrections.reject("a:task-1")
    assert reader.store.count("task") == 1
    reader.store.check()
    assert not [path.name for path in folder.iterdir() if path.name.endswith((".new", "-journal"))]


@pytest.mark.usefixtures("held")
def test_a_reader_in_the_middle_is_waited_for_and_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    over = copies.write_over
    monkeypatch.setattr(copies, "write_over", lambda new, store: over(new, store, wait=0.2))
    db = sqlite3.connect(folder / "plankb.sqlite", isolation_level=None)
    db.execute("BEGIN")
    db.execute("SELECT count(*) FROM plan").fetchone()  # a reading that goes on
    with pytest.raises(PlankbError, match=r"E20[58]"):
        KnowledgeBase(folder).corrections.reject("a:task-1")
    db.close()
    assert KnowledgeBase(folder).store.count("task") == 2
    KnowledgeBase(folder).corrections.reject("a:task-1")
    assert KnowledgeBase(folder).store.count("task") == 1


def test_a_writer_that_was_killed_half_way_is_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "plankb.sqlite"
    before = Store.open(path).facts("task")
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA cache_spill = 1")
    db.execute("PRAGMA cache_size = 1")
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE fact SET quote = hex(randomblob(4000))")
    journal = (folder / "plankb.sqlite-journal").read_bytes()
    half_done = path.read_bytes()
    db.execute("ROLLBACK")
    db.close()
    path.write_bytes(half_done)
    (folder / "plankb.sqlite-journal").write_bytes(journal)
    monkeypatch.setattr(copies, "WRITTEN_OVER", True)
    store = Store.open(path)
    store.check()
    assert store.facts("task") == before


def test_a_folder_that_cannot_be_synced_is_no_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if isinstance(path, str | os.PathLike) and Path(path).is_dir():
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    kb = KnowledgeBase(folder)
    assert isinstance(kb.corrections, CorrectionDesk)
    kb.corrections.reject("a:task-1")
    assert kb.store.count("task") == 1


def test_a_file_that_excel_holds_is_told_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "矩阵.xlsx"
    path.write_bytes(b"before")

    def refuse(self: Path, target: Any) -> Path:
        raise PermissionError(13, "Permission denied", str(self), 32, str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PlankbError, match=r"E501|E205"):
        write_aside(path, b"after")
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["矩阵.xlsx"]


def test_paths_longer_than_windows_once_took(tmp_path: Path) -> None:
    deep, plain = tmp_path, tmp_path
    while len(str(deep)) < 300:
        deep = deep / "重点专项规划实施方案（征求意见稿）"
    while len(str(plain)) < 300:
        plain = plain / "plans-of-the-city"
    deep.mkdir(parents=True)
    plan = deep / "某市交通实施方案.txt"
    plan.write_text(sample().clean.raw, encoding="utf-8")
    kb = KnowledgeBase(plain / "kb")
    assert kb.build([plan], jobs=1).read == ("某市交通实施方案",)
    kb.write_matrix(kb.matrix(), deep / "责任矩阵.xlsx")
    with pytest.raises(PlankbError, match="E205"):  # SQLite takes 512 bytes, a third of them of Chinese characters
        KnowledgeBase(deep / "规划库").build([plan], jobs=1)
    with pytest.raises(PlankbError, match="E205"):
        write_aside(deep / ("长" * 200 + ".xlsx"), b"")


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
def test_output_is_utf8_whatever_the_console_says(folder: Path, encoding: str) -> None:
    done = spawn_plankb("list", "tasks", "--kb", folder, PYTHONIOENCODING=encoding, PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "优化货物运输结构" in done.stdout


def test_questions_from_a_pipe_are_read_in_the_encoding_of_the_console(folder: Path) -> None:
    import sys

    words = [
        sys.executable,
        "-c",
        "from plankb.cli import main; main()",
        "ask",
        "--kb",
        str(folder),
        "--format",
        "json",
    ]
    env = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run(
        words, input="市交委牵头哪些任务？\n".encode("gbk"), capture_output=True, env=env, check=False
    )
    assert "优化货物运输结构" in done.stdout.decode("utf-8")
