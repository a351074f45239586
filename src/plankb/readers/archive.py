"""Archives of XML parts (Word, OFD): opened only where what they unpack to is within reason."""

from __future__ import annotations

import io
import zipfile

from plankb.errors import PlankbError

_ALL, _XML = 500_000_000, 100_000_000
"""Bytes that a file, and its parts of XML, may unpack to; more is no document."""
_PARTS = 20_000


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of a file's bytes. Raises ValueError where it is none, E131 where it unpacks to too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ValueError("not an archive") from error
    entries = archive.infolist()
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
    if xml > _XML or sum(entry.file_size for entry in entries) > _ALL or len(entries) > _PARTS:
        raise PlankbError("E131", path="", size=max(1, sum(entry.file_size for entry in entries) // 1_000_000))
    return archive
