"""The responsibility matrix and graph of a knowledge base: which facts go into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from types import MappingProxyType
from typing import Literal

from plankb.errors import PlankbError
from plankb.graph import Graph, GraphFacts, levels, questions
from plankb.graph import build as build_graph
from plankb.graph.levels import Answering
from plankb.in_force import Status
from plankb.kb.standing import statuses_of
from plankb.matrix import Facts, Matrix, PlanSource, Selection, build, by_level
from plankb.model import Doubt, Plan, Record, Task
from plankb.register import places
from plankb.store import FactFilter, Source, Store

GraphQuestion = Literal["tasks", "partners", "connectors", "load", "gaps", "chain", "answers"]
GRAPH_QUESTIONS: Mapping[GraphQuestion, int] = MappingProxyType(
    {"tasks": 1, "partners": 1, "connectors": 0, "load": 0, "gaps": 0, "chain": 2, "answers": 0}
)
"""What the graph can be asked, and with how many bureaus each question needs."""


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


def matrix(store: Store, selection: Selection, today: str | None = None) -> Matrix:
    """The matrix of the tasks that a selection names, as of the last change of what it shows; its titles say which
    plans are past their time or replaced `today`, `YYYY-MM-DD`, this day where it is None.

    Raises E204 for an unknown plan, E410 for a date that is none, E504 where no task is left.
    """
    plans = [store.plan(plan) for plan in selection.plans] or store.plans()
    tasks = store.facts("task", _filter(store, selection))
    if not tasks:
        raise PlankbError("E504")
    files, statuses = store.sources(), statuses_of(store, today)
    ids = tuple(plan.id for plan in plans)
    of_plans = FactFilter(plans=ids)
    bureaus = store.bureaus(of_plans)
    suspects = store.suspects(ids)
    suspect_ids = {correction.id for correction, _ in suspects}
    sources = [_source(plan, files[plan.id], statuses.get(plan.id)) for plan in plans]
    corrections = [correction for correction in store.corrections(ids) if correction.id not in suspect_ids]
    facts = Facts(
        tasks=tasks,
        plans=sources,
        bureaus=bureaus,
        targets=store.facts("target", of_plans),
        deadlines=store.facts("deadline", of_plans),
        doubts=_doubts(store, selection, tasks),
        jurisdictions=_from_the_top(
            {bureau.jurisdiction for bureau in bureaus if bureau.jurisdiction},
            [source.plan.jurisdiction for source in by_level(sources) if source.plan.jurisdiction],
        ),
        corrections=corrections,
        suspects=suspects,
    )  # fmt: skip
    times = [source.read_at for source in sources] + [correction.when for correction in corrections]
    return build(facts, made=_latest(times), selection=selection)


def _latest(times: Iterable[str | None]) -> datetime:
    """The day of the latest of ISO times, where the user is. Not the day now, nor the minute in which a plan was read:
    the same facts make the same file, also of two builds in one day."""
    known = [datetime.fromisoformat(time) for time in times if time]
    last = max((time.astimezone() for time in known), default=datetime.fromtimestamp(0).astimezone())
    return last.replace(hour=0, minute=0, second=0, microsecond=0)


def _source(plan: Plan, file: Source, status: Status | None) -> PlanSource:
    """A plan with the name of its file: where it lies on this computer is nobody's business."""
    name = PurePath(file.path).name
    return PlanSource(plan=plan, path=name, sha256=file.sha256, read_at=file.read_at, status=status)


def _doubts(store: Store, selection: Selection, tasks: list[Task]) -> list[Doubt]:
    """The doubts of the plans; where not all tasks are taken, those inside of a task that is."""
    doubts = store.facts("doubt", FactFilter(plans=selection.plans))
    if not (selection.bureaus or selection.roles or selection.by or selection.section):
        return doubts
    return [doubt for doubt in doubts if any(_holds(task, doubt) for task in tasks)]


def _holds(task: Task, doubt: Doubt) -> bool:
    return task.plan == doubt.plan and task.span[0] <= doubt.span[0] < task.span[1]


def _from_the_top(jurisdictions: set[str], homes: Sequence[str]) -> list[str]:
    """Jurisdictions by their place in the country: a province before its cities, a city before what lies in it.

    Provinces stand in the order of the places of the plans (`homes`), those of no plan come last.
    """
    provinces = list(dict.fromkeys(_line(home)[-1].code for home in homes))

    def key(name: str) -> tuple[int, tuple[str, ...], str]:
        chain = tuple(above.code for above in reversed(_line(name)))
        return provinces.index(chain[0]) if chain[0] in provinces else len(provinces), chain, name

    return sorted(jurisdictions, key=key)


def _line(name: str) -> tuple[places.Place, ...]:
    """A place and those above it, nearest first."""
    return places.ancestors(places.of(name))


def answers(
    store: Store, question: GraphQuestion, selection: Selection, named: Sequence[tuple[str, ...]]
) -> list[Record]:
    """What the graph says to a question; `named` are the ids of each bureau that was named. Raises E204, E504."""
    if question == "answers":
        return [*answering(store, selection)]
    whole = graph(store, Selection(plans=selection.plans, by=selection.by))
    match question:
        case "tasks":
            found = [one for id_ in selection.bureaus for one in questions.duties(whole, id_, roles=selection.roles)]
            return [*found]
        case "partners":
            return [one for id_ in selection.bureaus for one in questions.partners(whole, id_)]
        case "chain":
            chains = [questions.chain(whole, first, last) for first in named[0] for last in named[1]]
            return [*min(filter(None, chains), key=len, default=[])]
        case "connectors":
            return [*questions.connectors(whole)]
        case "load":
            return [
                one for one in questions.load(whole)
                if (not selection.bureaus or one.bureau in selection.bureaus)
                and (not selection.roles or one.role in selection.roles)
                and (not selection.by or one.year in selection.by)
            ]  # fmt: skip
        case "gaps":
            return [*questions.gaps(whole)]
