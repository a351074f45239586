"""The facts that the topic of a question names: by their own name, else by their section, else by their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from plankb import rules
from plankb.late import dataclass
from plankb.model import Citation, Deadline, Fact, Project, Target, Task
from plankb.query.library import Library
from plankb.query.link.labels import without_divisor
from plankb.query.model import AnyAnswer, Topic, Understood
from plankb.store import Candidates, FactFilter

_FEW_PLANS = 50
"""Plans whose tasks are looked at for one question; of more those of all plans are kept at hand."""
AFact = TypeVar("AFact", Task, Target, Deadline, Project, Citation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Facts with what their finding needs said: `by_text` where names fit nothing and the texts were looked at.

    `tasks` are those that bureaus were gathered from.
    """

    facts: Sequence[AnyAnswer] = ()
    by_text: bool = False
    also: int = 0
    tasks: Sequence[AnyAnswer] = ()


def candidates(query: Understood) -> Candidates | None:
    """What `named_by_topic` may take of facts that are named by their own id."""
    if query.topic is None:
        return None
    return Candidates(frozenset((*query.topic.labels, *query.topic.near)), tuple(map(without_kind, query.topic.words)))


def task_candidates(query: Understood, library: Library) -> Candidates | None:
    """What `named_by_topic` may take of tasks, which are named by their targets too."""
    found = candidates(query)
    if found is None:
        return None
    plans = {plan for plan, kind in library.store.plans_of(found.ids).values() if kind == "target"}
    if not plans:
        return found
    owned = library.store.targets_of_tasks(FactFilter(plans=tuple(plans))) if len(plans) <= _FEW_PLANS else None
    tasks = library.targets_of_tasks if owned is None else owned
    owners = (task for task, targets in tasks.items() if not found.ids.isdisjoint(targets))
    return Candidates(found.ids.union(owners), found.words)


def named_by_topic(facts: Sequence[AFact], query: Understood, ids: Callable[[AFact], tuple[str, ...]]) -> Selection:
    """The facts that a topic names: by their own name, else by their section, else by their words."""
    if query.denied:
        facts = _without(facts, query.denied, ids)
    topic = query.topic
    if topic is None:
        return Selection(facts=tuple(facts))
    wanted = _names_of(topic, query)
    named = [fact for fact in facts if wanted & set(ids(fact))]
    stems = [without_kind(word).casefold() for word in topic.words]
    saying = [fact for fact in facts if _says(fact, stems)]
    if query.mentioned:
        meant = {fact.id for fact in named} | {fact.id for fact in saying}
        either = [fact for fact in facts if fact.id in meant]
        return Selection(facts=tuple(either))
    elsewhere = query.kind == "targets" and bool(query.places or query.plans or query.levels)
    if query.group and query.kind == "targets":  # a place that says it in other words is a place too
        plans = {fact.plan for fact in named}
        named += [fact for fact in saying if fact.plan not in plans]
    if named or (topic.labels and not elsewhere and (query.kind not in ("tasks", "bureaus") or topic.exact)):
        return Selection(facts=tuple(named), also=len({fact.id for fact in saying} - {fact.id for fact in named}))
    near = set(topic.near)
    below = [fact for fact in facts if near & set(ids(fact))]
    if below:
        return Selection(facts=tuple(below))
    return Selection(facts=tuple(saying), by_text=bool(saying))


def _without(facts: Sequence[AFact], denied: Topic, ids: Callable[[AFact], tuple[str, ...]]) -> Sequence[AFact]:
    """The facts that do not speak of what is denied: not named by it, not below a heading on it, not saying it."""
    barred = frozenset((*denied.labels, *denied.near))
    stems = [without_kind(word).casefold() for word in denied.words]
    return [fact for fact in facts if barred.isdisjoint(ids(fact)) and not _says(fact, stems)]


def _names_of(topic: Topic, query: Understood) -> frozenset[str]:
    """The ids that count as named: a project is named by the title of its box too."""
    boxed = topic.near if query.kind == "projects" else ()
    return frozenset((*topic.labels, *boxed))


def _says(fact: Fact, stems: Sequence[str]) -> bool:
    """Whether a fact says all words, given by their stems without letter case."""
    said = fact.quote
    if isinstance(fact, Target):  # what it is divided by is not what it measures
        said = without_divisor(said)
    elif isinstance(fact, Task):
        said = f"{said}\n{fact.title}\n{fact.text}"
    elif isinstance(fact, Project):
        said = f"{said}\n{fact.name}"
    elif isinstance(fact, Citation):
        said = f"{said}\n{fact.title}"
    said = said.casefold()
    return all(stem in said for stem in stems)


def without_kind(word: str) -> str:
    """A word without the end that says no more than what kind of thing it is (水泥行业; 风电项目, whose names need not
    have it)."""
    cut = rules.one("questions", "measure.vague_end").sub(word)
    return cut if len(cut) > 1 else word
