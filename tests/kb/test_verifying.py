"""A healthy knowledge base is proved in silence; what does not hold is named, in it and in files made from it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from pathlib import Path
from typing import Literal

import docx
import pytest

from plankb.errors import PlankbError
from plankb.exports.formats import DraftFindings, render
from plankb.kb import KnowledgeBase, Selection, read_file
from plankb.kb.draft import STORE
from plankb.model import Conflict, Finding, Words
from plankb.search import PlanDocuments, whoosh_index
from plankb.store.migrations import MIGRATIONS, migrate

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
    db.execute(sql)
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
    ("sql", "what", "code"),
    [
        ("UPDATE fact SET start = start + 1 WHERE kind = 'target'", "rows", 4),
        ("DELETE FROM fact WHERE kind = 'task'", "rows", 4),
        (
            "UPDATE fact SET record = replace(record, '120', '130') WHERE kind = 'target' AND record LIKE '%120%'",
            "rows",
            4,
        ),
        ("UPDATE plan SET record = replace(record, '某市', '他市')", "rows", 4),
        ("UPDATE bureau SET name = '别局' WHERE id LIKE '%gardens'", "rows", 4),
        ("UPDATE section SET heading = '二、别的' WHERE heading LIKE '一、%'", "rows", 4),
        ("UPDATE plan_text SET raw = (SELECT clean FROM plan_text)", None, 2),
        ("DROP VIEW targets", "view", 3),
        ("DROP INDEX fact_by_value", "view", 3),
    ],
    ids=["place", "gone", "value", "plan", "bureau", "section", "text", "view", "index"],
)
def test_what_was_changed_behind_its_back_is_named(
    kb: KnowledgeBase, tmp_path: Path, sql: str, what: str | None, code: int
) -> None:
    (tmp_path / "公园.txt").unlink()  # nothing can be read again: the base itself tells
    if what is None:
        with pytest.raises(PlankbError, match="E203"):
            _changed(kb, sql).verify()
        return
    done = _changed(kb, sql).verify()
    assert what in {one.what for one in done.found}
    assert done.exit_code == code


def test_a_text_that_was_changed_with_its_facts_is_named(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "公园.txt").unlink()
    db = sqlite3.connect(kb.folder / STORE)
    (packed,) = db.execute("SELECT clean FROM plan_text").fetchone()
    forged = zlib.compress(zlib.decompress(packed).decode().replace("40%", "45%").encode())
    db.execute("UPDATE plan_text SET clean = ?", [forged])
    db.execute("UPDATE fact SET record = replace(record, '40', '45'), quote = replace(quote, '40', '45')")
    db.commit()
    db.close()
    assert {"text", "rows"} <= {one.what for one in KnowledgeBase(kb.folder).verify().found}


@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_full_text_that_differs_from_the_facts_is_named(tmp_path: Path, engine: Literal["whoosh", "sqlite"]) -> None:
    (tmp_path / "公园.txt").write_text(TEXT, encoding="utf-8")
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([tmp_path / "公园.txt"], index=engine)
    assert kb.verify().found == ()
    if engine == "whoosh":
        (index,) = kb.folder.glob("index-*")
        shutil.rmtree(index)
        (plan,) = kb.store.plans()
        whoosh_index.write(index, [PlanDocuments(plan=plan.id, title=plan.title, names={}, passages=())])
    else:
        _changed(kb, "DELETE FROM passage WHERE row = (SELECT max(row) FROM passage)")
    done = KnowledgeBase(kb.folder).verify()
    assert ([one.what for one in done.found], done.exit_code) == (["fulltext"], 3)


def test_words_that_the_full_text_lost_are_named(tmp_path: Path) -> None:
    (tmp_path / "公园.txt").write_text(TEXT, encoding="utf-8")
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([tmp_path / "公园.txt"], index="sqlite")
    lost = _changed(kb, "INSERT INTO passage_words (passage_words) VALUES ('delete-all') RETURNING 1")
    assert [one.what for one in lost.verify().found] == ["fulltext"]


def test_views_that_were_changed_are_made_anew_when_something_is_written(kb: KnowledgeBase) -> None:
    changed = _changed(kb, "DROP VIEW targets")
    changed.corrections.correct(changed.store.facts("task")[0].id, field="title", after=["建公园"])
    assert changed.verify().found == ()


@pytest.mark.parametrize("upto", range(1, len(MIGRATIONS) + 1))
def test_a_healthy_base_of_each_schema_is_proved_in_silence(tmp_path: Path, upto: int) -> None:
    db = sqlite3.connect(tmp_path / STORE, isolation_level=None)
    migrate(db, upto=upto)
    db.close()
    assert KnowledgeBase(tmp_path).verify().found == ()


def test_the_base_that_0_1_0_made_is_proved_in_silence(tmp_path: Path) -> None:
    shutil.copyfile(Path(__file__).parents[1] / "store" / "data" / "plankb-0.1.0.sqlite", tmp_path / STORE)
    done = KnowledgeBase(tmp_path).verify()
    assert (done.plans, done.found) == (2, ())


@pytest.mark.parametrize("name", ["责任.docx", "冲突.docx", "冲突.xlsx", "冲突.jsonl", "答复.json"])
def test_word_files_workbooks_and_answers_are_proved(kb: KnowledgeBase, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    targets = kb.store.facts("target")
    conflict = Conflict(
        id="c1",
        type="inside",
        severity="error",
        indicator="绿地率",
        facts=tuple(targets[:2]),
        why=Words(zh="一", en="a"),
    )
    match path.stem:
        case "责任":
            kb.write_matrix(kb.matrix(Selection()), path)
        case "冲突":
            path.write_bytes(kb.render_conflicts([conflict], path.suffix))
        case _:
            answer = {"facts": [one.model_dump(mode="json") for one in targets]}
            path.write_text(json.dumps(answer, ensure_ascii=False, indent=2), encoding="utf-8")
    before = kb.verify(path)
    assert before.sources >= 2
    assert before.found == ()
    kb.corrections.correct(targets[0].id, field="value", after=["50"])
    changed = kb.verify(path)
    assert {(one.what, one.fact) for one in changed.found} == {("changed", targets[0].id)}
    assert changed.exit_code == 1
    kb.remove(["公园"])
    assert [one.what for one in kb.verify(path).found] == ["absent"]


def test_comments_in_a_draft_are_proved_by_the_facts_of_other_plans(kb: KnowledgeBase, tmp_path: Path) -> None:
    draft = docx.Document()
    for line in ("他市公园建设方案", "一、主要任务", "（一）建设公园。到2025年，绿地率达到30%。（市园林局牵头）"):
        draft.add_paragraph(line)
    draft.save(str(tmp_path / "草案.docx"))
    reading = read_file(tmp_path / "草案.docx")
    target = kb.store.facts("target")[0]
    own = next(fact for fact in reading.facts if fact.kind == "target")
    finding = Finding(
        rule="target-conflict", severity="error", message=Words(zh="不一致", en="differs"), span=own.span,
        quote=own.quote, line=3, related=(target, own),
    )  # fmt: skip
    made = DraftFindings(file=tmp_path / "草案.docx", findings=[finding], titles={}, reading=reading)
    path = tmp_path / "意见.docx"
    path.write_bytes(render("findings", made, ".docx"))
    done = kb.verify(path)
    assert (done.sources, done.found) == (1, ())
    assert len(docx.Document(str(path)).comments) == 1


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


def test_json_is_proved_line_by_line_however_much_there_is(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [fact.model_dump_json() for fact in kb.store.facts("target")]
    path = tmp_path / "事实.jsonl"
    path.write_text("\ufeff" + "\n".join([*lines, "no json", *lines]), encoding="utf-8")
    monkeypatch.setattr("plankb.kb.verifying.made._LARGEST_VALUE", max(len(line.encode()) for line in lines) + 1)
    assert (kb.verify(path).sources, kb.verify(path).found) == (len(lines), ())
    path.write_text(lines[0] + "\n[" + ",".join(lines * 9) + "]", encoding="utf-8")
    with pytest.raises(PlankbError) as error:
        kb.verify(path)
    assert (error.value.code, error.value.details["line"]) == ("E221", 2)
