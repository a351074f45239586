"""What publishing systems set above the element that holds a document: its title, and who issued it when and with what
number. All else around that element is no part of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from plankb import rules

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNITS = ("p", "div", "li", "dt", "dd", "tr", "h1", "h2", "h3", "section", "header", "article", "table", "center")
_TITLED = ("h1", "h2", "h3")
_LONGEST_TITLE, _LONGEST_HEAD = 90, 240
_OPENING = 400
"""So many characters of the document tell whether it says its title itself."""


def apart(root: Element, content: Element, skip: frozenset[Element]) -> frozenset[Element]:
    """The elements around the holder of a document that are not read; the text loose between them is taken away."""
    before, behind = _around(root, content)
    opening = _text(content)[:_OPENING]
    gone = set(behind)
    waiting = False
    for unit in _units(before, skip):
        text = _text(unit)
        said = bool(text) and text not in opening and (waiting or _says(unit, text))
        waiting = said and not waiting and bool(rules.one("html", "label").fullmatch(text))
        if not said:
            gone.add(unit)
    for element in (*gone, *content.iterancestors()):
        element.tail = None
        if element not in gone:
            element.text = None
    content.tail = None
    return frozenset(gone)


def _around(root: Element, content: Element) -> tuple[list[Element], list[Element]]:
    """What stands before the holder and behind it, in the order of the page, outermost elements only."""
    before: list[list[Element]] = []
    behind: list[Element] = []
    inner = content
    for above in content.iterancestors():
        siblings = list(above)
        at = siblings.index(inner)
        before.append(siblings[:at])
        behind += siblings[at + 1 :]
        inner = above
        if above is root:
            break
    return list(chain.from_iterable(reversed(before))), behind


def _units(elements: list[Element], skip: frozenset[Element]) -> Iterator[Element]:
    """The lines of elements: the innermost that hold a line of their own, rows of tables whole."""
    open_ = list(reversed(elements))
    while open_:
        element = open_.pop()
        if not isinstance(element.tag, str) or element in skip:
            continue
        inner = [child for child in element if isinstance(child.tag, str)]
        if element.tag != "tr" and any(child.tag in _UNITS or len(child) for child in inner):
            open_ += reversed(inner)
        else:
            yield element


def _text(element: Element) -> str:
    """All text in an element, without white space."""
    return re.sub(r"\s", "", "".join(map(str, element.itertext("*"))))


def _says(unit: Element, text: str) -> bool:
    """Whether a line is a title, or says by whom, when or under what number a document was issued."""
    if len(text) > _LONGEST_HEAD:
        return False
    if rules.one("html", "above").match(text) or rules.one("html", "label").match(text):
        return True
    named = rules.one("html", "title")
    is_named = unit.tag in _TITLED or any(named.search(unit.get(name, "")) for name in ("id", "class"))
    return len(text) <= _LONGEST_TITLE and is_named
