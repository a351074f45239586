"""Clean text: a document's blocks as one text without stray white space, with the map back to page and line.

This is the one place where it is made. Paragraphs are separated by one line break each; a table row is a paragraph, its
cells separated by tabs, the paragraphs of a cell by a space. Nothing else is changed: bracket widths and wording stay
as printed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from plankb import rules
from plankb.document.blocks import Block, BoxBlock, CellBlock, Chars, Document, TableBlock, TextBlock
from plankb.headings import heading_pattern
from plankb.kept_patterns import compiled
from plankb.late import dataclass
from plankb.model import Span

ParagraphKind = Literal["text", "row", "contents", "note"]

LINE = compiled(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]|\Z)")
"""A line of a file with its end."""
_WORDS = compiled(r"\S+")
_DECORATION = compiled(r"\s*[☐☑☒✓✔✗■□▪▫●○◆◇◎▲△▶►➢➤★☆※•·√]+\s*(?=\S)")
_MARK = compiled(r"[*\uff0a☆★※▲△●◆]+\s*(?=[\u4e00-\u9fff\d])")
"""What is set before the text of an item to tell it from others (*: 市级实事)."""
_CAPTION = 40
"""The longest line before a table that is its caption."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of clean text, [start, end) without its line break; a row holds its cells separated by tabs.

    `level`, `lead` and `centred` are what the file says of it (see `TextBlock`); `box` numbers the frame it stands in
    from 1, 0 for none.
    """

    start: int
    end: int
    kind: ParagraphKind
    level: int | None = None
    lead: int = 0
    centred: bool = False
    box: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and its span; an empty cell has an empty span where it stands.

    `paragraphs` are the spans of its paragraphs; `rows` and `columns` how many it covers; `merged` is the text of the
    cell that covers this place from above or from the left, "" where none does.
    """

    text: str
    span: Span
    paragraphs: tuple[Span, ...] = ()
    rows: int = 1
    columns: int = 1
    merged: str = ""
    merged_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a cell for each column of the grid; `span` covers it without its line break."""

    cells: tuple[Cell, ...]
    span: Span

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in order, the repeated header rows of later pages left out; `caption` is the line before, "" when none.

    `exact`: the cells are those of the file; otherwise they were guessed from text.
    """

    caption: str
    rows: tuple[Row, ...]
    span: Span
    exact: bool = False


