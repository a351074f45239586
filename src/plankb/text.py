"""Clean text: the plan as it was written, without what Word, PDF and OCR did to it, and with a map back to the file.

`clean(raw)` joins hard wraps and page breaks, drops page numbers, markup and stray spaces, and tells prose from table
rows and from the contents list. Every clean character knows the offset of the character it came from, so that a
finding can be shown in the user's own file. Nothing else is changed: bracket widths and wording stay as printed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Literal

from plankb import rules

ParagraphKind = Literal["text", "row", "contents"]

_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]|\Z)")
_BLANK = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a\u202f\u205f]")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_TITLE_LINES = 6
_PAIRS = {"（": "）", "(": ")", "《": "》", "〔": "〕", "［": "］"}


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
        return [match.start() for match in _LINE.finditer(self.raw)]

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
        return self.paragraphs[max(0, bisect_right([p.start for p in self.paragraphs], position) - 1)]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file after markup is gone: what remains and where each character stood."""

    text: str
    offsets: tuple[int, ...]
    replaced: frozenset[int]
    marked: bool
    after_gap: bool

    @property
    def stripped(self) -> str:
        return self.text.strip("\n\r\f\v \t\u3000\u00a0")

    @property
    def indented(self) -> bool:
        return bool(re.match(r"\u3000|[ \u00a0]{2}|\t", self.text))


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a file was laid out: the width at which lines were wrapped (None: not wrapped), and indents."""

    width: int | None
    indented: bool

    def fills(self, line: str) -> bool:
        """Whether a line reaches the margin, so that the next may go on with its sentence."""
        return self.width is not None and len(line) >= self.width - 2


@dataclass(frozen=True, slots=True)
class _LinePatterns:
    page_number: re.Pattern[str]
    marked_page_number: re.Pattern[str]
    contents_title: re.Pattern[str]
    contents_entry: re.Pattern[str]
    ends_sentence: re.Pattern[str]
    ends_open: re.Pattern[str]
    starts_inside: re.Pattern[str]
    front_matter: re.Pattern[str]
    date_line: re.Pattern[str]


@cache
def _patterns() -> _LinePatterns:
    return _LinePatterns(**{name: re.compile(pattern) for name, pattern in rules.load("text")["line"].items()})


@cache
def _removals() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry["pattern"]) for entry in rules.load("text")["remove"])


@cache
def _replacements() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["pattern"]), entry["to"]) for entry in rules.load("text")["replace"])


@cache
def heading_pattern() -> re.Pattern[str]:
    """Matches the number of any heading form at the start of a line."""
    forms = [re.sub(r"\(\?P<number>", "(?:", form["pattern"]) for form in rules.load("headings")["form"]]
    return re.compile(r"\s*(?:" + "|".join(forms) + ")")


def clean(raw: str) -> CleanText:
    """Clean text of a file's text. Never raises; an empty or blank file gives empty text."""
    lines = _drop_page_numbers(list(_lines(raw)))
    contents = _contents(lines)
    layout = _layout(lines)
    writer = _Writer(raw)
    previous: _Line | None = None
    for index, line in enumerate(lines):
        kind = _kind(line, index in contents)
        joined = previous is not None and kind == "text" == writer.kind and _continues(writer, previous, line, layout)
        writer.add(line, kind, joined=joined)
        previous = line
    return writer.finish()


def _lines(raw: str) -> Iterator[_Line]:
    """The lines that are not blank, markup removed."""
    gap = False
    for match in _LINE.finditer(raw):
        if match.start() == match.end():
            continue
        line = _strip_markup(match.group(), match.start(), gap)
        if line.stripped and not _PIPE_RULE.match(line.text):
            yield line
            gap = "\f" in match.group()
        else:
            gap = True


