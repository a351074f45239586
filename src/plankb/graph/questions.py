"""Questions that the graph answers. Answers are frozen records; bureaus and tasks are named by their ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal

from plankb.errors import PlankbError
from plankb.graph.assembly import ROLE_EDGES
from plankb.graph.kinds import Graph, node, nodes_of
from plankb.model import ROLES, Record, Role

_ROLES: dict[str, Role] = {kind: role for role, kind in ROLE_EDGES.items()}


class Duty(Record):
    """A task of a bureau with one role."""

    bureau: str
    name: str
    task: str
    title: str
    plan: str
    role: Role
    by: tuple[str, ...]


class Partner(Record):
    """A bureau that shares tasks with another, `of`: how many, and which, by id and by title."""

    of: str
    bureau: str
    name: str
    weight: int
    tasks: tuple[str, ...]
    titles: tuple[str, ...]


class Connector(Record):
    """A bureau with its betweenness (0 to 1) among all that share tasks; `fields` are the sections it works in."""

    bureau: str
    name: str
    betweenness: float
    fields: tuple[str, ...]


class Load(Record):
    """How many tasks a bureau has in a role that are due in a year; `year` is None for tasks without a deadline."""

    bureau: str
    name: str
    role: Role
    year: str | None
    tasks: int


class Gap(Record):
    """A task that lacks a lead, any bureau, or a deadline."""

    lacks: Literal["lead", "bureau", "deadline"]
    task: str
    title: str
    plan: str


class Link(Record):
    """One step of a chain: a bureau, the role and task that tie it to the next bureau; the last has no task."""

    bureau: str
    name: str
    role: Role | None = None
    task: str | None = None
    title: str | None = None


def duties(graph: Graph, bureau: str, *, roles: tuple[Role, ...] = ()) -> list[Duty]:
    """The tasks of a bureau by role, in the order of the plans. Raises E520 for a bureau that is not in the graph."""
    at = _bureau(graph, bureau)
    found = []
    for _, task, kind in graph.out_edges(at, keys=True):
        role = _ROLES.get(kind)
        if role and (not roles or role in roles):
            attributes = graph.nodes[task]
            years = tuple(filter(None, str(attributes["years"]).split("、")))
            found.append(
                Duty(
                    bureau=bureau, name=_label(graph, at), task=_id(task), title=_label(graph, task),
                    plan=str(attributes["plan"]), role=role, by=years,
                )
            )  # fmt: skip
    return sorted(found, key=lambda duty: ROLES.index(duty.role))


def partners(graph: Graph, bureau: str) -> list[Partner]:
    """The bureaus that share tasks with a bureau, the closest first. Raises E520."""
    shared: dict[str, list[str]] = defaultdict(list)
    whose = _label(graph, _bureau(graph, bureau))
    for task in _tasks(graph, _bureau(graph, bureau)):
        for other in _bodies(graph, task):
            if other != node("bureau", bureau):
                shared[other].append(task)
    found = [
        Partner(
            of=whose, bureau=_id(other), name=_label(graph, other), weight=len(tasks), tasks=tuple(map(_id, tasks)),
            titles=tuple(_label(graph, task) for task in tasks),
        )
        for other, tasks in shared.items()
    ]  # fmt: skip
    return sorted(found, key=lambda partner: (-partner.weight, partner.bureau))


def connectors(graph: Graph) -> list[Connector]:
    """Bureaus by how far they connect the others: betweenness where a closer partnership is a shorter way."""
    import networkx as nx

    work: nx.Graph[str] = nx.Graph()
    bureaus = nodes_of(graph, "bureau")
    work.add_nodes_from(bureaus)
    for bureau in bureaus:
        for partner in partners(graph, _id(bureau)):
            work.add_edge(bureau, node("bureau", partner.bureau), distance=1 / partner.weight)
    scores = nx.betweenness_centrality(work, weight="distance")
    found = [
        Connector(bureau=_id(at), name=_label(graph, at), betweenness=round(scores[at], 4), fields=_fields(graph, at))
        for at in bureaus
    ]
    return sorted(found, key=lambda one: (-one.betweenness, -len(one.fields), one.bureau))


def load(graph: Graph) -> list[Load]:
    """How much each bureau has to do, by role and year, the busiest first. A task of two years counts in both."""
    counts: Counter[tuple[str, Role, str | None]] = Counter()
    totals: Counter[str] = Counter()
    for at in nodes_of(graph, "bureau"):
        for duty in duties(graph, _id(at)):
            totals[at] += 1
            years: set[str | None] = {time[:4] for time in duty.by}
            for year in years or {None}:
                counts[at, duty.role, year] += 1
    order = sorted(counts, key=lambda key: (-totals[key[0]], key[0], ROLES.index(key[1]), key[2] or "9999"))
    return [
        Load(bureau=_id(at), name=_label(graph, at), role=role, year=year, tasks=counts[at, role, year])
        for at, role, year in order
    ]


def gaps(graph: Graph) -> list[Gap]:
    """Tasks without a lead, without any bureau, without a deadline; a task may be there twice."""
    found = []
    for at in nodes_of(graph, "task"):
        for lack in _lacking(graph, at):
            plan = str(graph.nodes[at]["plan"])
            found.append(Gap(lacks=lack, task=_id(at), title=_label(graph, at), plan=plan))
    return sorted(found, key=lambda gap: ("bureau", "lead", "deadline").index(gap.lacks))


def chain(graph: Graph, first: str, last: str) -> list[Link]:
    """The shortest chain of tasks between two bureaus; [] where there is none. Raises E520."""
    import networkx as nx

    start, end = _bureau(graph, first), _bureau(graph, last)
    kinds = nx.get_node_attributes(graph, "kind")
    work: nx.Graph[str] = nx.Graph()
    work.add_nodes_from((start, end))
    work.add_edges_from((u, v) for u, v, key in graph.edges(keys=True) if key in _ROLES and kinds[u] == "bureau")
    try:
        path = nx.shortest_path(work, start, end)
    except nx.NetworkXNoPath:
        return []
    links = [
        Link(
            bureau=_id(bureau), name=_label(graph, bureau), role=_role(graph, bureau, task), task=_id(task),
            title=_label(graph, task),
        )
        for bureau, task in zip(path[::2], path[1::2], strict=False)
    ]  # fmt: skip
    return [*links, Link(bureau=_id(path[-1]), name=_label(graph, path[-1]))]


def _bureau(graph: Graph, bureau: str) -> str:
    at = node("bureau", bureau)
    if at not in graph:
        raise PlankbError("E520", bureau=bureau)
    return at


def _tasks(graph: Graph, bureau: str) -> list[str]:
    return list(dict.fromkeys(task for _, task, kind in graph.out_edges(bureau, keys=True) if kind in _ROLES))


def _bodies(graph: Graph, task: str) -> list[str]:
    return list(dict.fromkeys(bureau for bureau, _, kind in graph.in_edges(task, keys=True) if kind in _ROLES))


def _lacking(graph: Graph, task: str) -> Iterator[Literal["lead", "bureau", "deadline"]]:
    kinds = {kind for _, _, kind in graph.in_edges(task, keys=True)}
    if not kinds & set(_ROLES) and not graph.nodes[task]["collective"]:
        yield "bureau"
    elif "leads" not in kinds:
        yield "lead"
    if not any(kind == "due" for _, _, kind in graph.out_edges(task, keys=True)):
        yield "deadline"


def _fields(graph: Graph, bureau: str) -> tuple[str, ...]:
    """The top sections of the plans that a bureau has tasks in."""
    sections = (str(graph.nodes[task]["section"]).split(" ▸ ")[0] for task in _tasks(graph, bureau))
    return tuple(dict.fromkeys(filter(None, sections)))


def _role(graph: Graph, bureau: str, task: str) -> Role:
    held = {_ROLES[kind] for kind in graph[bureau][task] if kind in _ROLES}
    return next(role for role in ROLES if role in held)


def _label(graph: Graph, at: str) -> str:
    return str(graph.nodes[at]["label"])


def _id(at: str) -> str:
    return at.partition(":")[2]
