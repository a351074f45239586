"""What a PDF unpacks to, measured before pdfium holds it in memory: a small file may unpack to gigabytes.

pdfium unpacks the content of a page at once and keeps an object of some 300 bytes for each thing drawn, so both the
bytes and the drawing operators of the streams are counted. What a stream says of its length or its end is not believed.
"""

from __future__ import annotations

import re
import zlib

from plankb.errors import PlankbError
from plankb.readers.pdf.nesting import most_drawn, operators_in

LIMIT = 400_000_000
"""Bytes that all streams of a file may unpack to."""
MOST_OPERATORS, MOST_OF_A_STREAM = 5_000_000, 1_000_000
"""Operators that draw or write in all streams, and in one: a page of them takes 300 MB. A printed page has 5,000."""
_CHUNK = 1 << 16
_STREAM = re.compile(rb"stream[ \t]*(?:\r\n|\n|\r)?")
_HEAD = 1000
"""Bytes before a stream in which its dictionary says how it is packed."""
_PACKED_TWICE = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\b")
_OLD = re.compile(rb"/(LZWDecode|LZW|RunLengthDecode|RL)\b")
_CLEAR, _END = 256, 257
_FEWEST_BITS, _MOST_BITS = 9, 12


def check_size(data: bytes) -> None:
    """Raises E131 where the streams of a file unpack to more than `LIMIT`, E149 where they draw more than a document
    does, E116 for a stream that is packed twice, as no program packs a page."""
    left, operators = LIMIT, 0
    for match in _STREAM.finditer(data):
        if match.end() >= len(data) or data[match.start() - 3 : match.start()] == b"end":
            continue
        head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b"obj")[2]
        size, drawn = _measured(data, match.end(), left, head)
        left -= size
        operators += drawn
        if left < 0:
            raise PlankbError("E131", path="", size=f"{LIMIT // 1_000_000}+", most=LIMIT // 1_000_000)
        if drawn > MOST_OF_A_STREAM or operators > MOST_OPERATORS:
            raise PlankbError("E149", path="", most=MOST_OF_A_STREAM // 10_000)
        if len(_PACKED_TWICE.findall(head)) > 1:
            raise PlankbError("E116", path="")
    if most_drawn(data, MOST_OF_A_STREAM + 1) > MOST_OF_A_STREAM:
        raise PlankbError("E149", path="", most=MOST_OF_A_STREAM // 10_000)


def _measured(data: bytes, start: int, enough: int, head: bytes) -> tuple[int, int]:
    """The bytes that a stream unpacks to, counted no further than past `enough`, and its operators.

    `head` is its dictionary.
    """
    if data[start] & 0x0F != 8 or _OLD.search(head):
        return _other(data, start, enough, head)
    unpack, size, operators = zlib.decompressobj(), 0, 0
    for at in range(start, len(data), _CHUNK):
        piece = data[at : at + _CHUNK]
        try:
            while piece and size <= enough and not unpack.eof:
                found = unpack.decompress(piece, 16 * _CHUNK)
                size += len(found)
                piece = unpack.unconsumed_tail
                operators += operators_in(found)
        except zlib.error:
            return size, operators
        if size > enough or unpack.eof or operators > MOST_OF_A_STREAM:
            break
    return size, operators


def _other(data: bytes, start: int, enough: int, head: bytes) -> tuple[int, int]:
    """The same of a stream that is not deflated."""
    end = data.find(b"endstream", start)
    end = len(data) if end < 0 else end
    if old := _OLD.search(head):
        count = lzw_size if old[1].startswith(b"L") else run_lengths_size
        return count(data[start:end], enough), 0
    return 0, operators_in(data[start:end])


def lzw_size(data: bytes, enough: int) -> int:
    """The bytes that an LZW stream unpacks to, counted no further than past `enough`."""
    held = bits = size = at = 0
    width, lengths, before = _FEWEST_BITS, [1] * (_END + 1), 0
    while size <= enough and (bits >= width or at < len(data)):
        while bits < width and at < len(data):
            held, bits, at = (held << 8 | data[at]) & 0xFFFFFFFF, bits + 8, at + 1
        if bits < width:
            break
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        if code == _END:
            break
        if code == _CLEAR:
            width, lengths, before = _FEWEST_BITS, lengths[: _END + 1], 0
            continue
        length = lengths[code] if code < len(lengths) else before + 1
        if before and len(lengths) < 1 << _MOST_BITS:
            lengths.append(before + 1)
            if len(lengths) + 1 >= 1 << width and width < _MOST_BITS:
                width += 1
        size += length
        before = length
    return size


def run_lengths_size(data: bytes, enough: int) -> int:
    """The bytes that a stream of run lengths unpacks to, counted no further than past `enough`."""
    size = at = 0
    while at < len(data) and size <= enough and data[at] != 128:
        repeated = data[at] > 128
        size += 257 - data[at] if repeated else data[at] + 1
        at += 2 if repeated else data[at] + 2
    return size
