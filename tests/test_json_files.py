"""The program's own JSON files: what people or programs damaged is one line, and nothing that was written is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from plankb import json_files
from plankb.errors import PlankbError


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "me.json"
    json_files.write(path, {"bureau": "市园林局", "place": None})
    assert json_files.read(path) == {"bureau": "市园林局", "place": None}
    assert "市园林局" in path.read_text(encoding="utf-8")
    assert json_files.read(tmp_path / "none.json") is None


def test_a_file_that_notepad_saved_is_read(tmp_path: Path) -> None:
    path = tmp_path / "me.json"
    path.write_text('{"bureau": "市园林局"}', encoding="utf-8-sig")
    assert json_files.read(path) == {"bureau": "市园林局"}


def test_half_a_pair_is_written_as_a_question_mark(tmp_path: Path) -> None:
    json_files.write(tmp_path / "me.json", ["甲\udcff"])
    assert json_files.read(tmp_path / "me.json") == ["甲?"]


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b"9" * 6000, b" " * (json_files.MOST_BYTES + 1)],
    ids=["empty", "cut", "bytes", "nested", "digits", "huge"],
)
def test_damage_is_one_line(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "me.json"
    path.write_bytes(damage)
    with pytest.raises(PlankbError, match="E609") as error:
        json_files.read(path)
    assert "\n" not in error.value.text()
    assert path.read_bytes() == damage


def test_a_folder_in_its_place_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "me.json").mkdir()
    with pytest.raises(PlankbError, match="E609"):
        json_files.read(tmp_path / "me.json")


def test_where_no_folder_can_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlankbError, match="E205"):
        json_files.write(tmp_path / "file" / "me.json", [])
