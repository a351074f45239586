"""Names of indicators as the cells of tables print them: with numbers, marks and units that are no part of the name,
several in one cell, short below one that says more, or in a heading or caption beside a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from plankb import quantities, rules, times
from plankb.indicators import coordination
from plankb.model import Change

_said = partial(rules.pattern, "tables")
_MARKS = re.compile(r"[*#※★☆△▲①-⑳]+$")
_UNIT = re.compile(r"[（(](?P<said>[^（）()]{1,14}[，,])?(?P<unit>[^（）()，,]{1,14})[）)]$")
"""A bracket behind a name with its unit, and what may stand before it: （五年累计，万元）."""
_LONGEST_MEMBER = 8
"""A row that leaves what is measured to the row above it says no more than what it is a part of (水电, 海上风电)."""


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
    """A name that says no measure, with that of the last row above it that has one and the same unit; one that says
    no more than a grade (国家级), with what that row counts."""
    if measured(phrase) or not unit or len(phrase) > _LONGEST_MEMBER:
        return phrase
    if _said("names.grade").fullmatch(phrase):
        whole = next((n for n, own in reversed(parents) if own == unit and not _said("names.grade").fullmatch(n)), "")
        return phrase + _said("names.own_grade").sub("", whole)
    tail = next((measured(name) for name, own in reversed(parents) if own == unit and measured(name)), "")
    return phrase + tail
