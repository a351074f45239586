"""Numbers that are added up: how they are printed, and how far rounding may put a sum from its total."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plankb import numbers

_MYRIADS = {"万": 1e4, "亿": 1e8}


def number(printed: str) -> float:
    """The value of a printed number."""
    return float(numbers.parse(printed) or 0)


def counted(unit: str) -> str:
    """A unit without 万 and 亿, so that 1.2万人次 can be set against 6000人次."""
    return unit.lstrip("万亿")


def scale(unit: str) -> float:
    """What 万 and 亿 before a unit stand for: 1 without them."""
    return math.prod(_MYRIADS[sign] for sign in unit[: len(unit) - len(counted(unit))])


def rounding(printed: Sequence[str]) -> float:
    """How far rounded parts may lie from their total, which comes first.

    Half a unit of the coarsest last place, once for each number; among decimals whole numbers are exact, but for the
    total.
    """
    decimals = [len(value.partition(".")[2]) for value in printed if "." in value]
    if not decimals:
        return 0.0
    place: float = 10.0 ** -min(decimals)
    return 0.5 * place * len(printed) + (0.0 if "." in printed[0] else 0.5)


def plain(value: float) -> str:
    """A value as messages show it, without the noise of floating point."""
    return f"{round(value, 6):g}" if value < 1e6 else str(round(value, 2))
