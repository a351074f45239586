"""Words that plan documents use for one thing (`rules/thesaurus.toml`), put into one form where plans are compared.

Of words that begin at one place the longest is taken, and none inside it: 全程网上办理率 is no 网上办理率. Words that
tell one thing from another (户籍, 新增, 农村) stand in no group, or in all words of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from plankb import rules
from plankb.name_forms import bare
from plankb.rules.kinds import SameWords

_BEGIN = 2
"""Characters by which the words that may begin at a place are looked up."""
Index = Mapping[str, tuple[tuple[str, str], ...]]
"""By the characters that they begin with: words, the longest first, each with the one that stands for it."""


@lru_cache(maxsize=100_000)
def as_one(words: str) -> str:
    """Words of a text with those that mean one thing in one form: 红蓝对抗实战演练 is 攻防演练."""
    return _rewritten(words, _printed())


@lru_cache(maxsize=50_000)
def name_as_one(name: str) -> str:
    """The same for the name of an indicator, whose letters and signs are put into one form too."""
    return _rewritten(bare(name), _of_names())


@cache
def _printed() -> Index:
    return _index(lambda word: word)


@cache
def _of_names() -> Index:
    return _index(bare)


def _index(form: Callable[[str], str]) -> Index:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for word, head in _groups():
        made = form(word)
        found[made[:_BEGIN]].setdefault(made, form(head))
    return {begin: tuple(sorted(words.items(), key=lambda each: -len(each[0]))) for begin, words in found.items()}


def _groups() -> Iterator[tuple[str, str]]:
    """Each word with that of its group which stands for it, and each word that stands apart with itself."""
    for subject in rules.many("thesaurus", "subject", SameWords):
        for group in subject.same:
            yield from ((word, group[0]) for word in group)
    for subject in rules.many("thesaurus", "subject", SameWords):
        yield from ((word, word) for pair in subject.apart for word in pair)


def _rewritten(words: str, index: Index) -> str:
    made: list[str] = []
    at = 0
    while at < len(words):
        for word, head in index.get(words[at : at + _BEGIN], ()):
            if words.startswith(word, at):
                made.append(head)
                at += len(word)
                break
        else:
            made.append(words[at])
            at += 1
    return "".join(made)
