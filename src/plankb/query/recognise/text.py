"""The text of a question while it is read: recognisers take spans of it, and what nobody took remains."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from plankb.kept_patterns import compiled
from plankb.model import Span
from plankb.printing import printed
from plankb.rules.lazy import Finder, LazyPattern

TAKEN = "\x00"
"""Stands for a character that was taken: no pattern of words matches across it."""

_SPACE = compiled(r"\s+")
_HAN = r"[\u4e00-\u9fff，、。；：？！（）“”《》]"
_INNER = LazyPattern(rf"(?<={_HAN}) (?={_HAN})(?![\u4e00-\u9fff]{{1,6}}[:：])")
"""A space inside Chinese; one before a typed filter (规划:协同) stays."""


def plain(question: str) -> str:
    """One line of text: control characters out, full-width letters and digits narrowed, spaces inside Chinese gone."""
    text = printed(question.replace("\t", " ").replace("\n", " ").replace("\r", " "))
    text = "".join(_narrow(char) for char in text)
    return _INNER.sub("", _SPACE.sub(" ", text)).strip()


def _narrow(char: str) -> str:
    narrow = unicodedata.normalize("NFKC", char)
    if len(narrow) == 1 and narrow.isascii() and (narrow.isalnum() or narrow in "%+-<>=[]/:"):
        return narrow
    return "".join(c for c in narrow if c.isalnum()) or char if char in "₀₁₂₃₄₅₆₇₈₉" else char


def _small(text: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in text)


class QuestionText:
    """A text whose characters are taken span by span; offsets stay those of the text.

    A span may be held: nobody takes any of it, and it remains as one whole.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._taken = bytearray(len(text))
        self.held: list[Span] = []
        self._rest = text
        self._lower = _small(text)

    @property
    def rest(self) -> str:
        """The text with `TAKEN` in the place of every character that is taken or held."""
        return self._rest

    @property
    def lower(self) -> str:
        """`rest` with small Latin letters, character by character."""
        return self._lower

    def is_free(self, start: int, end: int) -> bool:
        """Whether nobody took or holds a character of the span."""
        return not any(self._taken[start:end])

    def take(self, start: int, end: int) -> str:
        """Takes a span and returns its text."""
        self._mark(start, end, b"\x01")
        return self.text[start:end]

    def hold(self, start: int, end: int) -> None:
        """Holds a span."""
        self._mark(start, end, b"\x02")
        self.held.append((start, end))

    def _mark(self, start: int, end: int, mark: bytes) -> None:
        self._taken[start:end] = mark * (end - start)
        gone = TAKEN * (end - start)
        self._rest = f"{self._rest[:start]}{gone}{self._rest[end:]}"
        self._lower = f"{self._lower[:start]}{gone}{self._lower[end:]}"

    def take_all(self, pattern: Finder) -> Iterator[re.Match[str]]:
        """Takes what a pattern matches, from left to right."""
        for match in pattern.finditer(self.rest):
            if match.end() > match.start() and TAKEN not in match.group():
                self.take(*match.span())
                yield match

    def runs(self) -> Iterator[tuple[Span, str]]:
        """The free stretches."""
        for match in re.finditer(f"[^{TAKEN}]+", self.rest):
            yield match.span(), match.group()

    def remains(self) -> Iterator[Span]:
        """The stretches that are free or held."""
        start = None
        for index, taken in enumerate((*self._taken, 1)):
            if taken != 1 and start is None:
                start = index
            elif taken == 1 and start is not None:
                yield start, index
                start = None