@dataclass(frozen=True)
class CleanText:
    """Clean text with its map back to the file.

    `offsets[i]` is the offset in `raw` (the document's `source`) of clean character i; `replaced` holds the clean
    offsets whose character is not the one in the file. `pages` are the offsets in `raw` where pages start, () where the
    file has none.
    """

    raw: str
    text: str
    offsets: array[int]
    replaced: frozenset[int]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [match.start() for match in LINE.finditer(self.raw)]

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def body_end(self) -> int:
        """Where the text ends and its notes begin, which come last and belong to no section."""
        body = [paragraph.end for paragraph in self.paragraphs if paragraph.kind != "note"]
        return body[-1] if body else 0

    def source(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the file for a span of clean text; an empty span maps to an empty span."""
        if not self.offsets:
            return 0, 0
        first = self.offsets[min(start, len(self.offsets) - 1)]
        return (first, self.offsets[end - 1] + 1) if end > start else (first, first)

    def line(self, position: int) -> int:
        """The line of the file, counted from 1, on which a clean character stands; in files without lines the
        paragraph or row."""
        return bisect_right(self._line_starts, self.source(position, position)[0])

    def page(self, position: int) -> int | None:
        """The page, counted from 1, on which a clean character stands; None where the file has no pages."""
        return max(1, bisect_right(self.pages, self.source(position, position)[0])) if self.pages else None

    def paragraph_at(self, position: int) -> Paragraph:
        """The paragraph that holds a position."""
        return self.paragraphs[max(0, bisect_right(self._starts, position) - 1)]

    def paragraphs_in(self, start: int, end: int) -> tuple[Paragraph, ...]:
        """The paragraphs that start in [start, end)."""
        return self.paragraphs[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def clean(document: Document) -> CleanText:
    """Clean text of a document, its notes last. Never raises; a document without blocks gives empty text."""
    writer = _Writer(document.source)
    writer.blocks((block for block in document.blocks if not _is_note(block)), box=0)
    writer.blocks(filter(_is_note, document.blocks), box=0)
    return writer.finish(document.pages)


def _is_note(block: Block) -> bool:
    return isinstance(block, TextBlock) and block.kind == "note"


def squeezed(chars: Chars, source: str) -> Chars:
    """Characters without the white space that does not belong to the text: at the ends, and inside Chinese."""
    writer = _Writer(source)
    writer.chars(chars)
    return writer.written()


class _Writer:
    """Collects clean characters; white space is written late, when both its neighbours are known."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._chars: list[str] = []
        self._offsets: array[int] = array("I")
        self._replaced: set[int] = set()
        self._paragraphs: list[Paragraph] = []
        self._tables: list[Table] = []
        self._boxes = 0
        self._caption = ""

    def written(self) -> Chars:
        """All that was written."""
        return Chars("".join(self._chars), self._offsets, frozenset(self._replaced))

    def finish(self, pages: tuple[int, ...]) -> CleanText:
        """The clean text of all that was written."""
        if self._chars and self._chars[-1] == "\n":
            self._chars.pop()
            self._offsets.pop()
            self._replaced.discard(len(self._chars))
        text = "".join(self._chars)
        return CleanText(
            self._raw,
            text,
            self._offsets,
            frozenset(self._replaced),
            tuple(self._paragraphs),
            tuple(self._tables),
            pages,
        )

    def blocks(self, blocks: Iterable[Block], *, box: int) -> None:
        """Write blocks that stand in a box (0 for none)."""
        for block in blocks:
            match block:
                case TextBlock():
                    self._text(block, box)
                case TableBlock():
                    self._table(block, box)
                case BoxBlock():
                    self._boxes += 1
                    self.blocks(block.blocks, box=self._boxes)

    def _text(self, block: TextBlock, box: int) -> None:
        block = _undecorated(block)
        start = self._open()
        self.chars(block.chars)
        if len(self._chars) > start:
            text = "".join(self._chars[start:])
            self._caption = self._captioned(text)
            lead = len(squeezed(_head(block.chars, block.lead), self._raw).text) if block.lead else 0
            end = len(self._chars)
            self._paragraphs.append(
                Paragraph(start, end, block.kind, block.level, min(lead, end - start), block.centred, box)
            )

    def _captioned(self, text: str) -> str:
        """The caption that a table behind a line has; a line with no more than the unit of the figures belongs to the
        one before it."""
        unit = rules.one("tables", "unit_line").fullmatch(text)
        if unit and self._caption:
            return f"{self._caption}（单位：{unit['unit']}）"
        return text if len(text) <= _CAPTION else ""

    def _table(self, table: TableBlock, box: int) -> None:
        rows: dict[int, dict[int, CellBlock]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, {})[cell.column] = cell
        width = max((cell.column + cell.columns for cell in table.cells), default=0)
        over: dict[int, tuple[int, Cell]] = {}
        views: list[Row] = []
        for number in sorted({*rows, *(r for c in table.cells for r in range(c.row, c.row + c.rows))}):
            own = rows.get(number, {})
            columns = range(width) if table.exact else sorted(own)
            view = self._row([own.get(column) for column in columns], box, own)
            if view is None:
                continue
            cells = tuple(
                _covered(cell, block, over, number, column)
                for cell, block, column in zip(view.cells, (own.get(c) for c in columns), columns, strict=True)
            )
            view = Row(cells, view.span)
            if not views or view.texts != views[0].texts:
                views.append(view)
        if views:
            span = (views[0].span[0], views[-1].span[1])
            self._tables.append(Table(self._caption, tuple(views), span, table.exact))
        self._caption = ""

    def _row(self, cells: Sequence[CellBlock | None], box: int, own: dict[int, CellBlock]) -> Row | None:
        """One row; None where no cell of it says anything."""
        if not any(chars.text.strip() for cell in own.values() for chars in cell.paragraphs):
            return None
        start = self._open()
        at = min(cell.at for cell in own.values())
        views: list[Cell] = []
        for index, cell in enumerate(cells):
            at = max(at, cell.at) if cell else at
            if index:
                self._put("\t", at, replaced=self._raw[at : at + 1] != "\t")
            begin = len(self._chars)
            paragraphs: list[Span] = []
            for chars in cell.paragraphs if cell else ():
                first = len(self._chars)
                if first > begin and chars.text.strip():
                    self._put(" ", chars.offsets[0], replaced=True)
                    first += 1
                self.chars(chars)
                if len(self._chars) > first:
                    paragraphs.append((first, len(self._chars)))
                    at = max(at, self._offsets[-1])
            end = len(self._chars)
            text = "".join(self._chars[begin:end])
            views.append(
                Cell(text, (begin, end), tuple(paragraphs), cell.rows if cell else 1, cell.columns if cell else 1)
            )
        self._paragraphs.append(Paragraph(start, len(self._chars), "row", box=box))
        return Row(tuple(views), (start, len(self._chars)))

    def _open(self) -> int:
        """Where a new paragraph starts, behind the line break that ends the last."""
        if self._paragraphs and len(self._chars) == self._paragraphs[-1].end:
            at = self._offsets[-1] + 1
            self._put("\n", min(at, max(0, len(self._raw) - 1)), replaced=self._raw[at : at + 1] != "\n")
        return len(self._chars)

    def _put(self, char: str, offset: int, *, replaced: bool = False) -> None:
        if replaced:
            self._replaced.add(len(self._chars))
        self._chars.append(char)
        self._offsets.append(offset)

    def chars(self, chars: Chars) -> None:
        """Write characters without the white space that does not belong to them."""
        begin, position = len(self._chars), 0
        for match in _WORDS.finditer(chars.text):
            start, end = match.span()
            if position < start and len(self._chars) > begin and _spaced(self._chars[-1], chars.text, start):
                gap = chars.offsets[position]
                self._put(" ", gap, replaced=self._raw[gap : gap + 1] != " ")
            if chars.replaced:
                shift = len(self._chars) - start
                self._replaced.update(index + shift for index in chars.replaced if start <= index < end)
            self._chars.extend(match.group())
            self._offsets.extend(chars.offsets[start:end])
            position = end


def _undecorated(block: TextBlock) -> TextBlock:
    """A paragraph without the signs that are set before the number of its heading (☑（一）, ★一、), or behind it and
    before further works of its list (3.*新建…、*改建…)."""
    text = block.chars.text
    match = _DECORATION.match(text)
    if match and heading_pattern().match(text, match.end()):
        return _without(block, 0, match.end())
    number = heading_pattern().match(text)
    for mark in reversed(list(_MARK.finditer(text)) if number else ()):
        if (number and mark.start() == number.end()) or text[mark.start() - 1 : mark.start()] in ("、", "，", ","):
            block = _without(block, *mark.span())
    return block


def _without(block: TextBlock, start: int, end: int) -> TextBlock:
    """A paragraph without some of its characters."""
    chars, size = block.chars, end - start
    kept, offsets = chars.text[:start] + chars.text[end:], (*chars.offsets[:start], *chars.offsets[end:])
    replaced = frozenset(at if at < start else at - size for at in chars.replaced if not start <= at < end)
    lead = block.lead - max(0, min(block.lead, end) - start)
    return replace(block, chars=Chars(kept, offsets, replaced), lead=lead)


def _head(chars: Chars, size: int) -> Chars:
    return Chars(chars.text[:size], chars.offsets[:size])


def _covered(cell: Cell, block: CellBlock | None, over: dict[int, tuple[int, Cell]], row: int, column: int) -> Cell:
    """A cell, with what covers its place where it is none of its own. Rows come in order; `over` keeps, by column, the
    cell that covers it and the row before which it ends."""
    if block is not None:
        over.update(dict.fromkeys(range(column, column + block.columns), (row + block.rows, cell)))
        return cell
    end, covering = over.get(column, (0, cell))
    return cell if end <= row else Cell(cell.text, cell.span, merged=covering.text, merged_span=covering.span)


def _spaced(left: str, text: str, at: int) -> bool:
    """Whether a space between a character and those at a place belongs to the text: only between Latin letters or
    digits, of digits before a year (表1 2025年目标)."""
    both = left + text[at]
    if not (both.isascii() and left.isalnum() and text[at].isalnum()):
        return False
    return not both.isdigit() or rules.pattern("parts", "year").match(text, at) is not None
