"""What is read from the store is what was written, and filters give the facts that meet them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plankb.errors import PlankbError
from plankb.store import Candidates, FactFilter, Source, Store, StoreWriter
from plankb.store.reader import FactKind
from tests import corpus
from tests.records import plan, task
from tests.samples import sample
from tests.store.conftest import SOURCE, write
from tests.text import clean

KINDS: tuple[FactKind, ...] = ("task", "target", "deadline", "project", "citation", "doubt")


@pytest.mark.parametrize("kind", KINDS)
def test_facts_come_back_as_they_were(store: Store, kind: FactKind) -> None:
    written = [fact for plan in ("a", "b") for fact in sample(plan).facts if fact.kind == kind]
    assert store.facts(kind, FactFilter(plans=("a", "b"))) == written
    assert [store.fact(fact.id) for fact in written] == written
    assert store.count(kind, FactFilter(plans=("a", "b"))) == len(written)


def test_plans_and_sources_come_back_as_they_were(store: Store) -> None:
    assert store.plans() == [sample("a").plan, sample("b").plan, sample("c", city="他市").plan]
    assert store.plan("b") == sample("b").plan
    assert store.sources() == dict.fromkeys("abc", SOURCE)


@pytest.mark.parametrize("plan", corpus.PLANS)
def test_texts_come_back_with_their_map_to_the_file(tmp_path: Path, plan: str) -> None:
    text = corpus.clean_text(plan)
    writer = StoreWriter(tmp_path / "x.sqlite")
    writer.put(sample(plan).plan, SOURCE, text, facts=(), bureaus=())
    writer.commit()
    store = Store.open(tmp_path / "x.sqlite")
    assert store.raw(plan) == corpus.raw(plan)
    assert store.clean(plan) == text
    assert store.text(plan) == text.text


def test_an_empty_plan_can_be_kept(tmp_path: Path) -> None:
    writer = StoreWriter(tmp_path / "x.sqlite")
    writer.put(sample("x").plan, SOURCE, clean(""), facts=(), bureaus=())
    writer.commit()
    assert Store.open(tmp_path / "x.sqlite").clean("x") == clean("")


FILTERS: list[tuple[FactKind, dict[str, Any], list[str]]] = [
    ("task", {"plans": ("a",)}, ["a:task-1", "a:task-2"]),
    ("task", {"ids": ("a:task-2", "c:task-1", "c:target-1")}, ["a:task-2", "c:task-1"]),
    ("task", {"bureaus": ("某市/交通",), "roles": ("lead",)}, ["a:task-1", "b:task-1"]),
    ("task", {"bureaus": ("他市/交通",)}, ["c:task-1", "c:task-2"]),
    ("task", {"bureaus": ("某市/发改", "某市/工信"), "plans": ("a",)}, ["a:task-1", "a:task-2"]),
    ("task", {"bureaus": ("某市/发改", "某市/交通"), "together": True, "plans": ("a",)}, ["a:task-1"]),
    ("task", {"bureaus": ("某市/发改", "某市/工信"), "together": True}, []),
    ("task", {"roles": ("joint",), "plans": ("a",)}, ["a:task-2"]),
    ("task", {"by": ("2025",), "plans": ("a",)}, ["a:task-1"]),
    ("task", {"by": ("2025", "2030"), "plans": ("a",)}, ["a:task-1", "a:task-2"]),
    ("task", {"indicator_ids": ("铁路货运量占比",), "plans": ("b",)}, ["b:task-1"]),
    ("task", {"text": ("pm2.5", "充电"), "plans": ("a",)}, ["a:task-2"]),
    ("task", {"section": ("重点", "运输"), "plans": ("a",)}, ["a:task-1"]),
    ("task", {"text": ("100%",)}, []),
    ("target", {"by": ("2030",), "plans": ("a",)}, ["a:target-2"]),
    ("target", {"bureaus": ("某市/交通",), "roles": ("lead",)}, ["a:target-1", "b:target-1"]),
    ("target", {"indicator_ids": ("新能源公交车辆比例",)}, ["a:target-2", "b:target-2", "c:target-2"]),
    ("deadline", {"bureaus": ("某市/发改",)}, ["a:deadline-1", "b:deadline-1"]),
    ("deadline", {"due": ("2024", "2025"), "plans": ("a",)}, ["a:deadline-1"]),
    ("deadline", {"due": ("2024", "2026")}, []),
    ("project", {"bureaus": ("某市/工信",), "plans": ("a",)}, ["a:project-1"]),
    ("project", {"bureaus": ("某市/发改",)}, []),
    ("citation", {"text": ("国令",), "plans": ("a",)}, ["a:citation-1"]),
]


@pytest.mark.parametrize(("kind", "fields", "expected"), FILTERS)
def test_filters(store: Store, kind: FactKind, fields: dict[str, Any], expected: list[str]) -> None:
    where = FactFilter(**fields)
    assert [fact.id for fact in store.facts(kind, where)] == expected
    assert store.count(kind, where) == len(expected)


def test_words_of_a_filter_are_words_and_no_patterns(store: Store) -> None:
    assert store.facts("task", FactFilter(text=("%",), plans=("a",))) == store.facts(
        "task", FactFilter(ids=("a:task-2",))
    )
    assert store.facts("task", FactFilter(text=("_",))) == []
    assert store.facts("task", FactFilter(plans=("a' OR '1'='1",))) == []


def test_a_bureau_that_two_plans_name_is_one(store: Store) -> None:
    found = {bureau.id: bureau for bureau in store.bureaus()}
    assert len(found) == 6
    assert found["某市/交通"].lead == ("a:task-1", "b:task-1")
    assert found["某市/交通"].joint == ("a:task-2", "b:task-2")
    assert found["他市/交通"].lead == ("c:task-1",)


BUREAUS: list[tuple[dict[str, Any], list[str]]] = [
    ({"plans": ("c",)}, ["他市/交通", "他市/发改", "他市/工信"]),
    ({"text": ("交委",)}, ["他市/交通", "某市/交通"]),
    ({"text": ("交通委员会",), "plans": ("a",)}, ["某市/交通"]),
    ({"roles": ("lead",)}, ["他市/交通", "某市/交通"]),
    ({"by": ("2030",), "plans": ("a",)}, ["某市/交通", "某市/工信"]),
    ({"indicator_ids": ("铁路货运量占比",), "plans": ("a",)}, ["某市/交通", "某市/发改"]),
]


@pytest.mark.parametrize(("fields", "expected"), BUREAUS)
def test_bureaus_under_conditions(store: Store, fields: dict[str, Any], expected: list[str]) -> None:
    assert sorted(bureau.id for bureau in store.bureaus(FactFilter(**fields))) == sorted(expected)


def test_a_bureau_under_conditions_lists_only_the_tasks_that_meet_them(store: Store) -> None:
    (bureau,) = store.bureaus(FactFilter(bureaus=("某市/交通",), by=("2030",), plans=("a",)))
    assert (bureau.lead, bureau.joint) == ((), ("a:task-2",))


def test_an_unknown_plan_is_named_with_those_there_are(store: Store) -> None:
    for read in (store.plan, store.raw, store.clean, store.text):
        with pytest.raises(PlankbError, match="a、b、c") as caught:
            read("z")
        assert caught.value.code == "E204"
    assert store.fact("z:task-1") is None


def test_a_plan_put_again_replaces_the_first(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    write(path, sample("a"), sample("b"))
    newer = sample("a", city="他市")
    writer = StoreWriter(path)
    source = Source(path="/new.txt", sha256="1" * 64, stamp="2", read_at=SOURCE.read_at)
    writer.put(newer.plan, source, newer.clean, facts=newer.facts, bureaus=newer.bureaus)
    writer.commit()
    store = Store.open(path)
    assert store.plan("a") == newer.plan
    assert store.sources()["a"] == source
    assert [b.id for b in store.bureaus(FactFilter(plans=("a",)))] == sorted(b.id for b in newer.bureaus)
    assert store.count("task") == 4


def test_what_is_not_committed_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    write(path, sample("a"))
    writer = StoreWriter(path)
    writer.drop("a")
    writer.close()
    assert [plan.id for plan in Store.open(path).plans()] == ["a"]


def test_settings(tmp_path: Path) -> None:
    writer = StoreWriter(tmp_path / "x.sqlite")
    writer.set("index", "1")
    writer.set("index", "2")
    writer.commit()
    store = Store.open(tmp_path / "x.sqlite")
    assert store.setting("index") == "2"
    assert store.setting("other") is None


def test_filters_on_the_plans_place_and_on_values(store: Store) -> None:
    assert {fact.plan for fact in store.facts("target", FactFilter(jurisdictions=("他市",)))} == {"c"}
    assert {fact.value for fact in store.facts("target", FactFilter(least=2))} == {80}
    assert {fact.value for fact in store.facts("target", FactFilter(most=2, plans=("a",)))} == {1}
    assert store.facts("target", FactFilter(levels=("province",))) == []


def test_deadlines_of_what_they_belong_to(store: Store) -> None:
    found = store.facts("deadline", FactFilter(of=("a:task-1", "b:nothing")))
    assert [(deadline.plan, deadline.of) for deadline in found] == [("a", "a:task-1")]


def test_ids_and_pages_without_the_rest(store: Store) -> None:
    everything = [task.id for task in store.facts("task")]
    assert store.ids("task") == everything
    assert [task.id for task in store.each("task", limit=2, offset=1)] == everything[1:3]
    assert store.targets_of_tasks(FactFilter(plans=("a",))) == {"a:task-1": ("a:target-1",), "a:task-2": ()}


def test_candidates_leave_out_what_is_of_other_ids_and_words(store: Store) -> None:
    among = Candidates(frozenset({"a:target-1"}), ("新能源",))
    found = {target.id for target in store.facts("target", FactFilter(plans=("a", "b"), among=among))}
    assert found >= {"a:target-1", "a:target-2", "b:target-2"}
    nothing = Candidates(frozenset(), ("航空",))
    assert store.facts("target", FactFilter(among=nothing)) == []


def test_text_looks_into_long_words_too(tmp_path: Path) -> None:
    long = "建设" + "很长的任务" * 60 + "终点"
    whole = clean(f"一、任务\n{long}")
    start = whole.text.index("建设")
    span = (start, start + len(long))
    writer = StoreWriter(tmp_path / "plankb.sqlite")
    fact = task("a:task-1", plan="a", quote=long, span=span, text=long, title="任务")
    writer.put(plan("a"), SOURCE, whole, facts=[fact], bureaus=[])
    writer.commit()
    store = Store.open(tmp_path / "plankb.sqlite")
    assert store.facts("task", FactFilter(text=("终点",))) == [fact]
    assert store.facts("task", FactFilter(text=("起点",))) == []


def test_names_and_years_without_the_records(store: Store) -> None:
    targets = store.facts("target")
    assert store.indicators() == [(target.indicator, target.indicator_id) for target in targets]
    assert store.indicators(valued=True) == store.indicators()
    assert store.years("task") == ["2025", "2030"]
    assert store.years("project") == []
    expected = {task.id: task.title for task in store.facts("task")} | {one.id: one.indicator for one in targets}
    assert store.names() == expected


@pytest.mark.parametrize(
    ("said", "due", "found"),
    [
        ({"by": None, "bound": "from", "start": "2026-03-01"}, "2026", True),
        ({"by": None, "bound": "from", "start": "2026-03-01"}, "2027", False),
        ({"by": None, "bound": "during", "start": "2026-03-01", "end": "2027-06-30"}, "2027", True),
        ({"by": None, "bound": "during", "start": "2026-03-01", "end": "2027-06-30"}, "2026", False),
        ({"by": None, "bound": "each", "end": None}, "2026", False),
    ],
)
def test_a_deadline_without_a_year_is_due_by_its_last_day(
    tmp_path: Path, said: dict[str, Any], due: str, found: bool
) -> None:
    one = sample("a")
    (deadline,) = (fact for fact in one.facts if fact.kind == "deadline")
    other = deadline.model_copy(update={"end": None, **said})
    writer = StoreWriter(tmp_path / "x.sqlite")
    writer.put(one.plan, SOURCE, one.clean, facts=[other], bureaus=())
    writer.commit()
    assert bool(Store.open(tmp_path / "x.sqlite").facts("deadline", FactFilter(due=(due,)))) is found
