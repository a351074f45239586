"""The desk of the ledger: reports are kept, taken back, follow their tasks, and outlive rebuilds."""

from __future__ import annotations

import os
import signal
import time
from datetime import date
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE
from plankb.kb.report_record import progress
from plankb.model import Task
from plankb.store import FactFilter, StoreWriter
from tests.samples import sample
from tests.store.conftest import SOURCE, write

TASK, OTHER = "a:task-1", "a:task-2"
TODAY = date(2025, 6, 1)


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    write(tmp_path / STORE, sample("a"))
    return KnowledgeBase(tmp_path)


def state(kb: KnowledgeBase, task: str = TASK) -> tuple[str, str]:
    entry = kb.ledger.entry(task, today=TODAY)
    return entry.state, entry.light


def test_a_report_counts_and_can_be_taken_back(kb: KnowledgeBase) -> None:
    assert state(kb) == ("not-started", "green")
    kept = kb.ledger.report(TASK, "done", note="已开通专列", who="张三", when=TODAY)
    assert (kept.who, kept.when, kept.note, kept.batch) == ("张三", "2025-06-01", "已开通专列", "batch-1")
    assert state(kb) == ("done", "green")
    assert [one.id for one in kb.ledger.undo()] == [kept.id]
    assert state(kb) == ("not-started", "green")
    (withdrawn,) = kb.ledger.history(TASK)
    assert withdrawn.withdrawn is not None
    with pytest.raises(PlankbError, match="E704"):
        kb.ledger.undo()


def test_reports_are_never_overwritten(kb: KnowledgeBase) -> None:
    for share in (0.2, 0.5, 0.8):
        kb.ledger.report(TASK, "under-way", done=share, when=TODAY)
    assert [one.done for one in kb.ledger.history(TASK)] == [0.2, 0.5, 0.8]
    assert kb.ledger.entry(TASK).done == 0.8


def test_the_same_report_is_kept_once_until_it_is_taken_back(kb: KnowledgeBase) -> None:
    first = kb.ledger.report(TASK, "done", who="张三", when=TODAY)
    assert kb.ledger.keep([first]) == ()
    kb.ledger.undo()
    assert kb.ledger.report(TASK, "done", who="张三", when=TODAY).id != first.id
    assert state(kb)[0] == "done"


def test_undo_takes_back_a_batch_as_a_whole(kb: KnowledgeBase) -> None:
    made = [kb.ledger.report(task, "done", when=TODAY) for task in (TASK, OTHER)]
    kb.ledger.withdraw([one.id for one in made])
    again = kb.ledger.keep([one.model_copy(update={"when": "2025-06-02"}) for one in made])
    assert len({one.batch for one in again}) == len(again) - 1 == 1
    assert len(kb.ledger.undo()) == 2


@pytest.mark.parametrize(
    ("task", "given", "code"),
    [
        ("a:task-9", {}, "E701"),
        ("a:target-1", {}, "E701"),
        (TASK, {"done": 1.2}, "E702"),
        (TASK, {"state": "x"}, "E706"),
    ],
)
def test_what_cannot_be_is_refused(kb: KnowledgeBase, task: str, given: dict[str, object], code: str) -> None:
    with pytest.raises(PlankbError, match=code):
        kb.ledger.report(task, **{"state": "done", **given})  # type: ignore[arg-type]
    assert kb.store.reports() == []


def test_reports_outlive_their_plan_and_are_in_a_backup(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.ledger.report(TASK, "done", who="张三", when=TODAY)
    kb.backup(tmp_path / "all.plankb")
    kb.remove(["a"])
    assert [one.task for one in kb.ledger.standing().lost] == [TASK]
    restored = KnowledgeBase(tmp_path / "other")
    assert restored.restore(tmp_path / "all.plankb").reports == 1
    assert state(restored)[0] == "done"


def test_a_report_on_words_that_changed_is_suspect_until_it_is_confirmed(kb: KnowledgeBase) -> None:
    kept = kb.ledger.report(TASK, "done", when=TODAY)
    small = sample("a")
    first = small.facts[0]
    moved = first.model_copy(update={"id": "a:task-new", "title": "优化货物运输的结构"})
    writer = StoreWriter(kb.folder / STORE)
    writer.put(small.plan, SOURCE, small.clean, facts=(moved, *small.facts[1:]), bureaus=small.bureaus)
    writer.commit()
    (suspect,) = kb.ledger.standing().suspects
    assert (suspect.task.id, suspect.state, suspect.suspicion) == ("a:task-new", "done", "moved")
    kb.ledger.confirm([kept.id])
    assert kb.ledger.standing().suspects == ()
    assert [one.task for one in kb.ledger.history("a:task-new")] == ["a:task-new"]


def test_a_filter_chooses_tasks_and_reports_still_find_theirs(kb: KnowledgeBase) -> None:
    kb.ledger.report(TASK, "done", when=TODAY)
    found = kb.ledger.standing(FactFilter(bureaus=("某市/工信",)), today=TODAY)
    assert ([one.task.id for one in found.entries], found.lost) == ([OTHER], ())


def test_a_take_over_that_fails_leaves_nothing_of_it(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [kb.ledger.report(task, "done", when=TODAY) for task in (TASK, OTHER)]
    kb.ledger.withdraw([one.id for one in made])

    def full(_self: StoreWriter) -> None:
        raise PlankbError("E205", path="x", why="full")

    monkeypatch.setattr(StoreWriter, "commit", full)
    with pytest.raises(PlankbError, match="E205"):
        kb.ledger.keep([one.model_copy(update={"when": "2025-06-02"}) for one in made])
    assert len(kb.store.reports()) == 2
    assert state(kb)[0] == "not-started"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_take_over_killed_at_any_time_leaves_all_of_it_or_nothing(kb: KnowledgeBase) -> None:
    """100 processes are killed while they keep two reports, at moments spread over the time that it takes."""
    task = kb.store.fact(TASK)
    assert isinstance(task, Task)
    started = time.perf_counter()
    kb.ledger.report(TASK, "under-way", when=TODAY)
    lasts, known, kept = time.perf_counter() - started, 1, 0
    for number in range(100):
        said = {"who": "张三", "when": f"2025-07-{number % 28 + 1:02}"}
        pair = [progress(task, "under-way", done=None, said={"note": f"{number} {n}"}, **said) for n in range(2)]
        child = os.fork()
        if child == 0:
            try:
                KnowledgeBase(kb.folder).ledger.keep(pair)
            finally:
                os._exit(0)
        time.sleep(lasts * 1.5 * number / 100)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        count = len(kb.store.reports())
        assert count in (known, known + 2)
        kept += count - known
        known = count
    assert kept > 0
