"""What a PDF unpacks to, measured before pdfium holds it in memory: a small file may unpack to gigabytes."""

from __future__ import annotations

import re
import zlib

from plankb.errors import PlankbError

LIMIT = 400_000_000
"""Bytes that all streams of a file may unpack to."""
_SMALL = 20_000
"""A packed stream below this cannot unpack to much (deflate packs a thousand to one at best)."""
_CHUNK = 1 << 16
_STREAM = re.compile(rb"stream\r?\n")


def check_size(data: bytes) -> None:
    """Raises E131 where the streams of a file unpack to more than `LIMIT`."""
    left = LIMIT
    for match in _STREAM.finditer(data):
        end = data.find(b"endstream", match.end())
        end = len(data) if end < 0 else end
        if end - match.end() < _SMALL or data[match.end()] & 0x0F != 8:
            continue
        left -= _unpacked(data, match.end(), end, left)
        if left < 0:
            raise PlankbError("E131", path="", size=LIMIT // 1_000_000)


def _unpacked(data: bytes, start: int, end: int, enough: int) -> int:
    """How many bytes a deflated stream unpacks to, counted no further than past `enough`."""
    unpack, size = zlib.decompressobj(), 0
    for at in range(start, end, _CHUNK):
        piece = data[at : min(end, at + _CHUNK)]
        try:
            while piece and size <= enough:
                size += len(unpack.decompress(piece, 16 * _CHUNK))
                piece = unpack.unconsumed_tail
        except zlib.error:
            return size
        if size > enough or unpack.eof:
            break
    return size
