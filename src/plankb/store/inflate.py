"""Unpacking what a store file holds packed: a file from elsewhere may unpack to more than any memory holds."""

from __future__ import annotations

import zlib

MOST_BYTES = 256_000_000
"""What one packed value may unpack to; the longest plan that is read needs a fifth of it."""


def inflate(data: bytes, *, most: int = MOST_BYTES) -> bytes:
    """The bytes of a zlib stream. Raises ValueError where they are more than `most`, zlib.error where it is damaged."""
    stream = zlib.decompressobj()
    found = stream.decompress(data, most)
    if stream.unconsumed_tail:
        raise ValueError(f"unpacks to more than {most} bytes")
    if not stream.eof:
        raise zlib.error("incomplete stream")
    return found
