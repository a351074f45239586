"""The graph as one HTML page to explore offline: search, filters, a drawing of what is chosen, facts, quotations."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from plankb.errors import Language
from plankb.graph.kinds import EDGE_KINDS, NODE_KINDS, Graph
from plankb.printing import printed
from plankb.words import chosen, say, table, word

_WORDS = "graph."
"""What stands before the keys of the page's words."""


def write(graph: Graph, lang: Language = "zh") -> bytes:
    """The file's bytes. Text from plans goes into the page as data and is only ever shown as text."""
    script = _part("explorer.js")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    parts = {
        "{{LANG}}": "zh-CN" if lang == "zh" else "en",
        "{{TITLE}}": escape(say("pages.graph.title", lang)),
        "{{POLICY}}": f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'",
        "{{STYLE}}": _part("explorer.css"),
        "{{DATA}}": _embedded(_data(graph, lang)),
        "{{SCRIPT}}": script,
    }
    pieces = _part("explorer.html").split("\x00")
    return "".join(parts.get(piece, piece) for piece in pieces).encode()


@cache
def _part(name: str) -> str:
    """A file of this folder; the places of the page that are filled in stand between \\0 characters."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    if name.endswith(".html"):
        for key in ("{{LANG}}", "{{TITLE}}", "{{POLICY}}", "{{STYLE}}", "{{DATA}}", "{{SCRIPT}}"):
            text = text.replace(key, f"\x00{key}\x00")
    return text


def _data(graph: Graph, lang: Language) -> dict[str, object]:
    places = {at: number for number, at in enumerate(graph)}
    return {
        "nodes": [
            {"id": at, **{key: value for key, value in attributes.items() if value}}
            for at, attributes in graph.nodes(data=True)
        ],
        "edges": [[places[start], places[end], kind] for start, end, kind in graph.edges(keys=True)],
        "words": {
            "ui": {
                key.removeprefix(_WORDS): chosen(pair, lang)
                for key, pair in table("pages").items()
                if key.startswith(_WORDS)
            },
            "node": {kind: word("node", kind, lang) for kind in NODE_KINDS},
            "edge": {kind: word("edge", kind, lang) for kind in EDGE_KINDS},
        },
    }


_MARKUP = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def _embedded(data: object) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or starts another."""
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return printed(packed.translate(_MARKUP))
