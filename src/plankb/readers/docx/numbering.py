"""Numbers that Word counts by itself: 一、, （一）, 1. of automatic lists, which stand in no run of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plankb.readers.docx.names import attribute, find, number, switched, w
from plankb.readers.docx.styles import Styles
from plankb.readers.numerals import written

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_LEVELS = 9
_MOST = 100_000
"""The highest number that is written; a damaged file may say anything."""


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how its number is written, where it starts, the text around it (%1、).

    `legal` writes the numbers of all levels with decimal digits; `restart` is the level (from 1) whose next number
    makes this one begin anew, 0 for none, None for any above it; `style` the paragraph style that brings it.
    """

    format: str
    start: int
    text: str
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list: the abstract list that it counts with, its levels, and the levels at which it begins anew."""

    abstract: str
    levels: dict[int, _Level]
    anew: dict[int, int]


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    styles: Styles
    lists: dict[str, _List] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    """By abstract list the number last given at each level, None where its count has not begun."""
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, document: WordDocument, styles: Styles) -> Numbering:
        """The lists of a document; none where it has no numbering part."""
        found = cls(styles)
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        root = getattr(part, "element", None)
        if root is None:
            return found
        abstracts = {attribute(each, "abstractNumId"): each for each in root.findall(w("abstractNum"))}
        nums = {attribute(each, "numId"): each for each in root.findall(w("num"))}
        for name, num in nums.items():
            found.lists[name] = _list(num, _linked(attribute(find(num, "abstractNumId")), abstracts, nums, styles))
        return found

    def label(self, properties: Element | None) -> str:
        """The number before a paragraph with these properties, "" for one without; counts on."""
        place = self._place(properties)
        if place is None:
            return ""
        name, depth = place
        listed = self.lists[name]
        level = listed.levels[depth]
        count = self.counts.setdefault(listed.abstract, [None] * _LEVELS)
        before = count[depth]
        if depth in listed.anew and (name, depth) not in self._begun:
            before = None
        self._begun.add((name, depth))
        start = listed.anew.get(depth, level.start)
        count[depth] = start if before is None else before + 1
        for below in range(depth + 1, _LEVELS):
            restart = listed.levels[below].restart if below in listed.levels else None
            if restart is None or depth < restart:
                count[below] = None
        return re.sub(r"%([1-9])", lambda m: _shown(int(m[1]) - 1, count, listed, legal=level.legal), level.text)

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        """(list, level) of a paragraph; None where none numbers it."""
        style = self.styles.paragraph(properties)
        own = find(properties, "numPr")
        name = attribute(find(own, "numId")) or style.list_id or ""
        depth = number(find(own, "ilvl"))
        listed = self.lists.get(name)
        if listed is None or name == "0":
            return None
        if depth is None:
            depth = style.depth if style.depth is not None else self._depth_of_style(listed, properties)
        return (name, depth) if depth in listed.levels else None

    def _depth_of_style(self, listed: _List, properties: Element | None) -> int:
        """The level that a list keeps for the style of a paragraph, or for one that it is based on; 0 for none."""
        by_style = {level.style: depth for depth, level in listed.levels.items() if level.style}
        return next((by_style[name] for name in self.styles.names(properties) if name in by_style), 0)


def _linked(
    name: str, abstracts: dict[str, Element], nums: dict[str, Element], styles: Styles
) -> tuple[str, Element | None]:
    """The abstract list of a name, or the one that its list style leads to."""
    abstract = abstracts.get(name)
    link = attribute(find(abstract, "numStyleLink"))
    if not link:
        return name, abstract
    listed = nums.get(attribute(find(styles.elements.get(link), "pPr/numPr/numId")))
    target = attribute(find(listed, "abstractNumId"))
    return (target, abstracts[target]) if target in abstracts else (name, abstract)


def _list(num: Element, abstract: tuple[str, Element | None]) -> _List:
    name, element = abstract
    levels: dict[int, _Level] = {}
    anew: dict[int, int] = {}
    for each in [] if element is None else element.findall(w("lvl")):
        levels.update(_level(each))
    for override in num.findall(w("lvlOverride")):
        for each in override.findall(w("lvl")):
            levels.update(_level(each))
        depth, start = number(override, "ilvl"), number(find(override, "startOverride"))
        if depth is not None and start is not None:
            anew[depth] = start
    return _List(name, levels, anew)


def _level(element: Element) -> dict[int, _Level]:
    depth = number(element, "ilvl")
    if depth is None or not 0 <= depth < _LEVELS:
        return {}
    form = attribute(next(element.iter(w("numFmt")), None)) or "decimal"
    start = number(find(element, "start"))
    return {
        depth: _Level(
            form,
            1 if start is None else start,
            "" if form == "bullet" else attribute(find(element, "lvlText")),
            legal=bool(switched(element, "isLgl")),
            restart=number(find(element, "lvlRestart")),
            style=attribute(find(element, "pStyle")),
        )
    }


def _shown(depth: int, count: list[int | None], listed: _List, *, legal: bool) -> str:
    """The number of a level inside a label."""
    level = listed.levels.get(depth)
    if level is None:
        return ""
    value = count[depth]
    value = min(max(level.start if value is None else value, 0), _MOST)
    return written(value, "decimal" if legal and level.format not in ("bullet", "none") else level.format)
