"""The door of the readers: which files are plans, and what is said about those that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.readers import plan_files, read


def test_plans_are_found_in_a_folder_and_below_it_but_not_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "sub/c.markdown", ".hidden.txt", ".git/d.txt", "~$e.txt", "plans.toml", "f.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文", encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in plan_files(tmp_path)]
    assert found == ["a.MD", "b.txt", "sub/c.markdown"]


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("文", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert list(plan_files(tmp_path)) == [tmp_path / "a.txt"]


@pytest.mark.parametrize("name", ["missing.txt", "nul\x00.txt", "x" * 5000])
def test_a_path_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(PlankbError, match="E101"):
        list(plan_files(tmp_path / name))
    with pytest.raises(PlankbError, match="E101"):
        read(tmp_path / name)


def test_a_folder_without_plans(tmp_path: Path) -> None:
    (tmp_path / "notes.log").write_text("x", encoding="utf-8")
    with pytest.raises(PlankbError, match="E102"):
        list(plan_files(tmp_path))


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u3000\n".encode()])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    with pytest.raises(PlankbError, match="E103"):
        read(path)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(bytes(range(256)) * 8)
    with pytest.raises(PlankbError, match="E104"):
        read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("文", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(PlankbError, match="E105"):
        read(path)


def test_a_file_of_another_ending_is_read_as_text_when_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "方案"
    path.write_bytes("市交委牵头。\r\n".encode("gbk"))
    assert list(plan_files(path)) == [path]
    assert read(path).source == "市交委牵头。\r\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name")
def test_a_pipe_and_standard_input_are_told_from_what_is_missing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("-")):
        with pytest.raises(PlankbError, match="E109"):
            list(plan_files(path))
