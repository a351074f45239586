"""Text from plans made fit for XML, and for a page that embeds it."""

from __future__ import annotations

import json

from plankb.graph.kinds import Graph
from plankb.printing import printed

_MARKUP = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def text(words: str) -> str:
    """Text that XML can hold, without what would be obeyed or not seen."""
    return printed(words)


def printable(graph: Graph) -> Graph:
    """A copy whose text XML can hold, with an id on every edge: GraphML and GEXF want edges told apart."""
    import networkx as nx

    copy: Graph = nx.MultiDiGraph()
    for at, attributes in graph.nodes(data=True):
        copy.add_node(text(at), **{key: text(str(value)) for key, value in attributes.items()})
    for number, (start, end, key, attributes) in enumerate(graph.edges(keys=True, data=True)):
        given = {name: text(str(value)) for name, value in attributes.items()}
        copy.add_edge(text(start), text(end), key=key, id=f"e{number}", **given)
    return copy


def embedded(data: object) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or starts another."""
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text(packed.translate(_MARKUP))
