"""What a reader makes of a file: blocks in reading order, each character with its place in the file.

A reader repairs what its own format damages and hands over a `Document`; everything above reads nothing else. Blocks
hold what the file itself says (heading levels, true cells, boxes, notes); where a file says nothing they leave it open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from plankb.errors import PlankbError
from plankb.late import dataclass

TextKind = Literal["text", "contents", "note"]
"""Running text and headings; an entry of the contents list; a footnote, endnote or comment, which is kept apart."""


@dataclass(frozen=True, slots=True)
class Chars:
    """Characters and where each came from: `offsets[i]` is the offset of character i in `Document.source`.

    `replaced` are the indices whose character is not the one in the source (an OCR " and " that became 和).
    """

    text: str
    offsets: Sequence[int]
    replaced: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError("a character without its offset")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, whole: its lines joined.

    `level` is the heading's level as the file says it (1 outermost), None for running text and where the file does not
    say; `lead` how many characters at its head stand out (bold, other font) from the rest, 0 for none or all;
    `centred`: set in the middle of the line.
    """

    chars: Chars
    kind: TextKind = "text"
    level: int | None = None
    lead: int = 0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class CellBlock:
    """A cell: its paragraphs, where it starts in the grid (from 0), how many rows and columns it covers.

    `at` is the offset in the source where it stands, which an empty cell needs.
    """

    paragraphs: tuple[Chars, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    at: int = 0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of cells in the order of rows, then columns.

    `exact`: the file gave the cells, merged ones too; otherwise they were guessed from text, rows may be shifted, and a
    merged cell is an empty one.
    """

    cells: tuple[CellBlock, ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class BoxBlock:
    """A frame around blocks: a text box, or a table of one cell, as a 专栏 is printed."""

    blocks: tuple[Block, ...]


Block = TextBlock | TableBlock | BoxBlock


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    `source` is all its text as the reader decoded it, in reading order, to which the offsets of all blocks point; its
    line breaks count the lines of a text file, the paragraphs and table rows of any other. `pages` are the offsets in
    `source` where the pages start, () where the file has none. `remarks` say what the reader could not read, or only
    with doubt.
    """

    source: str
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()
    remarks: tuple[PlankbError, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells its tables have, those in frames too."""
        return sum(map(_cells, self.blocks))


def _cells(block: Block) -> int:
    match block:
        case TableBlock():
            return len(block.cells)
        case BoxBlock():
            return sum(map(_cells, block.blocks))
    return 0
