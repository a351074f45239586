"""Bytes to text, in whatever encoding Chinese text comes.

A mark at the start and valid UTF-8 decide at once. Otherwise the encodings in use for Chinese, and those that
charset-normalizer proposes, are tried, and the reading that looks most like Chinese wins: statistics of bytes are weak
on a short file, but a wrong decoding gives rare characters where a right one gives common ones.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = ("gb18030", "utf-16-le", "utf-16-be", "big5hkscs", "utf-8")
"""In the order that breaks a tie. UTF-8 is here once more for a file that holds a few broken bytes."""
_SAMPLE = 64_000
_ENOUGH = 0.8
"""The share of likely characters from which a decoding is believed."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd\ufffe\uffff]")
_MAX_CONTROL = 0.005


def decode(data: bytes) -> str:
    """The text of a file's bytes. Raises ValueError where no encoding makes text of them."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace"))
    try:
        return _checked(data.decode("utf-8"))
    except ValueError:
        return _guessed(data)


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > _MAX_CONTROL * len(text):
        raise ValueError("control characters: not text")
    return text


def _guessed(data: bytes) -> str:
    mixed = _line_by_line(data)
    if mixed is not None:
        return _checked(mixed)
    sample = data[:_SAMPLE]
    best = max(_candidates(sample), key=lambda encoding: _likeness(sample.decode(encoding, errors="replace")))
    if _likeness(sample.decode(best, errors="replace")) < _ENOUGH:
        raise ValueError("no encoding makes text of it")
    return _checked(data.decode(best, errors="replace"))


def _line_by_line(data: bytes) -> str | None:
    """A text put together from files in UTF-8 and in GB 18030; None where it does not hold lines of both."""
    found: list[str] = []
    kinds: set[str] = set()
    for line in data.splitlines(keepends=True):
        encoding = _encoding_of(line)
        if encoding is None:
            return None
        found.append(line.decode(encoding))
        if not line.isascii():
            kinds.add(encoding)
    text = "".join(found)
    return text if len(kinds) > 1 and _likeness(text) >= _ENOUGH else None


def _encoding_of(line: bytes) -> str | None:
    """The encoding in which a line looks most like Chinese; None where it is in neither of the two."""
    likeness = {}
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            likeness[encoding] = _likeness(line.decode(encoding))
    return max(likeness, key=lambda encoding: likeness[encoding], default=None)


def _candidates(sample: bytes) -> Iterator[str]:
    yield from _USUAL
    from charset_normalizer import from_bytes

    proposed = from_bytes(sample).best()
    if proposed is not None:
        yield proposed.encoding


def _likeness(text: str) -> float:
    """0..1: the share of characters that plans are made of, ASCII letters left out where there is anything else."""
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.0 if _CONTROL.search(text) else 1.0
    ascii_noise = len(_CONTROL.findall(text))
    return sum(char in _common() for char in foreign) / (len(foreign) + ascii_noise)


@cache
def _common() -> frozenset[str]:
    """The signs of GB 2312 and its 3,755 common characters, and the 5,401 common ones of Big5."""
    rows = [(lead, range(0xA1, 0xFF)) for lead in (*range(0xA1, 0xAA), *range(0xB0, 0xD8))]
    simplified = {bytes((lead, trail)).decode("gb2312", errors="ignore") for lead, trails in rows for trail in trails}
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = ((lead, trail) for lead in range(0xA1, 0xC7) for trail in trails)
    traditional = {bytes(pair).decode("big5", errors="ignore") for pair in pairs}
    return frozenset(simplified | traditional | set("\u00a0\u3000²³µ•–—‘’“”…℃㎡")) - {""}
