"""Screens that are served reach files below the folder that was named, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.tui.reach import VARIABLE, typed
from plankb.tui.widgets.path import complete_path


def test_files_below_the_folder_are_open_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "开放" / "里").mkdir(parents=True)
    (tmp_path / "秘密.txt").write_text("x", encoding="utf-8")
    (tmp_path / "开放" / "链接.txt").symlink_to(tmp_path / "秘密.txt")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "开放"))
    assert typed(str(tmp_path / "开放" / "里" / "新.xlsx")).name == "新.xlsx"
    for path in ("秘密.txt", "开放/../秘密.txt", "开放/链接.txt", "开放2/x"):
        with pytest.raises(PlankbError) as error:
            typed(str(tmp_path / path))
        assert error.value.code == "E604"
    assert complete_path(f"{tmp_path}/秘") is None
    assert complete_path(f"{tmp_path}/开放/链") is None


def test_without_a_folder_all_files_are_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert typed(str(tmp_path)) == tmp_path
