"""Work grows with the plans and no faster: counted, not timed. Ten times the plans cost at most twelve times it."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from benchmarks import generate

from plankb import segment
from plankb.kb import KnowledgeBase, checking
from plankb.matrix import Selection
from plankb.store import records

pytestmark = pytest.mark.slow

FEW, MANY, MOST = 4, 40, 12
"""Plans, ten times as many, and by how much the work may grow."""


class Work:
    """What was done, by kind."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Counts calls of Python functions and of C functions, of regular expressions among them."""

        def note(frame: FrameType, event: str, argument: Any) -> None:
            if event == "call":
                self.counts["calls"] += 1
            elif event == "c_call":
                self.counts["c_calls"] += 1
                if isinstance(getattr(argument, "__self__", None), re.Pattern):
                    self.counts["regex"] += 1

        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(None)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("growth")
    for count in (FEW, MANY):
        generate.write(folder / f"plans{count}", count)
    return {count: folder / f"plans{count}" for count in (FEW, MANY)}


@pytest.fixture(scope="module")
def bases(folders: dict[int, Path]) -> dict[int, KnowledgeBase]:
    made = {}
    for count, folder in folders.items():
        made[count] = KnowledgeBase(folder.parent / f"kb{count}")
        made[count].build([folder], index="sqlite", jobs=1)
    return made


def work_of(action: Callable[[], object]) -> Counter[str]:
    work = Work()
    with work.counted():
        action()
    return work.counts


def assert_grows_with_its_input(few: Counter[str], many: Counter[str]) -> None:
    assert few["calls"] > 0
    grown = {kind: many[kind] / few[kind] for kind in few if few[kind] > 50}
    assert all(factor <= MOST for factor in grown.values()), grown


ACTIONS: dict[str, Callable[[KnowledgeBase], object]] = {
    "conflicts": lambda kb: kb.conflicts(),
    "all comparisons": lambda kb: kb.conflicts(checking.ConflictFilter(everything=True)),
    "matrix": lambda kb: kb.matrix(),
    "graph": lambda kb: kb.graph(),
    "compare": lambda kb: list(kb.store.facts("target")),
    "bureaus": lambda kb: kb.store.bureaus(),
    "names": lambda kb: kb.store.labels.names(),
    "matrix of one plan": lambda kb: kb.matrix(Selection(plans=(kb.store.plans()[0].id,))),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_what_is_made_of_the_facts(bases: dict[int, KnowledgeBase], name: str) -> None:
    few, many = (work_of(partial(ACTIONS[name], bases[count])) for count in (FEW, MANY))
    assert_grows_with_its_input(few, many)


def test_building(folders: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens: Counter[int] = Counter()
    cut = segment.words
    for count, folder in folders.items():

        def noted(text: str, count: int = count) -> list[str]:
            found = cut(text)
            tokens[count] += len(found)
            return found

        monkeypatch.setattr(segment, "words", noted)
        KnowledgeBase(tmp_path / str(count)).build([folder], index="sqlite", jobs=1)
    assert 0 < tokens[MANY] <= MOST * tokens[FEW]


def test_adding_one_plan_does_not_read_the_others(bases: dict[int, KnowledgeBase], tmp_path: Path) -> None:
    counts = {}
    path = tmp_path / "新.txt"
    path.write_text(generate.plan(9_999)[1], encoding="utf-8")
    for count, kb in bases.items():
        counts[count] = work_of(partial(kb.add, [path]))
        kb.remove(["新"])
    assert counts[MANY]["calls"] < 2 * counts[FEW]["calls"]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The records that are read from now on."""
    found: list[object] = []
    unpack = records.unpack

    def noted(*words: Any) -> object:
        found.append(words)
        return unpack(*words)

    monkeypatch.setattr(records, "unpack", noted)
    return found


QUESTIONS = ["省水利厅牵头哪些任务？", "绿色建筑覆盖率的目标是多少？"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_does_not_read_every_fact(
    bases: dict[int, KnowledgeBase], question: str, read: list[object]
) -> None:
    kb = bases[MANY]
    answer = kb.ask(question)
    assert answer.facts
    facts = sum(sum(kinds.values()) for kinds in kb.store.counts().values())
    assert len(read) < facts / 8


NOTHING = [
    "市航天局牵头哪些任务？",
    "2019年底前要完成什么",
    "到2030年月壤回收利用量的目标是多少？",
    "谁负责量子计算？",
]


@pytest.mark.parametrize("question", NOTHING)
def test_a_question_that_finds_nothing_reads_next_to_nothing(
    bases: dict[int, KnowledgeBase], question: str, read: list[object]
) -> None:
    assert not bases[MANY].ask(question).facts
    assert len(read) < MANY


def test_a_filter_goes_by_its_index(bases: dict[int, KnowledgeBase]) -> None:
    """No condition on time, indicator or bureau scans the facts of every plan."""
    kb = bases[MANY]
    db = sqlite3.connect(kb.store.path)
    for name in ("year", "indicator", "lead"):
        plan = db.execute(
            "EXPLAIN QUERY PLAN SELECT f.row FROM plan p JOIN fact f ON f.plan = p.no WHERE f.kind = 'target'"
            " AND f.row IN (SELECT fact FROM tag WHERE term IN"
            " (SELECT no FROM term WHERE name = ? AND value IN ('2025')))"
            " ORDER BY +p.id",
            [name],
        ).fetchall()
        assert not [step for *_, step in plan if step.startswith("SCAN f")], plan
