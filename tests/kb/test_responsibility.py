"""The matrix of a knowledge base holds every role of its tasks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.responsibility import matrix
from plankb.matrix import Selection
from plankb.model import ROLES
from plankb.store import Source, Store, StoreWriter
from tests import corpus, records

MADE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def kb(corpus_kb: KnowledgeBase) -> KnowledgeBase:
    return corpus_kb


def test_every_task_bureau_role_of_the_plans_is_in_the_matrix_and_nothing_more(kb: KnowledgeBase) -> None:
    tasks = kb.store.facts("task")
    wanted = {(task.id, task.bureaus[name], role) for task in tasks for role in ROLES for name in getattr(task, role)}
    made = kb.matrix()
    found = {(row.task.id, b, role) for row in made.rows for b, cell in row.cells.items() for role in cell.roles}
    assert found == wanted
    assert len(made.rows) == len(tasks)
    assert made.tally.total == len(wanted)


def test_every_cell_quotes_words_of_its_plan_that_name_the_bureau(kb: KnowledgeBase) -> None:
    texts = {plan.id: kb.store.text(plan.id) for plan in kb.store.plans()}
    for row in kb.matrix().rows:
        for cell in row.cells.values():
            assert cell.source in texts[row.plan.id]
            assert any(name in cell.source for name in cell.names), (row.task.id, cell)


def test_groups_go_from_the_province_down(kb: KnowledgeBase) -> None:
    groups = [name for name, _ in kb.matrix().groups()]
    assert groups.index("贵州省") < groups.index("贵阳市")
    assert len(groups) == len(set(groups))


def test_doubts_outside_of_the_chosen_tasks_are_left_out(tmp_path: Path) -> None:
    writer = StoreWriter(tmp_path / "x.sqlite")
    source = Source(path="/a/b/计划.txt", sha256="0", stamp="", read_at="2026-01-01T00:00:00+00:00")
    tasks = (records.task("t1", by=("2025",), span=(0, 10)), records.task("t2", by=("2030",), span=(20, 30)))
    doubts = (records.doubt("q1", span=(2, 4)), records.doubt("q2", span=(22, 24)))
    writer.put(records.plan(), source, corpus.clean_text(corpus.PLANS[0]), facts=(*tasks, *doubts), bureaus=())
    writer.commit()
    store = Store.open(tmp_path / "x.sqlite")
    assert sum(hole.kind == "doubt" for hole in matrix(store, Selection()).holes) == 2
    chosen = matrix(store, Selection(by=("2030",)))
    assert [hole.quote for hole in chosen.holes if hole.kind == "doubt"] == [doubts[1].quote]
    assert chosen.sources[0].path == "计划.txt"


def test_the_province_of_the_first_plan_comes_first(kb: KnowledgeBase) -> None:
    groups = [name for name, _ in kb.matrix().groups()]
    assert groups[:2] == ["贵州省", "贵阳市"]
    assert groups[-2:] == ["成都市", "资阳市"]


def test_titles_say_on_a_day_which_plan_is_past_its_time(kb: KnowledgeBase, tmp_path: Path) -> None:
    plan = next(plan for plan in kb.store.plans() if plan.period == "2021-2025")
    chosen = Selection(plans=(plan.id,))
    for day, mark in (("2024-06-30", ""), ("2026-06-30", "（已到期）")):
        path = tmp_path / f"{day}.md"
        kb.write_matrix(kb.matrix(chosen, today=day), path)
        text = path.read_text(encoding="utf-8")
        assert f"《{plan.title}》{mark}任务分解表" in text
        assert f"| {plan.title}{mark} |" in text
    with pytest.raises(PlankbError, match="2026-13-30"):
        kb.matrix(chosen, today="2026-13-30")
