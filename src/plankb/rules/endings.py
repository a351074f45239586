"""The characters in which a match of a regular expression may end, read off the expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb.rules.needs import ODD, TOKEN

_OPTIONAL = re.compile(r"[*?]|\{0*(?:,|\})")
_CLASSES = (".", r"\d", r"\D", r"\s", r"\S", r"\w", r"\W")
_INNER = re.compile(r"\((?:\?:)?([^()]*)\)[?*][?+]?")


@dataclass(frozen=True, slots=True)
class _Last:
    """The last characters of a piece, None for any; `empty`: it may match nothing, and what stands before it ends."""

    chars: frozenset[str] | None = frozenset()
    empty: bool = True

    def then(self, other: _Last) -> _Last:
        """This piece and another one behind it."""
        if not other.empty:
            return other
        return _Last(self._with(other), self.empty)

    def __or__(self, other: _Last) -> _Last:
        return _Last(self._with(other), self.empty or other.empty)

    def _with(self, other: _Last) -> frozenset[str] | None:
        return None if self.chars is None or other.chars is None else self.chars | other.chars


_ANY = _Last(None, empty=False)


def last_characters(pattern: str) -> frozenset[str] | None:
    """Characters of which one ends every match of a pattern; None where it does not tell, or may match nothing."""
    if ODD.search(pattern):
        return None
    last = _choice(TOKEN.finditer(pattern))
    return None if last.empty else last.chars


def _choice(tokens: Iterator[re.Match[str]]) -> _Last:
    """The last characters of the alternatives up to the end of a group."""
    found: list[_Last] = []
    whole, piece = _Last(), _Last()
    for token in tokens:
        kind = token.lastgroup
        if kind == "repeat":
            piece = _Last(piece.chars, piece.empty or bool(_OPTIONAL.match(token.group())))
            continue
        whole, piece = whole.then(piece), _Last()
        if kind == "close":
            break
        if kind == "bar":
            found.append(whole)
            whole = _Last()
        else:
            piece = _piece(kind, token, tokens)
    whole = whole.then(piece)
    for other in found:
        whole = whole | other
    return whole


def _piece(kind: str | None, token: re.Match[str], tokens: Iterator[re.Match[str]]) -> _Last:
    said = token.group()
    if kind in ("open", "never"):
        inner = _choice(tokens)
        return _Last() if "=" in said or kind == "never" else inner  # looks ahead or back, and takes nothing
    if kind == "nothing":
        return _nothing(said)
    if kind == "words":
        ends = {word[-1:] for word in token["said"].split("|")}
        return _Last() if said.startswith(("(?=", "(?<=")) else _Last(frozenset(ends - {""}), "" in ends)
    if kind == "set":
        return _set(said[1:-1])
    if kind == "code":
        return _of(chr(int(said[2:], 16)))
    if kind == "escape":
        return _ANY if said[1].isalnum() else _of(said[1])
    return _of(said[-1])


def _nothing(said: str) -> _Last:
    """What need not be there: a place, any character, a group that may be left out."""
    inner = _INNER.fullmatch(said)
    if inner is not None:
        last = _choice(TOKEN.finditer(inner[1]))
        return _Last(last.chars, empty=True)
    return _ANY if said in _CLASSES else _Last()


def _of(char: str) -> _Last:
    """One character; a letter may be of either case."""
    return _ANY if char.upper() != char.lower() else _Last(frozenset({char}), empty=False)


def _set(chars: str) -> _Last:
    if chars.startswith("^") or "\\" in chars or "-" in chars or any(char.upper() != char.lower() for char in chars):
        return _ANY
    return _Last(frozenset(chars), empty=False)
