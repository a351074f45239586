"""What one draft says twice and not alike: how often a thing is done (每季度调度一次工作进展 … 工作进展每半年调度一次),
and how many of a kind its place has in all (全市38个乡镇 … 全市36个乡镇).

Two clauses tell of one thing where all their words but the period are the same, in whatever order. What many do
each for itself (检查, 演练) needs more words than what is done once for all (调度, 联席会议); a sentence that tells
another body, or another case, tells another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import numbers, rules, segment
from plankb.checks.pieces import around
from plankb.checks.registry import Draft, Remark
from plankb.model import Span

_A_YEAR = {
    "学期": 2.0, "学年": 1.0, "年": 1.0, "半年": 2.0, "季度": 4.0, "季": 4.0, "月": 12.0, "半月": 24.0, "旬": 36.0,
    "周": 52.0, "日": 365.0, "天": 365.0,
}  # fmt: skip
"""How many times a year has a period."""
_CLAUSE = "，。；：、（）()\n\t"
_FEW, _MORE, _EXACT = 4, 9, 1e-9
"""Characters of words that name a thing done once for all, and of one that many do."""
_SIGN = re.compile(r"[^\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a clause says is done, by its words, how many times a year, and what its sentence says of whom and when."""

    words: frozenset[str]
    rate: float
    by: frozenset[str]
    cases: frozenset[str]
    span: Span


def remarks(draft: Draft) -> Iterator[Remark]:
    """Each clause beside the first that told of its thing, then each number of all beside the first."""
    yield from _how_often(draft)
    yield from _in_all(draft)


def _in_all(draft: Draft) -> Iterator[Remark]:
    """The kinds of places that there are in all, by two numbers; a number that only so many reach is no such."""
    first: dict[tuple[str, str], re.Match[str]] = {}
    for match in rules.one("parameters", "in_all").regex.finditer(draft.text):
        known = first.setdefault((match["whole"], match["noun"].replace("建制村", "行政村")), match)
        if numbers.parse(match["number"]) != numbers.parse(known["number"]):
            yield Remark(match.span("said"), "E823", {"words": match["said"], "first": known["said"]})


def _how_often(draft: Draft) -> Iterator[Remark]:
    """The clauses of the paragraphs in their order."""
    first: dict[frozenset[str], list[_Told]] = {}
    for span in draft.paragraphs:
        for one in _told(draft.text, span):
            known = first.setdefault(one.words, [])
            other = next((each for each in known if _apart(each, one)), None)
            if other:
                words = {"words": draft.text[slice(*one.span)], "first": draft.text[slice(*other.span)]}
                yield Remark(one.span, "E821", {**words})
            known.append(one)


def _apart(one: _Told, other: _Told) -> bool:
    """Whether two clauses give one thing two rates: by nobody else, in no other case."""
    others = one.by and other.by and not one.by & other.by
    return abs(one.rate - other.rate) > _EXACT and not others and one.cases == other.cases


def _told(text: str, span: Span) -> Iterator[_Told]:
    noise, every = rules.one("parameters", "often_noise"), rules.one("parameters", "every").regex
    for match in every.finditer(text, *span):
        start, end = around(text, match.span(), _CLAUSE)
        clause = text[start : match.start()] + "，" + text[match.end() : end]
        times = rules.one("parameters", "so_many_times").search(clause)
        if every.search(clause) or re.search(r"\d", clause[: times.start()] if times else clause):
            continue
        if times:
            clause = clause[: times.start()] + "，" + clause[times.end() :]
        words = [word for word in segment.words(noise.regex.sub("，", clause)) if not _SIGN.search(word)]
        size = sum(map(len, words))
        enough = _MORE if rules.one("parameters", "done_by_many").search(clause) else _FEW
        if size < enough:
            continue
        count = float(numbers.parse(times["number"]) or 1) if times else 1.0
        period = float(numbers.parse(match["count"] or "一") or 1)
        rate = count * _A_YEAR[match["period"] or match["by"]] / period
        sentence = text[slice(*around(text, match.span()))]
        by, cases = (_all_of(name, sentence) for name in ("done_by", "in_a_case"))
        yield _Told(frozenset(words), rate, by, cases, (start, end))


def _all_of(section: str, sentence: str) -> frozenset[str]:
    return frozenset(match.group() for match in rules.one("parameters", section).finditer(sentence))
