"""Archives of XML parts (Word, OFD): opened only where what they unpack to is within reason.

What a part declares is not believed: a part that declares ten bytes may unpack to gigabytes, and readers unpack it in
one go. So each part is unpacked once here, piece by piece, and counted.
"""

from __future__ import annotations

import io
import math
import zipfile
import zlib

from plankb.errors import PlankbError

_ALL, _XML = 500_000_000, 100_000_000
"""Bytes that a file, and its parts of XML, may unpack to; more is no document."""
_PARTS = 20_000
_CHUNK = 1 << 20
_LOCAL = 30
"""Bytes of the header before each part, without its name and what is added to it."""


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of a file's bytes.

    Raises ValueError where it is none or where parts are not what they declare, E131 where it unpacks to too much,
    E155 for too many parts.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ValueError("not an archive") from error
    entries = archive.infolist()
    if len(entries) > _PARTS:
        raise PlankbError("E155", path="", count=len(entries), most=_PARTS)
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
    for size, most in ((xml, _XML), (sum(entry.file_size for entry in entries), _ALL)):
        if size > most:
            raise PlankbError("E131", path="", size=math.ceil(size / 1_000_000), most=most // 1_000_000)
    for entry in entries:
        if not _is_as_declared(data, entry):
            raise ValueError(f"{entry.filename} is not what it declares")
    return archive


def _is_as_declared(data: bytes, entry: zipfile.ZipInfo) -> bool:
    """Whether a part unpacks to no more than it declares, by a method that office programs use."""
    head = data[entry.header_offset : entry.header_offset + _LOCAL]
    if len(head) < _LOCAL:
        return False
    start = entry.header_offset + _LOCAL + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return entry.compress_size == entry.file_size
    return entry.compress_type == zipfile.ZIP_DEFLATED and _inflates_to(packed, entry.file_size)


def _inflates_to(packed: memoryview, most: int) -> bool:
    """Whether a raw deflate stream unpacks to at most so many bytes; what is damaged is left to whoever reads it."""
    stream, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    piece: bytes | memoryview = packed
    try:
        while piece and size <= most and not stream.eof:
            size += len(stream.decompress(piece, _CHUNK))
            piece = stream.unconsumed_tail
    except zlib.error:
        pass
    return size <= most
