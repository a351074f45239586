"""Facts of plain questions: the same whether the store counts and orders them or all are read, and read when shown."""

from __future__ import annotations

import pytest

from plankb import query
from plankb.query import Library
from plankb.query.answering import evidence, kinds, many
from plankb.store import Candidates, FactFilter, records

QUESTIONS = [
    f"{who}{what}"
    for who in ("市交委", "省生态环境厅", "市商务局", "省能源局", "市公安局", "贵阳市生态环境局")
    for what in ("牵头哪些任务？", "配合哪些任务？", "有多少任务？", "参与哪些任务？")
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_store_counts_as_reading_all_tasks_does(
    library: Library, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "_FEW", 0)
    counted = query.ask(question, library).as_json()
    monkeypatch.setattr(kinds, "plain_tasks", lambda query, library: None)
    assert counted == query.ask(question, library).as_json()


PLAIN = [
    "2025年底前要完成什么", "2030年要完成什么", "到2025年的目标有哪些？", "all 2025 targets", "有哪些任务",
    "一共有多少项约束性指标", "约束性和预期性指标共有多少个", "哪个规划任务最多", "哪个规划的目标最多",
    "哪些规划有约束性指标", "2025年要完成的任务有多少项", "省级规划有哪些任务",
]  # fmt: skip


@pytest.mark.parametrize("question", PLAIN)
def test_the_store_lists_as_reading_all_facts_does(
    library: Library, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "_FEW", 0)
    listed = query.ask(question, library).as_json()
    for name in ("listed_tasks", "listed_targets", "listed_due"):
        monkeypatch.setattr(many, name, lambda query, library: None)
    assert listed == query.ask(question, library).as_json()


@pytest.mark.parametrize("question", ["2025年底前要完成什么", "all 2025 targets"])
def test_of_many_facts_those_that_are_shown_are_read(
    corpus: Library, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "_FEW", 0)
    found = query.ask(question, corpus)
    read: list[str] = []
    unpack = records.unpack

    def counting(plan: str, *args: object) -> object:
        read.append(plan)
        return unpack(plan, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(records, "unpack", counting)
    again = query.ask(question, corpus)
    assert len(again.facts) == found.count > 3 * len(read)
    assert again.facts[:2] == found.facts[:2]


@pytest.mark.parametrize(
    "question", ["2025年6月底前要完成什么", "2025年新增的目标有哪些", "市交委2025年底前要完成什么"]
)
def test_what_limits_facts_further_is_held_against_each(library: Library, question: str) -> None:
    asked = query.ask(question, library).understood
    assert many.listed_due(asked, library) is None
    assert many.listed_targets(asked, library) is None


def test_only_the_tasks_that_are_looked_at_are_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_FEW", 0)
    monkeypatch.setattr(kinds, "_FEW_TITLES", 1)  # of so many tasks the sentence tells the titles
    read: list[str] = []
    unpack = records.unpack

    def counting(plan: str, *args: object) -> object:
        read.append(plan)
        return unpack(plan, *args)  # type: ignore[arg-type]

    library.vocabulary.bureaus  # noqa: B018  the names are read before
    monkeypatch.setattr(records, "unpack", counting)
    found = query.ask("市交委有多少任务？", library)
    assert (len(found.facts), read) == (found.count, [])
    assert found.count > 1
    assert found.facts[0] == next(iter(found.facts))
    assert found.facts[:1] == tuple(found.facts)[:1]
    assert found.facts[-1] == list(found.facts)[-1]


@pytest.mark.parametrize(
    "question", ["市交委2025年牵头哪些任务？", "市交委和市公安局共同负责哪些任务？", "市交委没有牵头哪些任务？"]
)
def test_a_further_condition_is_held_against_each_task(library: Library, question: str) -> None:
    asked = query.ask(question, library).understood
    assert many.plain_tasks(asked, library) is None


@pytest.mark.parametrize("words", [("公共机构", "节能"), ("充电",), ("这句话哪里都没有",)])
def test_of_tasks_with_long_quotations_those_that_say_the_words_are_read(
    corpus: Library, words: tuple[str, ...]
) -> None:
    tasks = corpus.store.facts("task")
    saying = {
        task.id
        for task in tasks
        if all(any(word in said for said in (task.quote, task.text, task.title)) for word in words)
    }
    read = corpus.store.facts("task", FactFilter(among=Candidates(frozenset(), words)))
    assert saying <= {task.id for task in read}
    others = [task for task in read if task.id not in saying]
    assert len(others) * 10 <= len(tasks)


def test_no_passage_is_looked_for_where_the_facts_hold_all_that_is_asked(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(evidence, "find", find)
    assert query.ask("绿色出行比例的目标是多少？", library).facts


def test_of_what_is_due_no_deadline_is_read_that_belongs_to_a_task_or_target_told(
    corpus: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    unpack = records.unpack

    def counting(plan: str, section: tuple[str, ...], row: records.FactRow, *args: object) -> object:
        read.append(row[1])
        return unpack(plan, section, row, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(records, "unpack", counting)
    found = query.ask("2025年底前要完成什么", corpus).facts
    assert read.count("deadline") * 10 <= len(found)
