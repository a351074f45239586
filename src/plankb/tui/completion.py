"""Completion in the question field: names from the knowledge base, found by their characters or pinyin initials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 20
_FEWEST_LETTERS = 2
LIMIT = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to complete to; `kind` is the key of the word that says what it is."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Completion:
    """`entry` would take the place of the text from `start` to the cursor."""

    start: int
    entry: Entry


def complete(typed: str, entries: Sequence[Entry]) -> list[Completion]:
    """The entries that the end of what was typed may be the beginning of; at most `LIMIT`, the likeliest first.

    The longest end of `typed` that fits any entry counts: Chinese has no spaces that would say where a name begins.
    """
    for size in range(min(_LONGEST, len(typed)), 0, -1):
        end = typed[-size:]
        if any(entry.text == end for entry in entries):
            return []
        found = list(_fitting(end, entries))
        if found:
            return [Completion(len(typed) - size, entry) for entry in found[:LIMIT]]
    return []


def matches(entry: str, typed: str) -> bool:
    """Whether a name holds what was typed, or has it in its pinyin initials."""
    typed = typed.strip().casefold()
    return typed in entry.casefold() or (_is_letters(typed) and typed in initials(entry))


def _fitting(end: str, entries: Sequence[Entry]) -> Iterator[Entry]:
    if _is_letters(end):
        if len(end) >= _FEWEST_LETTERS:
            yield from _ranked(entry for entry in entries if initials(entry.text).startswith(end.casefold()))
        return
    if end != end.strip():
        return
    yield from _ranked(entry for entry in entries if entry.text != end and entry.text.startswith(end))
    if len(end) > 1:
        yield from _ranked(entry for entry in entries if entry.text.find(end) > 0)


def _ranked(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: len(entry.text))


def _is_letters(text: str) -> bool:
    return text.isascii() and text.isalpha()


@lru_cache(maxsize=50_000)
def initials(text: str) -> str:
    """The pinyin initials of a name in small letters: 市生态环境局 is sstHJJ's "ssthjj"; other characters stay."""
    return "".join(_initial(char) for char in text)


@lru_cache(maxsize=10_000)
def _initial(char: str) -> str:
    if char.isascii():
        return char.casefold()
    from pypinyin import Style, pinyin

    return str(pinyin(char, style=Style.FIRST_LETTER)[0][0])[:1]
