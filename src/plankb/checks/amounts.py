"""Numbers that are added up: how they are printed, and how far rounding may put a sum from its total."""

from __future__ import annotations

from collections.abc import Sequence

from plankb import numbers

NUMBER = r"(?<![\d.,])\d[\d,]*(?:\.\d+)?"
"""A printed number that is no part of a longer one."""


def number(printed: str) -> float:
    """The value of a printed number."""
    return float(numbers.parse(printed) or 0)


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
