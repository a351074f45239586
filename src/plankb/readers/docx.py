"""Word files (.docx): paragraphs and tables with their cells, and a map from the text back to the runs.

Numbers that Word counts by itself stand in the text as the reader sees them. Deleted text, headers, footers and notes
are left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from plankb.document import Block, CellBlock, Chars, Document, TableBlock, TextBlock
from plankb.readers.docx_numbers import Numbering

_LIMIT = 400_000_000
"""Bytes that a file may unpack to; more is no document."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "footnoteReference")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that one element of a run gave: [start, end) of the text, the run, and the element inside it."""

    start: int
    end: int
    run: Any
    element: Any


@dataclass
class WordText:
    """The text of a Word document and where each part of it stands; `document` is python-docx's."""

    document: Any
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def read(data: bytes) -> Document:
    """The document of a Word file. Raises ValueError where it is none."""
    found = open_text(data)
    return Document(found.text, tuple(found.blocks))


def open_text(data: bytes) -> WordText:
    """The text of a Word file with its map. Raises ValueError where it is none."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LIMIT:
                raise ValueError("too large")
        document = docx.Document(io.BytesIO(data))
        return map_text(document)
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, AttributeError, OSError) as error:
        raise ValueError("not a Word document") from error


def map_text(document: Any) -> WordText:
    """The text of an open document."""
    writer = _Writer(WordText(document), Numbering.of(document))
    writer.blocks(document.element.body)
    return writer.finish()


class _Writer:
    """Walks the document and collects text and pieces."""

    def __init__(self, target: WordText, numbering: Numbering) -> None:
        self._target = target
        self._numbering = numbering
        self._parts: list[str] = []
        self._length = 0

    def finish(self) -> WordText:
        self._target.text = "".join(self._parts)
        return self._target

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables, also those inside content controls."""
        for child in parent:
            if child.tag == f"{_W}p":
                boxes = self._text(child)
                for box in boxes:
                    self.blocks(box)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
                self.blocks(child)

    def _text(self, paragraph: Any) -> list[Any]:
        """One paragraph as a block; gives the text boxes that hang on it."""
        start = self._length
        boxes = self._paragraph(paragraph)
        contents = _is_contents(paragraph)
        self._target.blocks.append(TextBlock(self._chars(start), kind="contents" if contents else "text"))
        self._put("\n")
        return boxes

    def _chars(self, start: int) -> Chars:
        """What was written since `start`."""
        size, parts = self._length - start, []
        for part in reversed(self._parts):
            if size <= 0:
                break
            parts.append(part)
            size -= len(part)
        return Chars("".join(reversed(parts)), range(start, self._length))

    def _table(self, table: Any) -> None:
        cells: list[CellBlock] = []
        merged: dict[int, int] = {}
        """By column, the index of the cell that goes on downwards."""
        rows = (row for row in table.iter(f"{_W}tr") if _nearest(row, "tbl") is table)  # not of a table inside a cell
        for number, row in enumerate(rows):
            column = 0
            for index, cell in enumerate(_cells(row)):
                if index:
                    self._put("\t")
                at, paragraphs = self._length, []
                for paragraph in cell.iter(f"{_W}p"):
                    start = self._length
                    self._paragraph(paragraph, in_cell=True)
                    if self._length > start:
                        paragraphs.append(self._chars(start))
                width = _span(cell)
                self._put("\t" * (width - 1))
                if _goes_on(cell) and column in merged:
                    above = cells[merged[column]]
                    cells[merged[column]] = replace(above, rows=number - above.row + 1)
                else:
                    merged[column] = len(cells)
                    cells.append(CellBlock(tuple(paragraphs), number, column, columns=width, at=at))
                column += width
            self._put("\n")
        if cells:
            self._target.blocks.append(TableBlock(tuple(cells)))

    def _paragraph(self, paragraph: Any, *, in_cell: bool = False) -> list[Any]:
        """The text of a paragraph; gives the text boxes that hang on it."""
        if label := self._numbering.label(paragraph):
            self._put(label)
        as_is = _is_contents(paragraph) and not in_cell
        boxes = []
        for run, element in _run_parts(paragraph):
            if element.tag == f"{_W}txbxContent":
                boxes.append(element)
                continue
            text = element.text or "" if element.tag == f"{_W}t" else _SIGNS[element.tag]
            if not as_is and element.tag in _SIGNS:
                text = "" if in_cell else text.replace("\t", " ")
            self._put(text.replace("\n", " "), run, element)
        return boxes

    def _put(self, text: str, run: Any = None, element: Any = None) -> None:
        if text:
            if run is not None:
                self._target.pieces.append(Piece(self._length, self._length + len(text), run, element))
            self._parts.append(text)
            self._length += len(text)


def _run_parts(paragraph: Any) -> Iterator[tuple[Any, Any]]:
    """(run, element) for what gives text in a paragraph; a text box comes as its content, once."""
    for child in paragraph:
        if child.tag in _SKIPPED or child.tag == _FALLBACK:
            continue
        if child.tag == f"{_W}r":
            yield from _parts_of_run(child, child)
        else:
            yield from _run_parts(child)


def _parts_of_run(run: Any, parent: Any) -> Iterator[tuple[Any, Any]]:
    for element in parent:
        if element.tag == f"{_W}t" or element.tag in _SIGNS or element.tag == f"{_W}txbxContent":
            yield run, element
        elif element.tag not in _SKIPPED and element.tag != _FALLBACK:
            yield from _parts_of_run(run, element)


def _nearest(element: Any, name: str) -> Any:
    return next(element.iterancestors(f"{_W}{name}"), None)


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row.iter(f"{_W}tc") if _nearest(cell, "tr") is row]


def _goes_on(cell: Any) -> bool:
    """Whether a cell is the continuation of the one above it."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") != "restart"


def _span(cell: Any) -> int:
    """How many columns a cell covers."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(f"{_W}val", "1") if span is not None else "1"
    return max(1, min(int(value), 100)) if value.isdigit() else 1


def _is_contents(paragraph: Any) -> bool:
    """Whether a paragraph is an entry of the contents list, whose tab before the page number means something."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    return name.upper().startswith("TOC") or name.startswith("目录")
