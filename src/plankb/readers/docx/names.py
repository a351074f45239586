"""Names of WordprocessingML elements, and short ways to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"

WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
"""Elements around paragraphs, rows and cells that are not seen on the page."""
_OFF = ("0", "false", "off", "none")


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return W + name


def attribute(element: Element | None, name: str = "val") -> str:
    """An attribute, "" where the element or the attribute is not there."""
    return "" if element is None else str(element.get(W + name, ""))


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute as a whole number; None where there is none."""
    text = attribute(element, name)
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 9 else None


def find(element: Element | None, path: str) -> Element | None:
    """The first element on a path of names below an element, None where there is none."""
    return None if element is None else element.find("/".join(W + part for part in path.split("/")))


def switched(properties: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where it is not said."""
    element = find(properties, name)
    return None if element is None else attribute(element) not in _OFF


def inside(parent: Element, names: frozenset[str]) -> Iterator[Element]:
    """The elements of these names in their order, directly below `parent` or below what is not seen on the page."""
    for child in parent:
        if child.tag in names:
            yield child
        elif child.tag in WRAPPERS:
            yield from inside(child, names)
