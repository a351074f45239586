"""From the lines of a text file to a document: wraps joined, rows put into tables, the contents list known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from plankb.document import Block, CellBlock, Chars, Document, TableBlock, TextBlock, squeezed
from plankb.document.bounds import require_characters
from plankb.readers.plain import grids, spaced, stacked
from plankb.readers.plain.lines import PIPE_ROW, Line, contents_lines, read_lines
from plankb.readers.plain.pages import without_pages
from plankb.readers.plain.runs import part_runs
from plankb.readers.plain.wraps import Layout, continues, layout_of

_TITLE_PARAGRAPHS = 6
"""How many paragraphs the title page has, whose lines stop without a stop."""
_TAIL = 400
"""How many characters of an open paragraph decide whether a line goes on with it."""
_END = "\r\n\f"


def to_document(source: str) -> Document:
    """The document of a text; an empty or blank one has no blocks. Raises E119 for one that is too long."""
    require_characters(len(source))
    lines = part_runs(without_pages(list(_with_rows(grids.closed(list(read_lines(source)))))))
    contents = contents_lines(lines)
    kinds = [
        "contents" if index in contents else "row" if _is_row(line) else "text" for index, line in enumerate(lines)
    ]
    layout, before = layout_of(lines), 0
    blocks: list[Block] = []
    for kind, group in groupby(range(len(lines)), key=kinds.__getitem__):
        own = [lines[index] for index in group]
        new: list[Block]
        if kind == "row":
            new = [_table(own)]
        elif kind == "contents":
            new = [TextBlock(_chars([line]), kind="contents") for line in own]
        else:
            new = list(_paragraphs(source, own, layout, before=before))
        before += _count(new)
        blocks += new
    return Document(source, tuple(blocks), pages=_pages(source))


_TABLES = (stacked.ended, spaced.spaced, grids.numbered, grids.separated, stacked.counted)
"""What tells by its first lines that a table starts, the most certain form first."""


def _with_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those of tables that lost their form made into rows, their cells separated by tabs."""
    index = 0
    while index < len(lines):
        joined = next((found for form in _TABLES if (found := form(lines, index))), None)
        rows, index = joined or ([lines[index]], index + 1)
        yield from rows


def _count(blocks: Sequence[Block]) -> int:
    """How many paragraphs and rows there are already."""
    return sum(len({cell.row for cell in b.cells}) if isinstance(b, TableBlock) else 1 for b in blocks)


def _pages(source: str) -> tuple[int, ...]:
    """Where pages start: form feeds end them, in the text that tools make of PDF; () without any."""
    last = len(source.rstrip())
    feeds = [match.end() for match in re.finditer("\f", source) if match.end() < last]
    return (0, *feeds) if feeds else ()


def _is_row(line: Line) -> bool:
    cells = line.text.strip(_END).split("\t")
    return bool(PIPE_ROW.match(line.text)) or any(cell.strip() for cell in cells[1:])


def _paragraphs(source: str, lines: Sequence[Line], layout: Layout, *, before: int) -> Iterator[TextBlock]:
    """Lines of running text joined where a sentence goes on; `before` is the number of paragraphs before them."""
    open_: list[Line] = []
    tail = ""
    for line in lines:
        if open_:
            past_title = before > _TITLE_PARAGRAPHS
            if not continues(tail, open_[-1], line, layout, past_title=past_title):
                yield TextBlock(_chars(open_))
                before += 1
                open_, tail = [], ""
        open_.append(line)
        tail = squeezed(_joined(tail, line), source).text[-_TAIL:]
    if open_:
        yield TextBlock(_chars(open_))


def _joined(tail: str, line: Line) -> Chars:
    """The end of a paragraph with one more line."""
    text = tail + "\n" + line.text if tail else line.text
    return Chars(text, [0] * len(text))


def _chars(lines: Sequence[Line]) -> Chars:
    """The characters of lines, one after another."""
    if len(lines) == 1:
        return Chars(lines[0].text, lines[0].offsets, lines[0].replaced)
    text: list[str] = []
    offsets: list[int] = []
    replaced: set[int] = set()
    size = 0
    for line in lines:
        if size and not text[-1][-1:].isspace():
            text.append("\n")
            offsets.append(line.offsets[0])
            size += 1
        replaced.update(index + size for index in line.replaced)
        text.append(line.text)
        offsets.extend(line.offsets)
        size += len(line.text)
    return Chars("".join(text), offsets, frozenset(replaced))


def _table(lines: Sequence[Line]) -> TableBlock:
    """Rows of text as a table whose cells were guessed."""
    cells = [cell for row, line in enumerate(lines) for cell in _cells(line, row)]
    return TableBlock(tuple(cells), exact=False)


def _cells(line: Line, row: int) -> Iterator[CellBlock]:
    piped = bool(PIPE_ROW.match(line.text))
    start = line.text.index("|") + 1 if piped else 0
    stop = line.text.rindex("|") if piped else len(line.text.rstrip(_END))
    edge = "|" if piped else "\t"
    for column, piece in enumerate(line.text[start:stop].split(edge)):
        end = start + len(piece)
        replaced = frozenset(index - start for index in line.replaced if start <= index < end)
        chars = Chars(piece, line.offsets[start:end], replaced)
        at = line.offsets[max(0, start - 1)] if column else line.offsets[start if start < len(line.text) else 0]
        yield CellBlock((chars,) if piece else (), row, column, at=at)
        start = end + 1
