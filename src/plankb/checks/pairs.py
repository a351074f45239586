"""Rule `unpaired`: brackets, quotation marks and 《》 that do not close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from plankb import rules
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Span

_OPENERS = {"）": "（", "》": "《", "〉": "〈", "”": "“", "’": "‘", "〕": "〔", "］": "［", "】": "【", "」": "「"}
_CLOSERS = {opener: closer for closer, opener in _OPENERS.items()}
_WIDTH = str.maketrans({"(": "（", ")": "）", "[": "［", "]": "］", "﹝": "〔", "﹞": "〕"})
_READ_FOR = {'"': "”", ">": "》", "＞": "》", "~": "》"}
"""Signs that close what is open and are told by no one else: a straight quotation mark, what a scan made of 》."""
_COUNTED = re.compile(r"\d[、，]$")
"""Before a number that is not the first of several: （不含1、2）."""
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9°])[’′]")
_MISREAD = re.compile(r"[(（〔\[]\s*\d{4}\s+[JjlI]")
"""A year whose closing bracket a scan took for a letter, (2021 J 364号: brackets of such a paragraph tell nothing."""
_READ_LATER, _SCANNED = 90, re.compile("[~>＞]")
"""Characters in which a title goes on over its line, and what a scan made of its end."""
_CUT = 12
"""Characters at the start of a paragraph that may be the rest of one that was lost at the edge of a table."""
_STOP = re.compile(r"[，。；：！？\n\t]")
_ENCLOSING = re.compile("[》〉”’）〕］】」)\\]]")
_REACH = 14
_PAIR = 24
"""Characters within which two signs that close nothing were meant as a pair."""


@rule(
    "unpaired",
    severity="warning",
    zh="括号、引号、书名号不成对",
    en="brackets, quotation marks and 《》 that do not close",
    example="根据《某省大气污染防治条例，制定本规划。",
)
def unpaired(draft: Draft) -> Iterator[Remark]:
    """Each paragraph and each table for itself; what one paragraph opens the next one may close."""
    text = draft.text
    units = sorted([*draft.paragraphs, *(table.span for table in draft.tables)])
    tables = {table.span[1] for table in draft.tables}
    alone = [_told(text, unit, behind_table=unit[0] - 1 in tables or unit[0] in tables) for unit in units]
    for before, after in pairwise(alone):
        _join(text, before, after)
    for unit, places in zip(units, alone, strict=True):
        for one, other in _turned(text, places):
            places.remove(one)
            places.remove(other)
            yield _turned_remark(text, one, other)
        yield from (_remark(text, place, unit) for place in places)


def _told(text: str, unit: Span, *, behind_table: bool) -> list[int]:
    """The signs without a partner, but for those that a scan or the edge of a table took it from."""
    places = _alone(text, unit)
    if _MISREAD.search(text, *unit):
        places = [place for place in places if _sign(text[place]) not in "（）"]
    cut = behind_table and re.match(r"[\d》）)、，]", text[unit[0] :])
    return [
        place
        for place in places
        if not (text[place] == "《" and _SCANNED.search(text, place, place + _READ_LATER))
        and not (cut and place < unit[0] + _CUT and _sign(text[place]) in _OPENERS)
    ]


def _alone(text: str, unit: Span) -> list[int]:
    """Where the signs stand that find no partner in their unit; the numbers of a list close nothing."""
    line = text[slice(*unit)]
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(line)}
    numbers = {
        m.end() - 1
        for m in rules.one("checks", "item_in_bracket").finditer(line)
        if not _COUNTED.search(line[max(0, m.start() - 2) : m.start()])
    }
    return [unit[0] + index for index in _unmatched(line, apostrophes | numbers)]


def _unmatched(line: str, skipped: set[int]) -> list[int]:
    """The places in a line of the signs without a partner, those that are skipped left out."""
    opened: list[int] = []
    alone: list[int] = []
    for index, char in enumerate(line.translate(_WIDTH)):
        if char in _CLOSERS:
            opened.append(index)
        elif char in _READ_FOR:
            nested = opened and re.search("[<＜]", line[opened[-1] : index])
            if opened and line[opened[-1]] == _OPENERS[_READ_FOR[char]] and not nested:
                opened.pop()
        elif char in _OPENERS and index not in skipped:
            depth = next((d for d in range(len(opened) - 1, -1, -1) if _sign(line[opened[d]]) == _OPENERS[char]), None)
            if depth is None:
                alone.append(index)
            else:
                alone += opened[depth + 1 :]
                del opened[depth:]
    return sorted(alone + opened)


def _turned(text: str, places: list[int]) -> list[tuple[int, int]]:
    """Neighbours that were meant as a pair: “十四五“, ”十四五”, （甲】."""
    found: list[tuple[int, int]] = []
    for one, other in pairwise(places):
        taken = bool(found) and found[-1][1] == one
        near = other - one < _PAIR and not _STOP.search(text, one, other)
        if near and not taken and _partner(text, one, other):
            found.append((one, other))
    return found


def _partner(text: str, one: int, other: int) -> tuple[int, str] | None:
    """Which of two signs is wrong, and what it should be; None where they are no pair."""
    first, second = _sign(text[one]), _sign(text[other])
    if first in _CLOSERS and (second == first or second in _OPENERS):
        return other, _CLOSERS[first]
    if first == second and second in _OPENERS:
        return one, _OPENERS[second]
    return None


def _turned_remark(text: str, one: int, other: int) -> Remark:
    place, right = _partner(text, one, other) or (other, "")
    details: dict[str, object] = {"sign": text[place], "expected": right}
    return Remark((one, other + 1), "E423", details, fixes=(Fix(span=(place, place + 1), text=right),))


def _sign(char: str) -> str:
    return char.translate(_WIDTH)


def _join(text: str, before: list[int], after: list[int]) -> None:
    """Takes out what two neighbouring units close for one another: a bracket over a page break, a long quotation."""
    for place in reversed(before[:]):
        closer = _CLOSERS.get(_sign(text[place]))
        partner = next((other for other in after if _sign(text[other]) == closer), None)
        if partner is not None:
            before.remove(place)
            after.remove(partner)


def _remark(text: str, place: int, unit: Span) -> Remark:
    sign = text[place]
    if _sign(sign) in _CLOSERS:
        stop = _STOP.search(text, place + 1, min(unit[1], place + _REACH))
        span = (place, stop.start() if stop else min(unit[1], place + _REACH))
        closer = _CLOSERS[_sign(sign)]
        around = _ENCLOSING.search(text, place + 1, span[1])
        at = around.start() if around else span[1] if stop or span[1] == unit[1] else place
        fixes = (Fix(span=(at, at), text=closer),) if at > place + 1 else ()
        return Remark(span, "E421", {"sign": sign, "missing": closer}, fixes=fixes)
    starts = [m.end() for m in _STOP.finditer(text, max(unit[0], place - _REACH), place)]
    span = (starts[-1] if starts else max(unit[0], place - _REACH), place + 1)
    return Remark(span, "E422", {"sign": sign, "missing": _OPENERS[_sign(sign)]})
