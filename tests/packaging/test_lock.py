"""The lock holds what the program needs, in the versions that are tested, each with its hashes."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts import lock


def test_the_lock_is_that_of_the_constraints() -> None:
    assert lock.stale() == []


def test_every_package_has_hashes_and_compiled_ones_those_of_all_systems() -> None:
    held = lock.locked()
    assert all(count >= 1 for _, _, count in held.values())
    for name in ("lxml", "spacy", "pydantic-core"):
        assert held[name][2] >= len(lock.EVERYWHERE), name


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lxml==", "lxml==0.", "in constraints.txt"),
        ("jieba==", "jieba-x==", "jieba: not in the lock"),
        (' ; sys_platform == "win32"', "", "needed where"),
    ],
)
def test_a_lock_that_says_something_else_is_told(
    old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = lock.LOCK.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "other.lock").write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(lock, "LOCK", tmp_path / "other.lock")
    assert any(said in line for line in lock.stale())
