"""The runs of a Word file that hold given words: split so that the words are whole runs, and found by their place."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

from plankb.readers.docx import Piece

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROPERTIES = f"{W}rPr"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def cut(pieces: Sequence[Piece], edges: Iterable[int]) -> None:
    """Splits runs so that every edge lies between two runs; from the end, so that earlier offsets stay true."""
    for edge in sorted(edges, reverse=True):
        piece = next((p for p in pieces if p.start < edge < p.end or (p.start == edge and _has_before(p))), None)
        if piece is not None:
            _split(piece, edge - piece.start)


def _has_before(piece: Piece) -> bool:
    """Whether the run holds text before this element."""
    before = piece.element.getprevious()
    return before is not None and before.tag != PROPERTIES


def _split(piece: Piece, offset: int) -> None:
    """Moves what follows `offset` characters of the piece's element into a new run with the same properties."""
    run, element = piece.run, piece.element
    if element.getparent() is not run:
        return  # inside a drawing: left whole
    rest = run.makeelement(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    if len(run) and run[0].tag == PROPERTIES:
        rest.append(copy.deepcopy(run[0]))
    following = list(element.itersiblings())
    words = element.text or ""
    if 0 < offset < len(words):
        tail = copy.deepcopy(element)
        tail.text, element.text = words[offset:], words[:offset]
        for each in (tail, element):
            each.set(SPACE, "preserve")
        rest.append(tail)
    else:
        rest.append(element)
    rest.extend(following)
    run.addnext(rest)


def inside(pieces: Sequence[Piece], span: tuple[int, int]) -> list[Piece]:
    """The pieces that a span of the text touches."""
    return [piece for piece in pieces if piece.start < span[1] and piece.end > span[0]]
