"""Clean text: the plan as it was written, without what Word, PDF and OCR did to it, and with a map back to the file.

`clean(raw)` joins hard wraps and page breaks, drops page numbers, markup and stray spaces, and tells prose from table
rows and from the contents list. Every clean character knows the offset of the character it came from, so that a
finding can be shown in the user's own file. Nothing else is changed: bracket widths and wording stay as printed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from plankb.text.grids import restore_rows
from plankb.text.lines import LINE, PIPE_ROW, Line, contents_lines, drop_page_numbers, read_lines
from plankb.text.runs import part_runs
from plankb.text.stacked import join_stacked
from plankb.text.wraps import Layout, continues, layout_of

ParagraphKind = Literal["text", "row", "contents"]

_BLANK = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a\u202f\u205f]")
_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of clean text, [start, end) without its line break; a row holds its cells separated by tabs."""

    start: int
    end: int
    kind: ParagraphKind


@dataclass(frozen=True)
class CleanText:
    """Clean text with its map back to the file.

    `offsets[i]` is the offset in `raw` of clean character i; `replaced` holds the clean offsets whose character is not
    the one in the file (an OCR " and " that became 和). Paragraphs are separated by one line break each.
    """

    raw: str
    text: str
    offsets: array[int]
    replaced: frozenset[int]
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [match.start() for match in LINE.finditer(self.raw)]

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the file for a span of clean text; an empty span maps to an empty span."""
        if not self.offsets:
            return 0, 0
        first = self.offsets[min(start, len(self.offsets) - 1)]
        return (first, self.offsets[end - 1] + 1) if end > start else (first, first)

    def line(self, position: int) -> int:
        """The line of the file, counted from 1, on which a clean character stands."""
        return bisect_right(self._line_starts, self.source(position, position)[0])

    def paragraph_at(self, position: int) -> Paragraph:
        """The paragraph that holds a position."""
        return self.paragraphs[max(0, bisect_right(self._starts, position) - 1)]

    def paragraphs_in(self, start: int, end: int) -> tuple[Paragraph, ...]:
        """The paragraphs that start in [start, end)."""
        return self.paragraphs[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def clean(raw: str) -> CleanText:
    """Clean text of a file's text. Never raises; an empty or blank file gives empty text."""
    lines = part_runs(drop_page_numbers(join_stacked(restore_rows(list(read_lines(raw))))))
    contents = contents_lines(lines)
    layout = layout_of(lines)
    writer = _Writer(raw)
    previous: Line | None = None
    for index, line in enumerate(lines):
        kind = _kind(line, index in contents)
        joined = previous is not None and kind == "text" == writer.kind and _joins(writer, previous, line, layout)
        writer.add(line, kind, joined=joined)
        previous = line
    return writer.finish()


def _joins(writer: _Writer, previous: Line, line: Line, layout: Layout) -> bool:
    return continues(writer.tail(), previous, line, layout, past_title=writer.past_title)


def _kind(line: Line, in_contents: bool) -> ParagraphKind:
    if in_contents:
        return "contents"
    cells = line.text.strip("\r\n\f").split("\t")
    if PIPE_ROW.match(line.text) or (len(cells) > 1 and sum(bool(cell.strip()) for cell in cells[1:])):
        return "row"
    return "text"


class _Writer:
    """Collects clean characters; white space is written late, when both its neighbours are known."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._chars: list[str] = []
        self._offsets: array[int] = array("I")
        self._replaced: set[int] = set()
        self._paragraphs: list[Paragraph] = []
        self._start = 0
        self.kind: ParagraphKind | None = None

    def tail(self, size: int = 400) -> str:
        """The last characters of the open paragraph."""
        return "".join(self._chars[max(self._start, len(self._chars) - size) :])

    @property
    def past_title(self) -> bool:
        """Whether the title page, whose lines stop without a stop, lies behind."""
        return len(self._paragraphs) > _TITLE_LINES

    def add(self, line: Line, kind: ParagraphKind, *, joined: bool) -> None:
        if not joined:
            self._close(line.offsets[0])
            self.kind = kind
        if kind == "row":
            self._row(line)
        else:
            self._prose(line, joined)

    def finish(self) -> CleanText:
        self._close(None)
        text = "".join(self._chars)
        return CleanText(self._raw, text, self._offsets, frozenset(self._replaced), tuple(self._paragraphs))

    def _close(self, next_offset: int | None) -> None:
        if self.kind is not None and len(self._chars) > self._start:
            self._paragraphs.append(Paragraph(self._start, len(self._chars), self.kind))
            if next_offset is not None:
                self._put("\n", next_offset - 1, replaced=self._raw[next_offset - 1] != "\n")
        self._start = len(self._chars)

    def _put(self, char: str, offset: int, *, replaced: bool = False) -> None:
        if replaced:
            self._replaced.add(len(self._chars))
        self._chars.append(char)
        self._offsets.append(offset)

    def _prose(self, line: Line, joined: bool) -> None:
        gap: int | None = line.offsets[0] if joined else None
        for index, (char, offset) in enumerate(zip(line.text, line.offsets, strict=True)):
            if _BLANK.match(char) or char.isspace():
                gap = offset if gap is None else gap
                continue
            if gap is not None and len(self._chars) > self._start and _spaced(self._chars[-1], char):
                self._put(" ", gap, replaced=self._raw[gap] != " ")
            gap = None
            self._put(char, offset, replaced=index in line.replaced)

    def _row(self, line: Line) -> None:
        piped = bool(PIPE_ROW.match(line.text))
        first, last = (line.text.index("|"), line.text.rindex("|")) if piped else (-1, len(line.text.rstrip("\r\n\f")))
        edge = "|" if piped else "\t"
        gap: int | None = None
        for index in range(first + 1, last):
            char, offset = line.text[index], line.offsets[index]
            if char == edge:
                self._put("\t", offset, replaced=piped or index in line.replaced)
                gap = None
            elif _BLANK.match(char) or char.isspace():
                gap = offset if gap is None else gap
            else:
                if gap is not None and len(self._chars) > self._start and _spaced(self._chars[-1], char):
                    self._put(" ", gap, replaced=self._raw[gap] != " ")
                gap = None
                self._put(char, offset, replaced=index in line.replaced)


def _spaced(left: str, right: str) -> bool:
    """Whether a space between two characters belongs to the text: only between Latin letters or digits."""
    return (left + right).isascii() and left.isalnum() and right.isalnum() and not (left + right).isdigit()
