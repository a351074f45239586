"""Text in terminal cells: how wide it is, cut to a width, wrapped at a width. Chinese characters take two cells.

Text from documents comes through `plain` first: it loses what a terminal would obey, and keeps its length, so that
spans into it stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, get_character_cell_size

from plankb.model import Span
from plankb.printing import MARK, UNSEEN

Align = Literal["left", "right", "center"]
Cut = Literal["end", "middle"]

# Variation selectors have no width of their own either.
_UNSAFE = re.compile(f"[{UNSEEN}\r\ufe00-\ufe0f]")
_CELL_BREAK = "│"
_NO_START = frozenset("，。、；：？！）》〉」』】〕］”’％%…—·),.;:?!]}℃）")
_NO_END = frozenset("（《〈「『【〔［“‘([{")
_ELLIPSIS = "…"


def plain(text: str) -> str:
    """The text with control characters made visible, tabs (cell borders of table rows) as │; same length."""
    return _UNSAFE.sub(MARK, text).replace("\t", _CELL_BREAK)


def one_line(text: str) -> str:
    """`plain` text on one line, for a cell of a table."""
    return plain(text).replace("\n", " ")


def clip(text: str, width: int) -> str:
    """The text cut to `width` cells; an ellipsis ends what was cut."""
    if cell_len(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += get_character_cell_size(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept) + _ELLIPSIS if width > 0 else ""


def clip_middle(text: str, width: int) -> str:
    """The text cut to `width` cells in its middle: titles of plans differ at their ends."""
    if cell_len(text) <= width or width < 4:
        return clip(text, width)
    tail, used = 0, 0
    while used + get_character_cell_size(text[-tail - 1]) <= width // 2:
        used += get_character_cell_size(text[-tail - 1])
        tail += 1
    return clip(text, width - used) + text[len(text) - tail :]


def fit(text: str, width: int, align: Align = "left", cut: Cut = "end") -> str:
    """The text in exactly `width` cells: cut or filled with spaces."""
    text = clip(text, width) if cut == "end" else clip_middle(text, width)
    spare = max(0, width - cell_len(text))
    left = {"left": 0, "right": spare, "center": spare // 2}[align]
    return " " * left + text + " " * (spare - left)


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen: [start, end) of the wrapped text; `first` where it begins a paragraph."""

    start: int
    end: int
    first: bool


def wrap(text: str, width: int) -> Iterator[Line]:
    """The lines of a text at a width in cells.

    A Chinese text may break between any two characters, but no line starts with closing punctuation or ends with an
    opening bracket; Latin words and numbers stay whole where they fit.
    """
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        first = True
        for span in _wrap_paragraph(text, start, end, max(2, width)):
            yield Line(*span, first)
            first = False
        start = end + 1


def _wrap_paragraph(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    line, used, allowed, index = start, 0, start, start
    while index < end:
        if index > line and _may_break(text[index - 1], text[index]):
            allowed = index
        size = get_character_cell_size(text[index])
        if used + size > width:
            cut = allowed if allowed > line else max(index, line + 1)
            yield line, cut
            line, used, index = cut, cell_len(text[cut:index]), max(index, cut)
            continue  # what was carried over may still be too wide with this character
        used += size
        index += 1
    yield line, end


def _may_break(before: str, after: str) -> bool:
    if after in _NO_START or before in _NO_END:
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(char: str) -> bool:
    return char.isascii() and not char.isspace()
