"""Formulas (Office Math) and characters of the symbol fonts (`w:sym`, U+F020 to U+F0FF) of Word as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
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


_PRIVATE = range(0xF020, 0xF100)
_SYMBOL: Mapping[int, str] = MappingProxyType(
    {
        0x25: "%", 0x2B: "+", 0x2D: "-", 0x2E: ".", 0x2F: "/", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x6D: "μ",
        0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠",
        0xBB: "≈", 0xD7: "·", 0xE5: "Σ",
    }
)  # fmt: skip
"""The encoding of the font Symbol; letters and digits that stand for themselves are left out."""
_CIRCLED = {0x81 + value: chr(0x2460 + value) for value in range(10)}
"""Wingdings: ① to ⑩."""
_WINGDINGS: Mapping[int, str] = MappingProxyType(
    {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0xA8: "□", 0xA7: "▪", 0xB2: "☆", 0xAB: "★", 0xD8: "➢",
     0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x52: "☑", **_CIRCLED}
)  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": {0x52: "☑", 0x53: "☒", 0xA3: "□"}}
)


def symbol(code: str, font: str) -> str:
    """The character of a `w:sym` with a hexadecimal code; "" for one that is not known."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.strip().lower())
    if value in _PRIVATE or (known is not None and value < 0x100):
        place = value & 0xFF
        if known is None or place not in known:
            return chr(place) if known is _SYMBOL and chr(place).isalnum() and place < 0x7F else ""
        return known[place]
    return chr(value) if 0x20 <= value < 0xD800 or 0xF900 <= value <= 0x10FFFF else ""
