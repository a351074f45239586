"""Values as the cells of tables print them: one number or several, one in brackets beside it, some for areas or groups;
their unit may be that of the row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial

from plankb import numbers, rules
from plankb.model import Change
from plankb.quantities.finding import Quantity, find

_said = partial(rules.pattern, "tables")
_SECOND = re.compile(r"[（(]\s*(?:≥|≤|>|<|＞|＜)?\s*(\d[\d,]*(?:\.\d+)?)\s*[）)]")
_ENCLOSED = re.compile(r"[\[［【〔（(](.+)[\]］】〕）)]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]$")
_SEVERAL = re.compile(r"[、；;/／]|(?<=[%％])，")
_RATIO = re.compile(r"\d[：:\u2236]\d")
_SCOPED_ONE = re.compile(
    r"(?P<scope>[\u4e00-\u9fff]{2,10})[：:]?(?P<value>[≥≤><＞＜]?\d[\d,]*(?:\.\d+)?[%％]?)[、；;，]?"
)
_SCOPED = re.compile(rf"(?:{_SCOPED_ONE.pattern.replace('?P<scope>', '?:').replace('?P<value>', '?:')}){{2,}}")
_COUNTED = "个"
"""A unit that any number may have."""
_LONGEST_WORDS = 12
"""A cell with more words than this beside its number is a sentence."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a cell, its unit "" when neither cell nor row has one, and whether it is a change."""

    quantity: Quantity
    change: Change | None


def values(text: str, unit: str) -> tuple[tuple[Value, ...], Quantity | None]:
    """The numbers of a cell (4.0、3.5 are two) and one in brackets beside it; () for words.

    `unit` is the row's; units as many as numbers (万千瓦/万千瓦时) are theirs in order.
    """
    squeezed = re.sub(r"\s", "", text)
    inner = _ENCLOSED.fullmatch(squeezed)
    squeezed = inner[1] if inner else squeezed
    pieces = _SEVERAL.split(squeezed)
    if len(pieces) > 1 and all(_said("cells.one").fullmatch(piece) for piece in pieces):
        units = _SEVERAL.split(unit)
        units = units if len(units) == len(pieces) else [unit] * len(pieces)
        read = [_value(piece, own) for piece, own in zip(pieces, units, strict=True)]
        return tuple(value for value in read if value), None
    second = _SECOND.search(squeezed)
    plain = squeezed[: second.start()] + squeezed[second.end() :] if second and second.start() else squeezed
    value = _value(_ASIDE.sub("", plain), unit)
    if value is None:
        return (), None
    other = None
    if second and second.start():
        number = float(second[1].replace(",", ""))
        quantity = value.quantity
        other = Quantity(second.group(), (0, 0), (0, 0), numbers.plain(number), quantity.unit, quantity.op)
    return (value,), other


def by_scope(text: str, unit: str) -> tuple[tuple[str, Value], ...]:
    """What a cell says of several areas or groups (重点城市≥30 一般城市≥15), each with its value; () otherwise."""
    squeezed = re.sub(r"\s", "", text)
    if not _SCOPED.fullmatch(squeezed):
        return ()
    found = [(match["scope"], _value(match["value"], unit)) for match in _SCOPED_ONE.finditer(squeezed)]
    return tuple((scope, value) for scope, value in found if value is not None)


def _value(plain: str, unit: str) -> Value | None:
    """The one number of a text; None for words."""
    if not re.search(r"[\d０-９]", plain) or len(_said("cells.signs").sub("", plain)) > _LONGEST_WORDS:
        return None
    ratio = bool(_RATIO.search(plain))
    found = find("达到" + plain if ratio else plain)
    quantity = found[0] if found else _bare(plain, unit)
    if quantity is None:
        return None
    if unit and not ratio and (quantity.unit == "" or (quantity.unit in "%％" and unit in "%％")):
        quantity = replace(quantity, unit=unit)
    words = plain[: quantity.span[0]]
    change: Change | None = None
    if _said("change.falls").search(words):
        change = "decrease"
    elif _said("change.rise").search(words):
        change = "increase"
    return Value(quantity, change)


def _bare(plain: str, unit: str) -> Quantity | None:
    """A number without a unit of its own: it has that of its row."""
    if not re.search(r"\d", plain):
        return None
    found = find(re.sub(r"(\d)(?=[^\d.,]*$)", rf"\1{_COUNTED}", plain, count=1))
    return replace(found[0], unit=unit) if found else None
