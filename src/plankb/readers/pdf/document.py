"""Pages put together to a document: paragraphs and tables that go on over a page break are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from plankb.document import Block, BoxBlock, CellBlock, Chars, Document, TableBlock, TextBlock, TextKind
from plankb.readers.characters import repaired
from plankb.readers.pdf.grid import Grid
from plankb.readers.pdf.joined_tables import joined, rest_under_finer_edges, together, under_finer_edges
from plankb.readers.pdf.layout import Ruled, Sheet, lay_out, same_edges
from plankb.readers.pdf.lines import Line
from plankb.readers.pdf.margins import footnotes_apart, without_margins
from plankb.readers.pdf.page import Box, Face, Page
from plankb.readers.pdf.paragraphs import Measure, Text, in_cell, is_entry, joins, measure, paragraphs

_NO_SIGN = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd]")
"""Signs that only the file's own font can show."""
_UNREAD_DIGIT = re.compile(r"(?<=[0-9０-９])[\ue000-\uf8ff\U000F0000-\U0010FFFD\ufffd]\s*(?=[0-9０-９])")
"""Such a sign inside a number, which must not vanish: 3□6 is no 36."""
_MANY = 10
"""So many lines show the column they were set in."""
_LEAST_LEAD = 3
"""Letters that a lead has at least."""
_PADDING = 6.0
"""The least space between a frame and its text, in points."""


def to_document(pages: Sequence[Page]) -> Document:
    """The document of pages. A file without text gives an empty source."""
    writer = _Writer()
    laid: list[Sheet] = []
    for page in pages:
        above = laid[-1].tables[-1].grid if laid and laid[-1].tables else None
        laid.append(lay_out(page, above))
    bodies = without_margins([sheet.lines for sheet in laid], [page.height for page in pages])
    face = _usual_face(line for lines in bodies for line in lines)
    size = face.size if face else 0.0
    parted = [footnotes_apart(lines, page.across, size, page.height) for lines, page in zip(bodies, pages, strict=True)]
    whole = _frames([lines for lines, _ in parted])
    for (lines, notes), frame, sheet in zip(parted, whole, laid, strict=True):
        writer.begin_page()
        for own, tables in sheet.parts(lines):
            narrow = replace(measure(own), face=face) if sheet.gutter and own else frame
            writer.part(own, narrow, tables)
        writer.put_aside(notes)
    return writer.finish()


def _frames(pages: Sequence[list[Line]]) -> list[Measure | None]:
    """The column that each page's lines were set in: a page of few lines has the column and the face of the others."""
    usual = [measure(lines) for lines in pages if len(lines) >= _MANY]
    face = _usual_face(line for lines in pages for line in lines)
    found: list[Measure | None] = []
    for lines in pages:
        frame = measure(lines) if lines else None
        if frame and len(lines) < _MANY and usual:
            left = min(frame.left, median(other.left for other in usual))
            right = max(frame.right, median(other.right for other in usual))
            frame = Measure(left, right, median(other.step for other in usual), face)
        elif frame:
            frame = replace(frame, face=_usual_face(lines) if len(lines) >= _MANY else face)
        found.append(frame)
    return found


def _usual_face(lines: Iterable[Line]) -> Face | None:
    """The face that most letters have; None without any."""
    counted: Counter[Face] = Counter()
    for line in lines:
        counted[line.face] += len(line.glyphs)
    return counted.most_common(1)[0][0] if counted else None


@dataclass
class _Open:
    """The last thing on a page, with which the next page may go on."""

    text: Text | None = None
    frame: Measure | None = None
    grid: Grid | None = None


