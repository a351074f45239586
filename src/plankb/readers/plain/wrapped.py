"""Rows of a table whose cells were wrapped, one piece a line: which lines are which cell.

The cells of a row follow one another from left to right, each of one or several lines. Of all ways to part the lines
the cheapest is taken: a column of bodies holds names and no sentence, a cell does not end inside a name or a bracket,
and the lines of a cell but the last are as long as their column is wide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Literal

from plankb import rules
from plankb.readers.plain.lines import Line

Role = Literal["text", "body", "time"]
Cells = list[list[Line]]

# What speaks against lines being a cell of a column; 0 is a cell as it should be.
_UNFINISHED = 3.0
"""It ends inside a name or a bracket, or begins with a mark."""
_NO_BODY, _SENTENCE = 4.0, 6.0
"""No name begins a cell of bodies, or names alone end one of text; a cell of bodies holds a sentence."""
_NO_TIME = 4.0
"""A cell of times says none."""
_BLANK, _MERGED = 2.5, 0.5
"""Nothing is in it; nothing in a column of categories, whose cells often cover several rows."""
_RAGGED = 2.0
"""A line is too short or too long for the column."""
_TWO = 1.5
"""Two names stand without a mark between them; a category is a sentence; a time is long."""
_REST, _SHORTEST = 0.6, 5
"""A text has fewer letters: it is the rest of a word."""
_FINISHED = 0.5
"""The page before had finished it; twice that where it did not reach as far down as others."""

_LONGEST_TIME, _LONGEST_BODIES = 16, 30
_LEEWAY = 2
"""By how many letters the lines of a column differ."""
_PAIRS = ("（）", "()", "《》", "“”", "【】")
_INSIDE = re.compile(r"[、，,；;。：:！？》）)”]")
"""What no cell and no line behind a mark begins with."""
_PLACE = re.compile("[省市县区州旗盟]$")
_MARK = re.compile(r"[、，,；;。：:！？》）)]$")


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a row that stand on one page; `goes_on`: to the next page."""

    lines: Sequence[Line]
    goes_on: bool = False


@cache
def _rule(name: str) -> re.Pattern[str]:
    return rules.one("text", f"grid.{name}").regex


def roles(headings: Sequence[str]) -> list[Role]:
    """What the columns behind the number hold, by their headings."""
    return ["body" if _rule("bodies").search(h) else "time" if _rule("times").search(h) else "text" for h in headings]


def parted(rows: Sequence[Sequence[Part]], columns: Sequence[Role]) -> list[Cells]:
    """The cells of each row, as many as there are columns, empty where a row has none."""
    first = [_row(row, columns, [None] * len(columns)) for row in rows]
    widths = [_width([cells[at] for row in first for cells in row]) for at in range(len(columns))]
    return [_together(_row(row, columns, widths)) for row in rows]


def is_time(said: str) -> bool:
    """Whether a line is nothing but a time."""
    return len(said) <= _LONGEST_TIME and bool(_rule("time").match(said)) and not re.search("[，。；]", said)


def is_body(line: str, cell: Sequence[str] = ()) -> bool:
    """Whether a line is nothing but bodies; the first of a `cell` of words may end as one does."""
    if len(cell) == 1 or len(line) > _LONGEST_BODIES or re.search("[，。；：]", line):
        return False
    return bool(_rule("body_start").match(line) and _rule("body_end").search(line))


