"""Quantities in text: value, unit and operator with their places. Pure functions, used on plans and questions.

Units, operators and numerals in words are data (`rules/units.toml`, `rules/operators.toml`). What a quantity says about
an indicator is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from plankb import numbers, rules
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Number, Operator, Span
from plankb.quantities.units import magnitudes, unit_pattern
from plankb.rules.kinds import Magnitudes, Numeral, OperatorForm
from plankb.rules.prefilter import Prefilter

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = f"[{numbers.IN_TEXT}]{{1,40}}"
_DIGIT, _NUMBER = compiled(r"\d"), compiled(r"\d+(?:\.\d+)?")
_BEFORE, _AFTER = 12, 8


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: `span` covers it with its operator words, `core` number and unit alone.

    `unit` is as printed ("" for a bare number); `small` marks a count in one Chinese numeral (三条), which is seldom
    more than a way of speaking; `unknown`: no list holds the unit.
    """

    text: str
    span: Span
    core: Span
    value: Number
    unit: str
    op: Operator = "="
    value_max: Number | None = None
    small: bool = False
    in_words: bool = False
    unknown: bool = False

    def behind(self, start: int) -> Quantity:
        """The quantity of a piece of a text that starts at `start`, with its place in the text."""
        (left, right), (first, last) = self.span, self.core
        said = self.value, self.unit, self.op, self.value_max, self.small, self.in_words, self.unknown
        return Quantity(self.text, (start + left, start + right), (start + first, start + last), *said)


@cache
def _pattern() -> re.Pattern[str]:
    unit = unit_pattern()
    between = "|".join(rule.expression for rule in rules.many("operators", "between", OperatorForm))
    sections = ("range", "beyond", "between_magnitude")
    dash, beyond, inside = (rules.one("operators", section).expression for section in sections)
    powers = "|".join(magnitudes())
    arabic = rf"(?<![A-Za-z\d.+×□-])(?P<number>{_ARABIC})(?:(?P<mid>{unit})?{dash}(?P<upper>{_ARABIC}))?"
    chinese = rf"(?<![第十])(?P<han>{_CHINESE})"
    return compiled(
        rf"{arabic}(?:(?P<between>{between}))?(?:(?P<power>{powers})(?P<inside>{inside})(?P<base>{unit})|(?P<unit>{unit})(?P<between2>{beyond})?)"
        rf"|{chinese}(?P<han_between>{between})?(?P<han_unit>{unit})"
    )


@cache
def _words() -> tuple[Numeral, ...]:
    return rules.many("operators", "fraction", Numeral)


@cache
def _operators(kind: str) -> tuple[tuple[re.Pattern[str], Operator], ...]:
    filler = rules.one("operators", "filler.number").expression
    form = rf"(?:{{0}})(?:{filler}){{{{0,3}}}}\Z" if kind == "before" else "(?:{0})"
    known = rules.many("operators", kind, OperatorForm)
    return tuple((compiled(form.format(rule.expression)), rule.means) for rule in known)


@cache
def _unknown() -> re.Pattern[str]:
    return rules.one("operators", "unknown").regex


@cache
def _bare() -> re.Pattern[str]:
    ratio, before, after = (rules.one("operators", f"bare.{part}").expression for part in ("ratio", "before", "after"))
    filler = rules.one("operators", "filler.number").expression
    joint = rules.one("operators", "joint").expression
    number = rf"(?P<number>\d+(?:\.\d+)?)(?:(?P<sign>{ratio})(?P<second>\d+(?:\.\d+)?))?"
    return compiled(rf"(?:{before})(?:{filler})?{number}(?P<more>(?:{joint}\d+(?:\.\d+)?)*){after}")


_ENDLESS = compiled(rf"[\d.,]{{40,}}|[{numbers.IN_TEXT}]{{40,}}")
"""Digits without end, which are no figure of a plan and beyond what the machine counts with."""
_PLAIN = {code: char for code, char in numbers.HALF_WIDTH.items() if char != ","}
"""Half-width digits, letters and signs, but commas as printed: ，parts clauses, only , parts thousands."""


