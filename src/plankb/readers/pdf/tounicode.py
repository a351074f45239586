"""What the codes of a font mean, read from the file's own tables where pdfium gives up on them.

pdfium passes over tables that some makers of government PDF write (ranges without spaces) and then gives the bare code
as if it were a character. Tables are found by the fonts' names; a file that hides them (encrypted) stays unrepaired.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property

_LIMIT = 8_000_000
"""Bytes that one stream may unpack to."""
_STREAMS = 4000
_CODES = 70_000
_FONT = re.compile(rb"<<[^<>]{0,2000}?/ToUnicode\s+(\d{1,9})\s+\d{1,5}\s+R[^<>]{0,2000}?>>")
_NAME = re.compile(rb"/BaseFont\s*/([^\s/<>\[\]()]{1,200})")
_PACKED = re.compile(rb"/Type\s*/ObjStm")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


class FontTables:
    """The tables of a file's fonts, looked up when first needed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._tables: dict[str, Mapping[int, str]] = {}

    def meaning(self, font: str, code: int) -> str:
        """What a code means in a font, "" where the file does not say."""
        if font not in self._tables:
            number = self._numbers.get(font)
            self._tables[font] = _codes(self._stream(number)) if number else {}
        return self._tables[font].get(code, "")

    @cached_property
    def _numbers(self) -> dict[str, bytes]:
        """The object that holds a font's table, by the font's name."""
        found: dict[str, bytes] = {}
        for part in (self._data, *self._packed()):
            for match in _FONT.finditer(part):
                name = _NAME.search(match.group())
                if name:
                    found.setdefault(_plain(name[1]), match[1])
        return found

    def _packed(self) -> Iterator[bytes]:
        """The unpacked object streams of the file."""
        for count, match in enumerate(_PACKED.finditer(self._data)):
            if count > _STREAMS:
                return
            yield self._unpacked(match.end())

    def _stream(self, number: bytes) -> bytes:
        """The content of an object that is a stream."""
        heads = list(re.finditer(rb"(?<!\d)" + number + rb"\s+\d{1,5}\s+obj", self._data))
        return self._unpacked(heads[-1].end()) if heads else b""

    def _unpacked(self, start: int) -> bytes:
        """The stream that begins behind an offset."""
        head = re.compile(rb"stream\r?\n").search(self._data, start, start + 4000)
        if head is None:
            return b""
        try:
            return zlib.decompressobj().decompress(self._data[head.end() : head.end() + _LIMIT], _LIMIT)
        except zlib.error:
            end = self._data.find(b"endstream", head.end(), head.end() + _LIMIT)
            return self._data[head.end() : end] if end > 0 else b""


def _plain(name: bytes) -> str:
    """A name without its escapes (#20)."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), name).decode("utf-8", "replace")


def _codes(table: bytes) -> dict[int, str]:
    """Code to text, of the table of a font."""
    found: dict[int, str] = {}
    for section in _SECTION.finditer(table):
        tokens = _TOKEN.finditer(section[2])
        for token in tokens:
            low = _hex(token[1])
            if low is None or len(found) > _CODES:
                break
            high = low if section[1] == b"bfchar" else _hex(next(tokens)[1])
            _fill(found, low, high, tokens)
    return found


def _fill(found: dict[int, str], low: int, high: int | None, tokens: Iterator[re.Match[bytes]]) -> None:
    """One entry: a text that counts up from `low` to `high`, or a list of texts."""
    value = next(tokens, None)
    if value is None or high is None:
        return
    if value[2]:
        for code, item in enumerate(tokens, low):
            if item[3]:
                return
            found[code] = _text(item[1])
    else:
        text = _text(value[1])
        for code in range(low, min(high, low + 0xFF) + 1):
            if text:
                found[code] = text[:-1] + chr(min(ord(text[-1]) + code - low, 0xFFFF))


def _hex(digits: bytes | None) -> int | None:
    squeezed = re.sub(rb"\s", b"", digits or b"")
    return int(squeezed, 16) if squeezed and len(squeezed) <= 8 else None


def _text(digits: bytes | None) -> str:
    """The text that hexadecimal UTF-16 spells."""
    squeezed = re.sub(rb"\s", b"", digits or b"")
    return bytes.fromhex(squeezed.decode() + "0" * (len(squeezed) % 2)).decode("utf-16-be", "ignore")