def parted_names(cells: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of cells that begin another name than the line before them, without a mark between."""
    pairs = (pair for cell in cells if all(_is_names(line) for line in cell) for pair in pairwise(cell))
    return [line for before, line in pairs if _is_another(before.stripped, line.stripped)]


def _is_another(before: str, line: str) -> bool:
    """Whether a line of a list begins a name and is not the rest of the one before (市公安局交警支队)."""
    if not _are_two(before, line) or (line[0] != "各" and rules.pattern("roles", "inner").search(line)):
        return False
    return not _PLACE.search(before) or bool(_PLACE.search(line))


def _is_names(line: Line) -> bool:
    return not re.search("[。；：]", line.stripped)


def _row(row: Sequence[Part], columns: Sequence[Role], widths: Sequence[float | None]) -> list[Cells]:
    found: list[Cells] = []
    for part in row:
        before = [[line.stripped for line in cell] for cell in _together(found)] if found else []
        found.append(_cheapest(_Columns(columns, widths, before), part))
    return found


def _together(parts: Sequence[Cells]) -> Cells:
    return [[line for part in parts for line in part[at]] for at in range(len(parts[0]))]


def _width(cells: Sequence[Sequence[Line]]) -> float | None:
    """How long the lines of a column are where they are full; None where no cell has several."""
    full = [size for cell in cells for size in _printed([line.stripped for line in cell])[:-1]]
    return median(full) if full else None


def _printed(said: Sequence[str], width: float = 0) -> list[int]:
    """How long the printed lines of a cell are: tools break them behind marks too."""
    widest = max(width, *map(len, said), 0)
    sizes: list[int] = []
    marked = False
    for text in said:
        if marked and sizes[-1] + len(text) <= widest + 1:
            sizes[-1] += len(text)
        else:
            sizes.append(len(text))
        marked = bool(_MARK.search(text))
    return sizes


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is known of the columns: what they hold, how wide they are, and what the page before said in each."""

    roles: Sequence[Role]
    widths: Sequence[float | None]
    before: Sequence[Sequence[str]]

    def blank(self, at: int) -> float:
        """What an empty cell costs."""
        if self.before:
            return _UNFINISHED * _is_open("".join(self.before[at]), self.roles[at])
        return _MERGED if self.is_category(at) else _BLANK

    def is_category(self, at: int) -> bool:
        """Whether a column of text stands before another."""
        return self.roles[at] == "text" and "text" in self.roles[at + 1 :]

    def cost(self, at: int, said: Sequence[str], *, goes_on: bool) -> float:
        """What speaks against lines being a cell of a column; `goes_on`: the next page may say more."""
        role, width = self.roles[at], self.widths[at]
        before = "".join(self.before[at]) if self.before else ""
        text = before + "".join(said)
        cost = 0.0 if goes_on else _UNFINISHED * _is_open(text, role)
        if before and not _is_open(before, role):
            cost += _FINISHED * (1 + (len(self.before[at]) < max(map(len, self.before))))
        cost += _UNFINISHED * (bool(_INSIDE.match(text)) + sum(map(_two_marks, said, said[1:])))
        if role == "time":
            cost += _NO_TIME * (not _rule("time").match(text)) + _TWO * (len(text) > _LONGEST_TIME)
        elif role == "body":
            cost += _NO_BODY * (not _rule("body_start").match(text)) + _SENTENCE * bool(re.search(r"[。；]", text))
            cost += _TWO * sum(map(_are_two, said, said[1:]))
        else:
            cost += _NO_BODY * bool(
                _rule("body_list").fullmatch(re.split("[。；]", text)[-1]) or is_body(said[-1], said)
            )
            cost += _REST * (len(text) < _SHORTEST) + _TWO * (
                self.is_category(at) and bool(re.search(r"[，。；]", text))
            )
        return cost + _RAGGED * _ragged(said, width)


def _ragged(said: Sequence[str], width: float | None) -> int:
    """How many lines of a cell are shorter than their column, though another follows, or longer."""
    sizes = _printed(said, width or 0)
    wide = width or max(sizes)
    return sum(size < wide - _LEEWAY for size in sizes[:-1]) + sum(size > wide + _LEEWAY for size in sizes)


def _cheapest(columns: _Columns, part: Part) -> Cells:
    """The lines parted into cells at the least cost."""
    said = [line.stripped for line in part.lines]
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(float("inf"), ())] * len(said)]
    for at in range(len(columns.roles)):
        blank = columns.blank(at)
        new = [(cost + blank, (*ends, end)) for end, (cost, ends) in enumerate(best)]
        for end in range(1, len(said) + 1):
            for start in range(end):
                if best[start][0] < new[end][0]:
                    cost = best[start][0] + columns.cost(at, said[start:end], goes_on=part.goes_on)
                    if cost < new[end][0]:
                        new[end] = cost, (*best[start][1], end)
        best = new
    ends = best[len(said)][1]
    return [list(part.lines[start:end]) for start, end in pairwise((0, *ends))]


def _is_open(text: str, role: Role) -> bool:
    """Whether a text stops in the middle."""
    if re.search(r"[、，,（(《“：:]$", text) or any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS):
        return True
    return role == "body" and bool(text) and not _rule("body_end").search(text)


def _two_marks(line: str, following: str) -> bool:
    """Whether a mark ends a line and another begins the next."""
    return bool(_MARK.search(line) and _INSIDE.match(following))


def _are_two(line: str, following: str) -> bool:
    """Whether a name ends with a line and another begins with the next."""
    return bool(_rule("body_end").search(line) and _rule("body_start").match(following)) and not _MARK.search(line)