def _strip_markup(text: str, start: int, after_gap: bool) -> _Line:
    if "\\" not in text and " and " not in text:
        swaps: dict[int, tuple[int, str]] = {}
    else:
        found = ((match, to) for pattern, to in _replacements() for match in pattern.finditer(text))
        swaps = {match.start("from"): (match.end("from"), to) for match, to in found}
    gone = bytearray(len(text))
    for pattern in _removals():
        for match in pattern.finditer(text):
            for index in range(match.start(), match.end()):
                gone[index] = 1
    chars: list[str] = []
    offsets: list[int] = []
    replaced: set[int] = set()
    index = 0
    while index < len(text):
        if index in swaps:
            replaced.add(len(chars))
            end, to = swaps[index]
            chars.append(to)
            offsets.append(start + index)
            index = end
            continue
        if not gone[index]:
            chars.append(text[index])
            offsets.append(start + index)
        index += 1
    marked = text.lstrip().startswith("#")
    return _Line("".join(chars), tuple(offsets), frozenset(replaced), marked, after_gap)


def _drop_page_numbers(lines: list[_Line]) -> list[_Line]:
    """Without the lines that are a page number: marked as one (- 12 -), or a bare number that stands alone."""
    patterns = _patterns()
    bare = [bool(patterns.page_number.fullmatch(line.stripped)) and "\t" not in line.stripped for line in lines]
    kept = []
    for index, line in enumerate(lines):
        if bare[index]:
            beside = (index and bare[index - 1]) or (index + 1 < len(lines) and bare[index + 1])
            if patterns.marked_page_number.fullmatch(line.stripped) or not beside:
                continue
        kept.append(line)
    return kept


def _contents(lines: list[_Line]) -> frozenset[int]:
    """The lines of the contents list: entries that end in a page number, or that repeat headings below 目录."""
    patterns = _patterns()
    entry = [bool(patterns.contents_entry.fullmatch(line.stripped)) for line in lines]
    title = [bool(patterns.contents_title.fullmatch(line.stripped)) for line in lines]
    found = {i for i, is_title in enumerate(title) if is_title}
    for i, is_entry in enumerate(entry):
        numbered = is_entry and heading_pattern().match(lines[i].text)
        beside = any(entry[j] for j in (i - 1, i + 1) if 0 <= j < len(entry))
        if is_entry and (beside or i - 1 in found) and (numbered or _near(found, i)):
            found.add(i)
    texts = [re.sub(r"\s", "", line.stripped) for line in lines]
    for i in (i for i, is_title in enumerate(title) if is_title):
        j = i + 1
        while j < len(lines) and (j in found or (heading_pattern().match(texts[j]) and texts[j] in texts[j + 1 :])):
            found.add(j)
            j += 1
    return frozenset(found)


def _near(found: set[int], index: int) -> bool:
    return any(index - step in found for step in (1, 2, 3))


def _layout(lines: list[_Line]) -> _Layout:
    """How the file was wrapped, and whether its paragraphs start with an indent."""
    width = _wrap_width([line.stripped for line in lines])
    if width is None:
        return _Layout(None, indented=False)
    first = [line for before, line in pairwise(lines) if len(before.text.rstrip()) < width - 2]
    indented = len(first) >= 3 and sum(line.indented for line in first) >= 0.8 * len(first)
    return _Layout(width, indented and any(not line.indented for line in lines))


def _wrap_width(lines: list[str]) -> int | None:
    """The width at which the file's lines were wrapped; None when they were not."""
    lengths = sorted(len(line) for line in lines if len(line) >= 15 and "\t" not in line)
    if len(lengths) < 8:
        return None
    width = lengths[int(len(lengths) * 0.8)]
    near = sum(width - 3 <= length <= width + 1 for length in lengths)
    return width if 18 <= width <= 90 and near >= 0.3 * len(lengths) else None


def _kind(line: _Line, in_contents: bool) -> ParagraphKind:
    if in_contents:
        return "contents"
    cells = line.text.strip("\r\n\f").split("\t")
    if _PIPE_ROW.match(line.text) or (len(cells) > 1 and sum(bool(cell.strip()) for cell in cells[1:])):
        return "row"
    return "text"


