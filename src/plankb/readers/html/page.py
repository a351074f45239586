"""A web page: which of its elements hold the document, and which stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from plankb import rules

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNSEEN = frozenset(
    (
        "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "select",
        "iframe", "object", "svg", "textarea", "input", "audio", "video",
    )
)  # fmt: skip
_FILE = re.compile(r"(?i)\.(?:docx?|xlsx?|pdf|wps|et|ofd|rtf|zip|rar)\s*$")
"""The ending of what a link leads to, where that is a file: an attachment, no part of a menu."""
_MARGINS = ("header", "footer")
"""What LibreOffice calls the running heads and feet that it writes into a page."""
_LISTS = frozenset(("ul", "ol"))
_PRINTED = re.compile(r"(?:^|;)display:(table(?:-row|-cell)?)(?:;|!|$)")
_PRINTED_AS = {
    "table": "table", "table-row": "tr", "row": "tr", "table-cell": "td", "cell": "td", "columnheader": "th",
    "rowheader": "th",
}  # fmt: skip
_BODY = ("html", "body")
_LINKS, _FEW_LINKS, _LINK_SHARE = frozenset(("ul", "ol", "div", "td", "section", "p", "table")), 4, 0.6
"""What holds links only is a menu: at least so many, and this share of its text."""
_LISTED, _LISTED_SHARE, _LONGEST_LINK = 2, 0.9, 6
"""A list of so many links and nothing else is a menu where they are short: those of attachments are long."""
_CONTENT_SHARE = 0.3
"""What a named holder of the document must hold of the page's text."""


def aside(root: Element) -> frozenset[Element]:
    """The elements of a page that are not seen, or no part of its document."""
    return frozenset(element for element in root.iter() if _is_unseen(element)) | frozenset(_menus(root))


def as_tables(root: Element) -> None:
    """Gives elements that are printed as a table, its rows and cells the names that these have."""
    for element in root.iter("div", "ul", "ol", "li", "dl", "dt", "dd", "section", "p", "span"):
        said = _PRINTED.search(element.get("style", "").replace(" ", "").lower())
        name = said[1] if said else element.get("role", "").lower()
        element.tag = _PRINTED_AS.get(name, element.tag)


def content_of(root: Element) -> Element:
    """The element that holds the document: the one that is named so and holds enough of the text, else the page."""
    named = rules.one("html", "content")
    size = _length(root)
    for element in root.iter("div", "td", "article", "section", "main"):
        is_named = any(named.search(element.get(name, "")) for name in ("id", "class"))
        if is_named and _length(element) >= _CONTENT_SHARE * size:
            return element
    return root


def _length(element: Element) -> int:
    """Characters of text that is seen."""
    parts = list(element.iter())
    inside = sum(len((part.text or "").strip()) for part in parts if part.tag not in _UNSEEN)
    return inside + sum(len((part.tail or "").strip()) for part in parts[1:])


def _is_unseen(element: Element) -> bool:
    if element.tag in _BODY or not isinstance(element.tag, str):
        return False
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    if element.tag == "div" and element.get("title") in _MARGINS:
        return True
    if "display:none" in element.get("style", "").replace(" ", "").lower():
        return True
    named = rules.one("html", "aside")
    return any(named.search(element.get(name, "")) for name in ("id", "class") if element.get(name))


def _menus(root: Element) -> Iterator[Element]:
    """The elements whose text is links for the most part."""
    from lxml import etree

    totals: dict[Element, tuple[int, int, int]] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        text = len((element.text or "").strip())
        linked = links = 0
        for child in element:
            own, own_linked, own_links = totals.pop(child, (0, 0, 0))
            text += own + len((child.tail or "").strip())
            linked += own_linked
            links += own_links
        if element.tag == "a" and not _FILE.search(element.get("href", "")):
            linked, links = text, 1
        totals[element] = text, linked, links
        many = element.tag in _LINKS and links >= _FEW_LINKS and linked >= _LINK_SHARE * text
        listed = element.tag in _LISTS and links >= _LISTED and linked >= _LISTED_SHARE * text
        if many or (listed and text <= links * _LONGEST_LINK):
            yield element
