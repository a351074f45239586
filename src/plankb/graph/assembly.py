"""From records to a networkx MultiDiGraph with typed edges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plankb.graph.kinds import EdgeKind, Graph, node, nodes_of
from plankb.model import ROLES, Bureau, Citation, Plan, Role, Target, Task
from plankb.phrases import value
from plankb.register import places

_ATTRIBUTES = ("plan", "section", "quote", "years", "names", "jurisdiction", "review", "collective")
"""What every node has, "" where it says nothing."""
ROLE_EDGES: Mapping[Role, EdgeKind] = {"lead": "leads", "support": "supports", "joint": "joint"}


@dataclass(frozen=True, kw_only=True)
class GraphFacts:
    """What the graph is made of; `bureaus` are merged over plans."""

    plans: Sequence[Plan]
    tasks: Sequence[Task]
    bureaus: Sequence[Bureau] = ()
    targets: Sequence[Target] = ()
    citations: Sequence[Citation] = ()


def build(facts: GraphFacts) -> Graph:
    """The graph of these records; a bureau or target that no record explains is left a node with its id as label."""
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    for plan in facts.plans:
        _add(graph, node("plan", plan.id), "plan", plan.title, years=plan.period or "")
        _in_place(graph, node("plan", plan.id), plan.jurisdiction)
    for bureau in facts.bureaus:
        at = node("bureau", bureau.id)
        _add(graph, at, "bureau", bureau.name, names="、".join(bureau.names), jurisdiction=bureau.jurisdiction or "")
        _in_place(graph, at, bureau.jurisdiction)
    for target in facts.targets:
        _add_target(graph, target)
    for task in facts.tasks:
        _add_task(graph, task)
    _add_citations(graph, facts)
    _add_places(graph)
    return graph


def _add(graph: Graph, at: str, kind: str, label: str, **attributes: str) -> None:
    given = dict.fromkeys(_ATTRIBUTES, "")
    graph.add_node(at, kind=kind, label=label, **(given | attributes))


def _link(graph: Graph, start: str, end: str, kind: EdgeKind, **attributes: str) -> None:
    graph.add_edge(start, end, key=kind, kind=kind, **attributes)


def _in_place(graph: Graph, at: str, jurisdiction: str | None) -> None:
    if jurisdiction:
        place = node("jurisdiction", jurisdiction)
        if place not in graph:
            _add(graph, place, "jurisdiction", jurisdiction)
        _link(graph, at, place, "part-of")


def _add_task(graph: Graph, task: Task) -> None:
    at = node("task", task.id)
    review = f"{task.review.who} {task.review.when[:10]}" if task.review else ""
    _add(
        graph, at, "task", task.title, plan=task.plan, section=" ▸ ".join(task.section), quote=task.quote,
        years="、".join(task.by), review=review, collective="、".join(task.collective or ()),
    )  # fmt: skip
    _link(graph, at, node("plan", task.plan), "part-of")
    for role in ROLES:
        for name in getattr(task, role):
            bureau = node("bureau", task.bureaus.get(name, name))
            if bureau not in graph:
                _add(graph, bureau, "bureau", name, names=name)
            _link(graph, bureau, at, ROLE_EDGES[role], name=name)
    for target in task.targets:
        if node("target", target) in graph:
            _link(graph, at, node("target", target), "sets")
    _due(graph, at, task.by)


def _add_target(graph: Graph, target: Target) -> None:
    at, indicator = node("target", target.id), node("indicator", target.indicator_id)
    _add(
        graph, at, "target", f"{target.indicator} {value(target)}".strip(), plan=target.plan,
        section=" ▸ ".join(target.section), quote=target.quote, years=target.by or "",
    )  # fmt: skip
    if indicator not in graph:
        _add(graph, indicator, "indicator", target.indicator)
    _link(graph, at, node("plan", target.plan), "part-of")
    _link(graph, at, indicator, "sets")
    _due(graph, at, (target.by,) if target.by else ())


def _due(graph: Graph, at: str, times: Iterable[str]) -> None:
    for year in dict.fromkeys(time[:4] for time in times):
        if node("year", year) not in graph:
            _add(graph, node("year", year), "year", year)
        _link(graph, at, node("year", year), "due")


def _add_citations(graph: Graph, facts: GraphFacts) -> None:
    titles = {_bare(plan.title): node("plan", plan.id) for plan in facts.plans}
    for citation in facts.citations:
        document = titles.get(_bare(citation.title)) or node("document", _bare(citation.title))
        if document not in graph:
            _add(graph, document, "document", f"《{citation.title}》{citation.number or ''}", quote=citation.quote)
        if document != node("plan", citation.plan):
            _link(graph, node("plan", citation.plan), document, "cites")
    by_plan: dict[str, list[Citation]] = {}
    for citation in facts.citations:
        by_plan.setdefault(citation.plan, []).append(citation)
    for task in facts.tasks:
        for citation in by_plan.get(task.plan, ()):
            if task.span[0] <= citation.span[0] < task.span[1]:
                document = titles.get(_bare(citation.title)) or node("document", _bare(citation.title))
                _link(graph, node("task", task.id), document, "cites")


def _bare(title: str) -> str:
    """A title for comparison: quotation marks and brackets vary between plans."""
    return "".join(character for character in title if character.isalnum())


def _add_places(graph: Graph) -> None:
    """The places above those in the graph, each with an edge down to the next that is in it."""
    for at in nodes_of(graph, "jurisdiction"):
        name = str(graph.nodes[at]["label"])
        place = places.of(name)
        for above in places.ancestors(place)[1:]:
            higher = node("jurisdiction", above.name)
            if higher in graph:
                _link(graph, higher, at, "above")
                break
