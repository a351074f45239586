"""The text of a Word document: its blocks in reading order, and which run each part of the text came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from plankb.document import Block, BoxBlock, CellBlock, TableBlock, TextBlock, TextKind
from plankb.errors import PlankbError
from plankb.readers.docx import grid, parts
from plankb.readers.docx.names import WRAPPERS, attribute, find, inside, w
from plankb.readers.docx.numbering import Numbering
from plankb.readers.docx.package import open_package
from plankb.readers.docx.runs import Bit, RunReader
from plankb.readers.docx.styles import ParagraphStyle, Styles, is_centred, outline_level
from plankb.readers.line import Line, begins_anew, struck_remark, unframed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_NARROW = 2
"""Columns of a table inside a cell that only sets words beside one another."""
_BREAKS = re.compile(r"[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]")
_GALLERY = "Table of Contents"
_PARAGRAPHS = frozenset({w("p"), w("tbl")})


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that one element of a run gave: [start, end) of the text, the run, and the element inside it."""

    start: int
    end: int
    run: Element
    element: Element


@dataclass
class WordText:
    """The text of a Word document and where each part of it stands; `document` is python-docx's."""

    document: WordDocument
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    remarks: list[PlankbError] = field(default_factory=list)


def open_text(data: bytes) -> WordText:
    """The text of a Word file with its map. Raises ValueError where it is none."""
    document = open_package(data)
    try:
        return map_text(document)
    except (KeyError, AttributeError, TypeError, RecursionError) as error:
        raise ValueError("not a Word document") from error


def map_text(document: WordDocument) -> WordText:
    """The text of an open document."""
    writer = _Writer(document)
    found = writer.target
    found.blocks = unframed(writer.blocks(document.element.body))
    for note in parts.notes(document):
        found.blocks += [replace(b, kind="note") for b in writer.blocks(note, mapped=False) if isinstance(b, TextBlock)]
    found.text = writer.text
    found.remarks += writer.remarks()
    return found


