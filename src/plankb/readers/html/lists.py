"""The numbers that a browser counts before the items of a list."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from plankb.readers.numerals import written

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STYLE = re.compile(r"list-style(?:-type)?:\s*([\w-]+)")
_FORMS = MappingProxyType(
    {
        "a": "lowerLetter", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "A": "upperLetter",
        "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "i": "lowerRoman", "lower-roman": "lowerRoman",
        "I": "upperRoman", "upper-roman": "upperRoman",
    }
)  # fmt: skip
_SPELLED = ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal")
_MOST = 99_999
"""No list is longer; a damaged page may say anything."""


class Lists:
    """Counts the items of the lists of a page, which come in their order."""

    def __init__(self) -> None:
        self._last: dict[Element, int] = {}

    def label(self, item: Element) -> str:
        """What is printed before an item ("3. ", "三、"); "" for what is no item, or where nothing counts it."""
        above = item.getparent() if item.tag == "li" else None
        if above is None or above.tag != "ol":
            return ""
        last = self._last.get(above, _whole(above.get("start", ""), 1) - 1)
        self._last[above] = value = _whole(item.get("value", ""), last + 1)
        said = _STYLE.search(f"{item.get('style', '')};{above.get('style', '')}".lower())
        style = said[1] if said else above.get("type", "")
        if style == "none":
            return ""
        if style in _SPELLED:
            return f"{written(value, 'chineseCounting')}、"
        return f"{written(value, _FORMS.get(style, 'decimal'))}. "


def _whole(text: str, usual: int) -> int:
    text = text.strip()
    return min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < 6 else usual
