"""Nothing of an index folder that this user did not sign reaches Whoosh, since a pickle in it may run code."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import platformdirs
import pytest

from plankb.kb import KnowledgeBase
from plankb.search import signing
from plankb.store import Store


class _Trap:
    """Runs when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self._mark,)


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    (tmp_path / "公交.txt").write_text("某市方案\n\n一、任务\n\n发展公交事业。\n", encoding="utf-8")
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([tmp_path / "公交.txt"], index="whoosh")
    return kb


def index(kb: KnowledgeBase) -> Path:
    (folder,) = kb.folder.glob("index-*")
    return folder


def set_trap(kb: KnowledgeBase, mark: Path) -> None:
    (toc,) = index(kb).glob("*.toc")
    toc.write_bytes(pickle.dumps(_Trap(mark)))
    pickle.loads(toc.read_bytes())
    assert mark.exists()  # the trap works
    mark.unlink()


def test_a_prepared_index_does_not_run(kb: KnowledgeBase, tmp_path: Path) -> None:
    set_trap(kb, tmp_path / "ran")
    assert KnowledgeBase(kb.folder).search("公交").total == 1
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("change", ["build", "add"])
def test_a_prepared_index_does_not_run_on_a_change_either(kb: KnowledgeBase, tmp_path: Path, change: str) -> None:
    set_trap(kb, tmp_path / "ran")
    (tmp_path / "铁路.txt").write_text("某市方案\n\n发展铁路事业。\n", encoding="utf-8")
    getattr(KnowledgeBase(kb.folder), change)([tmp_path / "公交.txt", tmp_path / "铁路.txt"])
    assert KnowledgeBase(kb.folder).search("事业").total == 2
    assert not (tmp_path / "ran").exists()


def test_a_copied_signature_says_nothing(kb: KnowledgeBase, tmp_path: Path) -> None:
    before = (index(kb) / signing.SIGNATURE).read_bytes()
    set_trap(kb, tmp_path / "ran")
    assert (index(kb) / signing.SIGNATURE).read_bytes() == before
    assert signing.verified(index(kb)) is None
    (index(kb) / "extra").write_bytes(b"")
    assert signing.verified(index(kb)) is None


def test_what_another_user_made_goes_into_the_store(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_choice = KnowledgeBase(kb.folder)
    with_choice.build([tmp_path / "公交.txt"], index="auto")
    monkeypatch.setattr(signing, "key_path", lambda: tmp_path / "keys" / "other.key")
    other = KnowledgeBase(kb.folder)
    assert other.search("公交").total == 1
    assert other.store.has_fulltext
    assert not list(kb.folder.glob("index-*"))


def test_whoosh_asked_for_stays_whoosh(kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "key_path", lambda: tmp_path / "keys" / "other.key")
    other = KnowledgeBase(kb.folder)
    assert other.search("公交").total == 1
    assert signing.verified(index(kb)) is not None
    assert not other.store.has_fulltext


def test_the_key_is_the_users_alone_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data" / "index.key"
    monkeypatch.setattr(signing, "key_path", lambda: path)
    first = signing.key()
    assert (len(first), signing.key()) == (32, first)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_key_stands_outside_of_the_usual_knowledge_base() -> None:
    usual = Path(platformdirs.user_data_dir("plankb", appauthor=False))
    assert usual not in signing.key_path().parents


def test_an_index_that_lies_in_the_folder_but_is_not_named_is_swept(kb: KnowledgeBase, tmp_path: Path) -> None:
    shutil.copytree(index(kb), kb.folder / "index-00000000")
    (tmp_path / "公交.txt").write_text("某市方案\n\n一、任务\n\n发展公交和铁路。\n", encoding="utf-8")
    kb.add([tmp_path / "公交.txt"])
    assert [path.name for path in kb.folder.glob("index-*")] == [Store.open(kb.store.path).setting("index")]
