"""The names of indicators in tables: numbers, marks and units taken off, lists taken apart, what a row leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from plankb import quantities, rules, times
from plankb.extractors.targets import coordination
from plankb.model import Change

_NUMBERED = re.compile(r"^(?:[（(]?\d{1,2}[.、．）)](?!\d)|[（(][一二三四五六七八九十]+[）)]|其中[：:]?|[*#※★☆△▲])")
_MARKS = re.compile(r"[*#※★☆△▲①-⑳]+$")
_UNIT = re.compile(r"[（(]([^（）()]{1,14})[）)]$")
_BASE = re.compile(r"(?:比|较|与)((?:19|20)\d\d)年(?:水平|相比)?(?=\S*(?:降|减|增|提))")
_NO_UNIT = re.compile(r"含|不|均$|级$|类$|口$|以上|以下|累计|[，、]")


def plain(name: str, unit: str) -> tuple[str, str]:
    """(phrase, unit) of a name cell: the unit in brackets behind the name where the row has none of its own."""
    phrase = re.sub(r"\s", "", name)
    while match := _NUMBERED.match(phrase):
        phrase = phrase[match.end() :]
    phrase = _MARKS.sub("", phrase)
    found = _UNIT.search(phrase)
    if found and not unit and _is_unit(found[1]):
        return _MARKS.sub("", phrase[: found.start()]), found[1]
    return phrase, unit


def _is_unit(text: str) -> bool:
    """Whether what stands in brackets is a unit: a known one, or one that begins so (克标煤/千瓦时)."""
    if re.fullmatch(rf"{quantities.unit_pattern()}|%|％|‰", text):
        return True
    return bool(re.match(quantities.unit_pattern(), text)) and not _NO_UNIT.search(text)


def change_of(phrase: str) -> Change | None:
    """What an indicator says that is itself a change: 单位生产总值能耗降低."""
    if re.search(r"(?:降低|下降|减少|削减|压减)$", phrase):
        return "decrease"
    return "increase" if re.search(r"(?:年均增长|增长|比增|增幅|增速|提升|提高)$", phrase) else None


def without_base(phrase: str) -> tuple[str, str | None]:
    """(name, base year) of an indicator that says what it is measured against: 排放量较2025年下降."""
    match = _BASE.search(phrase)
    return (phrase[: match.start()] + phrase[match.end() :], match[1]) if match else (phrase, None)


def split(phrase: str, count: int = 1) -> list[str]:
    """The indicators of a name cell: two in one row (A减少B减少), lists of what is measured apart, or `count` of them
    where the row has as many values."""
    if count > 1 and (parts := coordination.split_for(phrase, count)):
        return parts
    twice = re.fullmatch(r"(.+?(?P<tail>减少|降低|下降|减排量|排放量|削减量))(.+(?P=tail))", phrase)
    pieces = [twice[1], twice[3]] if twice else [phrase]
    tail = twice["tail"] if twice else ""
    names: list[str] = []
    for piece in pieces:
        members = coordination.members(piece) if tail else coordination.split_apart(piece, share=True)
        names += [m if not tail or m.endswith(tail) else m + tail for m in members]
    return names


@cache
def _said(kind: str) -> re.Pattern[str]:
    return rules.one("tables", f"names.{kind}").regex


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
    return _said("aim").sub("", phrase).strip("年的（）()"), unit


def of_caption(caption: str) -> tuple[str, str]:
    """(what is measured, unit) that the caption of a table of places says."""
    phrase, unit = plain(caption, "")
    for time in reversed(times.find(phrase)):
        phrase = phrase[: time.span[0]] + phrase[time.span[1] :]
    return _said("caption").sub("", phrase).strip("的"), unit


def with_parent(phrase: str, unit: str, parents: Sequence[tuple[str, str]]) -> str:
    """A name that says no measure, with that of the last row above it that has one and the same unit."""
    if measured(phrase) or not unit:
        return phrase
    tail = next((measured(name) for name, own in reversed(parents) if own == unit and measured(name)), "")
    return phrase + tail