class _Writer:
    """Walks the document and collects source text, pieces and blocks."""

    def __init__(self, document: WordDocument) -> None:
        self.target = WordText(document)
        self.length = 0
        self._styles = Styles.of(document)
        self._numbering = Numbering.of(document, self._styles)
        self._runs = RunReader(self._styles)
        self._parts: list[str] = []
        self._contents = 0
        self._mapped = True
        self._cut: list[Bit] = []
        """What stands before a paragraph mark that is deleted: it belongs to the next paragraph."""

    @property
    def text(self) -> str:
        """All source text written so far."""
        return "".join(self._parts)

    def remarks(self) -> tuple[PlankbError, ...]:
        """What is to be said of text that was left out."""
        return struck_remark(self._runs.struck)

    def blocks(self, parent: Element, *, mapped: bool = True) -> list[Block]:
        """The paragraphs and tables below an element; those that are not `mapped` give no pieces."""
        before, self._mapped = self._mapped, mapped and self._mapped
        found = list(self._blocks(parent))
        self._mapped = before
        return found

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == w("p"):
                yield from self._paragraph(child)
            elif child.tag == w("tbl"):
                yield from self._table(child)
            elif child.tag == w("altChunk"):
                yield from self._chunk(child)
            elif child.tag in WRAPPERS:
                listed = attribute(find(child, "sdtPr/docPartObj/docPartGallery")) == _GALLERY
                self._contents += listed
                yield from self._blocks(child)
                self._contents -= listed

    def _chunk(self, element: Element) -> Iterator[Block]:
        """A file that is embedded whole."""
        found = parts.chunk(self.target.document, element)
        if isinstance(found, PlankbError):
            self.target.remarks.append(found)
            return
        yield from parts.moved(found.blocks, self.length)
        self._put(found.source.rstrip("\n") + "\n")
        self.target.remarks += found.remarks

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        """One paragraph as a block, several where line breaks part it; then the text boxes that hang on it."""
        properties = find(paragraph, "pPr")
        style = self._styles.paragraph(properties)
        listed = style.contents or bool(self._contents)
        in_contents = self._runs.in_contents
        bits = self._bits(paragraph)
        kind: TextKind = "contents" if listed or (in_contents and _is_entry(bits)) else "text"
        first = True
        for part in _parted(bits):
            line = self._line(part, properties if first else None, kind)
            first = False
            self._put("\n")
            if not line.blank:
                yield _block(line, kind, style, properties)
        if first and not self._cut:
            self._put("\n")
        yield from self._boxes(bits)

    def _bits(self, paragraph: Element) -> list[Bit]:
        """What a paragraph gives; nothing yet where the mark at its end is deleted and the text goes on."""
        bits = [*self._cut, *self._runs.bits(paragraph)]
        self._cut = []
        mark = find(paragraph, "pPr/rPr")
        if find(mark, "del") is None and find(mark, "moveFrom") is None:
            return bits
        follows = paragraph.getnext()
        if any(bit.kind == "text" for bit in bits) and follows is not None and follows.tag == w("p"):
            self._cut = bits
            return []
        return bits

    def _line(self, bits: Sequence[Bit], properties: Element | None, kind: TextKind) -> Line:
        """Writes a line; `properties` are those of its paragraph where it is the first."""
        line = Line()
        if any(bit.kind == "text" and bit.text.strip() for bit in bits) or _keeps_mark(properties):
            label = self._numbering.label(properties) if properties is not None else ""
            if any(bit.kind == "text" for bit in bits):
                line.add(label, self.length, None)
                self._put(label)
        for bit in bits:
            if bit.kind != "box":
                text = " " if bit.kind == "break" or (bit.kind == "tab" and kind != "contents") else bit.text
                self._bit(line, bit, _BREAKS.sub(" ", text))
        return line

    def _bit(self, line: Line, bit: Bit, text: str) -> None:
        line.add(text, self.length, bit.look)
        self._put(text, bit)

    def _boxes(self, bits: Sequence[Bit]) -> Iterator[Block]:
        for bit in bits:
            if bit.kind == "box" and bit.element is not None and (inner := self.blocks(bit.element)):
                yield BoxBlock(tuple(inner))

    def _table(self, table: Element) -> Iterator[Block]:
        rows = grid.rows(table)
        if all(len(row) == 1 for row in rows):
            inner = [block for row in rows for cell in row[0].cells for block in self._blocks(cell)]
            if inner:
                yield BoxBlock(tuple(inner))
            return
        cells: list[CellBlock] = []
        hanging: list[Element] = []
        """Tables and text boxes inside cells, which come after the table."""
        above: dict[int, int] = {}
        """By column, the index of the last cell."""
        for number, row in enumerate(rows):
            for index, place in enumerate(row):
                self._put("\t" if index else "")
                over = above.get(place.column)
                if place.goes_on and over is not None and cells[over].row + cells[over].rows == number:
                    cells[over] = replace(cells[over], rows=cells[over].rows + 1)
                    self._put("\t" * (place.columns - 1))
                    continue
                above[place.column] = len(cells)
                cells.append(self._cell(place, number, hanging))
            self._put("\n")
        if cells:
            yield TableBlock(tuple(cells))
        for element in hanging:
            yield from self._hanging(element)

    def _hanging(self, element: Element) -> Iterator[Block]:
        if element.tag == w("tbl"):
            yield from self._table(element)
        elif inner := self.blocks(element):
            yield BoxBlock(tuple(inner))

    def _cell(self, place: grid.Place, number: int, hanging: list[Element]) -> CellBlock:
        """A cell of a row; what hangs in it goes to `hanging`."""
        at = self.length
        paragraphs = tuple(line.chars() for line in self._cell_lines(place, hanging) if not line.blank)
        self._put("\t" * (place.columns - 1))
        return CellBlock(paragraphs, number, place.column, columns=place.columns, at=at)

    def _cell_lines(self, place: grid.Place, hanging: list[Element]) -> Iterator[Line]:
        """The paragraphs of a cell; a line break begins a new one."""
        begun = self.length
        for cell in place.cells:
            for child in inside(cell, _PARAGRAPHS):
                if child.tag == w("tbl"):
                    if _is_list(rows := grid.rows(child)):
                        yield from self._listed(rows, begun)
                    else:
                        hanging.append(child)
                    continue
                bits = self._bits(child)
                hanging += [bit.element for bit in bits if bit.kind == "box" and bit.element is not None]
                properties = find(child, "pPr")
                for index, part in enumerate(_at_breaks(bits)):
                    if self.length > begun:
                        self._put(" ")
                    yield self._cell_line(part, None if index else properties)

    def _listed(self, rows: Sequence[Sequence[grid.Place]], begun: int) -> Iterator[Line]:
        """A table inside a cell that only sets words beside one another: a line a row."""
        for row in rows:
            line = Line()
            if self.length > begun:
                self._put(" ")
            for cell in (cell for place in row for cell in place.cells):
                for paragraph in inside(cell, _PARAGRAPHS):
                    for bit in self._bits(paragraph):
                        if bit.kind in ("text", "tab"):
                            self._bit(line, bit, _BREAKS.sub(" ", bit.text.replace("\t", " ")))
            yield line

    def _cell_line(self, bits: Sequence[Bit], properties: Element | None) -> Line:
        line = Line()
        if properties is not None and (label := self._numbering.label(properties)):
            line.add(label, self.length, None)
            self._put(label)
        for bit in bits:
            if bit.kind in ("text", "tab"):
                self._bit(line, bit, _BREAKS.sub(" ", bit.text.replace("\t", " ")))
        return line

    def _put(self, text: str, bit: Bit | None = None) -> None:
        if not text:
            return
        if bit is not None and bit.run is not None and bit.element is not None and self._mapped:
            self.target.pieces.append(Piece(self.length, self.length + len(text), bit.run, bit.element))
        self._parts.append(text)
        self.length += len(text)


