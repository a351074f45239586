"""What a text must hold for a regular expression to match in it, read off the expression without compiling it.

Compiling one costs `re` 0.3 ms on average and 1 ms where a set holds all Chinese characters, reading it here 0.03 ms;
of the 300 patterns that a question is held against, four fifths need a word that the question does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plankb import kept_patterns
from plankb.kept_patterns import compiled

Needs = tuple[frozenset[str], ...]
"""What every text with a match holds: a string of each set; () where none can be told."""

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\u017f\u212a\u0130\u0131")
"""What a Latin letter may be in a pattern that folds case."""
_REPEAT = r"(?:[*+?]|\{[0-9,]*\})"
TOKEN = compiled(
    r"(?P<nothing>\(\?<?![^()\[\]\\]*\)|\((?:\?:)?[^()\[\]\\]*\)[?*][?+]?|[\^$.]|\\[bBdDsSwWAZ])"
    rf"|(?P<words>\((?:\?(?::|<?=|P<\w+>))?(?P<said>[^\\()\[\]{{}}*+?.^$A-Za-z]+)\)(?!{_REPEAT}))"
    rf"|(?P<word>[^\\()\[\]{{}}|*+?.^$A-Za-z]+(?!{_REPEAT}))"
    r"|(?P<bar>\|)|(?P<close>\))|(?P<never>\(\?<?!)|(?P<open>\((?:\?(?:P<\w+>|<?=|[:>]|i:))?)"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    rf"|(?P<repeat>{_REPEAT}[?+]?)|(?P<code>\\(?:u[0-9a-fA-F]{{4}}|x[0-9a-fA-F]{{2}}|U[0-9a-fA-F]{{8}}))"
    r"|(?P<escape>\\(?:[0-9]+|.))|(?P<char>.)",
    re.DOTALL,
)
ODD = compiled(r"\(\?(?!P<|<?[=!]|[:>]|i:)")
"""Groups that are not read here: flags for the whole, comments, conditions, what a group held."""
_AT_LEAST_ONCE = compiled(r"\+|\{0*[1-9]")
_QUICK, _ROWS = 12, 3
"""Strings, and rows of them, that are looked for in a text of a clause in the time of one search for a pattern."""
_WIDEST = 40
"""A set of more characters than these tells too little."""


def needs(pattern: str) -> Needs:
    """Sets of strings, of each of which one is in every text that the pattern matches; () where it does not tell."""
    return tuple(map(frozenset, kept_patterns.rows(pattern, _read_off)))


def _read_off(pattern: str) -> Sieve:
    return () if ODD.search(pattern) else tuple(tuple(sorted(words)) for words in _choice(TOKEN.finditer(pattern)))


Sieve = tuple[tuple[str, ...], ...]
"""Strings of which a text with a match holds one of each row; quicker to look for than a match."""


def sieve(pattern: str) -> Sieve:
    """What every text with a match holds: at most three rows of a few strings, the shortest row first.

    () where the pattern does not tell, or needs one of many.
    """
    few = {tuple(sorted(words)) for words in needs(pattern) if len(words) <= _QUICK}
    return tuple(sorted(few, key=lambda row: (len(row), row))[:_ROWS])


def whole_sieve(pattern: str) -> Sieve:
    """All that every text with a match holds, however many rows of however many strings: for long texts, and for
    patterns whose search takes long."""
    return _shortest_first(kept_patterns.rows(pattern, _read_off))


def rows(pattern: str) -> Sieve:
    """`whole_sieve`, not kept for other processes."""
    return _shortest_first(_read_off(pattern))


def _shortest_first(found: Sieve) -> Sieve:
    return tuple(sorted(found, key=lambda row: (len(row), row)))


def could_match(rows: Sieve, text: str) -> bool:
    """Whether a text passes a sieve."""
    for row in rows:  # generators take three times as long
        for word in row:
            if word in text:
                break
        else:
            return False
    return True


def _choice(tokens: Iterator[re.Match[str]]) -> Needs:
    """What the alternatives up to the end of a group need together."""
    alternatives: list[list[frozenset[str]]] = [[]]
    last: Needs = ()
    for token in tokens:
        kind = token.lastgroup
        if kind == "close":
            break
        if kind == "repeat":
            last = last if _AT_LEAST_ONCE.match(token.group()) else ()
            continue
        alternatives[-1].extend(last)
        if kind == "bar":
            alternatives.append([])
        last = () if kind in ("bar", "nothing") else _piece(kind, token, tokens)
    alternatives[-1].extend(last)
    if len(alternatives) == 1:
        return tuple(alternatives[0])
    return (frozenset().union(*map(_best, alternatives)),) if all(alternatives) else ()


def _best(told: Sequence[frozenset[str]]) -> frozenset[str]:
    """What tells most of all that a sequence needs: the fewest strings, then the longest."""
    if len(told) < 2:
        return told[0] if told else frozenset()
    return min(told, key=lambda some: (len(some), -min(map(len, some))))


def _piece(kind: str | None, token: re.Match[str], tokens: Iterator[re.Match[str]]) -> Needs:
    if kind == "word":
        return _literal(token.group())
    if kind == "words":
        words = frozenset(token["said"].split("|"))
        return () if "" in words or any(word.lower() != word.upper() for word in words) else (words,)
    if kind == "open" or kind == "never":
        inner = _choice(tokens)
        return inner if kind == "open" else ()
    if kind == "set":
        return _set(token.group())
    if kind == "code":
        return _literal(chr(int(token.group()[2:], 16)))
    said = token.group()
    if kind == "escape":
        return () if said[1].isalnum() else _literal(said[1])
    return _literal(said)


def _literal(said: str) -> Needs:
    """A character, or characters in a row, that stand for themselves."""
    if said.upper() != said.lower():
        return (_LETTERS,) if said in _LETTERS else ()
    return (frozenset({said}),)


def _set(said: str) -> Needs:
    """The characters of a set that names them one by one."""
    chars = said[1:-1]
    if chars.startswith("^") or "\\" in chars or "-" in chars or len(chars) > _WIDEST:
        return ()
    found = [_literal(char) for char in chars]
    return (frozenset().union(*(one for (one,) in found)),) if all(found) else ()
