"""A healthy knowledge base is proved in silence; what does not hold is named, in it and in files made from it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase, Selection
from plankb.kb.draft import STORE

TEXT = """某市公园建设实施方案

一、主要任务

（一）建设公园。新建公园绿地10公顷，到2025年，绿地率达到40%。（市园林局牵头，市财政局配合）

（二）完善步道。到2027年，建成步道120公里。（市城管局牵头）
"""


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    (tmp_path / "公园.txt").write_text(TEXT, encoding="utf-8")
    made = KnowledgeBase(tmp_path / "kb")
    made.build([tmp_path / "公园.txt"])
    return made


def _changed(kb: KnowledgeBase, sql: str) -> KnowledgeBase:
    db = sqlite3.connect(kb.folder / STORE)
    assert db.execute(sql).rowcount
    db.commit()
    db.close()
    return KnowledgeBase(kb.folder)


def test_a_healthy_knowledge_base_is_proved_in_silence(kb: KnowledgeBase) -> None:
    done = kb.verify()
    assert (done.plans, done.found) == (1, ())
    assert done.sources > 3
    task = kb.store.facts("task")[0]
    kb.corrections.correct(task.id, field="title", after=["建设和维护公园"])
    assert kb.verify().found == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE fact SET start = start + 1 WHERE kind = 'target'",
        "DELETE FROM fact WHERE kind = 'task'",
        "UPDATE fact SET record = replace(record, '120', '130') WHERE kind = 'target' AND record LIKE '%120%'",
    ],
    ids=["place", "gone", "value"],
)
def test_what_was_changed_behind_its_back_is_named(kb: KnowledgeBase, sql: str) -> None:
    assert _changed(kb, sql).verify().found != ()


def test_a_file_made_from_it_is_proved(kb: KnowledgeBase, tmp_path: Path) -> None:
    path, listed = tmp_path / "责任矩阵.xlsx", tmp_path / "事实.jsonl"
    kb.write_matrix(kb.matrix(Selection()), path)
    facts = [*kb.store.facts("task"), *kb.store.facts("target")]
    listed.write_text("\n".join(fact.model_dump_json() for fact in facts), encoding="utf-8")
    assert (kb.verify(path).found, kb.verify(listed).found) == ((), ())
    assert kb.verify(listed).sources == len(facts)
    (tmp_path / "公园.txt").write_text(TEXT.partition("（一）")[0] + "（二）完善步道。\n", encoding="utf-8")
    kb.build([tmp_path / "公园.txt"])
    assert {one.what for one in kb.verify(path).found} <= {"gone", "changed"}
    assert len(kb.verify(listed).found) == len(facts)


def test_facts_inside_other_records_are_proved(kb: KnowledgeBase, tmp_path: Path) -> None:
    (target, *_) = kb.store.facts("target")
    inside = {"kind": "conflict", "facts": [target.model_dump(mode="json") | {"quote": "别的话"}]}
    path = tmp_path / "冲突.jsonl"
    path.write_text(json.dumps(inside) + "\n[[[\n", encoding="utf-8")
    assert [one.what for one in kb.verify(path).found] == ["changed"]


def test_a_file_without_facts_is_told(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "空.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(PlankbError) as error:
        kb.verify(tmp_path / "空.jsonl")
    assert error.value.code == "E220"
