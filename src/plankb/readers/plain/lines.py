"""The lines of a file: what remains of each when markup is gone, page numbers dropped, the contents list found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeAlias

from plankb import rules
from plankb.document import LINE, heading_pattern
from plankb.readers.characters import repaired
from plankb.rules.kinds import Rewrite
from plankb.rules.prefilter import Prefilter

PIPE_ROW = re.compile(r"\s*\|.*\|\s*$")
_MARKED = re.compile(r"\s*(?:#|[-*+]\s+\S)")
"""A heading or an item of Markdown."""
_SWAPPED = re.compile(r"\\| and |&\w")
"""What every replacement of the rules has in it: most lines have none."""
_PIPE_RULE = re.compile(r"\s*(?:\|\s*)?(?::?-{2,}:?\s*\|\s*)+(?:(?::-*:?|-+:?)\s*)?(?:\|\s*)?$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file after markup is gone: what remains and where each character stood."""

    text: str
    offsets: Sequence[int]
    replaced: frozenset[int]
    marked: bool
    """Whether it begins anew: a heading or an item of Markdown, or cut out of a line that ran on."""
    closed: bool
    """Whether nothing goes on with it: a heading of Markdown, or one cut out of a line that ran on."""
    broken: bool = False
    """Whether a page break stands before it."""

    def part(self, start: int, end: int, *, closed: bool = False) -> Line:
        """A piece of it, as a line that begins anew."""
        replaced = frozenset(index - start for index in self.replaced if start <= index < end)
        return Line(self.text[start:end], self.offsets[start:end], replaced, marked=True, closed=closed)

    @property
    def stripped(self) -> str:
        """The text without white space at its ends."""
        return self.text.strip("\n\r\f\v \t\u3000\u00a0")

    @property
    def indented(self) -> bool:
        """Whether it starts like a paragraph."""
        return bool(re.match(r"\u3000|[ \u00a0]{2}|\t", self.text))


def as_row(cells: Sequence[Sequence[Line]], *, parted: Collection[Line] = ()) -> Line:
    """One line of cells, each of none or several lines; a tab stands for the line break between two cells, 、 for that
    before a line that is `parted` from the one before."""
    chars: list[str] = []
    offsets: list[int] = []
    replaced: set[int] = set()
    last = next(line.offsets[0] for cell in cells for line in cell)
    for number, cell in enumerate(cells):
        if number:
            replaced.add(len(chars))
            chars.append("\t")
            offsets.append(last)
        for index, line in enumerate(cell):
            if index and any(line is one for one in parted):
                replaced.add(len(chars))
                chars.append("、")
                offsets.append(last)
            left = len(line.text) - len(line.text.lstrip())
            words = line.stripped
            left = line.text.index(words, max(0, left - 1)) if words else left
            replaced |= {at - left + len(chars) for at in line.replaced if 0 <= at - left < len(words)}
            chars.extend(words)
            offsets.extend(line.offsets[left : left + len(words)])
            last = offsets[-1] if offsets else last
    return Line("".join(chars), tuple(offsets), frozenset(replaced), marked=True, closed=True)


Joined: TypeAlias = tuple[list[Line], int]
"""The rows that the lines of a table become, each a line whose cells tabs separate, and the first line behind it."""


@dataclass(frozen=True, slots=True)
class LinePatterns:
    """The patterns of `rules/text.toml` that tell one line from the next."""

    page_number: re.Pattern[str]
    marked_page_number: re.Pattern[str]
    contents_title: re.Pattern[str]
    contents_entry: re.Pattern[str]
    ends_sentence: re.Pattern[str]
    ends_open: re.Pattern[str]
    starts_inside: re.Pattern[str]
    ends_before_value: re.Pattern[str]
    starts_with_value: re.Pattern[str]
    front_matter: re.Pattern[str]
    web_head: re.Pattern[str]
    date_line: re.Pattern[str]


@cache
def patterns() -> LinePatterns:
    """The patterns, compiled once."""
    return LinePatterns(**{field.name: rules.one("text", f"line.{field.name}").regex for field in fields(LinePatterns)})


@cache
def _removals() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.regex for rule in rules.many("text", "remove", Rewrite))


@cache
def _may_remove() -> Prefilter:
    return Prefilter(rule.expression for rule in rules.many("text", "remove", Rewrite))


@cache
def _replacements() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((rule.regex, rule.to) for rule in rules.many("text", "replace", Rewrite))


def read_lines(raw: str) -> Iterator[Line]:
    """The lines that are not blank, markup removed; rules under a Markdown table's header are no lines."""
    for match in LINE.finditer(raw):
        if match.group().isspace():
            continue
        line = _strip_markup(match.group(), match.start())
        if line.stripped and not _PIPE_RULE.match(line.text):
            yield line


def _strip_markup(printed: str, start: int) -> Line:
    text = repaired(printed)
    other = frozenset() if text == printed else frozenset(i for i, c in enumerate(text) if c != printed[i])
    if not _SWAPPED.search(text):
        swaps: dict[int, tuple[int, str]] = {}
    else:
        found = ((match, to) for pattern, to in _replacements() for match in pattern.finditer(text))
        swaps = {match.start("from"): (match.end("from"), to) for match, to in found}
    gone = bytearray(len(text))
    for number in _may_remove()(text):
        for match in _removals()[number].finditer(text):
            for index in range(match.start(), match.end()):
                gone[index] = 1
    marked, closed = bool(_MARKED.match(text)), text.lstrip().startswith("#")
    if not swaps and not any(gone):
        return Line(text, range(start, start + len(text)), other, marked, closed)
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
            if index in other:
                replaced.add(len(chars))
            chars.append(text[index])
            offsets.append(start + index)
        index += 1
    return Line("".join(chars), tuple(offsets), frozenset(replaced), marked, closed)


def contents_lines(lines: list[Line]) -> frozenset[int]:
    """The lines of the contents list: entries that end in a page number, or that repeat headings below 目录."""
    known = patterns()
    entry = [bool(known.contents_entry.fullmatch(line.stripped)) for line in lines]
    title = [bool(known.contents_title.fullmatch(line.stripped)) for line in lines]
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
