"""What the cells of an indicator table say: names of indicators, with numbers, marks and units taken off, lists taken
apart and what a row leaves out; and values: one number or several, a number in brackets beside it, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from plankb import numbers, quantities, rules, times
from plankb.document import Cell
from plankb.indicators import coordination
from plankb.model import Change
from plankb.quantities import Quantity

_said = partial(rules.pattern, "tables")
_MARKS = re.compile(r"[*#※★☆△▲①-⑳]+$")
_UNIT = re.compile(r"[（(](?P<said>[^（）()]{1,14}[，,])?(?P<unit>[^（）()，,]{1,14})[）)]$")
"""A bracket behind a name with its unit, and what may stand before it: （五年累计，万元）."""
_LONGEST_MEMBER = 8
"""A row that leaves what is measured to the row above it says no more than what it is a part of (水电, 海上风电)."""
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


def plain(name: str, unit: str) -> tuple[str, str]:
    """(phrase, unit) of a name cell: the unit in brackets behind the name where the row has none of its own."""
    phrase = re.sub(r"\s", "", name)
    while match := _said("names.numbered").match(phrase):
        phrase = phrase[match.end() :]
    phrase = _said("names.bound").sub("", _said("said_nature").sub("", _MARKS.sub("", phrase)))
    found = _UNIT.search(phrase)
    if found and not unit and _is_unit(found["unit"]):
        return _MARKS.sub("", phrase[: found.start()]), found["unit"]
    return phrase, unit


def _is_unit(text: str) -> bool:
    """Whether what stands in brackets is a unit: a known one, or one that begins so (克标煤/千瓦时)."""
    if re.fullmatch(rf"{quantities.unit_pattern()}|%|％|‰", text):
        return True
    return bool(re.match(quantities.unit_pattern(), text)) and not _said("names.no_unit").search(text)


def unit_of(measure: str) -> str:
    """The unit that a measure has where none is printed: % for a share, else ""."""
    return "%" if rules.pattern("forms", "share.rate").search(measure) else ""


def change_of(phrase: str) -> Change | None:
    """What an indicator says that is itself a change: 单位生产总值能耗降低."""
    if _said("change.falls").search(phrase):
        return "decrease"
    return "increase" if _said("change.named_rise").search(phrase) else None


def without_base(phrase: str) -> tuple[str, str | None]:
    """(name, base year) of an indicator that says what it is measured against: 排放量较2025年下降."""
    match = _said("names.base").search(phrase)
    return (phrase[: match.start()] + phrase[match.end() :], match[1]) if match else (phrase, None)


def split(phrase: str, count: int = 1) -> list[str]:
    """The indicators of a name cell: two in one row (A减少B减少), lists of what is measured apart, or `count` of them
    where the row has as many values."""
    if count > 1 and (parts := coordination.split_for(phrase, count)):
        return parts
    twice = _said("names.twice").fullmatch(phrase)
    pieces = [twice[1], twice[3]] if twice else [phrase]
    tail = twice["tail"] if twice else ""
    names: list[str] = []
    for piece in pieces:
        members = coordination.members(piece) if tail else coordination.split_apart(piece, share=True)
        names += [m if not tail or m.endswith(tail) else m + tail for m in members]
    return names


def apart(cells: Sequence[Cell]) -> list[str]:
    """The names of rows, each its own: a cell over several rows that names as many (用电量及比重) is split."""
    found: list[str] = []
    for _, run in groupby(cells, key=lambda cell: cell.span):
        rows = list(run)
        parts = coordination.split_for(plain(rows[0].text, "-")[0], len(rows)) if len(rows) > 1 else None
        found += [_of_first(parts, part) for part in parts] if parts else [cell.text for cell in rows]
    return found


def _of_first(parts: Sequence[str], part: str) -> str:
    """占能源消费比重 beside 可再生能源利用量 is the share of that."""
    return parts[0] + part if _said("names.of_first").match(part) and part is not parts[0] else part


def measured(phrase: str) -> str:
    """The word for what is measured at the end of a name (装机, 排放量), "" where it has none."""
    match = _said("names.measure").search(phrase)
    return match[0] if match else ""


def of_heading(heading: str) -> tuple[str, str]:
    """(what is measured, unit) that the heading of a column of places says, time and words like 目标 taken off."""
    phrase = heading
    for time in reversed(times.find(heading)):
        phrase = phrase[: time.span[0]] + phrase[time.span[1] :]
    phrase, unit = plain(phrase, "")
    if _said("names.allotted").fullmatch(phrase):
        return "", unit
    measure = _said("names.aim").sub("", phrase).strip("年的（）()")
    return ("" if len(measure) < 2 else measure), unit  # 任务数 counts what the caption says


def of_caption(caption: str) -> tuple[str, str]:
    """(what is measured, unit) that the caption of a table of places says; 新增 in the bracket behind belongs to it."""
    aside = _said("names.aside").search(caption)
    phrase, unit = plain(caption[: aside.start()] if aside else caption, aside["unit"] if aside else "")
    added = _said("names.added").search(aside["said"]) if aside else None
    for time in reversed(times.find(phrase)):
        phrase = phrase[: time.span[0]] + phrase[time.span[1] :]
    named = _said("names.caption").sub("", phrase).strip("的")
    named = named.removeprefix("年") if phrase != caption else named  # what a time left behind
    return (
        added.group() + named.removesuffix("建设") if added and not named.startswith(added.group()) else named
    ), unit


def with_parent(phrase: str, unit: str, parents: Sequence[tuple[str, str]]) -> str:
    """A name that says no measure, with that of the last row above it that has one and the same unit."""
    if measured(phrase) or not unit or len(phrase) > _LONGEST_MEMBER:
        return phrase
    tail = next((measured(name) for name, own in reversed(parents) if own == unit and measured(name)), "")
    return phrase + tail


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
    found = quantities.find("达到" + plain if ratio else plain)
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
    found = quantities.find(re.sub(r"(\d)(?=[^\d.,]*$)", rf"\1{_COUNTED}", plain, count=1))
    return replace(found[0], unit=unit) if found else None
