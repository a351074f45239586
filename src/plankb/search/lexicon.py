"""The vocabulary of the texts, for suggestions and fuzzy words: words as they are cut, and pairs that keep together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from plankb import segment
from plankb.search.tokens import fold, is_han, runs

_FILE = "words.tsv"
_MIN_PAIR = 2
"""How often two words must follow one another to be kept as one."""
_MAX_PAIR = 8
_LONG = 5
"""Characters from which a word may hold two slips."""


class Vocabulary:
    """Counts the words of texts."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Counts the words of one passage."""
        folded = fold(text)
        for start, end in runs(folded):
            words = segment.words(folded[start:end]) if is_han(folded[start]) else [folded[start:end]]
            self.words.update(word for word in words if len(word) > 1)
            joined = (first + second for first, second in pairwise(words))
            self.pairs.update(pair for pair in joined if len(pair) <= _MAX_PAIR)

    def kept(self) -> Iterator[tuple[str, int]]:
        """The words and the pairs worth keeping, with their counts."""
        yield from self.words.items()
        yield from ((pair, count) for pair, count in self.pairs.items() if count >= _MIN_PAIR)


def extend(folder: Path, vocabulary: Vocabulary) -> None:
    """Adds to the vocabulary of an index folder. What removed plans said stays: it only makes suggestions."""
    total = Counter(_load(folder))
    total.update(dict(vocabulary.kept()))
    lines = (f"{word}\t{count}\n" for word, count in sorted(total.items()))
    (folder / _FILE).write_text("".join(lines), encoding="utf-8")


def _load(folder: Path) -> dict[str, int]:
    try:
        lines = (folder / _FILE).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.rpartition("\t") for line in lines)
    return {word: int(count) for word, _, count in pairs if word and count.isdigit()}


@cache
def words(folder: Path) -> Mapping[str, int]:
    """The vocabulary of an index folder: word to count. A folder is never changed once it is searched."""
    return _load(folder)


def near(folder: Path, word: str, *, limit: int = 5) -> list[str]:
    """Words of the vocabulary that differ from a word by a slip or two, the likeliest first; never the word itself."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = words(folder)
    slips = 1 if len(word) < _LONG else 2
    alike = [one for one in known if abs(len(one) - len(word)) <= slips and one != word]
    found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
    ranked = sorted(found, key=lambda match: (match[1], match[0][0] != word[0], -known[match[0]]))
    return [match[0] for match in ranked[:limit]]
