"""The graph as a file for other programs: GraphML, GEXF, node-link JSON; as a picture and as a page to explore."""

from __future__ import annotations

import json
from io import BytesIO

from plankb.errors import Language
from plankb.exports.safe import harmless_json
from plankb.graph.clean import printable
from plankb.graph.kinds import Graph


def graphml(graph: Graph, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """GraphML, as yEd, Gephi and networkx read it."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_graphml(printable(graph), buffer, encoding="utf-8", named_key_ids=True, edge_id_from_attribute="id")
    return buffer.getvalue()


def gexf(graph: Graph, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """GEXF 1.2, as Gephi reads it."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_gexf(printable(graph), buffer, encoding="utf-8", version="1.2draft")
    return buffer.getvalue()


def node_link(graph: Graph, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """Node-link JSON, as networkx and D3 read it."""
    import networkx as nx

    data = nx.node_link_data(graph, edges="links")
    return (harmless_json(json.dumps(data, ensure_ascii=False, indent=1)) + "\n").encode("utf-8", errors="replace")


def picture(graph: Graph, *, lang: Language = "zh") -> bytes:
    """SVG: bureaus and tasks, drawn."""
    from plankb.graph import picture as drawing

    return drawing.write(graph, lang)


def page(graph: Graph, *, lang: Language = "zh") -> bytes:
    """An HTML page to explore offline."""
    from plankb.graph import page as explorer

    return explorer.write(graph, lang)
