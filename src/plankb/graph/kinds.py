"""What stands in the graph: the kinds of nodes and edges, and how a node is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = nx.MultiDiGraph[str]
else:
    Graph = object
"""Node attributes: kind, label, and by kind: plan, section, quote, years, jurisdiction, review (all text, "" for none).
Edge keys are `EdgeKind`; attributes: kind, and for roles the printed name."""

NodeKind = Literal["jurisdiction", "plan", "bureau", "task", "target", "indicator", "year", "document"]
NODE_KINDS: tuple[NodeKind, ...] = (
    "jurisdiction", "plan", "bureau", "task", "target", "indicator", "year", "document",
)  # fmt: skip

EdgeKind = Literal["leads", "supports", "joint", "sets", "due", "part-of", "cites", "above"]
EDGE_KINDS: tuple[EdgeKind, ...] = ("leads", "supports", "joint", "sets", "due", "part-of", "cites", "above")
"""bureau leads, supports, joint task · task sets target, target sets indicator · task, target due year · task, target
part-of plan, bureau, plan part-of jurisdiction · plan, task cites document or plan ·
jurisdiction above jurisdiction."""


def nodes_of(graph: Graph, kind: NodeKind) -> list[str]:
    """The nodes of a kind, in the order in which they were added."""
    return [at for at, attributes in graph.nodes(data=True) if attributes["kind"] == kind]


def node(kind: NodeKind, id_: str) -> str:
    """The name of a node: its kind keeps a bureau and an indicator of one id apart."""
    return f"{kind}:{id_}"
