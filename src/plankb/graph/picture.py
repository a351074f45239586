"""The graph as an SVG picture: bureaus, tasks and what they must reach, in ranks with readable labels."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from plankb.errors import Language
from plankb.graph.kinds import Graph, NodeKind, nodes_of
from plankb.graph.layout import Layered, layered
from plankb.printing import printed
from plankb.words import word

RANKS: tuple[NodeKind, ...] = ("jurisdiction", "bureau", "task", "target", "year")
"""From left to right. Plans are the colour of their tasks, indicators and documents are left to the other formats."""
_WIDTHS: Mapping[str, int] = {"jurisdiction": 90, "bureau": 230, "task": 330, "target": 380, "year": 60}
_ROW, _GAP, _MARGIN, _HEAD = 22, 170, 24, 64
_FONT = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC','SimSun',sans-serif"
_FILLS: Mapping[str, str] = {
    "jurisdiction": "#c5d9ed", "bureau": "#dde8f3", "target": "#eef3e2", "year": "#f2f2f2",
}  # fmt: skip
_PLANS = ("#fdf1d6", "#e6f0fa", "#f3e6f5", "#e2f3ea", "#fae6e2", "#ececdc")
_LINES: Mapping[str, tuple[str, str]] = {
    "leads": ("#b03a2e", "1.6"), "supports": ("#7f8c8d", "0.8"), "joint": ("#2e6da4", "1"),
    "sets": ("#5d8a3a", "0.8"), "due": ("#b8b8b8", "0.6"), "part-of": ("#9fb6cd", "0.8"),
}  # fmt: skip


def write(graph: Graph, lang: Language = "zh") -> bytes:
    """The file's bytes: SVG 1.1 that needs no script, style sheet or font file."""
    ranks = [nodes_of(graph, kind) for kind in RANKS]
    edges = [(start, end) for start, end, kind in graph.edges(keys=True) if kind in _LINES]
    drawn = layered(ranks, edges)
    width = 2 * _MARGIN + sum(_WIDTHS.values()) + _GAP * (len(RANKS) - 1)
    height = _HEAD + _MARGIN + max(drawn.height, 1) * _ROW
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f" font-family={quoteattr(_FONT)} font-size=\"12\">",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_legend(graph, lang),
        '<g fill="none" stroke-opacity="0.75">', *_edges(graph, drawn), "</g>",
        "<g>", *_nodes(graph, drawn), "</g>", "</svg>", "",
    ]  # fmt: skip
    return "\n".join(lines).encode()


def _left(rank: int) -> int:
    return _MARGIN + sum(_WIDTHS[kind] + _GAP for kind in RANKS[:rank])


def _middle(drawn: Layered, at: str) -> float:
    return _HEAD + drawn.places[at][1] * _ROW + _ROW / 2


def _edges(graph: Graph, drawn: Layered) -> Iterator[str]:
    for start, end, kind in graph.edges(keys=True):
        if kind not in _LINES or start not in drawn.places or end not in drawn.places:
            continue
        first, second = sorted((start, end), key=lambda at: drawn.places[at][0])
        x1 = _left(drawn.places[first][0]) + _WIDTHS[RANKS[drawn.places[first][0]]]
        x2 = _left(drawn.places[second][0])
        y1, y2 = _middle(drawn, first), _middle(drawn, second)
        bend = (x2 - x1) / 2
        colour, width = _LINES[kind]
        yield (
            f'<path d="M{x1} {y1:.1f}C{x1 + bend:.0f} {y1:.1f} {x2 - bend:.0f} {y2:.1f} {x2} {y2:.1f}"'
            f' stroke="{colour}" stroke-width="{width}"/>'
        )


def _nodes(graph: Graph, drawn: Layered) -> Iterator[str]:
    plans = {at.partition(":")[2]: number for number, at in enumerate(nodes_of(graph, "plan"))}
    for at, (rank, _) in drawn.places.items():
        attributes = graph.nodes[at]
        kind, label = RANKS[rank], printed(str(attributes["label"]))
        fill = _FILLS.get(kind) or _PLANS[plans.get(str(attributes["plan"]), 0) % len(_PLANS)]
        x, y = _left(rank), _middle(drawn, at)
        told = "\n".join(filter(None, (label, printed(str(attributes["section"])), printed(str(attributes["quote"])))))
        yield (
            f"<g><title>{escape(told)}</title>"
            f'<rect x="{x}" y="{y - _ROW / 2 + 2:.1f}" width="{_WIDTHS[kind]}" height="{_ROW - 4}" rx="3" fill="{fill}"'
            f' stroke="#8a9bab" stroke-width="0.6"/>'
            f'<text x="{x + 6}" y="{y + 4:.1f}">{escape(_shortened(label, _WIDTHS[kind] - 12))}</text></g>'
        )


def _shortened(label: str, room: int) -> str:
    """A label that fits: a Chinese character is 12 units wide, others about 7."""
    label = " ".join(label.split())
    used = 0
    for position, character in enumerate(label):
        used += 12 if unicodedata.east_asian_width(character) in "WFA" else 7
        if used > room:
            return label[: max(position - 1, 0)] + "…"
    return label


def _legend(graph: Graph, lang: Language) -> Iterator[str]:
    for rank, kind in enumerate(RANKS):
        yield f'<text x="{_left(rank)}" y="{_HEAD - 8}" font-weight="bold">{escape(word("node", kind, lang))}</text>'
    x = _MARGIN
    for edge, (colour, width) in list(_LINES.items())[:3]:
        yield f'<path d="M{x} 20h30" stroke="{colour}" stroke-width="{width}" fill="none"/>'
        yield f'<text x="{x + 36}" y="24">{escape(word("edge", edge, lang))}</text>'
        x += 120
    for number, at in enumerate(nodes_of(graph, "plan")):
        label = _shortened(printed(str(graph.nodes[at]["label"])), 260)
        yield f'<rect x="{x}" y="12" width="14" height="14" fill="{_PLANS[number % len(_PLANS)]}" stroke="#8a9bab"/>'
        yield f'<text x="{x + 20}" y="24">{escape(label)}</text>'
        x += 300
