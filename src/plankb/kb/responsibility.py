"""The responsibility matrix of a knowledge base: which facts go into it."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from plankb.errors import PlankbError
from plankb.matrix import Facts, Matrix, PlanSource, Selection, build
from plankb.model import Doubt, Task
from plankb.register import places
from plankb.store import FactFilter, Store


def matrix(store: Store, selection: Selection, *, made: datetime) -> Matrix:
    """The matrix of the tasks that a selection names. Raises E204 for an unknown plan, E504 where no task is left."""
    plans = [store.plan(plan) for plan in selection.plans] or store.plans()
    tasks = store.facts(
        "task",
        FactFilter(
            plans=selection.plans, bureaus=selection.bureaus, roles=selection.roles, by=selection.by,
            section=selection.section,
        ),
    )  # fmt: skip
    if not tasks:
        raise PlankbError("E504")
    files = store.sources()
    ids = tuple(plan.id for plan in plans)
    of_plans = FactFilter(plans=ids)
    bureaus = store.bureaus(of_plans)
    suspects = store.suspects(ids)
    suspect_ids = {override.id for override, _ in suspects}
    facts = Facts(
        tasks=tasks,
        plans=[
            PlanSource(
                plan=plan, path=PurePath(files[plan.id].path).name, sha256=files[plan.id].sha256,
                read_at=files[plan.id].read_at,
            )
            for plan in plans
        ],
        bureaus=bureaus,
        targets=store.facts("target", of_plans),
        deadlines=store.facts("deadline", of_plans),
        doubts=_doubts(store, selection, tasks),
        jurisdictions=_from_the_top({bureau.jurisdiction for bureau in bureaus if bureau.jurisdiction}),
        reviewed=[override for override in store.overrides(ids) if override.id not in suspect_ids],
        suspects=suspects,
    )  # fmt: skip
    return build(facts, made=made, selection=selection)


def _doubts(store: Store, selection: Selection, tasks: list[Task]) -> list[Doubt]:
    """The doubts of the plans; where not all tasks are taken, those inside of a task that is."""
    doubts = store.facts("doubt", FactFilter(plans=selection.plans))
    if not (selection.bureaus or selection.roles or selection.by or selection.section):
        return doubts
    return [doubt for doubt in doubts if any(_holds(task, doubt) for task in tasks)]


def _holds(task: Task, doubt: Doubt) -> bool:
    return task.plan == doubt.plan and task.span[0] <= doubt.span[0] < task.span[1]


def _from_the_top(jurisdictions: set[str]) -> list[str]:
    """Jurisdictions by their place in the country: a province before its cities, a city before what lies in it."""

    def key(name: str) -> tuple[bool, tuple[str, ...], str]:
        place = places.find(name) or places.zone(name)
        return place.parent is None, tuple(above.code for above in reversed(places.ancestors(place))), name

    return sorted(jurisdictions, key=key)
