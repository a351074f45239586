"""Conditions on values and units in a question: 超过90%, between 50% and 60%, 单位为万千瓦."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial

from plankb import numbers, rules
from plankb.model import Number
from plankb.query.model import ValueRange
from plankb.query.recognise.text import TAKEN, QuestionText
from plankb.rules.lazy import LazyPattern
from plankb.rules.question_kinds import FigureForm, ValueForm

_NO_YEAR = r"(?!20\d\d ?(?:年|[到至—~-] ?20\d\d))"
_FIGURE = (
    _NO_YEAR + r"(?<!\d)(?P<{0}>\d+(?:\.\d+)?|百分之[一二三四五六七八九十百]+)\s*(?P<{0}_unit>(?:{unit})(?![A-Za-z]))?"
)
_YEARS = (2000, 2099)


@lru_cache(maxsize=64)
def _patterns(units: tuple[str, ...]) -> tuple[tuple[LazyPattern, ValueForm], ...]:
    return tuple((_filled(form.pattern, units), form) for form in rules.many("questions", "bound", ValueForm))


@lru_cache(maxsize=64)
def _claim_patterns(units: tuple[str, ...]) -> Mapping[str, LazyPattern]:
    entries = rules.many("question_forms", "claim", FigureForm)
    return {entry.form: _filled(_braced(f"{entry.chinese}|{entry.english}"), units) for entry in entries}


def _braced(form: str) -> str:
    return form.replace("«", "{").replace("»", "}")


def _filled(pattern: str, units: tuple[str, ...]) -> LazyPattern:
    """A pattern with its figures filled in: {a}, {b}; {u} is a figure that has a unit."""
    unit = "|".join(map(re.escape, (*units, "percent", "per cent"))) or "%"
    for name in "abu":
        count = 0
        while f"{{{name}}}" in pattern:
            figure = _FIGURE.format(f"{name}{count or ''}", unit=unit)
            pattern = pattern.replace(f"{{{name}}}", figure.removesuffix("?") if name == "u" else figure, 1)
            count += 1
    return LazyPattern(pattern, rules.caseless)


def find_choice(question: QuestionText, units: Iterable[str]) -> tuple[ValueRange, ...]:
    """Takes the two figures between which a question asks to choose (80%还是70%); () where there are none."""
    known = _said_units(question, units)
    for match in list(_claim_patterns(known)["choice"].finditer(question.rest)):
        found = [_figure(match, group) for group in "ab"]
        if all(own is None and value is not None and _YEARS[0] <= value <= _YEARS[1] for value, own in found):
            continue  # 2025还是2030: of two years
        unit = next((unit for _, unit in reversed(found) if unit), None)
        question.take(*match.span())
        return tuple(ValueRange(low=value, high=value, unit=own or unit) for value, own in found if value is not None)
    return ()


def find_stated(question: QuestionText, units: Iterable[str]) -> ValueRange | None:
    """Takes a figure with its unit that a question puts forward (加氢站15座什么时候建成); None where there is none."""
    for match in question.take_all(_claim_patterns(_said_units(question, units))["stated"]):
        value, unit = _figure(match, "u")
        return ValueRange(low=value, high=value, unit=unit)
    return None


def find_whole(question: QuestionText) -> ValueRange | None:
    """Takes the words for all of it (什么时候全覆盖), which are 100%; None where there are none."""
    for _ in question.take_all(rules.one("question_forms", "whole")):
        return ValueRange(low=100, high=100, unit="%")
    return None


def find_value(question: QuestionText, units: Iterable[str]) -> ValueRange | None:
    """Takes the condition on values; None where there is none. `units` are those that targets have."""
    if not any(char.isdigit() for char in question.text) and "百分之" not in question.text:
        return None
    for pattern, form in _patterns(_said_units(question, units)):
        for match in list(pattern.finditer(question.rest)):
            found = _range(match, form)
            if TAKEN in match.group() or _is_year(found):
                continue
            question.take(*match.span())
            return found
    return None


def _is_year(value: ValueRange) -> bool:
    """Whether a figure is a year (是2025的几倍)."""
    return value.unit is None and any(n is not None and _YEARS[0] <= n <= _YEARS[1] for n in (value.low, value.high))


def find_measure(question: QuestionText, units: Iterable[str]) -> str | None:
    """The unit in which an amount is asked for (多少公里, 几座); None where none is said. Takes nothing.

    哪几座 asks which. 个 is said of whatever is counted.
    """
    known = "|".join(map(re.escape, _said_units(question, units)))
    if not known:
        return None
    how_many = _said("how_many")
    found = re.search(rf"{how_many}(?P<unit>{known})(?!{_said('no_measure')})", question.rest)
    found = found or re.search(rf"{_said('taken_before')}{how_many}(?P<unit>{known})", question.text)
    return found["unit"] if found else None


def _said(name: str) -> str:
    return rules.one("question_forms", f"measure.{name}").expression


def find_conversion(question: QuestionText, units: Iterable[str]) -> str | None:
    """Takes words that ask for an amount in another unit (换算成万千瓦); the unit, None where there are none."""
    known = "|".join(map(re.escape, _said_units(question, units)))
    pattern = rules.one("question_forms", "conversion").expression
    for match in question.take_all(re.compile(rf"(?:{pattern}) ?(?P<unit>{known})(?:的话)?")) if known else ():
        return match["unit"]
    return None


def _said_units(question: QuestionText, units: Iterable[str]) -> tuple[str, ...]:
    said = (unit for unit in {*units, "%"} if unit and unit in question.text)
    return tuple(sorted(said, key=lambda unit: (-len(unit), unit)))


def _range(match: re.Match[str], form: ValueForm) -> ValueRange:
    low, low_unit = _figure(match, form.low)
    high, high_unit = _figure(match, form.high)
    if low is None and high is None:
        low = high = 100
        low_unit = "%"
    return ValueRange(low=low, high=high, low_open=form.low_open, high_open=form.high_open, unit=high_unit or low_unit)


def _figure(match: re.Match[str], group: str | None) -> tuple[Number | None, str | None]:
    if group is None:
        return None, None
    groups = match.groupdict()
    name = next((n for n in (group, f"{group}1", f"{group}2", f"{group}3") if groups.get(n)), None)
    if name is None:
        return None, None
    said = groups[name]
    unit = groups.get(f"{name}_unit")
    if said.startswith("百分之"):
        return numbers.parse(said.removeprefix("百分之")), "%"
    value = float(said)
    number: Number = int(value) if value.is_integer() else value
    return number, "%" if unit in ("percent", "per cent") else unit


def find_bodies(question: QuestionText) -> ValueRange | None:
    """Takes a condition on how many bureaus tasks have (5个以上单位); None where there is none."""
    for match in question.take_all(rules.one("question_forms", "bodies")):
        number = numbers.parse(match["number"])
        if number is None:
            return None
        over, below = bool(match["over"]), bool(match["below"])
        at_least = over or bool(match["least"] or match["up"])
        low = None if below else number
        high = number if below or not at_least else None
        return ValueRange(low=low, high=high, low_open=over and not match["up"])
    return None


def find_unit(question: QuestionText, units: frozenset[str]) -> str | None:
    """Takes words that ask for targets in a unit, and returns the unit; None where there are none."""
    for match in question.take_all(pattern) if (pattern := _in_unit(units)) else ():
        return next(unit for unit in match.groups() if unit)
    return None


@lru_cache(maxsize=8)
def _in_unit(units: frozenset[str]) -> LazyPattern | None:
    """Words that ask for targets in one of the units; None without any."""
    known = sorted(filter(None, units), key=lambda unit: (-len(unit), unit))
    if not known:
        return None
    names = "|".join(map(re.escape, known))
    return LazyPattern(
        rf"(?:计量)?单位(?:是|为|用|:|：)+(?P<a>{names})(?:的)?|以[“”\"]?(?P<b>{names})[“”\"]?(?:为|作)(?:计量)?单位(?:的)?"
        rf"|以(?P<c>{names})计(?:的)?|用(?P<d>{names})(?:表示|计量|计)(?:的)?"
        rf"|(?:measured|expressed|given|stated) in (?P<e>{names})|in units? of (?P<f>{names})"
        rf"|(?:with |whose )?unit (?:is |of )?(?P<g>{names})|(?<=targets )in (?P<h>{names})\b",
        partial(re.compile, flags=re.IGNORECASE),
        own=False,
    )
