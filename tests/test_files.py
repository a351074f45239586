from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.files import make_folder, write_aside


def test_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"a longer text that was there")
    write_aside(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_keeps_the_mode_of_the_file_and_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_aside(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_link_that_leads_to_itself_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(PlankbError, match="E205"):
        write_aside(tmp_path / "a.csv", b"new")


@pytest.mark.parametrize("name", ["a.csv", "a.csv/b", "x" * 300, "a\0b"])
def test_a_folder_that_cannot_be_made_is_one_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").touch()
    with pytest.raises(PlankbError, match="E205"):
        make_folder(tmp_path / name)
    make_folder(tmp_path / "new" / "one")
    make_folder(tmp_path / "new")
    assert (tmp_path / "new" / "one").is_dir()


@pytest.mark.parametrize("name", ["a\0b.csv", "x" * 300])
def test_a_name_that_no_file_can_have_is_one_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(PlankbError, match="E205"):
        write_aside(tmp_path / name, b"new")


def test_what_takes_the_place_of_a_file_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[int, int]] = []
    replace, sync = Path.replace, os.fsync

    def noted(handle: int) -> None:
        sync(handle)
        synced.append((os.fstat(handle).st_ino, os.fstat(handle).st_size))

    def replaced(new: Path, old: Path) -> Path:
        assert synced == [(new.stat().st_ino, len(b"new"))]
        return replace(new, old)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", replaced)
    write_aside(tmp_path / "a.csv", b"new")
    assert synced[-1][0] == tmp_path.stat().st_ino


def test_a_system_that_cannot_sync_still_writes_and_a_full_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(number: int) -> None:
        def refused(_handle: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", refused)

    refuse(errno.EINVAL)
    write_aside(tmp_path / "a.csv", b"old")
    refuse(errno.ENOSPC)
    with pytest.raises(PlankbError, match="E205"):
        write_aside(tmp_path / "a.csv", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"old"}


def test_what_killed_processes_left_aside_goes_and_nothing_else(tmp_path: Path) -> None:
    left, fresh, link, folder = (tmp_path / f".plankb-{n * 12}.part" for n in "0123")
    others = [tmp_path / name for name in (".plankb-0.part", ".plankb-000000000000.part.txt", "plan.part")]
    for path in (left, fresh, *others):
        path.write_bytes(b"x")
    link.symlink_to(others[0])
    folder.mkdir()
    for path in (left, *others, folder):
        os.utime(path, (0, 0))
    os.utime(link, (0, 0), follow_symlinks=False)
    write_aside(tmp_path / "a.csv", b"new")
    assert {path.name for path in tmp_path.iterdir()} == {
        "a.csv", fresh.name, link.name, folder.name, *(path.name for path in others),
    }  # fmt: skip


def test_read_only_file_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "issued.xlsx"
    path.write_bytes(b"issued")
    path.chmod(0o444)
    with pytest.raises(PlankbError) as caught:
        write_aside(path, b"new")
    assert caught.value.code == "E502"
    assert path.read_bytes() == b"issued"


@pytest.mark.parametrize("mark", [".~lock.责任矩阵.xlsx#", "~$责任矩阵.xlsx", "~$矩阵.xlsx"])
def test_file_held_open_by_an_office_program_is_refused(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "责任矩阵.xlsx"
    path.write_bytes(b"being edited")
    (tmp_path / mark).touch()
    with pytest.raises(PlankbError) as caught:
        write_aside(path, b"new")
    assert caught.value.code == "E501"
    assert mark in caught.value.text()
    assert path.read_bytes() == b"being edited"


@pytest.mark.parametrize("place", ["nowhere/out.csv", "."])
def test_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path, place: str) -> None:
    with pytest.raises(PlankbError) as caught:
        write_aside(tmp_path / place, b"new")
    assert caught.value.code == "E205"
    assert "\n" not in caught.value.text()
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_aside(pipe, b"data")
    assert os.read(reader, 10) == b"data"
    os.close(reader)


def test_where_nothing_can_be_written_or_removed_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(PlankbError, match=r"E205.*is read-only"):
        write_aside(tmp_path / "x.csv", b"new")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_device_that_is_full_is_one_line() -> None:
    with pytest.raises(PlankbError, match="E205"):
        write_aside(Path("/dev/full"), b"x")
