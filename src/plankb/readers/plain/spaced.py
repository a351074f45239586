"""Tables of indicators whose cells only a space parts, each row on its line or all of them on one, or that have a piece
of a cell on each line.

A run of headings that follow one another (序号 指标 单位 2025年 2030年 属性) starts such a table. What each column
holds tells which of the pieces behind it are one row: the next number, words, a unit, as many figures as there are
years, the nature of the indicator. A name may have several pieces, and a category is said once for several rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from plankb import rules
from plankb.readers.plain.lines import Joined, Line, as_row

_FEWEST_HEADINGS, _MOST_HEADINGS, _LONGEST_HEADING = 3, 9, 16
_FEWEST_ROWS, _FIRST = 2, 60
_LONGEST_NAME, _LONGEST_UNIT, _LONGEST_WORDS, _LONGEST_TITLE = 4, 12, 40, 6
"""Of how many pieces a name is made at most, how long a unit is, a piece of any name, and the title of a group."""
_GAP = re.compile(r"(?<=\S)[ \u3000\u00a0]+(?=\S)(?<!\d[ \u3000\u00a0])|(?<=\S)[ \u3000\u00a0]+(?=[^\s年月])")
"""What parts two pieces; no space before 年 does (2030 年)."""
_NO_GAP = re.compile(r"(?!)")
_FIGURES = ("base", "goal", "rate")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line between two gaps: the line it stands on, and where."""

    line: int
    start: int
    end: int
    text: str


def spaced(lines: Sequence[Line], index: int) -> Joined | None:
    """The table whose headings begin a line."""
    pieces = list(islice(_pieces(lines, index), _FIRST))  # enough for two rows; most lines begin no table
    kinds = _head(pieces)
    if kinds is None or len(list(_rows(pieces, kinds))) < _FEWEST_ROWS:
        return None
    pieces = list(_pieces(lines, index))
    rows = list(_rows(pieces, kinds))
    found = [as_row([[_part(lines, piece)] for piece in pieces[: len(kinds)]])]
    at = len(kinds)
    for start, cells in rows:
        found += [_part(lines, piece) for piece in pieces[at:start]]
        found.append(as_row([[_part(lines, piece) for piece in pieces[a:b]] for a, b in cells]))
        at = cells[-1][1]
    last = pieces[at - 1]
    if at < len(pieces) and pieces[at].line == last.line:
        found.append(lines[last.line].part(pieces[at].start, len(lines[last.line].text)))
    return found, last.line + 1


def _part(lines: Sequence[Line], piece: _Piece) -> Line:
    return lines[piece.line].part(piece.start, piece.end)


def _pieces(lines: Sequence[Line], index: int) -> Iterator[_Piece]:
    """The pieces of the lines from one on that may be cells: up to one that is a sentence or has cells of its own. They
    are whole lines where the first has no gap."""
    if "\t" in lines[index].text or not _rule("stacked.heading").match(lines[index].stripped):
        return
    gap = _GAP if _GAP.search(lines[index].stripped) else _NO_GAP
    for at in range(index, len(lines)):
        text = lines[at].text
        if "\t" in text.strip() or "|" in text or re.search(r"[。；！？]", text):
            return
        start = len(text) - len(text.lstrip())
        stop = len(text.rstrip())
        for found in gap.finditer(text, start, stop):
            yield _Piece(at, start, found.start(), text[start : found.start()])
            start = found.end()
        if start < stop:
            yield _Piece(at, start, stop, text[start:stop])


def _head(pieces: Sequence[_Piece]) -> list[str] | None:
    """What each column holds, as far as the first pieces are headings of a table of indicators; None where they make
    none: such a table names what is measured and has a figure for some time, whose columns stand side by side."""
    kinds: list[str] = []
    for piece in pieces[:_MOST_HEADINGS]:
        kind = _kind(re.sub(r"\s", "", piece.text))
        if not kind or (kind in kinds and kind not in _FIGURES):
            break
        kinds.append(kind)
    figures = [at for at, kind in enumerate(kinds) if kind in _FIGURES]
    if len(kinds) < _FEWEST_HEADINGS or "name" not in kinds or not {"goal", "base"} & set(kinds):
        return None
    return kinds if figures[-1] - figures[0] + 1 == len(figures) and kinds.index("name") < figures[0] else None


def _kind(heading: str) -> str:
    """What a column of a heading holds; "" for words that are none."""
    if not 0 < len(heading) <= _LONGEST_HEADING or not _rule("stacked.heading").fullmatch(heading):
        return ""
    kind = next((rule.means for rule in rules.many("tables", "column") if rule.search(heading)), "")
    return "goal" if not kind and re.match(r"(?:20)?\d\d", heading) else kind


@cache
def _rule(name: str) -> re.Pattern[str]:
    return rules.one("text", name).regex


def _rows(pieces: Sequence[_Piece], kinds: Sequence[str]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Where each row starts and [start, end) of its cells; one piece between two rows may be the title of a group."""
    at, number = len(kinds), 1
    while at < len(pieces):
        for start in (at + 1, at) if _is_title(pieces, at) else (at, at + 1):
            cells = _cells(pieces, start, kinds, number)
            if cells is not None:
                break
        if cells is None:
            return
        yield start, cells
        at, number = cells[-1][1], number + 1


def _is_title(pieces: Sequence[_Piece], at: int) -> bool:
    """Whether a piece is a short title of a group of rows, alone on its line where rows have several pieces."""
    alone = all(piece.line != pieces[at].line for piece in (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2]))
    rows = [piece for piece in pieces[at + 1 : at + 3] if piece.line == pieces[at].line + 1]
    return alone and len(rows) > 1 and len(pieces[at].text) <= _LONGEST_TITLE


def _cells(pieces: Sequence[_Piece], at: int, kinds: Sequence[str], number: int) -> list[tuple[int, int]] | None:
    """The cells of the row that starts at a piece, as the kinds of its columns ask; None where it is none."""
    if not kinds:
        return []
    for size in _sizes(kinds[0]):
        own = [piece.text for piece in pieces[at : at + size]]
        if len(own) < size or not all(_fits(kinds[0], text, number) for text in own):
            continue
        rest = _cells(pieces, at + size, kinds[1:], number)
        if rest is not None:
            return [(at, at + size), *rest]
    return None


def _sizes(kind: str) -> Sequence[int]:
    """Of how many pieces a cell may be, the likeliest first."""
    if kind == "name":
        return range(1, _LONGEST_NAME + 1)
    return (1, 0) if kind in ("category", "area", "remark", "actor") else (1,)


def _fits(kind: str, text: str, number: int) -> bool:
    """Whether a piece may stand in a column."""
    if kind == "number":
        return text.rstrip(".．、") == str(number)
    if kind in _FIGURES:
        return bool(_rule("spaced.figure").fullmatch(text))
    if kind == "nature":
        return bool(_rule("stacked.natures").fullmatch(text))
    if kind == "unit" and not re.search(r"\w", text):
        return True  # a share, or a stroke where there is none
    words = not _rule("spaced.figure").fullmatch(text) and not _rule("stacked.natures").fullmatch(text)
    return words and len(text) <= (_LONGEST_UNIT if kind == "unit" else _LONGEST_WORDS)
