"""Units as printed: what they measure, how they relate, the expression that finds one. The units themselves are data
(`rules/units.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from plankb import rules
from plankb.kept_patterns import compiled
from plankb.model import Measurement, Number
from plankb.rules.kinds import Codes, Counter, Factors, Unit

_RATIO_SIGN = compiled("[:：\u2236]")


@cache
def _units() -> dict[str, tuple[str, float, str]]:
    """Printed unit to (dimension, factor, canonical unit); counters are each their own dimension."""
    canonical = rules.one("units", "canonical", Codes).values
    known = {
        name: (unit.dimension, unit.factor, canonical.get(unit.dimension, unit.names[0]))
        for unit in reversed(rules.many("units", "unit", Unit))
        for name in unit.names
    }
    counters = rules.many("units", "counter", Counter)
    return known | {name: (counter.unit, 1.0, counter.unit) for counter in counters for name in counter.names}


@cache
def magnitudes() -> dict[str, float]:
    """万, 亿 and the like before a unit, each with what it multiplies by; the longest first."""
    found = rules.one("units", "magnitudes", Factors).values
    return {name: found[name] for name in sorted(found, key=len, reverse=True)}


def unit_names() -> frozenset[str]:
    """Printed forms of all units that measure (without counting words)."""
    return frozenset(name for unit in rules.many("units", "unit", Unit) for name in unit.names)


@cache
def counting_words() -> frozenset[str]:
    """Printed forms of the units that count (个, 家, 人次)."""
    return frozenset(name for counter in rules.many("units", "counter", Counter) for name in counter.names)


@cache
def unit_pattern() -> str:
    """Regular expression of a printed unit: 万千瓦, 微克/立方米, 件/万人, /10万."""
    powers = "|".join(magnitudes())
    names = sorted(_units(), key=len, reverse=True)
    latin = "|".join(re.escape(name) for name in names if name[-1].isascii() and name[-1].isalpha())
    other = "|".join(re.escape(name) for name in names if not (name[-1].isascii() and name[-1].isalpha()))
    base = rf"(?:(?:{latin})(?![A-Za-z0-9²³])|(?:{other}))"
    per = rf"(?:{rules.one('units', 'per').expression})(?:10{{0,3}})?(?:{base}|(?:万|千|百|亿)(?:{base})?)"
    counted = rf"(?:{powers})?{base}(?:{per})*"
    rate = rf"(?:{powers})?[/／]每?\d{{0,3}}(?:万|千|百)(?:{base})?"
    return rf"(?:{counted}(?:[（(](?:{other})(?:[、/](?:{other}))*[)）])?|{rate}|(?:{powers})(?![元人]?[A-Z]))"


def split_unit(unit: str) -> tuple[float, str]:
    """(factor of the magnitude, the unit without it): `"万千瓦"` gives (10000, "千瓦")."""
    for name, factor in magnitudes().items():
        if unit.startswith(name) and unit not in _units():
            return factor, unit[len(name) :]
    return 1.0, unit


def _parts(unit: str) -> Iterable[tuple[str, float, str]]:
    """The parts of a unit that divide each other: as printed, how many of what, and what (10万人: 10, 万人)."""
    for part in rules.one("units", "per_sign").regex.split(unit):
        counted = rules.one("units", "per_count").match(part)
        count = float(counted["count"]) if counted and counted["count"] else 1.0
        yield part, count, part[counted.end() :] if counted else part


def dimension(unit: str) -> str:
    """The dimension of a printed unit (`"万千瓦"` power, `"件/万人"` 件/人); "" for a bare number."""
    whole = split_unit(unit)[1]
    if whole in _units():
        return _units()[whole][0]
    if _RATIO_SIGN.search(unit):
        return "ratio"
    parts = _parts(unit)
    return "/".join(_units().get(split_unit(base)[1], (printed,))[0] for printed, _, base in parts)


def normal(value: float, unit: str) -> Measurement:
    """A value in the canonical unit of its dimension; a unit that is not known stays as printed."""
    magnitude, base = split_unit(unit)
    if base in _units():
        _, scale, canonical = _units()[base]
        return Measurement(value=_round(value * magnitude * scale), unit=canonical)
    if _RATIO_SIGN.search(unit):
        return Measurement(value=_round(value), unit=_RATIO_SIGN.sub(":", unit))
    factor, names = 1.0, []
    for index, (_, count, part) in enumerate(_parts(unit)):
        magnitude, base = split_unit(part)
        _, scale, canonical = _units().get(base, ("", 1.0, base))
        factor *= (count * magnitude * scale) if index == 0 else 1 / (count * magnitude * scale)
        names.append(canonical)
    return Measurement(value=_round(value * factor), unit="/".join(names))


def converted(value: float, unit: str, other: str) -> Number | None:
    """A value of `unit` in the unit `other` (4600 "家" in "万家": 0.46); None where they measure different things."""
    here, there = normal(value, unit), normal(1, other)
    return _round(here.value / there.value) if here.unit == there.unit and there.value else None


def _round(value: float) -> Number:
    """Without the noise of binary fractions."""
    exact = float(f"{value:.12g}")
    return int(exact) if exact.is_integer() else exact
