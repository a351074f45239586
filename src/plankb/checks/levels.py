"""What a target asks for, as a number that can be set against another: level, direction, universality."""

from __future__ import annotations

from dataclasses import dataclass

from plankb import indicators, rules
from plankb.indicators import Direction
from plankb.model import Operator, Target

_SAID: tuple[tuple[str, Direction], ...] = (("said_up", "up"), ("said_down", "down"))
_SAME = 1e-6
_FLOOR_GAP, _ROUNDING = 0.1, 0.01
_FAR = 0.4
"""Below which share of the greater of two levels they are hardly levels of one thing."""
_TIMES = ("/年", "/月", "/日", "/小时")
_LENGTHS = ("公里", "千米", "米")
"""Units of what is done in a time (家/年, 吨/日), which is a total too, and of lengths, which make it a speed."""


@dataclass(frozen=True, slots=True)
class Level:
    """A target's value in the canonical unit of its dimension; `op` says on which side of it the target lies."""

    value: float
    unit: str
    op: Operator
    upper: float | None = None
    universal: bool = False
    """Whether it binds all there is of a thing (100%, 全面, 全覆盖), and so every place below the one that sets it."""


def level(target: Target) -> Level | None:
    """The level of a target; 全面执行 and 全覆盖 are 100%. None for words that say no level."""
    if target.value is None:
        if rules.one("checks", "none_left").search(target.qualitative or ""):
            return Level(0.0, "%", "=")
        universal = target.qualitative is not None and rules.one("checks", "universal").search(target.qualitative)
        return Level(100.0, "%", "=", universal=True) if universal else None
    value = float(target.normal.value) if target.normal else float(target.value)
    unit = target.normal.unit if target.normal else target.unit or ""
    scale = value / float(target.value) if target.value else 1.0
    if unit in ("倍", "番") and target.change:  # 增长3倍 is 增长300%, 翻两番 as well
        value, unit = (value if unit == "倍" else 2.0**value - 1) * 100, "%"
        scale = value / float(target.value) if target.value else 1.0
    upper = float(target.value_max) * scale if target.value_max is not None else None
    return Level(value, unit, target.op or "=", upper, universal=unit == "%" and value >= 100 and not target.change)


def in_unit_of(target: Target, level_: float) -> str:
    """An amount in canonical units, as it is printed in a target's own unit."""
    canonical = float(target.normal.value) if target.normal else float(target.value or 1)
    scale = canonical / float(target.value) if target.value and canonical else 1.0
    return f"{round(level_ / scale, 4):.10g}{target.unit or ''}"


def direction(target: Target) -> Direction | None:
    """Which way is better: more of a share covered, less of a pollutant. None where that is not known."""
    if target.value is None and (said := level(target)):
        return "up" if said.value else "down"  # more of what is done is the stronger target; 零填埋 leaves nothing
    if target.change is not None:
        return "up"  # a greater cut or rise is the stronger target
    if target.op in (">=", ">"):
        return "up"
    if target.op in ("<=", "<"):
        return "down"
    if rules.one("checks", "direction.cut").search(target.indicator):
        return "up"
    if capped(target) and target.value is not None:
        return "down"
    for name, way in _SAID:
        if rules.one("checks", f"direction.{name}").search(target.quote):
            return way
    if mix := rules.one("comparing", "mix").search(target.indicator):
        return (
            "down" if mix["falls"] else None
        )  # a share of the energy mix: that of coal falls, that of gas may do either
    return indicators.direction(target.indicator_id) or indicators.direction(target.indicator)


def same(one: Level, other: Level) -> bool:
    """Whether two targets ask for the same level; ≥80% and 80% do."""
    return (
        _close(one.value, other.value)
        and (one.upper is None) == (other.upper is None)
        and (one.upper is None or other.upper is None or _close(one.upper, other.upper))
    )


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(abs(one), abs(other), 1.0)


def exclusive(one: Level, other: Level) -> bool:
    """Whether no value satisfies both as they are printed."""
    low, high = sorted((_bounds(one), _bounds(other)))
    return low[1] < high[0] and not _close(low[1], high[0])


def _bounds(level_: Level) -> tuple[float, float]:
    if level_.op in (">=", ">"):
        return level_.value, float("inf")
    if level_.op in ("<=", "<"):
        return float("-inf"), level_.value
    if level_.op == "~":
        return level_.value * 0.95, level_.value * 1.05
    return level_.value, level_.upper if level_.upper is not None else level_.value


def satisfies(one: Level, other: Level) -> bool:
    """Whether one of two levels is a plain value that lies on the right side of the other, which is a bound: 55% beside
    ≥53.8%. Two bounds at different values are two levels."""
    bounds = [level_ for level_ in (one, other) if level_.op in (">=", ">", "<=", "<")]
    plain = [level_ for level_ in (one, other) if level_.op in ("=", "~")]
    return len(bounds) == len(plain) == 1 and not exclusive(one, other)


def weaker(one: Level, other: Level, way: Direction) -> bool:
    """Whether `one` asks for less than `other`."""
    if same(one, other):
        return False
    return one.value < other.value if way == "up" else one.value > other.value


def relative(level_: Level) -> bool:
    """Whether a level says as much of a part as of the whole: shares and intensities do, totals do not."""
    total = level_.unit.endswith(_TIMES) and not level_.unit.startswith(_LENGTHS)
    return level_.unit in ("%", "‰", "", "个百分点") or ("/" in level_.unit and not total)


def held(target: Target) -> bool:
    """Whether a target holds a floor (稳定在95%以上), which may lie below what is reached already."""
    floor = rules.one("checks", "floor")
    return bool(floor.search(target.quote) or floor.search(target.indicator))


def clearly_below(target: Target) -> bool:
    """Whether a target lies so far below its baseline that it is no floor: never for ≤, by a tenth for ≥."""
    if target.baseline is None or target.value is None or held(target) or target.op in ("<=", "<"):
        return False
    if not _near(float(target.value), float(target.baseline.value)) or capped(target):
        return False
    gap = abs(float(target.value) - float(target.baseline.value)) / max(abs(float(target.baseline.value)), 1e-9)
    return gap > (_FLOOR_GAP if target.op in (">=", ">") else _ROUNDING)


def capped(target: Target) -> bool:
    """Whether plans let a total grow under a cap (能源消费总量), so that more of it later is no step back."""
    return rules.one("comparing", "caps").search(target.indicator) is not None


def _near(one: float, other: float) -> bool:
    """Whether two levels lie so near that a slip is likelier than that a column tells of something else (增量)."""
    low, high = sorted((abs(one), abs(other)))
    return low >= _FAR * high


def endowed(target: Target) -> bool:
    """Whether a level depends on what nature gave a place, so that a province's average binds no city: 森林覆盖率."""
    return rules.one("checks", "endowment").search(target.indicator) is not None
