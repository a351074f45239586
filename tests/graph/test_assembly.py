from __future__ import annotations

from plankb.graph import Graph
from plankb.graph.kinds import EDGE_KINDS, NODE_KINDS
from plankb.model import ROLES
from tests.graph.conftest import example


def edges(graph: Graph, kind: str) -> set[tuple[str, str]]:
    return {(start, end) for start, end, key in graph.edges(keys=True) if key == kind}


def test_every_role_is_an_edge_and_no_other(graph: Graph) -> None:
    kinds = dict(zip(ROLES, ("leads", "supports", "joint"), strict=True))
    for role, kind in kinds.items():
        wanted = {(f"bureau:b:{n}", f"task:{t.id}") for t in example().tasks for n in getattr(t, role)}
        assert edges(graph, kind) == wanted


def test_targets_years_and_places(graph: Graph) -> None:
    assert edges(graph, "sets") == {("task:t1", "target:g1"), ("target:g1", "indicator:绿色出行比例")}
    assert ("task:t1", "year:2030") in edges(graph, "due")
    assert ("target:g1", "year:2025") in edges(graph, "due")
    assert {("task:t4", "plan:demo"), ("bureau:b:d局", "jurisdiction:贵州省")} <= edges(graph, "part-of")
    assert edges(graph, "above") == {("jurisdiction:贵州省", "jurisdiction:贵阳市")}


def test_a_cited_plan_of_the_knowledge_base_is_that_plan(graph: Graph) -> None:
    assert edges(graph, "cites") == {
        ("plan:demo", "plan:up"),
        ("task:t2", "plan:up"),
        ("plan:demo", "document:公路条例"),
        ("task:t1", "document:公路条例"),
    }


def test_every_node_and_edge_says_what_it_is(graph: Graph) -> None:
    assert {attributes["kind"] for _, attributes in graph.nodes(data=True)} == set(NODE_KINDS)
    assert {attributes["kind"] for *_, attributes in graph.edges(data=True)} == set(EDGE_KINDS)
    assert all(attributes["label"] for _, attributes in graph.nodes(data=True))
