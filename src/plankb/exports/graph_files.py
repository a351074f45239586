"""The graph as a file for other programs: GraphML, GEXF, node-link JSON; as a picture and as a page to explore."""

from __future__ import annotations

import json
from io import BytesIO

from plankb.errors import Language
from plankb.exports.safe import harmless_json
from plankb.graph.kinds import Graph
from plankb.printing import printed


def graphml(graph: Graph, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """GraphML, as yEd, Gephi and networkx read it."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_graphml(_printable(graph), buffer, encoding="utf-8", named_key_ids=True, edge_id_from_attribute="id")
    return buffer.getvalue()


def gexf(graph: Graph, *, lang: Language = "zh") -> bytes:  # noqa: ARG001
    """GEXF 1.2, as Gephi reads it."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_gexf(_printable(graph), buffer, encoding="utf-8", version="1.2draft")
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


def _printable(graph: Graph) -> Graph:
    """A copy whose text XML can hold, with an id on every edge: GraphML and GEXF want edges told apart."""
    import networkx as nx

    copy: Graph = nx.MultiDiGraph()
    for at, attributes in graph.nodes(data=True):
        copy.add_node(printed(at), **{key: printed(str(value)) for key, value in attributes.items()})
    for number, (start, end, key, attributes) in enumerate(graph.edges(keys=True, data=True)):
        given = {name: printed(str(value)) for name, value in attributes.items()}
        copy.add_edge(printed(start), printed(end), key=key, id=f"e{number}", **given)
    return copy
