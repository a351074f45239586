"""Phrases that stand nowhere in the plans, spelled as they sound: 光付装机 is 光伏装机, 森林复盖率 is 森林覆盖率."""

from __future__ import annotations

from collections.abc import Iterator

from plankb.query.normalise.names import bare
from plankb.query.normalise.pronunciation import readings
from plankb.query.vocabulary import Vocabulary

_LEAST = 4
"""Shorter words sound like too much else."""


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
