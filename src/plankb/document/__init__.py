"""A plan as a document: what readers give (`Document`), its clean text, its outline, its sentences."""

from plankb.document.attachments import Attachment, find_attachments, is_carried
from plankb.document.blocks import Block, BoxBlock, CellBlock, Chars, Document, TableBlock, TextBlock, TextKind
from plankb.document.clean import LINE, Cell, CleanText, Paragraph, ParagraphKind, Row, Table, clean, squeezed
from plankb.document.heads import INLINE, UNNUMBERED
from plankb.document.outline import Outline, Section, outline
from plankb.document.sentences import (
    Clause,
    Place,
    Sentence,
    clauses,
    pieces,
    sentence_spans,
    sentences,
    sentences_in,
    title_pattern,
)
from plankb.headings import heading_form, heading_pattern, rank

__all__ = [
    "INLINE",
    "LINE",
    "UNNUMBERED",
    "Attachment",
    "Block",
    "BoxBlock",
    "Cell",
    "CellBlock",
    "Chars",
    "Clause",
    "CleanText",
    "Document",
    "Outline",
    "Paragraph",
    "ParagraphKind",
    "Place",
    "Row",
    "Section",
    "Sentence",
    "Table",
    "TableBlock",
    "TextBlock",
    "TextKind",
    "clauses",
    "clean",
    "find_attachments",
    "heading_form",
    "heading_pattern",
    "is_carried",
    "outline",
    "pieces",
    "rank",
    "sentence_spans",
    "sentences",
    "sentences_in",
    "squeezed",
    "title_pattern",
]
