"""The vocabulary of the texts, for suggestions and fuzzy words: words as they are cut, and pairs that keep together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from plankb.search.tokens import fold, runs

_MIN_PAIR = 2
"""How often two words must follow one another to be kept as one."""
_MAX_PAIR = 8
_LONG = 5
"""Characters from which a word may hold two slips."""


def count(words: Iterable[str]) -> Counter[str]:
    """How often each word of a text stands in it, from the words in order as the text was cut for reading.

    Two words that follow one another often count as one word too. Single characters and punctuation are left out.
    """
    found: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    last = ""
    for word in words:
        folded = fold(word)
        if next(runs(folded), None) != (0, len(folded)):
            last = ""
            continue
        if len(folded) > 1:
            found[folded] += 1
        if last and len(last) + len(folded) <= _MAX_PAIR:
            pairs[last + folded] += 1
        last = folded
    found.update({pair: times for pair, times in pairs.items() if times >= _MIN_PAIR})
    return found


def slips(word: str) -> int:
    """How many slips a word may hold and still be known."""
    return 1 if len(word) < _LONG else 2


def near(known: Mapping[str, int], word: str, *, limit: int = 5) -> list[str]:
    """Words of a vocabulary (word to count) that differ from a word by a slip or two, the likeliest first.

    The word itself is never among them.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = slips(word)
    alike = [one for one in known if abs(len(one) - len(word)) <= most and one != word]
    found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=most, limit=None)
    ranked = sorted(found, key=lambda match: (match[1], match[0][0] != word[0], -known[match[0]], match[0]))
    return [match[0] for match in ranked[:limit]]