def _continues(writer: _Writer, previous: _Line, line: _Line, layout: _Layout) -> bool:
    """Whether a line goes on with the sentence of the paragraph before it."""
    patterns = _patterns()
    before, after = previous.stripped, line.stripped
    if line.marked or previous.marked:
        return False
    bare_number = heading_pattern().fullmatch(before)
    if bare_number and len(before) <= 8:
        return not heading_pattern().match(after)
    starts_heading = bool(heading_pattern().match(after))
    if layout.indented and not line.indented and layout.fills(previous.text.rstrip()) and not starts_heading:
        return True
    if patterns.ends_sentence.search(before) and not _open_bracket(writer.tail()):
        return bool(patterns.starts_inside.match(after))
    if patterns.starts_inside.match(after):
        return True
    if starts_heading:
        return bool(re.search(r"[、，（(]$", before)) and not line.text[:1].isspace()
    if _open_bracket(writer.tail()):
        return True
    if patterns.front_matter.match(after) or any(patterns.date_line.fullmatch(text) for text in (before, after)):
        return False
    if re.search(r"[）)”]$", before) and re.search(r"(?:负责|牵头|配合|落实|参与|部门|单位)[）)]$", before):
        return False
    return _is_body(writer, before, layout)


def _is_body(writer: _Writer, before: str, layout: _Layout) -> bool:
    """Whether an unfinished line is running text, which must go on, and not a title or heading, which may stop."""
    paragraph = writer.tail(400)
    heading = heading_pattern().match(paragraph)
    full = layout.fills(before)
    listing = len(paragraph) >= 45 and paragraph.count("、") >= 2
    if re.search(r"[，、；,]$", before) or listing or (not heading and _patterns().ends_open.search(before)):
        return True
    if heading and "。" not in paragraph and len(paragraph) < 45:
        return full and len(paragraph) >= 18
    if re.search(r"[。，；]", paragraph):
        return True
    return full or (layout.width is None and len(paragraph) >= 24 and writer.past_title)


def _open_bracket(text: str) -> bool:
    """Whether the last bracket that opens in `text` is still open at its end."""
    for index in range(len(text) - 1, -1, -1):
        if text[index] in _PAIRS.values():
            return False
        if text[index] in _PAIRS:
            return True
    return False


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

    def tail(self, size: int = 160) -> str:
        """The last characters of the open paragraph."""
        return "".join(self._chars[max(self._start, len(self._chars) - size) :])

    @property
    def past_title(self) -> bool:
        """Whether the title page, whose lines stop without a stop, lies behind."""
        return len(self._paragraphs) > _TITLE_LINES

    def add(self, line: _Line, kind: ParagraphKind, *, joined: bool) -> None:
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

    def _prose(self, line: _Line, joined: bool) -> None:
        gap: int | None = line.offsets[0] if joined else None
        for index, (char, offset) in enumerate(zip(line.text, line.offsets, strict=True)):
            if _BLANK.match(char) or char.isspace():
                gap = offset if gap is None else gap
                continue
            if gap is not None and len(self._chars) > self._start and _spaced(self._chars[-1], char):
                self._put(" ", gap, replaced=self._raw[gap] != " ")
            gap = None
            self._put(char, offset, replaced=index in line.replaced)

    def _row(self, line: _Line) -> None:
        piped = bool(_PIPE_ROW.match(line.text))
        first, last = (line.text.index("|"), line.text.rindex("|")) if piped else (-1, len(line.text.rstrip("\r\n\f")))
        edge = "|" if piped else "\t"
        gap: int | None = None
        for index in range(first + 1, last):
            char, offset = line.text[index], line.offsets[index]
            if char == edge:
                self._put("\t", offset, replaced=piped)
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
