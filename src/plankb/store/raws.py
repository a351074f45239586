"""The text of a file beside its clean text: only what the clean text left out, since most of it is in both."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from plankb.store.inflate import inflate

_WHOLE, _REST = b"w", b"r"


def pack(raw: str, text: str, offsets: Sequence[int], replaced: Set[int]) -> bytes:
    """`raw` in little room; `offsets` and `replaced` are those of its clean text."""
    rest = "".join(_left_out(raw, offsets, replaced))
    if _restored(text, offsets, replaced, rest) == raw:
        return _REST + zlib.compress(rest.encode(), 6)
    return _WHOLE + zlib.compress(raw.encode(), 6)


def unpack(data: bytes, text: str, offsets: Sequence[int], replaced: Set[int]) -> str:
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
    for index, (last, offset) in enumerate(pairwise((-1, *offsets))):
        if offset == last + 1 and index not in replaced:
            continue
        parts.append(text[start:index])
        size = max(0, offset - last - 1) + (offset > last and index in replaced)
        parts.append(rest[at : at + size])
        at += size
        start = index if offset > last and index not in replaced else index + 1
    parts += [text[start:], rest[at:]]
    return "".join(parts)
