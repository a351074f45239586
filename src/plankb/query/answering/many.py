"""The many tasks of one bureau: counted and put in order by the store, and read when they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import overload

from plankb.model import Task
from plankb.query.answering.conditions import allowed_plans
from plankb.query.library import Library
from plankb.query.model import Understood, Who
from plankb.store import FactFilter, Store

_FEW = 30
"""Tasks that are read at once: as many as a pipe is shown."""
_AT_ONCE = 400
"""Tasks that are asked for by their ids in one statement."""


class ManyTasks(Sequence[Task]):
    """The tasks of a filter by bureaus, those that they lead first; what is looked at is read. `roles` and `plans` are
    known of all."""

    def __init__(self, store: Store, where: FactFilter) -> None:
        found = store.tasks_by_role(where)
        self._ids = [id_ for id_, _, _ in found]
        self.plans = [plan for _, plan, _ in found]
        self.roles = [role for _, _, role in found]
        self._store, self._where = store, where

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Task: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Task, ...]: ...
    def __getitem__(self, index: int | slice) -> Task | tuple[Task, ...]:
        if not isinstance(index, slice):
            return self._read([self._ids[index]])[0]
        wanted = self._ids[index]
        return self._read(wanted) if len(wanted) <= _AT_ONCE else tuple(self)[index]

    def __iter__(self) -> Iterator[Task]:
        found = {task.id: task for task in self._store.facts("task", self._where)}
        return (found[id_] for id_ in self._ids)

    def _read(self, ids: Sequence[str]) -> tuple[Task, ...]:
        found = {task.id: task for task in self._store.facts("task", FactFilter(ids=tuple(ids)))}
        return tuple(found[id_] for id_ in ids)


def plain_tasks(query: Understood, library: Library) -> Sequence[Task] | None:
    """The tasks of the one bureau that a query asks for and limits no further than by plans; None where it asks for
    anything else."""
    if not _is_plain(query):
        return None
    (who,) = query.who
    every = library.vocabulary.plans
    chosen = allowed_plans(query, every)
    plans = () if len(chosen) == len(every) else tuple(plan.id for plan in chosen) or ("",)
    where = FactFilter(plans=plans, bureaus=who.ids, roles=(who.role,) if who.role else ())
    found = ManyTasks(library.store, where)
    return tuple(found) if len(found) <= _FEW else found


def _is_plain(query: Understood) -> bool:
    """Whether nothing but one bureau, its role and the plans decide which tasks are meant; what a query may ask for
    besides, here or in time to come, makes it another one."""
    if len(query.who) != 1 or not query.who[0].ids:
        return False
    (who,) = query.who
    limits = replace(
        query, who=(), plans=(), not_plans=(), plan_words=(), places=(), not_places=(), levels=(), ignored=(),
        corrections=(), ambiguous=(), today=None, aggregate=None if query.aggregate == "count" else query.aggregate,
    )  # fmt: skip
    return limits == Understood(kind="tasks") and replace(who, said="", ids=(), names=(), role=None) == Who(said="")
