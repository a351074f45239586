"""Questions for how tasks stand: late, done, not started; answered from reports and deadlines."""

from __future__ import annotations

from datetime import date

import pytest

from plankb.kb import KnowledgeBase
from plankb.kb.draft import STORE
from plankb.model import Task
from plankb.query import Answer, Library, ask
from plankb.query.context import Context
from tests.samples import sample
from tests.store.conftest import write

TODAY = date(2026, 5, 10)
ROADS, BUSES = "a:task-1", "a:task-2"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Task 1 of each plan was due in 2025; in plan a task 2 is done, in plan c task 1 is under way."""
    folder = tmp_path_factory.mktemp("states")
    write(folder / STORE, sample("a"), sample("c", city="他市"))
    kb = KnowledgeBase(folder)
    kb.ledger.report(BUSES, "done", when=date(2026, 4, 1))
    kb.ledger.report("c:task-1", "under-way", done=0.4, when=date(2026, 4, 1))
    return kb.library


def answered(question: str, library: Library) -> Answer:
    return ask(question, library, context=Context(today=TODAY))


def ids(answer: Answer) -> list[str]:
    return [fact.id for fact in answer.facts if isinstance(fact, Task)]


@pytest.mark.parametrize(
    ("question", "tasks"),
    [
        ("哪些任务逾期了？", ["a:task-1", "c:task-1"]),
        ("逾期未完成的有哪些", ["a:task-1", "c:task-1"]),
        ("某市有哪些任务过期了", ["a:task-1"]),
        ("还有哪些没启动？", ["a:task-1", "c:task-2"]),
        ("尚未启动的任务", ["a:task-1", "c:task-2"]),
        ("市工信局完成了几项？", ["a:task-2"]),
        ("已完成的任务有多少", ["a:task-2"]),
        ("哪些任务还没完成", ["a:task-1", "c:task-1", "c:task-2"]),
        ("推进中的任务", ["c:task-1"]),
        ("哪些任务还没报送进展", ["a:task-1", "c:task-2"]),
        ("还没人报过的任务", ["a:task-1", "c:task-2"]),
        ("哪些任务已经报送了", ["a:task-2", "c:task-1"]),
        ("已报送进展的任务有哪些", ["a:task-2", "c:task-1"]),
        ("任务完成率是多少", ["a:task-2"]),
        ("市发展改革委完成了几项", []),
        ("which tasks are overdue?", ["a:task-1", "c:task-1"]),
    ],
)
def test_tasks_by_how_they_stand(question: str, tasks: list[str], library: Library) -> None:
    answer = answered(question, library)
    assert sorted(ids(answer)) == tasks
    assert answer.understood.kind == "tasks"
    assert answer.understood.ignored == ()
    assert "2026-05-10" in (answer.note or "")


def test_the_answer_says_of_how_many(library: Library) -> None:
    assert answered("哪些任务逾期了", library).answer == "4项任务中，逾期未完成的有2项，占50%。"
    none = answered("市发展改革委完成了几项", library)
    assert (none.answer, none.facts) == ("市发展改革委负责的2项任务中，已完成的有0项，占0%。", ())


def test_bureaus_of_late_tasks(library: Library) -> None:
    answer = answered("哪些单位有逾期的任务", library)
    assert {getattr(fact, "name", "") for fact in answer.facts} == {"市交通委员会", "市发展改革委"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("谁还没填报", "有任务未报送的单位有"),
        ("哪些单位有逾期的任务", "有任务逾期未完成的单位有"),
        ("逾期最多的是哪个单位", "逾期未完成的任务最多的是"),
    ],
)
def test_an_answer_about_bureaus_says_which_state_it_counts(question: str, said: str, library: Library) -> None:
    assert answered(question, library).answer.startswith(said)


@pytest.mark.parametrize(
    "question", ["2025年前要完成哪些任务", "哪些目标逾期了", "完成了多少投资", "淘汰落后产能的任务"]
)
def test_other_questions_ask_for_no_state(question: str, library: Library) -> None:
    assert answered(question, library).understood.state is None
