"""Slips of the keyboard: a word that sounds like a name of the plans, or lacks or repeats one character of it.

Plans differ in single characters (市教育局, 市体育局), so a replaced character counts only where both sound alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LONG = 6
_ALIKE = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("^n"), "l"),
    (re.compile("^h(?=u)"), "f"),
    (re.compile("ng$"), "n"),
)


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one name that a word misspells; None where there is none, or two are as near."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    limit = 1 if len(word) <= 6 else 2
    near = extract(word, list(dict.fromkeys(names)), scorer=Levenshtein.distance, score_cutoff=limit, limit=8)
    found = [(distance, name) for name, distance, _ in near if distance and is_misspelt(word, name, of_bureau=True)]
    if not found:
        return None
    least = min(found)
    return least[1] if sum(distance == least[0] for distance, _ in found) == 1 else None


def is_misspelt(word: str, name: str, *, of_bureau: bool = False) -> bool:
    """Whether two words differ only by a missing or doubled character, or by characters that sound alike.

    `of_bureau`: one character inside a long name may be any other (农材 for 农村).
    """
    from rapidfuzz.distance import Levenshtein

    opcodes = Levenshtein.opcodes(word, name)
    one_of_many = of_bureau and len(word) == len(name) >= _LONG and sum(op.tag != "equal" for op in opcodes) == 1
    for op in opcodes:
        typed, meant = word[op.src_start : op.src_end], name[op.dest_start : op.dest_end]
        # neither the place that a name starts with nor the organ word that it ends with
        inside = one_of_many and len(typed) == 1 and 2 <= op.src_start < len(word) - 1
        if op.tag == "replace" and not (inside or sounds_alike(typed, meant)):
            return False
        if op.tag == "delete" and typed not in name:
            return False
        if op.tag == "insert" and op.dest_start in (0, len(name)):
            return False
    return True


def sounds_alike(typed: str, meant: str) -> bool:
    """Whether two Chinese words are pronounced alike, tones and the usual confusions (zh z, n l, ng n) aside."""
    return len(typed) == len(meant) and all(readings(a) & readings(b) for a, b in zip(typed, meant, strict=True))


@lru_cache(maxsize=8192)
def readings(char: str) -> frozenset[str]:
    """The ways to pronounce one character, tones and the usual confusions aside."""
    from pypinyin import Style, pinyin

    return frozenset(_loose(syllable) for syllable in pinyin(char, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=8192)
def spellings(name: str) -> frozenset[str]:
    """The ways to write a name in pinyin without tones, its syllables joined."""
    from pypinyin import Style, pinyin

    if not all("\u4e00" <= char <= "\u9fff" for char in name):
        return frozenset()
    found = [""]
    for syllables in pinyin(name, style=Style.NORMAL, heteronym=len(name) <= 3):
        found = [start + syllable.replace("ü", "v") for start in found for syllable in dict.fromkeys(syllables)]
    return frozenset(found)


def _loose(syllable: str) -> str:
    for pattern, to in _ALIKE:
        syllable = pattern.sub(to, syllable)
    return syllable
