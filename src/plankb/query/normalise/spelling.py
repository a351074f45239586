"""Phrases that stand nowhere in the plans, spelled as they sound: 光付装机 is 光伏装机, 森林复盖率 is 森林覆盖率."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plankb.query.normalise.names import bare
from plankb.query.normalise.pronunciation import readings
from plankb.query.recognise.keywords import edges
from plankb.query.vocabulary import Vocabulary
from plankb.search.tokens import is_han

_SIDE, _CONTEXT = 2, 3
_LIGHT = "的是要里到了多目年月日"
_LEAST = 4
"""Shorter words sound like too much else."""


def respelled(
    text: str, vocabulary: Vocabulary, in_texts: Callable[[str], bool]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A question with single characters that sound like another one put right where names of the plans have that one
    between the same neighbours (改膳规划, 秸杆综合利用率), and the pairs of what was typed and taken."""
    slips = []
    for index, char in enumerate(text):
        if not _is_odd(text, index, vocabulary.pairs):
            continue
        start, end = _around(text, index)
        said = text[start:end]
        is_last = end == index + 1
        if start == index or end - start < _CONTEXT or (is_last and char in edges()):
            continue
        rest = text[index + 1 : end] or "\n"  # the last one of a phrase is the last of a name
        between = set(vocabulary.between(text[start:index], rest)) - {char}
        if not between or in_texts(said):  # few come as far as to be pronounced
            continue
        found = {other for other in between if is_han(other) and not readings(char).isdisjoint(readings(other))}
        if len(found) == 1:
            right = text[start:index] + found.pop() + text[index + 1 : end]
            slips.append((said, right))
            text = text[:start] + right + text[end:]
    return text, tuple(slips)


def _is_odd(text: str, index: int, pairs: frozenset[str]) -> bool:
    """Whether a Chinese character makes a pair with one of its neighbours that no name has."""
    if not is_han(text[index]):
        return False
    sides = (text[index - 1 : index + 1] if index else "", text[index : index + 2])
    return any(len(side) == 2 and is_han(side[0]) and is_han(side[1]) and side not in pairs for side in sides)


def _around(text: str, index: int) -> tuple[int, int]:
    """The Chinese characters beside one, two on each side at most; none from 的 on."""
    start, end = index, index + 1
    while start > max(0, index - _SIDE) and is_han(text[start - 1]) and text[start - 1] not in _LIGHT:
        start -= 1
    while end < min(len(text), index + 1 + _SIDE) and is_han(text[end]) and text[end] not in _LIGHT:
        end += 1
    return start, end


def spelled_as_named(word: str, vocabulary: Vocabulary) -> str | None:
    """The one phrase of the plans' names that a word becomes with one character that sounds alike; None without one."""
    said = bare(word)
    if len(said) < _LEAST:
        return None
    found = {meant for meant in _candidates(said, vocabulary) if vocabulary.fits(meant)}
    return found.pop() if len(found) == 1 else None


def _candidates(said: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The word with one character replaced, where the pairs it makes with its neighbours stand in names."""
    pairs = vocabulary.pairs
    for index, char in enumerate(said):
        before, after = said[index - 1 : index] if index else "", said[index + 1 : index + 2]
        is_odd = (before and before + char not in pairs) or (after and char + after not in pairs)
        if not is_odd or not "\u4e00" <= char <= "\u9fff":
            continue
        for other in sorted(vocabulary.sounding(readings(char)) - {char}):
            if (not before or before + other in pairs) and (not after or other + after in pairs):
                yield said[:index] + other + said[index + 1 :]
