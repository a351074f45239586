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
    """Half a unit of the coarsest last place, once for each number: how far rounded parts may lie from their total."""
    decimals = min(len(value.partition(".")[2]) for value in printed)
    return 0.5 * 10**-decimals * len(printed) if any("." in value for value in printed) else 0.0


def plain(value: float) -> str:
    """A value as messages show it, without the noise of floating point."""
    return f"{round(value, 6):g}" if value < 1e6 else str(round(value, 2))
