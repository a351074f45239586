"""Characters of the symbol fonts of Word (`w:sym` and the private area U+F020 to U+F0FF), as Unicode has them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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
