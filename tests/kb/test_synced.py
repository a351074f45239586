"""What the new state names is on the disk before it takes the place of the old one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plankb.kb import KnowledgeBase, draft
from plankb.kb.build_options import IndexChoice
from plankb.kb.draft import STORE


def identity(path: Path) -> tuple[int, int]:
    """The file itself, whatever its name."""
    return path.stat().st_dev, path.stat().st_ino


@pytest.mark.skipif(os.name != "posix", reason="folders cannot be synced here")
@pytest.mark.parametrize("index", ["whoosh", "sqlite"])
def test_every_file_is_synced_before_theswap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: IndexChoice
) -> None:
    written: dict[tuple[int, int], tuple[int, int]] = {}
    sync, swap = os.fsync, draft.swap
    swapped: list[Path] = []

    def noted(handle: int) -> None:
        sync(handle)
        stat = os.fstat(handle)
        written[stat.st_dev, stat.st_ino] = (stat.st_size, stat.st_mtime_ns)

    def checked(new: Path, old: Path) -> None:
        (*folders,) = kb.folder.glob("index-*")
        named = [new, *folders, *(file for folder in folders for file in folder.iterdir())]
        assert len(named) > (3 if index == "whoosh" else 0)
        for path in named:
            assert written.get(identity(path)) == (path.stat().st_size, path.stat().st_mtime_ns), path.name
        swapped.append(new)
        swap(new, old)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(draft, "swap", checked)
    kb = KnowledgeBase(tmp_path / "kb")
    for name in ("公交", "铁路"):
        (tmp_path / f"{name}.txt").write_text(f"某市方案\n\n发展{name}事业。\n", encoding="utf-8")
        kb.add([tmp_path / f"{name}.txt"], index=index)
    assert len(swapped) == 2
    assert identity(kb.folder) in written
    assert kb.store.path.name == STORE
