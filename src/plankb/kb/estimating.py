"""Shares estimated from a sample of several strata, with the interval that they lie in. Pure.

The estimate weighs each stratum by its size. The interval is Wilson's with the effective size of the sample (Kish),
corrected for a sample that is a large part of all there is; it holds at shares of 0 and 1 too, where the usual one
has no width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_Z = 1.959964
"""Normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """`size` things, of which `judged` were looked at and `right` were right."""

    size: int
    judged: int
    right: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval, all from 0 to 1; `judged` of `size` were looked at, `right` were right."""

    value: float
    low: float
    high: float
    size: int
    judged: int
    right: int

    @property
    def margin(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def share(strata: Iterable[Stratum]) -> Share | None:
    """The share of right ones in all strata; None where nothing was judged. Strata not looked at count for nothing."""
    looked = [one for one in strata if one.judged]
    if not looked:
        return None
    size, judged = sum(one.size for one in looked), sum(one.judged for one in looked)
    value = sum(one.size * one.right / one.judged for one in looked) / size
    weights = sum((one.size / one.judged) ** 2 * one.judged for one in looked)
    low, high = _wilson(value, _effective(size**2 / weights, judged, size))
    return Share(value, low, high, size, judged, sum(one.right for one in looked))


def _effective(kish: float, judged: int, size: int) -> float:
    """The size of a simple sample from a population without end that would say as much."""
    return math.inf if judged >= size else kish * (size - 1) / (size - judged)


def _wilson(value: float, count: float) -> tuple[float, float]:
    if math.isinf(count):
        return value, value
    spread = _Z**2 / count
    centre = (value + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(value * (1 - value) / count + spread / (4 * count))
    return max(0.0, centre - half), min(1.0, centre + half)
