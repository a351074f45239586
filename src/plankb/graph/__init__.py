"""The responsibility graph: who leads and supports what, what sets which target, which document cites which.

It is built from records in a moment and kept nowhere: delete it, and it comes back from the store.
"""

from __future__ import annotations

from plankb.graph.assembly import GraphFacts, build
from plankb.graph.kinds import EdgeKind, Graph, NodeKind

__all__ = ["EdgeKind", "Graph", "GraphFacts", "NodeKind", "build"]
