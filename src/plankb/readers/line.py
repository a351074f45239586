"""What readers of marked-up files share: a paragraph's characters under way, line breaks, frames around pages."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from plankb.document import Block, BoxBlock, Chars, TableBlock, TextBlock, heading_pattern
from plankb.errors import PlankbError
from plankb.readers.characters import is_invisible, repaired

_NOTE_MARK = re.compile(r"[\d\[\](){}（）〔〕【】,，、*※①-⑳-]+")
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdhmμ]?m|10)$")
"""What a raised digit belongs to: a unit of length, or the base of a power of ten."""
_STOP = re.compile(r"[。！？!?；;：:][”’」』）)〕】]*$")
_OPEN = re.compile(r"[、，,（(《“‘]$")
_SENTENCE = re.compile(r"[^。！？]{6,}[。！？]")
"""A whole sentence, as stands behind a heading; less is the rest of a heading that was wrapped."""
_HEADING_LINE = 40
"""The longest line of a heading that ends with a line break of its own."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")


_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_FRAME = 0.6
"""The share of a document's text from which a frame around it is the page's, not a box."""


@dataclass(frozen=True, slots=True)
class Look:
    """How text is printed. `font` is that of its Chinese characters, "" where the file does not say."""

    bold: bool = False
    font: str = ""
    raised: bool = False
    hidden: bool = False
    struck: bool = False


_SHOWN_STRUCK, _SHOWN_LENGTH = 3, 30
"""How many pieces of text that is struck out a remark shows, and how many characters of each."""


def struck_remark(pieces: Sequence[str]) -> tuple[PlankbError, ...]:
    """The remark on text that was left out because it is struck out; () where nothing was."""
    said = [text for piece in pieces if (text := piece.strip())]
    if not said:
        return ()
    shown = [f"{text[:_SHOWN_LENGTH]}…" if len(text) > _SHOWN_LENGTH else text for text in said[:_SHOWN_STRUCK]]
    more = f" …（{len(said)}）" if len(said) > _SHOWN_STRUCK else ""
    return (PlankbError("E152", words="、".join(shown) + more),)


PLAIN = Look()
"""As text is printed of which nothing is said."""


@dataclass
class Line:
    """Characters with their offsets in the source."""

    text: list[str] = field(default_factory=list)
    offsets: array[int] = field(default_factory=lambda: array("I"))
    looks: list[Look | None] = field(default_factory=list)
    replaced: set[int] = field(default_factory=set)

    def add(self, text: str, start: int, look: Look | None) -> None:
        """Text that stands at `start` in the source; a raised mark of a note is left out, a raised power is kept."""
        shown = repaired(text)
        if look is not None and look.raised:
            shown = _shown_raised("".join(self.text[-4:]), shown)
        for index, char in enumerate(shown):
            if not char.isascii() and is_invisible(char):
                continue
            if char != text[index]:
                self.replaced.add(len(self.text))
            self.text.append(char)
            self.offsets.append(start + index)
            self.looks.append(look)

    def extend(self, other: Line) -> None:
        """Another line behind it, a space between the two."""
        shift = len(self.text) + 1
        self.text += [" ", *other.text]
        self.offsets.append(self.offsets[-1])
        self.offsets.extend(other.offsets)
        self.looks += [other.looks[0] if other.looks else None, *other.looks]
        self.replaced |= {shift - 1, *(index + shift for index in other.replaced)}

    def chars(self) -> Chars:
        """The characters."""
        return Chars("".join(self.text), self.offsets, frozenset(self.replaced))

    @property
    def blank(self) -> bool:
        """Whether it says nothing."""
        return not "".join(self.text).strip()

    def lead(self) -> int:
        """How many characters at the head stand out from the rest, bold or in another font; 0 for none or all."""
        looks = [
            (look.bold, look.font if _CHINESE.match(char) else "")
            for char, look in zip(self.text, self.looks, strict=True)
            if look is not None
        ]
        shift = len(self.text) - len(looks)  # the number that Word counts is printed like what follows it
        first = next((found for found in looks if found[1]), looks[0] if looks else (False, ""))
        size = next((index for index, found in enumerate(looks) if _differs(first, found)), len(looks))
        if size == len(looks) or not size:
            return 0
        usual = Counter(looks[size:]).most_common(1)[0][0]
        stands_out = first[0] > usual[0] or (first[0] == usual[0] and _differs(first, usual))
        return size + shift if stands_out else 0


def _differs(one: tuple[bool, str], other: tuple[bool, str]) -> bool:
    return one[0] != other[0] or bool(one[1] and other[1] and one[1] != other[1])


def _shown_raised(before: str, text: str) -> str:
    """Raised text as it is read: powers as such, marks of notes not at all (both keep the count of characters)."""
    if not _NOTE_MARK.fullmatch(text):
        return text
    return raised(text) if _UNIT.search(before) and text.isdigit() else ""


def raised(text: str) -> str:
    """Digits as superscript ones; text that has no such form with a ^ before it."""
    high = text.translate(_RAISED)
    return high if not text or not any(a == b for a, b in zip(high, text, strict=True)) else f"^{text}"


def begins_anew(before: str, after: str) -> bool:
    """Whether a line break inside a paragraph parts two paragraphs, and not two lines of one sentence."""
    left, right = before.strip(), after.strip()
    if not left or not right or _STOP.search(left):
        return True
    if _OPEN.search(left):
        return False
    if heading_pattern().match(right):
        return True
    return bool(heading_pattern().match(left)) and len(left) <= _HEADING_LINE and bool(_SENTENCE.match(right))


def unframed(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of a document, those in a frame around the whole page without their frame."""
    size = sum(map(_size, blocks))
    return [each for block in blocks for each in _unframed(block, size)]


def _unframed(block: Block, size: int) -> Sequence[Block]:
    if not isinstance(block, BoxBlock) or _size(block) < _FRAME * size:
        return (block,)
    return [each for inner in block.blocks for each in _unframed(inner, size)]


def _size(block: Block) -> int:
    """How many characters of text a block has."""
    match block:
        case TextBlock():
            return len(block.chars.text)
        case TableBlock():
            return sum(len(chars.text) for cell in block.cells for chars in cell.paragraphs)
        case BoxBlock():
            return sum(map(_size, block.blocks))
