"""What is indexed: every character of Chinese with the one after it, and every word of Latin letters and digits.

So that any Chinese word is found exactly, of whatever length and wherever a segmenter would have cut it, and a search
needs no segmenter. `token.position` leaves a gap at punctuation: a word does not run across a comma.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from plankb.late import dataclass
from plankb.rules.lazy import LazyPattern

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = LazyPattern(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:\.\d+)*")
_IS_HAN = LazyPattern(rf"[{_HAN}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A unit of the index and its place among the others."""

    text: str
    position: int


@lru_cache(maxsize=20_000)
def _folded(char: str) -> str:
    normal = unicodedata.normalize("NFKC", char).lower()
    return normal if len(normal) == 1 else char


def fold(text: str) -> str:
    """Text of the same length without differences of width, case and raised figures (m³, m3)."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return bool(_IS_HAN.match(char))


def runs(folded: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each run of Chinese characters, and each word of other letters and digits (pm2.5, 35)."""
    for match in _RUN.finditer(folded):
        yield match.start(), match.end()


def tokens(folded: str) -> Iterator[Token]:
    """The tokens of folded text. The last character of a Chinese run is a token by itself."""
    position, last = -1, 0
    for start, end in runs(folded):
        position += 1 + bool(folded[last:start].strip())
        last = end
        if not is_han(folded[start]):
            yield Token(folded[start:end], position)
            continue
        for index in range(start, end):
            yield Token(folded[index : min(index + 2, end)], position + index - start)
        position += end - start - 1


GAP = "_"
"""Stands between the tokens of a text where punctuation parts them; no token is this."""


def spaced(folded: str) -> str:
    """The tokens of folded text in one line, `GAP` where a position is left out: what an index of plain words takes."""
    parts: list[str] = []
    last = 0
    for start, end in runs(folded):
        if last and folded[last:start].strip():
            parts.append(GAP)
        last = end
        if is_han(folded[start]):
            parts.extend([folded[at : at + 2] for at in range(start, end - 1)])
            parts.append(folded[end - 1])
        else:
            parts.append(folded[start:end])
    return " ".join(parts)
