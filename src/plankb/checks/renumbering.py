"""Right numbers for a run of numbered things in which a rule found slips: what to write where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plankb import numbers, rules
from plankb.checks.registry import Remark
from plankb.model import Fix, Span

_LAST = re.compile(r"\d+$")
_CIRCLED, _MOST_CIRCLED = 0x2460, 20
_REACH = 12
"""Within how many characters of its start a heading prints its number."""


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered thing: its number, the number as printed, what it heads, and where."""

    number: int
    printed: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Step:
    """An item as looked at: the number expected, its remark if it has one, the number that counting goes on from."""

    item: Item
    expected: int | None
    remark: Remark | None
    goes_on: int


def with_fixes(text: str, steps: Sequence[Step]) -> Iterator[Remark]:
    """The remarks of a run, each with what makes the numbers right from its item up to the next remark.

    A leap that may be on purpose (a hint) is counted on from, not mended.
    """
    shift = 0
    open_: Remark | None = None
    for step in steps:
        right = step.item.number + shift
        if step.remark is not None and step.expected is not None:
            if open_ is not None:
                yield open_
            open_ = step.remark
            if open_.severity != "info":
                right = step.expected + shift
            else:
                right, shift = step.item.number, 0
            shift = right - step.goes_on
        if open_ is not None and right != step.item.number and open_.severity != "info":
            fix = _renumbered(text, step.item, right)
            open_ = replace(open_, fixes=(*open_.fixes, fix)) if fix else open_
    if open_ is not None:
        yield open_


def _renumbered(text: str, item: Item, number: int) -> Fix | None:
    """Another number in the style of the printed one; None where the printed one is not found."""
    in_parts = re.fullmatch(r"[\d\-—.]+", item.printed)
    found = (_LAST if in_parts else rules.one("checks", "numbering.printed")).search(item.printed)
    if found is None or _value(found.group()) != item.number:
        return None
    start = text.find(item.printed, item.span[0], item.span[0] + _REACH + len(item.printed))
    if start < 0:
        return None
    span = (start + found.start(), start + found.end())
    return Fix(span=span, text=in_style(found.group(), number))


def _value(printed: str) -> int:
    if printed[0] >= chr(_CIRCLED) and len(printed) == 1 and ord(printed) < _CIRCLED + _MOST_CIRCLED:
        return ord(printed) - _CIRCLED + 1
    return int(numbers.parse(printed) or 0)


def in_style(printed: str, number: int) -> str:
    """A number written as another one is printed: Chinese, circled, or in digits."""
    if rules.one("parts", "numeral").search(printed):
        return numbers.chinese(number)
    if re.search(r"[①-⑳]", printed) and number <= _MOST_CIRCLED:
        return chr(_CIRCLED + number - 1)
    return str(number)
