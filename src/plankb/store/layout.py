"""Clean text in the store: the text in a column of its own, its map back to the file packed beside it."""

from __future__ import annotations

import json
import zlib
from array import array
from itertools import accumulate, pairwise

from plankb.text import CleanText, Paragraph


def pack(clean: CleanText) -> bytes:
    """The map of a clean text: offsets as differences (nearly all 1, so they shrink to little), paragraphs."""
    steps = array("i", [second - first for first, second in pairwise([0, *clean.offsets])])
    rest = {"replaced": sorted(clean.replaced), "paragraphs": [(p.start, p.end, p.kind) for p in clean.paragraphs]}
    head = json.dumps(rest).encode()
    return zlib.compress(len(head).to_bytes(4, "little") + head + steps.tobytes(), 1)


def unpack(raw: str, text: str, layout: bytes) -> CleanText:
    """The clean text again. Raises ValueError or zlib.error where the packed map is damaged."""
    data = zlib.decompress(layout)
    size = int.from_bytes(data[:4], "little")
    rest = json.loads(data[4 : 4 + size])
    steps = array("i")
    steps.frombytes(data[4 + size :])
    paragraphs = tuple(Paragraph(start, end, kind) for start, end, kind in rest["paragraphs"])
    return CleanText(raw, text, array("I", accumulate(steps)), frozenset(rest["replaced"]), paragraphs)
