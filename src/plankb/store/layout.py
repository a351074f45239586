"""Clean text in the store: the text in a column of its own, packed beside it its map back to the file, and of the text
of the file only what the clean text left out, since most of it is in both."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate, pairwise
from typing import Any

from plankb.document import Cell, CleanText, Paragraph, Row, Table
from plankb.model import Span
from plankb.store.records import inflate

_WHOLE, _REST = b"w", b"r"


def pack(clean: CleanText) -> bytes:
    """The map of a clean text: offsets as differences (nearly all 1, so they shrink to little), paragraphs, tables."""
    steps = array("i", [second - first for first, second in pairwise([0, *clean.offsets])])
    rest = {
        "replaced": sorted(clean.replaced),
        "paragraphs": [_short((p.start, p.end, p.kind, p.level, p.lead, p.centred, p.box)) for p in clean.paragraphs],
        "tables": [
            [t.caption, t.span, t.exact, [[r.span, [_cell(c) for c in r.cells]] for r in t.rows]] for t in clean.tables
        ],
        "pages": clean.pages,
    }
    head = json.dumps(rest, ensure_ascii=False).encode()
    return zlib.compress(len(head).to_bytes(4, "little") + head + steps.tobytes(), 1)


def unpack(raw: bytes, text: str, layout: bytes) -> CleanText:
    """The clean text again, with `raw` as `pack_raw` gave it. Raises ValueError or zlib.error where it is damaged."""
    data = inflate(layout)
    size = int.from_bytes(data[:4], "little")
    rest = json.loads(data[4 : 4 + size])
    steps = array("i")
    steps.frombytes(data[4 + size :])
    offsets = array("I", accumulate(steps))
    replaced = frozenset(rest["replaced"])
    return CleanText(
        unpack_raw(raw, text, offsets, replaced),
        text,
        offsets,
        replaced,
        tuple(Paragraph(*fields) for fields in rest["paragraphs"]),
        tuple(_table(text, *fields) for fields in rest.get("tables", ())),
        tuple(rest.get("pages", ())),
    )


def _short(fields: tuple[object, ...]) -> tuple[object, ...]:
    """The fields without those at the end that say nothing: most paragraphs have three."""
    while len(fields) > 2 and not fields[-1] and fields[-1] != ():
        fields = fields[:-1]
    return fields


def _cell(cell: Cell) -> Sequence[object]:
    inside = 0 if cell.paragraphs == (cell.span,) else cell.paragraphs
    return _short((*cell.span, inside, cell.rows - 1, cell.columns - 1, cell.merged_span))


def _table(text: str, caption: str, span: list[int], exact: bool, rows: list[Any]) -> Table:
    made = tuple(Row(tuple(_cell_of(text, *cell) for cell in cells), (place[0], place[1])) for place, cells in rows)
    return Table(caption, made, (span[0], span[1]), exact)


def _cell_of(
    text: str, start: int, end: int, inside: Sequence[Span] | int = 0, rows: int = 0, columns: int = 0,
    over: Span | None = None,
) -> Cell:  # fmt: skip
    paragraphs = ((start, end),) if isinstance(inside, int) else tuple((first, last) for first, last in inside)
    merged = (over[0], over[1]) if over else None
    said = text[slice(*merged)] if merged else ""
    return Cell(text[start:end], (start, end), paragraphs, rows + 1, columns + 1, said, merged)


def pack_raw(raw: str, text: str, offsets: Sequence[int], replaced: Set[int]) -> bytes:
    """`raw` in little room; `offsets` and `replaced` are those of its clean text."""
    rest = "".join(_left_out(raw, offsets, replaced))
    if _restored(text, offsets, replaced, rest) == raw:
        return _REST + zlib.compress(rest.encode(), 6)
    return _WHOLE + zlib.compress(raw.encode(), 6)


def unpack_raw(data: bytes, text: str, offsets: Sequence[int], replaced: Set[int]) -> str:
    """The text of the file again. Raises ValueError or zlib.error where it is damaged."""
    rest = inflate(data[1:]).decode()
    return rest if data[:1] == _WHOLE else _restored(text, offsets, replaced, rest)


def _left_out(raw: str, offsets: Sequence[int], replaced: Set[int]) -> Iterator[str]:
    """The parts of the file that the clean text does not hold, in order."""
    for index, (last, offset) in enumerate(pairwise((-1, *offsets))):
        if offset > last + 1:
            yield raw[last + 1 : offset]
        if offset > last and index in replaced:
            yield raw[offset : offset + 1]
    yield raw[offsets[-1] + 1 if offsets else 0 :]


def _restored(text: str, offsets: Sequence[int], replaced: Set[int], rest: str) -> str:
    """Clean text and what it left out, put together."""
    parts: list[str] = []
    start = at = 0
    # Nearly all characters follow one another in the file too: only where they do not is something put in.
    before = (-1, *offsets)
    broken = {index for index, (last, offset) in enumerate(pairwise(before)) if offset - last != 1}
    for index in sorted(broken.union(index for index in replaced if index < len(offsets))):
        last, offset = before[index], before[index + 1]
        parts.append(text[start:index])
        size = max(0, offset - last - 1) + (offset > last and index in replaced)
        parts.append(rest[at : at + size])
        at += size
        start = index if offset > last and index not in replaced else index + 1
    parts += [text[start:], rest[at:]]
    return "".join(parts)
