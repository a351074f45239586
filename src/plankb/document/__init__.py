"""A plan as a document: what readers give (`Document`), its clean text, its outline, its sentences."""

from plankb.document.blocks import Block, BoxBlock, CellBlock, Chars, Document, TableBlock, TextBlock, TextKind
from plankb.document.clean import LINE, Cell, CleanText, Paragraph, ParagraphKind, Row, Table, clean, squeezed
from plankb.document.headings import heading_form, heading_pattern, rank
from plankb.document.outline import INLINE, Outline, Section, outline

__all__ = [
    "INLINE",
    "LINE",
    "Block",
    "BoxBlock",
    "Cell",
    "CellBlock",
    "Chars",
    "CleanText",
    "Document",
    "Outline",
    "Paragraph",
    "ParagraphKind",
    "Row",
    "Section",
    "Table",
    "TableBlock",
    "TextBlock",
    "TextKind",
    "clean",
    "heading_form",
    "heading_pattern",
    "outline",
    "rank",
    "squeezed",
]
