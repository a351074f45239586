"""Slips of the keyboard: a word that sounds like a name of the plans, or lacks or repeats one character of it.

Plans differ in single characters (市教育局, 市体育局), so a replaced character counts only where both sound alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ALIKE = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("^n"), "l"),
    (re.compile("^h(?=u)"), "f"),
    (re.compile("ng$"), "n"),
)


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The one name that a word is a slip of; None where there is none, or two are as near."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    limit = 1 if len(word) <= 6 else 2
    near = extract(word, list(dict.fromkeys(names)), scorer=Levenshtein.distance, score_cutoff=limit, limit=8)
    found = [(distance, name) for name, distance, _ in near if distance and is_slip(word, name)]
    if not found:
        return None
    least = min(found)
    return least[1] if sum(distance == least[0] for distance, _ in found) == 1 else None


def is_slip(word: str, name: str) -> bool:
    """Whether two words differ only by a missing or doubled character, or by characters that sound alike."""
    from rapidfuzz.distance import Levenshtein

    for op in Levenshtein.opcodes(word, name):
        typed, meant = word[op.src_start : op.src_end], name[op.dest_start : op.dest_end]
        if op.tag == "replace" and not sounds_alike(typed, meant):
            return False
        if op.tag == "delete" and typed not in name:
            return False
        if op.tag == "insert" and op.dest_start in (0, len(name)):
            return False
    return True


def sounds_alike(typed: str, meant: str) -> bool:
    """Whether two Chinese words are pronounced alike, tones and the usual confusions (zh z, n l, ng n) aside."""
    from pypinyin import lazy_pinyin

    return [_loose(s) for s in lazy_pinyin(typed)] == [_loose(s) for s in lazy_pinyin(meant)]


def _loose(syllable: str) -> str:
    for pattern, to in _ALIKE:
        syllable = pattern.sub(to, syllable)
    return syllable
