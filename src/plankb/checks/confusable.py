"""Words written with a character that sounds or looks like the right one, where no list has them: 噪声污然.

Two characters that stand side by side as words of their own, between words and stops, are held against the words of
plans: one that differs from them in a single character of the same sound or nearly the same shape is meant.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from plankb import rules, segment
from plankb.checks.registry import Draft
from plankb.model import Span
from plankb.rules.kinds import Codes

_PAIR, _OFTEN = 2, 2
"""Characters of a word that is looked at; how often a pair may stand in a draft before it is one of its own words."""


def slips(draft: Draft) -> Iterator[tuple[Span, str]]:
    """Where a word is written wrongly, and the word that is meant: one that the draft uses before others, and only such
    a one beside a character that is a word alone, with which the pair may belong."""
    lines = [(start, draft.text[start:end]) for start, end in draft.paragraphs]
    found = [(start, line, at, pair) for start, line in lines for at, pair in _broken(line) if _meant(pair)]
    often = Counter(pair for *_, pair in found)
    said = {word: word in draft.text for pair in often for word in _meant(pair)}
    for start, line, at, pair in found:
        meant = _meant(pair)
        if often[pair] <= _OFTEN:
            used = next((word for word in meant if said[word]), None)
            if used or not rules.words("confusable", "alone") & {line[at - 1], line[at + _PAIR : at + _PAIR + 1]}:
                yield (start + at, start + at + _PAIR), used or meant[0]


def _broken(line: str) -> Iterator[tuple[int, str]]:
    """Where exactly two single characters stand between words, stops and characters that are words alone."""
    alone, right = rules.words("confusable", "alone"), rules.words("confusable", "right")
    landforms = rules.words("confusable", "landform")
    position, run = 0, ""
    for token in (*segment.words(line), ""):
        single = len(token) == 1 and "\u4e00" <= token <= "\u9fff" and token not in alone
        if single:
            run += token
        else:
            at = position - _PAIR
            if len(run) == _PAIR and run not in right and run[1] not in landforms and _in_text(line, at):
                yield at, run
            run = ""
        position += len(token)


def _in_text(line: str, at: int) -> bool:
    """Whether a place lies in running text: not at the start of a line, which may be half a word, nor in a name in
    quotation marks, a title or the number of a document."""
    quoted = line.count("“", 0, at) > line.count("”", 0, at) or line.count("《", 0, at) > line.count("》", 0, at)
    return at > 0 and not quoted and line[at + _PAIR : at + _PAIR + 1] not in ("〔", "[", "［")


@cache
def _meant(pair: str) -> tuple[str, ...]:
    """The words of plans that a pair may be written for, those that plans use most first."""
    first, second = _by_character()
    alike = _alike()
    found = [word for word in second.get(pair[1], ()) if word[0] in alike.get(pair[0], "")]
    found += [word for word in first.get(pair[0], ()) if word[1] in alike.get(pair[1], "")]
    order = _order()
    return tuple(sorted(found, key=order.__getitem__))


@cache
def _order() -> dict[str, int]:
    return {word: place for place, word in enumerate(rules.one("confusable", "word").words)}


@cache
def _by_character() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The words of plans by their first and by their second character."""
    first: dict[str, list[str]] = defaultdict(list)
    second: dict[str, list[str]] = defaultdict(list)
    for word in _order():
        first[word[0]].append(word)
        second[word[1]].append(word)
    return first, second


@cache
def _alike() -> dict[str, str]:
    """For each character those that sound or look like it."""
    found: dict[str, str] = defaultdict(str)
    for group in (*rules.one("confusable", "sound", Codes).values.values(), *rules.one("confusable", "shape").words):
        for char in group:
            found[char] += group.replace(char, "")
    return found
