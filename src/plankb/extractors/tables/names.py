"""The names of indicators in tables: numbers, marks and units taken off, lists taken apart, what a row leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from plankb import quantities, rules, times
from plankb.document import Cell
from plankb.indicators import coordination
from plankb.model import Change

_MARKS = re.compile(r"[*#※★☆△▲①-⑳]+$")
_UNIT = re.compile(r"[（(](?P<said>[^（）()]{1,14}[，,])?(?P<unit>[^（）()，,]{1,14})[）)]$")
"""A bracket behind a name with its unit, and what may stand before it: （五年累计，万元）."""
_LONGEST_MEMBER = 8
"""A row that leaves what is measured to the row above it says no more than what it is a part of (水电, 海上风电)."""


def plain(name: str, unit: str) -> tuple[str, str]:
    """(phrase, unit) of a name cell: the unit in brackets behind the name where the row has none of its own."""
    phrase = re.sub(r"\s", "", name)
    while match := _said("numbered").match(phrase):
        phrase = phrase[match.end() :]
    phrase = _said("bound").sub("", rules.one("tables", "said_nature").sub(_MARKS.sub("", phrase)))
    found = _UNIT.search(phrase)
    if found and not unit and _is_unit(found["unit"]):
        return _MARKS.sub("", phrase[: found.start()]), found["unit"]
    return phrase, unit


def _is_unit(text: str) -> bool:
    """Whether what stands in brackets is a unit: a known one, or one that begins so (克标煤/千瓦时)."""
    if re.fullmatch(rf"{quantities.unit_pattern()}|%|％|‰", text):
        return True
    return bool(re.match(quantities.unit_pattern(), text)) and not rules.one("tables", "names.no_unit").search(text)


def unit_of(measure: str) -> str:
    """The unit that a measure has where none is printed: % for a share, else ""."""
    return "%" if rules.pattern("forms", "share.rate").search(measure) else ""


def change_of(phrase: str) -> Change | None:
    """What an indicator says that is itself a change: 单位生产总值能耗降低."""
    if rules.one("tables", "change.falls").search(phrase):
        return "decrease"
    return "increase" if rules.one("tables", "change.named_rise").search(phrase) else None


def without_base(phrase: str) -> tuple[str, str | None]:
    """(name, base year) of an indicator that says what it is measured against: 排放量较2025年下降."""
    match = rules.one("tables", "names.base").search(phrase)
    return (phrase[: match.start()] + phrase[match.end() :], match[1]) if match else (phrase, None)


def split(phrase: str, count: int = 1) -> list[str]:
    """The indicators of a name cell: two in one row (A减少B减少), lists of what is measured apart, or `count` of them
    where the row has as many values."""
    if count > 1 and (parts := coordination.split_for(phrase, count)):
        return parts
    twice = rules.one("tables", "names.twice").fullmatch(phrase)
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
    return parts[0] + part if _said("of_first").match(part) and part is not parts[0] else part


def _said(kind: str) -> re.Pattern[str]:
    return rules.pattern("tables", f"names.{kind}")


def measured(phrase: str) -> str:
    """The word for what is measured at the end of a name (装机, 排放量), "" where it has none."""
    match = _said("measure").search(phrase)
    return match[0] if match else ""


def of_heading(heading: str) -> tuple[str, str]:
    """(what is measured, unit) that the heading of a column of places says, time and words like 目标 taken off."""
    phrase = heading
    for time in reversed(times.find(heading)):
        phrase = phrase[: time.span[0]] + phrase[time.span[1] :]
    phrase, unit = plain(phrase, "")
    if _said("allotted").fullmatch(phrase):
        return "", unit
    measure = _said("aim").sub("", phrase).strip("年的（）()")
    return ("" if len(measure) < 2 else measure), unit  # 任务数 counts what the caption says


def of_caption(caption: str) -> tuple[str, str]:
    """(what is measured, unit) that the caption of a table of places says; 新增 in the bracket behind belongs to it."""
    aside = _said("aside").search(caption)
    phrase, unit = plain(caption[: aside.start()] if aside else caption, aside["unit"] if aside else "")
    added = _said("added").search(aside["said"]) if aside else None
    for time in reversed(times.find(phrase)):
        phrase = phrase[: time.span[0]] + phrase[time.span[1] :]
    named = _said("caption").sub("", phrase).strip("的")
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
