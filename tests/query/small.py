"""The small knowledge base of `small.toml`, as a store, and its library with one conflict."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from plankb.model import ROLES, AnyFact, Bureau, Citation, Conflict, Deadline, Plan, Project, Target, Task, Words
from plankb.query import Library
from plankb.register import Place, places, resolve
from plankb.store import FactFilter, Source, Store, StoreWriter
from tests.text import clean

_MODELS: dict[str, type[Any]] = {
    "task": Task, "target": Target, "deadline": Deadline, "project": Project, "citation": Citation,
}  # fmt: skip


def make_store(path: Path) -> Store:
    """Writes the knowledge base to a file and opens it."""
    data = tomllib.loads((Path(__file__).parent / "small.toml").read_text(encoding="utf-8"))
    writer = StoreWriter(path)
    for entry in data["plan"]:
        _put(writer, entry, data)
    writer.commit()
    writer.close()
    return Store.open(path)


def make_library(store: Store) -> Library:
    """The library of a store; its conflict is on green travel."""
    return Library(store, conflicts=lambda: conflicts(store))


def conflicts(store: Store) -> tuple[Conflict, ...]:
    """The two targets on green travel as a conflict."""
    facts = tuple(fact for fact in store.facts("target", FactFilter()) if fact.indicator == "绿色出行比例")
    why = Words(zh="两个规划的目标不同", en="two plans set different levels")
    return (
        Conflict(id="c1", type="conflict", severity="warning", indicator="绿色出行比例", facts=facts, why=why),
    )  # fmt: skip


def _put(writer: StoreWriter, entry: dict[str, Any], data: dict[str, Any]) -> None:
    entry = dict(entry)
    text = clean(entry.pop("text"))
    plan = Plan(**entry)
    home = places.find(plan.jurisdiction or "")
    facts: list[AnyFact] = []
    ids: dict[str, str] = {}
    for kind, model in _MODELS.items():
        own = [fields for fields in data.get(kind, ()) if fields["plan"] == plan.id]
        for number, fields in enumerate(own, 1):
            facts.append(_fact(model, f"{plan.id}:{kind}-{number}", fields, text.text, ids, home))
    tasks = [_with_targets(fact, facts) if isinstance(fact, Task) else fact for fact in facts]
    source = Source(path=f"{plan.id}.txt", sha256=plan.id, stamp="1", read_at="2025-01-01T00:00:00")
    writer.put(plan, source, text, facts=tasks, bureaus=_bureaus(tasks, home))


def _fact(
    model: type[Any], id_: str, fields: dict[str, Any], text: str, ids: dict[str, str], home: Place | None
) -> AnyFact:
    made = {"id": id_, **fields}
    if model is Task:
        ids[fields["title"]] = id_
        made.setdefault("quote", fields["title"])
        made.setdefault("text", f"{fields['title']}。")
        made["bureaus"] = {name: resolve(name, home=home).id for role in ROLES for name in fields.get(role, ())}
    if model is Target:
        made["indicator_id"] = fields["indicator"]
    if "of" in fields:
        made["of"] = ids[fields["of"]]
    start = text.index(made["quote"])
    made["span"] = (start, start + len(made["quote"]))
    fact: AnyFact = model(**made)
    return fact


def _with_targets(task: Task, facts: list[AnyFact]) -> Task:
    own = tuple(fact.id for fact in facts if isinstance(fact, Target) and fact.section == task.section)
    return task.model_copy(update={"targets": own})


def _bureaus(facts: list[AnyFact], home: Place | None) -> tuple[Bureau, ...]:
    found: dict[str, dict[str, Any]] = {}
    for task in (fact for fact in facts if isinstance(fact, Task)):
        for role in ROLES:
            for name in getattr(task, role):
                entity = resolve(name, home=home)
                made = found.setdefault(
                    entity.id, {"name": entity.name, "jurisdiction": entity.jurisdiction, "roles": defaultdict(list)}
                )
                made.setdefault("names", {})[name] = 1
                made["roles"][role].append(task.id)
    return tuple(
        Bureau(
            id=id_, name=made["name"], jurisdiction=made["jurisdiction"], names=tuple(made["names"]), **made["roles"]
        )
        for id_, made in found.items()
    )
