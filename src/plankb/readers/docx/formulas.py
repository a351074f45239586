"""Formulas of Word (Office Math) as one line of text: what stands above a line is written before a stroke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plankb.readers.docx.names import M
from plankb.readers.line import raised

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def formula(element: Element) -> str:
    """The text of a formula, without its form where a line of text has none."""
    tag = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    if tag == "t":
        return str(element.text or "")
    if tag.endswith("Pr"):
        return ""
    if tag == "f":
        return f"{_part(element, 'num')}/{_part(element, 'den')}"
    if tag == "rad":
        return f"√{_part(element, 'e')}"
    if tag in ("sSup", "sSubSup"):
        return _part(element, "e") + _part(element, "sub") + raised(_part(element, "sup"))
    if tag == "d":
        return _bracketed(element)
    return "".join(formula(child) for child in element)


def _part(element: Element, name: str) -> str:
    part = element.find(M + name)
    return "" if part is None else "".join(formula(child) for child in part)


def _bracketed(element: Element) -> str:
    properties = element.find(f"{M}dPr")
    left, right = "(", ")"
    if properties is not None:
        for mark in properties:
            if mark.tag == f"{M}begChr":
                left = mark.get(f"{M}val", "")
            elif mark.tag == f"{M}endChr":
                right = mark.get(f"{M}val", "")
    return left + "".join(formula(child) for child in element if child.tag == f"{M}e") + right
