"""One thing due at two times within one paragraph: 岗位津贴于次年5月底前发放到位；岗位津贴应于次年2月底前足额发放."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from plankb import rules
from plankb.checks.asked import pairs_of
from plankb.checks.registry import Draft, Remark
from plankb.model import Span

_form = partial(rules.one, "due")
_ALIKE, _PARTLY, _SHORTEST, _END = 0.75, 0.5, 5, 2
"""Shares of the pairs of characters that what is due has in common, of the shorter and of the longer; characters from
which on it is named; at its end, where what is done stands."""
_CLAUSE = re.compile(r"[^，；。：\n]+")


@dataclass(frozen=True, slots=True)
class _Due:
    """What is due, by when within which round (次年, 每年; "" for a year), and where that stands; `led` says that what
    it is of stands in the clause before."""

    words: str
    frame: str
    time: tuple[int, int, int]
    span: Span
    led: bool


def all_of(draft: Draft) -> Iterator[Remark]:
    """Clauses of one paragraph that do the same to the same thing, each with a day of its own."""
    for paragraph in draft.paragraphs:
        found = list(_in_paragraph(draft.text, paragraph))
        for one, other in combinations(found, 2):
            if one.frame == other.frame and one.time != other.time and _same(one, other):
                details: dict[str, object] = {
                    "first": draft.text[slice(*one.span)], "second": draft.text[slice(*other.span)]
                }  # fmt: skip
                yield Remark(other.span, "E324", details)


def _in_paragraph(text: str, paragraph: Span) -> Iterator[_Due]:
    """What each clause with one time says to be due; a time with a comma behind it is that of the next clause."""
    before, waiting = "", None
    for clause in _CLAUSE.finditer(text, *paragraph):
        times = [*_form("time").regex.finditer(clause.group())]
        rest = _form("time").regex.sub("", clause.group())
        if len(times) == 1 and (bare := _bare(rest)):
            yield _due(bare, before, times[0], clause.span())
        elif not times and waiting:
            yield _due(_bare(rest), "", waiting[0], (waiting[1], clause.end()))
        alone = len(times) == 1 and not _bare(rest) and text[clause.end() : clause.end() + 1] == "，"
        waiting = (times[0], clause.start()) if alone else None
        before = "" if times else rest


def _due(words: str, before: str, time: re.Match[str], span: Span) -> _Due:
    led = len(words) < _SHORTEST and bool(before)
    year = int(time["year"]) if time["year"] else 0
    day = year, int(time["month"] or 12), int(time["day"] or 31)
    return _Due((_bare(before) if led else "") + words, time["round"] or "", day, span, led)


def _bare(clause: str) -> str:
    """What a clause says without the words that every clause on what is due has."""
    return _form("filler").sub(clause)


def _same(one: _Due, other: _Due) -> bool:
    """Whether two clauses are of one thing; a part, number or level that one alone names keeps them apart."""
    if _parts(one) != _parts(other) or min(len(one.words), len(other.words)) < _SHORTEST:
        return False
    first, second = pairs_of(one.words), pairs_of(other.words)
    common = len(first & second)
    least, most = sorted((len(first), len(second)))
    whole = common >= _PARTLY * most or (one.led != other.led and one.words[-_END:] == other.words[-_END:])
    return common >= _ALIKE * least and whole


def _parts(due: _Due) -> set[str]:
    return set(_form("part").regex.findall(due.words))
