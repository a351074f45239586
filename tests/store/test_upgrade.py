"""A knowledge base that plankb 0.1.0 made (two short plans made up, with a correction and a rejection) is kept here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE
from plankb.store import FactFilter, FactKind, Store, StoreWriter

DATA = Path(__file__).parent / "data"
KINDS: tuple[FactKind, ...] = ("task", "target", "deadline", "project", "citation", "doubt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copyfile(DATA / "plankb-0.1.0.sqlite", tmp_path / STORE)
    return tmp_path


def expected() -> list[dict[str, Any]]:
    """What 0.1.0 itself listed."""
    return list(json.loads((DATA / "plankb-0.1.0.json").read_text(encoding="utf-8")))


def test_every_fact_and_bureau_is_carried_over(folder: Path) -> None:
    store = Store.open(folder / STORE)
    found = [*(fact for kind in KINDS for fact in store.facts(kind)), *store.bureaus()]
    said = [record.model_dump(mode="json") for record in found]
    # Fields that came later stand at their defaults, and say nothing.
    assert [{name: one[name] for name in before} for one, before in zip(said, expected(), strict=True)] == expected()


def test_quotations_stand_in_the_text(folder: Path) -> None:
    store = Store.open(folder / STORE)
    for kind in KINDS:
        for fact in store.facts(kind):
            assert store.text(fact.plan)[slice(*fact.span)] == fact.quote
    assert store.raw("临江交通").startswith("临江县综合交通")
    assert store.clean("临江交通").line(0) == 1


def test_corrections_stay_and_can_be_taken_back(folder: Path) -> None:
    store = Store.open(folder / STORE)
    kept = {correction.id for correction in store.corrections()}
    assert len(kept) == 2
    struck = [c.fact for c in store.corrections() if c.action == "reject"]
    assert store.fact(struck[0]) is None
    store.close()
    writer = StoreWriter(folder / STORE)
    writer.correct(drop=kept)
    writer.commit()
    store = Store.open(folder / STORE)
    assert store.fact(struck[0]) is not None
    assert store.corrections() == []


def test_facts_are_found_by_what_they_were_found_by(folder: Path) -> None:
    store = Store.open(folder / STORE)
    (bureau,) = [one.id for one in store.bureaus() if "县财政局" in one.names][:1]
    assert {task.title for task in store.facts("task", FactFilter(bureaus=(bureau,)))} == {"完善路网"}
    assert store.count("target", FactFilter(by=("2025",))) == store.count("target")


def test_it_is_searched_and_built_on(folder: Path, tmp_path: Path) -> None:
    kb = KnowledgeBase(folder)
    assert kb.search("农村公路").total > 0
    (tmp_path / "新.txt").write_text("某市方案\n\n发展航空事业。\n", encoding="utf-8")
    kb.add([tmp_path / "新.txt"])
    assert kb.search("航空").plans == {"新": 1}
    assert len(kb.store.corrections()) == 2