def find(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order, not overlapping. Years and other numbers without a unit are none, but for a
    bare number after a predicate (达到1.3) and the members of a list whose last has the unit (3100、1080、60万千瓦)."""
    if not may_hold(text):
        return ()
    plain = _ENDLESS.sub(lambda match: "□" * len(match[0]), text.translate(_PLAIN))
    in_digits = _DIGIT.search(plain) is not None
    bare = _bare_values(plain) if in_digits else ()
    found = _without_overlaps([*_in_figures(plain), *_in_words(plain), *bare, *_magnitudes(plain)])
    if in_digits:
        found = _without_overlaps([*found, *(q for q in _unknown_units(plain) if not _touches(q, found))])
    if not found:
        return ()
    found = _with_shared_units(plain, found)
    return tuple(_operated(text, plain, _with_whole_units(plain, found)))


def may_hold(text: str) -> bool:
    """Whether a text could hold a quantity: most clauses hold neither digit nor numeral."""
    return _may_hold().search(text) is not None


@cache
def _may_hold() -> re.Pattern[str]:
    """What every quantity has at least: a digit or a numeral."""
    return compiled(rf"[\d{numbers.IN_TEXT}]|{rules.one('operators', 'alone').expression}")


def _touches(quantity: Quantity, found: Iterable[Quantity]) -> bool:
    """Whether a quantity shares letters with another, besides the magnitude of its own number (30万 of 30万芯公里)."""
    return any(
        quantity.core[0] < other.core[1] and other.core[0] < quantity.core[1]
        for other in found
        if not (other.core[0] == quantity.core[0] and other.unit in magnitudes())
    )


def _in_figures(plain: str) -> Iterable[Quantity]:
    for match in _pattern().finditer(plain):
        core = match.span()
        if match["number"] is None:
            quantity = _chinese(match, core)
            if quantity:
                yield quantity
            continue
        value = numbers.parse(match["number"])
        upper = numbers.parse(match["upper"]) if match["upper"] else None
        if value is None:
            continue
        more = match["between"] or match["between2"] or match["inside"]
        op: Operator = "range" if upper is not None else ">" if more else "="
        yield Quantity("", core, core, value, match["unit"] or match["power"] + match["base"], op, upper)


def _chinese(match: re.Match[str], core: Span) -> Quantity | None:
    numeral, unit = match["han"], match["han_unit"]
    if numeral[0] in "百千万亿零〇" or (numeral[0] == "十" and len(numeral) == 1 and unit not in ("个", "家", "项")):
        return None
    value = numbers.parse(numeral)
    if value is None or (len(numeral) > 1 and all(char in numbers.DIGITS for char in numeral)):
        return None
    op: Operator = ">" if match["han_between"] else "="
    return Quantity("", core, core, value, unit, op, small=len(numeral) == 1, in_words=True)


@cache
def _may_be_in_words() -> Prefilter:
    return Prefilter(rule.expression for rule in _words())


def _in_words(plain: str) -> Iterable[Quantity]:
    for number in _may_be_in_words()(plain):
        rule = _words()[number]
        for match in rule.finditer(plain):
            value = _word_value(rule.name, match)
            if value is not None:
                yield Quantity("", match.span(), match.span(), value, rule.unit, in_words=True)


def _word_value(name: str, match: re.Match[str]) -> Number | None:
    groups = match.groupdict()
    a = numbers.parse(groups["a"]) if groups.get("a") else None
    b = numbers.parse(groups["b"]) if groups.get("b") else None
    if name == "一半":
        return 50
    if name == "番":
        return a or 1
    if a is None:
        return None
    if name == "成":
        return numbers.plain(float(a * 10 + (b or 0)))
    if name == "分之":
        return numbers.plain(round(100 * a / b, 2)) if b else None
    return a


def _bare_values(plain: str) -> Iterable[Quantity]:
    for match in _bare().finditer(plain):
        core = (match.start("number"), match.end("second") if match["second"] else match.end("number"))
        yield Quantity("", core, core, *_ratio(match["number"], match["sign"], match["second"]))
        for more in _NUMBER.finditer(plain, *match.span("more")):
            yield Quantity("", more.span(), more.span(), numbers.plain(float(more.group())), "")


def _ratio(first: str, sign: str | None, second: str | None) -> tuple[Number, str]:
    """Value and unit of a bare number or a ratio: "2.1：1" is 2.1 "：1", "1：8" is 8 "1："."""
    if sign is None or second is None:
        return numbers.plain(float(first)), ""
    if float(first) == 1 != float(second):
        return numbers.plain(float(second)), f"{first}{sign}"
    return numbers.plain(float(first)), f"{sign}{second}"


def _magnitude_rules() -> tuple[Magnitudes, ...]:
    return rules.many("operators", "magnitude", Magnitudes)


@cache
def _may_be_magnitudes() -> Prefilter:
    return Prefilter(rule.expression for rule in _magnitude_rules())


def _magnitudes(plain: str) -> Iterable[Quantity]:
    """Magnitudes that stand for their own number (突破千亿元, 形成百项产品)."""
    for number in _may_be_magnitudes()(plain):
        rule = _magnitude_rules()[number]
        for match in rule.finditer(plain):
            value, size = rule.sizes[match["size"]]
            yield Quantity("", match.span(), match.span(), value, size + match["unit"], rule.op)


def _unknown_units(plain: str) -> Iterable[Quantity]:
    """Numbers after a predicate whose unit no list holds."""
    for match in _unknown().finditer(plain):
        core = (match.start("number"), match.end("unit"))
        yield Quantity("", core, core, numbers.plain(float(match["number"])), match["unit"], unknown=True)


def _without_overlaps(found: list[Quantity]) -> list[Quantity]:
    """In order; of two that overlap the longer one."""
    kept: list[Quantity] = []
    for quantity in sorted(found, key=lambda q: (q.core[0], -q.core[1])):
        if kept and quantity.core[0] < kept[-1].core[1]:
            if quantity.core[1] - quantity.core[0] > kept[-1].core[1] - kept[-1].core[0]:
                kept[-1] = quantity
            continue
        kept.append(quantity)
    return kept


@cache
def _before_joint() -> re.Pattern[str]:
    """A number before the joint that ends a text."""
    return compiled(rf"(?<![A-Za-z\d.])({_ARABIC}){rules.one('operators', 'joint').expression}\Z")


def _with_shared_units(plain: str, found: list[Quantity]) -> list[Quantity]:
    """With the bare numbers of a list (3100、1080、60万千瓦): they have the unit of the quantity that ends it."""
    result: list[Quantity] = []
    for quantity in found:
        members: list[Quantity] = []
        start = quantity.core[0]
        while True:
            match = _before_joint().search(plain[max(0, start - 16) : start])
            previous_end = result[-1].core[1] if result else 0
            offset = max(0, start - 16)
            if match is None or offset + match.start() < previous_end or quantity.in_words:
                break
            value = numbers.parse(match[1])
            core = (offset + match.start(1), offset + match.end(1))
            if value is None:
                break
            members.insert(0, replace(quantity, core=core, span=core, value=value, value_max=None, op="="))
            start = core[0]
        result += [*members, quantity]
    return result


def _with_whole_units(plain: str, found: list[Quantity]) -> list[Quantity]:
    """22个、5个工作日 are both working days: a 个 before the joint has the unit that its list ends in."""
    result = list(found)
    for index in range(len(result) - 2, -1, -1):
        quantity, following = result[index], result[index + 1]
        joint = plain[quantity.core[1] : following.core[0]]
        if (
            quantity.unit == "个"
            and following.unit in ("个工作日", "个百分点", "个月")
            and joint in rules.one("operators", "joint").vocabulary
        ):
            result[index] = replace(quantity, unit=following.unit)
    return result


def _operated(text: str, plain: str, found: list[Quantity]) -> Iterable[Quantity]:
    """With the operator words beside each."""
    floor = 0
    for index, quantity in enumerate(found):
        ceiling = found[index + 1].core[0] if index + 1 < len(found) else len(plain)
        start, end = quantity.core
        before = _longest(_operators("before"), plain[max(floor, start - _BEFORE) : start], at_end=True)
        after = _longest(_operators("after"), plain[end : min(ceiling, end + _AFTER)], at_end=False)
        op = quantity.op
        if after:
            op, end = after[1], end + after[0]
        if before:
            op, start = before[1] if before[1] != "~" or op == "=" else op, start - before[0]
        if quantity.value_max is not None and op in ("=", "~"):
            op = "range"
        if quantity.value_max is not None and plain.startswith("之间", end):
            end += len("之间")
        floor = end
        yield replace(quantity, text=text[start:end], span=(start, end), op=op)


def _longest(
    operators: tuple[tuple[re.Pattern[str], Operator], ...], window: str, *, at_end: bool
) -> tuple[int, Operator] | None:
    best: tuple[int, Operator] | None = None
    for pattern, op in operators:
        match = pattern.search(window) if at_end else pattern.match(window)
        if match and (best is None or match.end() - match.start() > best[0]):
            best = match.end() - match.start(), op
    return best
