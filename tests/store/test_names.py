"""The table of names follows the facts: whatever is put, corrected or dropped, it is as if it were made anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from plankb import name_forms
from plankb.store import Store, StoreWriter, names, proof
from plankb.store.labels import Labels
from tests.samples import sample
from tests.store.conftest import write


def table(path: Path) -> list[Any]:
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT kind, name, other, uses FROM name ORDER BY kind, name, other").fetchall()
        return [*rows, *db.execute("SELECT * FROM bureau_name ORDER BY id").fetchall()]


def facts_named(labels: Labels, name: str) -> list[str]:
    return [one.id for one in labels.bearing(each.no for each in labels.names() if each.name == name)]


def test_a_file_that_lost_a_plan_has_the_names_of_one_that_never_had_it(tmp_path: Path) -> None:
    lost, never = tmp_path / "lost", tmp_path / "never"
    write(lost, sample("a"), sample("c", city="他市"))
    write(never, sample("a"))
    writer = StoreWriter(lost)
    writer.drop("c")
    writer.commit()

    assert table(lost) == table(never) != []


def test_a_plan_put_twice_counts_once(tmp_path: Path) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    write(once, sample("a"))
    write(twice, sample("a"), sample("a"))

    assert table(once) == table(twice)


def test_facts_are_found_by_their_name_in_all_plans_or_in_some(store: Store) -> None:
    named = store.facts("task")
    title = named[0].title
    wanted = [task.id for task in named if task.title == title]

    assert facts_named(store.labels, title) == wanted
    assert facts_named(store.labels.within(frozenset("c")), title) == [one for one in wanted if one.startswith("c")]


def test_names_of_some_plans_are_counted_in_these(store: Store) -> None:
    every, own = ({(one.kind, one.name): one.uses for one in labels.names()} for labels in (
        store.labels, store.labels.within(frozenset("a")),
    ))  # fmt: skip
    tasks = [key for key in own if key[0] == "task"]

    assert tasks
    assert all(every[key] == 3 * own[key] for key in tasks)


def test_forms_made_by_other_rules_are_not_used_and_made_anew_with_the_next_change(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plankb.sqlite"
    write(path, sample("a"))
    with sqlite3.connect(path) as db:
        db.execute("UPDATE name SET bare = 'of old'")
        db.execute("UPDATE setting SET value = 'of old' WHERE name = ?", [names.STAMP])
    store = Store.open(path)
    assert all(one.bare == name_forms.bare(one.name) for one in store.labels.names())
    store.close()

    StoreWriter(path).commit()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM name WHERE bare = 'of old'").fetchone() == (0,)


def test_bureaus_by_name_are_those_of_the_records_without_their_tasks(store: Store) -> None:
    named = {bureau.id: (bureau.name, bureau.jurisdiction, bureau.names) for bureau in store.named_bureaus()}

    assert named == {bureau.id: (bureau.name, bureau.jurisdiction, bureau.names) for bureau in store.bureaus()}
    ids = list(named)
    assert store.plans_with(ids) == {task.plan for task in store.facts("task") if task.bureaus}
    assert store.bureaus_in(["c"], ids) == {
        id_ for task in store.facts("task") if task.plan == "c" for id_ in task.bureaus.values()
    }


def test_the_plans_of_facts(store: Store) -> None:
    task = store.facts("task")[0]

    assert store.plans_of([task.id, "nothing:task-1"]) == {task.id: (task.plan, "task")}


def test_a_fact_under_the_name_of_another_is_told(tmp_path: Path) -> None:
    path = tmp_path / "plankb.sqlite"
    write(path, sample("a"))
    store = Store.open(path)
    assert proof.differing(store, "a") == []
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE fact SET name = (SELECT no FROM name WHERE kind = 'target') WHERE kind = 'task'")

    assert proof.differing(Store.open(path), "a") == ["rows"]
