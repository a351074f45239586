"""Numbers that Word counts by itself: 一、, （一）, 1. of automatic lists, which stand in no run of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from plankb import numbers

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting")
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how its number is written, where it starts, and the text around it (%1、)."""

    format: str
    start: int
    text: str


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    """By number of the list: the abstract list that it counts with, and its levels."""
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """List and level that a paragraph style brings."""
    counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The lists of a document; none where it has no numbering part."""
        found = cls()
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is None:
            return found
        root = part.element
        abstract = {_get(each, "abstractNumId"): _levels(each) for each in root.findall(f"{_W}abstractNum")}
        for num in root.findall(f"{_W}num"):
            key = _val(num.find(f"{_W}abstractNumId"))
            levels = dict(abstract.get(key, {}))
            for override in num.findall(f"{_W}lvlOverride/{_W}lvl"):
                levels.update(_level(override))
            found.lists[_get(num, "numId")] = (key, levels)
        for style in document.styles.element.findall(f"{_W}style"):
            if place := _place(style.find(f"{_W}pPr")):
                found.styles[_get(style, "styleId")] = place
        return found

    def label(self, paragraph: Any) -> str:
        """The number before a paragraph, "" for one without; counts on."""
        properties = paragraph.find(f"{_W}pPr")
        place = _place(properties)
        if place is None and properties is not None:
            place = self.styles.get(_val(properties.find(f"{_W}pStyle")))
        if place is None or place[0] not in self.lists:
            return ""
        abstract, levels = self.lists[place[0]]
        depth = place[1]
        if depth not in levels:
            return ""
        count = self.counts.setdefault(abstract, [0] * _LEVELS)
        count[depth] = count[depth] + 1 if count[depth] else levels[depth].start
        count[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        return re.sub(r"%(\d)", lambda m: _number(int(m[1]) - 1, count, levels), levels[depth].text)


def _number(depth: int, count: list[int], levels: dict[int, _Level]) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    value = count[depth] or level.start
    if level.format in _CHINESE:
        return numbers.chinese(value)
    if level.format in _CIRCLED and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if level.format in ("upperLetter", "lowerLetter"):
        return chr((65 if level.format == "upperLetter" else 97) + (value - 1) % 26)
    return "" if level.format in ("bullet", "none") else str(value)


def _place(properties: Any) -> tuple[str, int] | None:
    """(list, level) of paragraph properties; None where they name no list; list "0" turns numbers off."""
    number = properties.find(f"{_W}numPr") if properties is not None else None
    if number is None:
        return None
    level = _val(number.find(f"{_W}ilvl")) or "0"
    return _val(number.find(f"{_W}numId")), min(int(level), _LEVELS - 1) if level.isdigit() else 0


def _levels(abstract: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in abstract.findall(f"{_W}lvl"):
        found.update(_level(level))
    return found


def _level(element: Any) -> dict[int, _Level]:
    depth = _get(element, "ilvl")
    start = _val(element.find(f"{_W}start")) or "1"
    form = _val(element.find(f"{_W}numFmt")) or "decimal"
    text = "" if form == "bullet" else _val(element.find(f"{_W}lvlText"))
    if not depth.isdigit() or int(depth) >= _LEVELS:
        return {}
    return {int(depth): _Level(form, int(start) if start.isdigit() else 1, text)}


def _val(element: Any) -> str:
    return "" if element is None else _get(element, "val")


def _get(element: Any, name: str) -> str:
    return str(element.get(f"{_W}{name}", ""))