def _block(line: Line, kind: TextKind, style: ParagraphStyle, properties: Element | None) -> TextBlock:
    level, centred = outline_level(properties), is_centred(properties)
    return TextBlock(
        line.chars(),
        kind,
        None if kind == "contents" else style.level if level is None else level or None,
        lead=line.lead(),
        centred=style.centred if centred is None else centred,
    )


def _is_list(rows: Sequence[Sequence[grid.Place]]) -> bool:
    """Whether a table inside a cell is too narrow for a head of its own and nothing hangs in it."""
    cells = [cell for row in rows for place in row for cell in place.cells]
    plain = all(child.tag == w("p") for cell in cells for child in inside(cell, _PARAGRAPHS))
    return plain and max(map(len, rows), default=0) <= _NARROW


def _is_entry(bits: Sequence[Bit]) -> bool:
    """Whether a paragraph inside a contents field is an entry of it: it ends with a page number."""
    text = "".join(bit.text for bit in bits).rstrip()
    return any(bit.kind == "tab" for bit in bits) and text[-1:].isdigit()


def _at_breaks(bits: Sequence[Bit]) -> list[list[Bit]]:
    found = [list(own) for broken, own in groupby(bits, key=lambda bit: bit.kind == "break") if not broken]
    return found or [[]]


def _parted(bits: Sequence[Bit]) -> Iterator[list[Bit]]:
    """The lines of a paragraph that are paragraphs to the reader; breaks inside a sentence stay in their line."""
    open_: list[Bit] = []
    for broken, own in groupby(bits, key=lambda bit: bit.kind == "break"):
        group = list(own)
        if broken:
            open_ += group
        elif open_ and begins_anew(_text(open_), _text(group)):
            yield open_
            open_ = group
        else:
            open_ += group
    if open_:
        yield open_


def _text(bits: Sequence[Bit]) -> str:
    """The last line of some bits."""
    return "".join(bit.text for bit in bits).strip("\n").rpartition("\n")[2]


def _keeps_mark(properties: Element | None) -> bool:
    """Whether the paragraph is still there though it is empty: its mark is not deleted."""
    mark = find(properties, "rPr")
    return properties is not None and find(mark, "del") is None and find(mark, "moveFrom") is None
