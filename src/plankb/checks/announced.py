"""Announced numbers: what counts (五项任务, 三大工程, 六区), how many members a list has, and the remark on both."""

from __future__ import annotations

import re
from functools import cache

from plankb import numbers, rules
from plankb.checks.registry import Remark
from plankb.model import Span


def counted(part: str) -> str:
    """The expression of a section `counted.…` of the rules."""
    return rules.one("checks", f"counted.{part}").expression


def numeral() -> str:
    """The expression of a number that may be announced, in Chinese or two digits."""
    return rules.one("checks", "parts.number_said").expression


def join() -> re.Pattern[str]:
    """Between the last two members of a list, or inside a name."""
    return rules.pattern("checks", "counted.join")


@cache
def announced(*, closing: bool = False) -> re.Pattern[str]:
    """A number and what it counts. `closing`: after its list, where it may count levels too (市、县、乡三级)."""
    levels = f"{counted('levels')}|" if closing else ""
    kinds = f"(?:{levels}{counted('classifiers')}|(?:{counted('places')})(?![\\u4e00-\\u9fff]))"
    return re.compile(rf"(?P<number>{numeral()})(?P<kind>{kinds})")


def value(match: re.Match[str]) -> int:
    """The number that a match announces."""
    return int(numbers.parse(match["number"]) or 0)


def members(words: str) -> range:
    """甲、乙和丙 are two or three: 和 may stand inside a name."""
    parts = [part for part in words.split("、") if part.strip()]
    joins = sum(len(join().findall(part)) for part in parts)
    return range(len(parts), len(parts) + joins + 1)


def remark(span: Span, text: str, number: int, counts: range) -> Remark:
    """What is announced in a span, and how many there are."""
    return Remark(span, "E441", {"words": text[slice(*span)].strip("“”"), "number": number, "counted": said(counts)})


def said(counts: range) -> str:
    """How many members a list may be said to have: 3, or 2–3."""
    return str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
