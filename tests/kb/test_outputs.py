"""What stood where a file is written, and is not the program's own, is kept; a knowledge base is never written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import remarks
from plankb.kb.outputs import hand_out


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANKB_CONFIG", str(tmp_path / "settings"))


def _kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.bak*")}


def test_what_the_program_wrote_is_replaced_and_nothing_is_kept(tmp_path: Path) -> None:
    with remarks.telling() as told:
        for data in (b"one", b"two", b"three"):
            hand_out(tmp_path / "m.xlsx", data)
    assert (tmp_path / "m.xlsx").read_bytes() == b"three"
    assert _kept(tmp_path) == {}
    assert told == []


def test_what_somebody_filled_in_is_kept_beside(tmp_path: Path) -> None:
    ledger = tmp_path / "台账.xlsx"
    hand_out(ledger, b"empty")
    with remarks.telling() as told:
        for work in (b"filled in", b"filled in again"):
            ledger.write_bytes(work)
            hand_out(ledger, b"new")
    assert ledger.read_bytes() == b"new"
    assert _kept(tmp_path) == {"台账.xlsx.bak": b"filled in", "台账.xlsx.bak2": b"filled in again"}
    assert [(one.code, one.details["copy"]) for one in told] == [("E506", "台账.xlsx.bak"), ("E506", "台账.xlsx.bak2")]
    with remarks.telling() as later:
        hand_out(ledger, b"newer")
    assert later == []


def test_the_same_content_is_no_reason_for_a_copy(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"same")
    hand_out(tmp_path / "a.csv", b"same")
    assert _kept(tmp_path) == {}


@pytest.mark.parametrize("damage", ["", "{", "[1, null]", '{"a": 1}', "[" * 100_000])
def test_a_damaged_memory_costs_a_copy_and_nothing_more(tmp_path: Path, damage: str) -> None:
    hand_out(tmp_path / "a.csv", b"one")
    (tmp_path / "settings" / "outputs.json").write_text(damage)
    hand_out(tmp_path / "a.csv", b"two")
    assert (tmp_path / "a.csv").read_bytes() == b"two"
    assert _kept(tmp_path) == {"a.csv.bak": b"one"}


def test_settings_that_cannot_be_written_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "settings").write_bytes(b"a file where the folder belongs")
    hand_out(tmp_path / "a.csv", b"one")
    assert (tmp_path / "a.csv").read_bytes() == b"one"


def test_a_link_stays_a_link_and_its_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    (tmp_path / "out.csv").symlink_to("mine.txt")
    hand_out(tmp_path / "out.csv", b"new")
    assert (tmp_path / "out.csv").is_symlink()
    assert _kept(tmp_path) == {"mine.txt.bak": b"mine"}


OWN = ["plankb.sqlite", "plankb.sqlite-journal", "plankb.lock", "backups/plankb-day.sqlite", "index-a33b697b/x.seg"]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("through", ["itself", "a link", "dots"])
def test_a_file_of_a_knowledge_base_is_never_written_over(tmp_path: Path, name: str, through: str) -> None:
    base = tmp_path / "kb"
    (base / name).parent.mkdir(parents=True, exist_ok=True)
    (base / "plankb.sqlite").write_bytes(b"base")
    (base / name).write_bytes(b"base")
    path = {"itself": base / name, "a link": tmp_path / "m.csv", "dots": base / ".." / "kb" / name}[through]
    if through == "a link":
        path.symlink_to(base / name)
    with pytest.raises(PlankbError, match="E507"):
        hand_out(path, b"matrix")
    assert (base / name).read_bytes() == b"base"


def test_a_file_beside_a_knowledge_base_is_written(tmp_path: Path) -> None:
    (tmp_path / "plankb.sqlite").write_bytes(b"base")
    for name in ("m.csv", "out/m.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        hand_out(tmp_path / name, b"matrix")
        assert (tmp_path / name).read_bytes() == b"matrix"


@pytest.mark.parametrize("name", ["loop.csv", "x" * 300 + ".csv", "nowhere/x.csv", "folder"])
def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    with pytest.raises(PlankbError, match="E205"):
        hand_out(tmp_path / name, b"x")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may all may write here too")
def test_a_copy_that_cannot_be_kept_stops_the_writing(tmp_path: Path) -> None:
    folder = tmp_path / "shut"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"mine")
    folder.chmod(0o500)
    with pytest.raises(PlankbError, match="E205"):
        hand_out(folder / "a.csv", b"new")
    assert (folder / "a.csv").read_bytes() == b"mine"
