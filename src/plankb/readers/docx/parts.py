"""Other parts of a Word file that carry text: footnotes and endnotes, and files that are embedded whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from plankb.document import Block, BoxBlock, CellBlock, Chars, Document, TableBlock, TextBlock
from plankb.errors import PlankbError
from plankb.readers.docx.names import R, attribute, w

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_NOTES = ("footnote", "endnote")


def notes(document: WordDocument) -> Iterator[Element]:
    """The footnotes, then the endnotes, in the order in which the text speaks of them."""
    for name in _NOTES:
        root = _notes_root(document, f"/{name}s")
        if root is None:
            continue
        by_id = {attribute(note, "id"): note for note in root.findall(w(name)) if not attribute(note, "type")}
        spoken_of = (attribute(mark, "id") for mark in document.element.body.iter(w(f"{name}Reference")))
        yield from (by_id.pop(mark) for mark in dict.fromkeys(spoken_of) if mark in by_id)


def _notes_root(document: WordDocument, ending: str) -> Element | None:
    from docx.oxml import parse_xml

    for relationship in document.part.rels.values():
        if relationship.reltype.endswith(ending) and not relationship.is_external:
            return parse_xml(relationship.target_part.blob)
    return None


def has_pictures(document: WordDocument) -> bool:
    """Whether the document shows pictures."""
    return any(relationship.reltype.endswith("/image") for relationship in document.part.rels.values())


def chunk(document: WordDocument, element: Element) -> Document | PlankbError:
    """The document of an embedded file, or the remark that it was not read."""
    from plankb.readers import to_document

    relationship = document.part.rels.get(element.get(f"{R}id", ""))
    if relationship is None or relationship.is_external:
        return PlankbError("E134", part="altChunk")
    part = relationship.target_part
    name = PurePosixPath(str(part.partname))
    try:
        return to_document(part.blob, name)
    except PlankbError:
        return PlankbError("E134", part=name.name)


def moved(blocks: Sequence[Block], by: int) -> Iterator[Block]:
    """Blocks whose source begins later in a larger one."""
    for block in blocks:
        match block:
            case TextBlock():
                yield replace(block, chars=_moved(block.chars, by))
            case TableBlock():
                yield replace(block, cells=tuple(_moved_cell(cell, by) for cell in block.cells))
            case BoxBlock():
                yield replace(block, blocks=tuple(moved(block.blocks, by)))


def _moved(chars: Chars, by: int) -> Chars:
    return Chars(chars.text, [offset + by for offset in chars.offsets], chars.replaced)


def _moved_cell(cell: CellBlock, by: int) -> CellBlock:
    return replace(cell, paragraphs=tuple(_moved(chars, by) for chars in cell.paragraphs), at=cell.at + by)