@dataclass
class _Writer:
    """Writes the source and the blocks; the last block stays open until it is known what follows."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    blocks: list[Block] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    open: _Open = field(default_factory=_Open)

    def begin_page(self) -> None:
        """What follows stands on a new page."""
        self.starts.append(self.size)

    def put_aside(self, notes: Sequence[Sequence[Line]]) -> None:
        """The footnotes of the page; they stand behind the paragraph that goes on over the page break."""
        self.notes += [TextBlock(self._write(note), kind="note") for note in notes]

    def part(self, lines: list[Line], frame: Measure | None, tables: Sequence[Ruled]) -> None:
        """One more column of text with its tables."""
        first = True
        rest = list(lines)
        for table in [*tables, None]:
            above = [line for line in rest if table is None or line.base - line.size * 0.4 < table.top]
            rest = rest[len(above) :]
            if above and frame:
                self._text(above, frame, first=first)
                first = False
            if table is not None:
                self._table(table, first=first)
                first = False

    def finish(self) -> Document:
        """The document of all pages."""
        self._put_notes()
        return Document("".join(self.parts), tuple(self.blocks), pages=tuple(self.starts))

    def _text(self, lines: list[Line], frame: Measure, *, first: bool) -> None:
        found = paragraphs(lines, frame)
        if first:
            found = self._goes_on(self.blocks, found, frame)
        if found:
            self._put_notes()
        self._add(self.blocks, found, frame)

    def _goes_on(self, blocks: list[Block], found: list[Text], frame: Measure) -> list[Text]:
        """The paragraphs behind a page break that are left when the last of the blocks has gone on with the first."""
        text, before = self.open.text, self.open.frame
        last = blocks[-1] if blocks else None
        if not (text and before and isinstance(last, TextBlock)):
            return found
        head = found[0]
        if not joins(text.lines, head.lines[0], before, frame, same_page=False):
            return found
        blocks[-1] = replace(last, chars=together(last.chars, self._write(head.lines)))
        self.open = replace(self.open, text=Text((*text.lines, *head.lines)), frame=frame)
        return found[1:]

    def _add(self, blocks: list[Block], found: Sequence[Text], frame: Measure) -> None:
        """Add paragraphs to blocks; the last stays open."""
        for text in found:
            kind: TextKind = "contents" if is_entry(text.lines) else "text"
            blocks.append(TextBlock(self._write(text.lines), kind=kind, lead=_lead(text), centred=text.centred))
            self.open = _Open(text, frame)

    def _table(self, table: Ruled, *, first: bool) -> None:
        before = self.open.grid
        if table.frame:
            self._box(table, first=first)
            return
        block = self._cells(table)
        begun = self._begun(before, table) if first and before else None
        if begun is not None:
            self.blocks[-1] = joined(replace(begun, exact=table.exact), block)
        elif first and before and self._has_rest(before, table, block):
            return
        else:
            self._put_notes()
            self.blocks.append(block)
        self.open = _Open(grid=table.grid)

    def _has_rest(self, before: Grid, table: Ruled, block: TableBlock) -> bool:
        """Whether a table was the last rows of that on the page before, which it then joined."""
        last = self.blocks[-1] if self.blocks else None
        if not (isinstance(last, TableBlock) and last.exact and table.exact):
            return False
        rest = rest_under_finer_edges(block, table.grid.xs, before.xs)
        if rest is not None:
            self.blocks[-1] = joined(last, rest)
        return rest is not None

    def _begun(self, before: Grid, table: Ruled) -> TableBlock | None:
        """The table at the end of the page before that goes on with a table; None where that is one of its own."""
        last = self.blocks[-1] if self.blocks else None
        if not isinstance(last, TableBlock) or not (last.exact == table.exact or _is_plain(last)):
            return None
        if same_edges(before, table.grid, exact=last.exact and table.exact):
            return last
        return under_finer_edges(last, before.xs, table.grid.xs) if last.exact and table.exact else None

    def _put_notes(self) -> None:
        """Let the footnotes of the page before follow."""
        self.blocks += self.notes
        self.notes = []

    def _box(self, table: Ruled, *, first: bool) -> None:
        """A frame around text, which may go on with that at the end of the page before."""
        before, last = self.open.grid, self.blocks[-1] if self.blocks else None
        goes_on = first and before is not None and isinstance(last, BoxBlock) and same_edges(before, table.grid)
        inner = list(last.blocks) if goes_on and isinstance(last, BoxBlock) else []
        for number, (cell, lines) in enumerate(own for own in table.cells if own[1]):
            frame = _frame_in(lines, cell.box)
            found = paragraphs(lines, frame)
            if inner and number == 0:
                found = self._goes_on(inner, found, frame)
            self._add(inner, found, frame)
        if goes_on:
            self.blocks[-1] = BoxBlock(tuple(inner))
        elif inner:
            self._put_notes()
            self.blocks.append(BoxBlock(tuple(inner)))
        self.open = replace(self.open, grid=table.grid)

    def _cells(self, table: Ruled) -> TableBlock:
        cells = []
        for cell, lines in table.cells:
            at = self.size
            found = in_cell(lines, cell.box.x0, cell.box.x1)
            written = tuple(self._write(own) for own in found)
            if not found:
                self._put("\n")
            cells.append(CellBlock(written, cell.row, cell.column, cell.rows, cell.columns, at))
        return TableBlock(tuple(cells), exact=table.exact)

    def _write(self, lines: Sequence[Line]) -> Chars:
        """Lines written to the source, and their characters."""
        start = self.size
        for line in lines:
            self._put(_NO_SIGN.sub(" ", _UNREAD_DIGIT.sub("□", repaired(line.text))) + "\n")
        text = "".join(self.parts[-len(lines) :])[:-1]
        return Chars(text, range(start, start + len(text)))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)


def _frame_in(lines: Sequence[Line], box: Box) -> Measure:
    """The column of the text inside a frame."""
    frame = measure(lines)
    return replace(frame, right=max(frame.right, box.x1 - max(_PADDING, frame.left - box.x0)))


def _is_plain(table: TableBlock) -> bool:
    """Whether no cell of a table is merged, so that it does not matter how its cells were found."""
    return all(cell.rows == cell.columns == 1 for cell in table.cells)


def _lead(text: Text) -> int:
    """How many characters at the head of a paragraph stand out by their letters; 0 for none or all.

    Signs that fonts share (digits, Latin letters) do not count, nor do letters that a font lacked: what follows the
    lead must have one look nearly throughout.
    """
    glyphs = [glyph for line in text.lines for glyph in line.glyphs]
    looks = [None if glyph.text.isascii() else (glyph.face.font, glyph.face.bold) for glyph in glyphs]
    counted = Counter(look for look in looks if look)
    usual = counted.most_common(1)[0][0] if counted else None
    first = next((look for look in looks if look), None)
    size = next((n for n, look in enumerate(looks) if look == usual), 0)
    if first == usual and len(counted) > 1:
        return _short_rest(text, looks)
    return _index(text, size) if sum(look is not None for look in looks[:size]) >= _LEAST_LEAD else 0


def _short_rest(text: Text, looks: Sequence[tuple[str, bool] | None]) -> int:
    """The lead of a paragraph that says little behind it, so that most of its letters are the lead's."""
    first = next(look for look in looks if look)
    size = next((n for n, look in enumerate(looks) if look and look != first), 0)
    rest = [look for look in looks[size:] if look]
    if size < _LEAST_LEAD or len(rest) < _LEAST_LEAD or first in rest or not first[1] or rest[0][1]:
        return 0
    return _index(text, size)


def _index(text: Text, count: int) -> int:
    """Where the letter of that number stands in the written paragraph."""
    index = 0
    for line in text.lines:
        for piece, glyph in line.pieces():
            if glyph is not None:
                if count == 0:
                    return index
                count -= 1
            index += len(piece)
        index += 1
    return index
