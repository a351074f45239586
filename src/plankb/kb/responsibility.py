"""The responsibility matrix and graph of a knowledge base: which facts go into them."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from plankb.errors import PlankbError
from plankb.graph import Graph, GraphFacts, levels
from plankb.graph import build as build_graph
from plankb.graph.levels import Answering
from plankb.matrix import Facts, Matrix, PlanSource, Selection, build
from plankb.model import Doubt, Task
from plankb.register import places
from plankb.store import FactFilter, Store


def graph(store: Store, selection: Selection) -> Graph:
    """The graph of the tasks that a selection names, with all who answer for them. Raises E204, E504."""
    tasks = store.facts("task", _filter(store, selection))
    narrow = selection != Selection(plans=selection.plans)
    if narrow and not tasks:
        raise PlankbError("E504")
    of_plans = FactFilter(plans=selection.plans)
    named = {id_ for task in tasks for id_ in task.bureaus.values()}
    wanted = {id_ for task in tasks for id_ in task.targets}
    targets, citations = store.facts("target", of_plans), store.facts("citation", of_plans)
    plans = {task.plan for task in tasks} if narrow else {plan.id for plan in store.plans()}
    if selection.plans:
        plans &= set(selection.plans)
    return build_graph(
        GraphFacts(
            plans=[plan for plan in store.plans() if plan.id in plans],
            tasks=tasks,
            bureaus=[bureau for bureau in store.bureaus(of_plans) if bureau.id in named or not narrow],
            targets=[target for target in targets if target.id in wanted] if narrow else targets,
            citations=[] if narrow else citations,
        )
    )


def answering(store: Store, selection: Selection) -> list[Answering]:
    """Which tasks of lower plans answer to which above; plans chosen are the lower ones. Raises E204."""
    tasks = store.facts("task")
    chosen = {task.id for task in store.facts("task", _filter(store, selection))}
    found = levels.answers(store.plans(), tasks, store.facts("target"))
    return [answer for answer in found if answer.task in chosen]


def _filter(store: Store, selection: Selection) -> FactFilter:
    """The tasks of a selection. Raises E204 for an unknown plan."""
    for plan in selection.plans:
        store.plan(plan)
    return FactFilter(
        plans=selection.plans, bureaus=selection.bureaus, roles=selection.roles, by=selection.by,
        section=selection.section,
    )  # fmt: skip


def matrix(store: Store, selection: Selection, *, made: datetime) -> Matrix:
    """The matrix of the tasks that a selection names. Raises E204 for an unknown plan, E504 where no task is left."""
    plans = [store.plan(plan) for plan in selection.plans] or store.plans()
    tasks = store.facts("task", _filter(store, selection))
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
        jurisdictions=_from_the_top(
            {bureau.jurisdiction for bureau in bureaus if bureau.jurisdiction},
            {plan.jurisdiction for plan in plans if plan.jurisdiction},
        ),
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


def _from_the_top(jurisdictions: set[str], homes: set[str]) -> list[str]:
    """Jurisdictions by their place in the country: a province before its cities, a city before what lies in it.

    Those that have nothing to do with the places of the plans (`homes`) come last.
    """
    chains = {name: tuple(above.code for above in reversed(_line(name))) for name in {*jurisdictions, *homes}}

    def key(name: str) -> tuple[bool, tuple[str, ...], str]:
        near = any(chains[name][:1] == chains[home][:1] for home in homes)
        return not near, chains[name], name

    return sorted(jurisdictions, key=key)


def _line(name: str) -> tuple[places.Place, ...]:
    """A place and those above it, nearest first."""
    return places.ancestors(places.find(name) or places.zone(name))
