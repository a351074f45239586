"""Bureaus as answers: who leads a task, who works with a bureau, who has most to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from plankb.model import ROLES, Bureau, Role, Task
from plankb.query.answering import select
from plankb.query.answering.by_topic import Selection
from plankb.query.answering.many import ManyFacts, all_of
from plankb.query.library import Library
from plankb.query.model import OnlyRoles, Topic, Understood
from plankb.store import TaskRoles


def find_bureaus(query: Understood, library: Library) -> Selection:
    """The bureaus of the tasks that a query names, each with these tasks only.

    With a bureau in the query (市交委牵头的任务由谁配合) they are the others of its tasks. A ranking puts them by the
    number of their tasks, else leads come first, in text order.
    """
    if query.sole and query.role:  # one in this role, whoever else takes part
        return _sole(query, library)
    if place := _place_asked(query, library):
        every = find_bureaus(replace(query, topic=None), library)
        own = [fact for fact in every.facts if isinstance(fact, Bureau) and fact.jurisdiction == place]
        return replace(every, facts=tuple(own))
    about = _about(query, library)
    if isinstance(about.facts, ManyFacts):
        return _of_many(query, about.facts, library)
    tasks = [task for task in about.facts if isinstance(task, Task)]
    if query.topic and query.topic.near and not _gathered(tasks, None, library):
        about = _about(replace(query, topic=replace(query.topic, labels=(), exact=False)), library)
        tasks = [task for task in about.facts if isinstance(task, Task)]
    named = bool(query.topic and _is_of_titles(query.topic, library))
    exact = bool(query.topic and query.topic.exact and tasks)  # a task that names nobody is no reason to look elsewhere
    if not named or not (exact or _gathered(tasks, None, library)):
        said = _in_words(query, library)
        if said and not tasks:
            about = Selection(facts=tuple(said), by_text=True)
        tasks += [task for task in said if task not in tasks]
    beside = {id_ for who in query.who for id_ in who.ids}
    several = query.aggregate in ("most", "least") and len([who for who in query.who if not who.excluded]) > 1
    role = query.role or (_shared_role(query) if several else None)
    everyone = _gathered(tasks, None if query.only else role, library)
    found = [bureau for bureau in everyone if (bureau.id in beside) == several and has_only(bureau, query.only)]
    return Selection(facts=_ranked(found, query), by_text=about.by_text, tasks=tuple(tasks))


def _of_many(query: Understood, tasks: ManyFacts, library: Library) -> Selection:
    """The bureaus of all tasks of some plans, of which none need be read."""
    barred = {id_ for who in query.who for id_ in who.ids}
    everyone = _gathered(tasks.roles_of_tasks(), None if query.only else query.role, library)
    found = [bureau for bureau in everyone if bureau.id not in barred and has_only(bureau, query.only)]
    return Selection(facts=_ranked(found, query), tasks=tasks)


def _ranked(bureaus: list[Bureau], query: Understood) -> tuple[Bureau, ...]:
    """Bureaus by the number of their tasks where that is asked for, as many as are."""
    if query.aggregate in ("most", "least"):
        bureaus.sort(key=_load, reverse=query.aggregate == "most")
    return tuple(bureaus[: query.limit])


def _place_asked(query: Understood, library: Library) -> str | None:
    """The zone whose own bureaus are asked for in some plans (城市方案涉及某新区几个部门); None where none is."""
    words = query.words
    return words[0] if len(words) == 1 and words[0] in library.vocabulary.bureau_places and not query.who else None


def _shared_role(query: Understood) -> Role | None:
    """The role in which several bureaus are ranked (谁牵头多)."""
    roles = {who.role for who in query.who if not who.excluded}
    return roles.pop() if len(roles) == 1 else None


def _sole(query: Understood, library: Library) -> Selection:
    """The bureaus that are the only ones in a role of the tasks named."""
    found = find_bureaus(replace(query, sole=False), library)
    tasks = tuple(task for task in all_of(found.tasks, Task) if query.role and len(getattr(task, query.role)) == 1)
    return replace(found, facts=tuple(_gathered(tasks, query.role, library)), tasks=tasks)


def _is_of_titles(topic: Topic, library: Library) -> bool:
    """Whether a topic names tasks by their titles, not by what they measure or say."""
    return library.vocabulary.has_kind("task", topic.labels)


def _in_words(query: Understood, library: Library) -> list[Task]:
    """The tasks whose text holds the words of the topic, and that name a bureau."""
    if query.topic is None:
        return []
    words = replace(query.topic, labels=(), near=(), exact=False)
    found = _about(replace(query, topic=words), library).facts
    return [task for task in found if isinstance(task, Task) and task.bureaus]


def has_only(bureau: Bureau, role: OnlyRoles | None) -> bool:
    """Whether a bureau has tasks in no other role than this, or as lead and as support; True where none is asked."""
    if role == "both":
        return bool(bureau.lead and bureau.support)
    if role == "unled":
        return not bureau.lead
    if role == "once":
        return _load(bureau) == 1
    return role is None or not any(getattr(bureau, other) for other in ROLES if other != role)


def _gathered(tasks: Iterable[Task | TaskRoles], role: Role | None, library: Library) -> list[Bureau]:
    held: dict[str, dict[Role, list[str]]] = {}
    for one in (role,) if role else ROLES:
        for task in tasks:
            for name in getattr(task, one):
                id_ = task.bureaus.get(name)
                if id_:
                    held.setdefault(id_, defaultdict(list))[one].append(task.id)
    return [_record(id_, roles, library) for id_, roles in held.items() if id_ in library.vocabulary.bureaus]


def _record(id_: str, roles: dict[Role, list[str]], library: Library) -> Bureau:
    limited: dict[str, object] = {role: tuple(dict.fromkeys(roles.get(role, ()))) for role in ROLES}
    return library.vocabulary.bureaus[id_].model_copy(update=limited)


def _load(bureau: Bureau) -> int:
    return len({*bureau.lead, *bureau.support, *bureau.joint})


def tasks_of(query: Understood, library: Library) -> tuple[Task, ...]:
    """The tasks that a question for bureaus is about."""
    return tuple(task for task in _about(query, library).facts if isinstance(task, Task))


def _about(query: Understood, library: Library) -> Selection:
    """The tasks; a bureau left out of the answer (除了市交委) may well take part in them."""
    who = tuple(one for one in query.who if not one.excluded)
    return select.tasks(replace(query, who=who, role=None, aggregate=None), library)
