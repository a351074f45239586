"""The index of a knowledge base follows its store, and comes back from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase, indexing
from plankb.kb.draft import STORE
from plankb.store import StoreWriter
from tests.samples import sample
from tests.store.conftest import SOURCE


def test_auto_is_whoosh_for_few_plans_and_sqlite_for_many(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not kb.store.has_fulltext
    monkeypatch.setattr(indexing, "MOST_FOR_WHOOSH", 1)
    kb.add([tmp_path / "铁路.txt"])
    assert kb.store.has_fulltext
    assert indexes(kb) == []
    assert kb.search("事业").plans == {"公交": 1, "铁路": 1}
    kb.remove(["铁路"])
    assert kb.store.has_fulltext  # it does not go to and fro
    assert kb.search("事业").plans == {"公交": 1}


def test_the_engine_asked_for_is_remembered_and_can_be_changed(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.add([tmp_path / "铁路.txt"], index="sqlite")
    assert kb.store.has_fulltext
    kb.remove(["铁路"])
    kb.add([tmp_path / "铁路.txt"])
    assert kb.store.has_fulltext
    report = kb.build([tmp_path / "公交.txt", tmp_path / "铁路.txt"], index="whoosh")
    assert (len(report.unchanged), report.read) == (2, ())
    assert not kb.store.has_fulltext
    assert kb.search("事业").plans == {"公交": 1, "铁路": 1}


def test_corrections_reach_the_full_text(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "某市方案\n\n一、任务\n\n（一）建设站点。到2025年建成车站5座。（市交通局牵头）\n", encoding="utf-8"
    )
    for index in ("whoosh", "sqlite"):
        kb.build([tmp_path / "a.txt"], index=index)
        (target,) = kb.store.facts("target")
        assert kb.search("by:2025 车站").total == 1
        kb.corrections.correct(target.id, field="by", after=["2031"])
        assert kb.search("by:2031 车站").total == 1
        kb.corrections.drop([correction.correction.id for correction in kb.corrections.list()])
        assert kb.search("by:2031 车站").total == 0


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    for name in ("公交", "铁路"):
        (tmp_path / f"{name}.txt").write_text(f"某市方案\n\n一、任务\n\n发展{name}事业。\n", encoding="utf-8")
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([tmp_path / "公交.txt"])
    return kb


def indexes(kb: KnowledgeBase) -> list[Path]:
    return sorted(kb.folder.glob("index-*"))


def test_the_index_follows_every_change(kb: KnowledgeBase, tmp_path: Path) -> None:
    assert kb.search("公交").plans == {"公交": 1}
    kb.add([tmp_path / "铁路.txt"])
    assert kb.search("事业").plans == {"公交": 1, "铁路": 1}
    (tmp_path / "公交.txt").write_text("某市方案\n\n发展航空事业。\n", encoding="utf-8")
    kb.add([tmp_path / "公交.txt"])
    assert kb.search("公交事业").total == 0
    assert kb.search("航空").plans == {"公交": 1}
    kb.remove(["铁路"])
    assert kb.search("事业").plans == {"公交": 1}
    assert len(indexes(kb)) == 1


@pytest.mark.parametrize("harm", ["gone", "half", "older", "never"])
def test_an_index_that_cannot_be_used_is_made_again(kb: KnowledgeBase, harm: str) -> None:
    (folder,) = indexes(kb)
    match harm:
        case "gone":
            shutil.rmtree(folder)
        case "half":
            for file in folder.glob("*.toc"):
                file.unlink()
        case "older":
            (folder / "format").write_text("0")
        case "never":
            writer = StoreWriter(kb.folder / STORE)
            writer._db.execute("DELETE FROM setting")
            writer.commit()
            shutil.rmtree(folder)
    assert KnowledgeBase(kb.folder).search("公交").total == 1
    assert KnowledgeBase(kb.folder).search("公交").total == 1


def test_passages_know_the_bureaus_years_and_kinds_of_the_facts_in_them(tmp_path: Path) -> None:
    plan = sample("a")
    writer = StoreWriter(tmp_path / STORE)
    writer.put(plan.plan, SOURCE, plan.clean, facts=plan.facts, bureaus=plan.bureaus)
    writer.commit()
    kb = KnowledgeBase(tmp_path)
    assert {hit.section[-1] for hit in kb.search("bureau:市发展改革委").hits} == {"（一）优化货物运输结构"}
    assert {hit.section[-1] for hit in kb.search("bureau:交通委员会 by:2030").hits} == {"（二）推广新能源车辆"}
    assert [hit.text for hit in kb.search("kind:citation").hits] == ["落实《公路条例》（国令〔2020〕1号）。"]


def test_no_knowledge_base_and_bad_words(kb: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(PlankbError, match="E201"):
        KnowledgeBase(tmp_path / "none").search("氢")
    with pytest.raises(PlankbError, match="E352"):
        kb.search("“公交")
