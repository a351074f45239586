"""The graph as a file for other programs: GraphML, GEXF, node-link JSON; as a picture and as a page to explore."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from plankb.errors import Language, PlankbError
from plankb.graph import page, picture
from plankb.graph.clean import printable
from plankb.graph.kinds import Graph


def graphml(graph: Graph, _lang: Language) -> bytes:
    """GraphML, as yEd, Gephi and networkx read it."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_graphml(printable(graph), buffer, encoding="utf-8", named_key_ids=True, edge_id_from_attribute="id")
    return buffer.getvalue()


def gexf(graph: Graph, _lang: Language) -> bytes:
    """GEXF 1.2, as Gephi reads it."""
    import networkx as nx

    buffer = BytesIO()
    nx.write_gexf(printable(graph), buffer, encoding="utf-8", version="1.2draft")
    return buffer.getvalue()


def node_link(graph: Graph, _lang: Language) -> bytes:
    """Node-link JSON, as networkx and D3 read it."""
    import networkx as nx

    data = nx.node_link_data(graph, edges="links")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


FORMATS: Mapping[str, Callable[[Graph, Language], bytes]] = {
    ".graphml": graphml,
    ".gexf": gexf,
    ".json": node_link,
    ".svg": picture.write,
    ".html": page.write,
}


def known(path: Path) -> str:
    """The extension of a file that a graph can be written to; raises E503 for another."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise PlankbError("E503", path=path.name, known=" ".join(FORMATS))
    return suffix


def render(graph: Graph, suffix: str, *, lang: Language = "zh") -> bytes:
    """The bytes of a file of an extension."""
    return FORMATS[suffix](graph, lang)
