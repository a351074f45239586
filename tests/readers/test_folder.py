"""A folder says what becomes of every file in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.readers import KINDS, formats, plan_files, skipped_files


def test_every_file_of_a_folder_is_read_or_left_out_for_a_reason(tmp_path: Path) -> None:
    left_out = {
        "照片.jpg": "E141", "表.xlsx": "E141", "无扩展名": "E141", "~$方案.docx": "E142", ".~lock.方案.odt#": "E142",
        ".git": "E143", ".隐藏.txt": "E143", "Thumbs.db": "E143", "链接": "E144", "断链.txt": "E144",
    }  # fmt: skip
    plans = {f"子/方案{ending}" for ending in formats.ENDINGS} | {"大写.DOCX"}
    for name in (*left_out, *plans, "plans.toml", ".git/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        if name == "链接":
            path.symlink_to(tmp_path)
        elif name == "断链.txt":
            path.symlink_to(tmp_path / "没有.txt")
        elif name != ".git":
            path.write_text("文", encoding="utf-8")
    assert {path.relative_to(tmp_path).as_posix() for path in plan_files(tmp_path)} == plans
    skipped = {each.path.relative_to(tmp_path).as_posix(): each.why.code for each in skipped_files(tmp_path)}
    assert skipped == left_out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_below_that_may_not_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("文", encoding="utf-8")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    assert list(plan_files(tmp_path)) == [tmp_path / "a.txt"]
    assert [(each.path, each.why.code) for each in skipped_files(tmp_path)] == [(closed, "E105")]


def test_a_file_that_is_named_is_never_left_out(tmp_path: Path) -> None:
    path = tmp_path / "无扩展名"
    path.write_text("文", encoding="utf-8")
    assert (list(plan_files(path)), list(skipped_files(path))) == ([path], [])


def test_messages_name_the_kinds_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"")
    with pytest.raises(PlankbError, match="E102") as caught:
        list(plan_files(tmp_path))
    assert KINDS in caught.value.text("zh")
    assert all(ending in KINDS.split() for form in formats.FORMATS for ending in form.endings)


@pytest.mark.parametrize(("name", "code"), [("-", "E109"), ("没有.txt", "E101"), ("x" * 300, "E101"), ("a\0b", "E101")])
def test_what_is_no_file_is_told(name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PlankbError) as error:
        list(plan_files(Path(name)))
    assert error.value.code == code


@pytest.mark.skipif(os.name == "nt", reason="no such pipes there")
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(PlankbError, match="E109"):
        list(plan_files(tmp_path / "管道.txt"))
