"""Tables that came with one cell a line, as web pages give them: their lines are put together to rows again.

A run of short lines that are headings of columns (序号, 指标, 2025年, 属性) starts such a table. Where a number or the
nature of the indicator is in every row it tells where rows start or end; elsewhere the rows are as long as the
headings, and the table must come out even.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from plankb import rules
from plankb.document import heading_pattern
from plankb.readers.plain.lines import Joined, Line, as_row

_WRAPPED, _SHORT_CATEGORY = 4, 5
"""How many lines more a row has where cells were wrapped, and how long a line of a category is that was."""
_VALUE = re.compile(r"\d|^[-—–/]+$")
_FIGURE = re.compile(r"[<>＜＞≤≥≦≧]?\s*\d|[-—–/]+$")
_ITEM = re.compile(r"\d{1,2}[.．、]\s*(?!\d)")
_MOST_COLUMNS, _LONGEST_HEADING, _LONGEST_CELL, _FEWEST = 9, 16, 60, 2


@dataclass(frozen=True, slots=True)
class _Head:
    """The headings of a table: how many columns and on how many lines, which holds the number and the nature (None
    without)."""

    columns: int
    lines: int
    number: int | None
    nature: int | None


_Form: TypeAlias = Callable[[Sequence[Line], int, _Head], Iterator[tuple[int, int]]]
"""Gives [start, end) of the rows below a head from a line on."""


@cache
def _rule(name: str) -> re.Pattern[str]:
    return rules.one("text", f"stacked.{name}").regex


def ended(lines: Sequence[Line], index: int) -> Joined | None:
    """The table without numbers that starts at a line, whose rows their nature ends."""
    head = _head(lines, index)
    return _table(lines, index, head, _ended) if head and head.number is None and head.nature is not None else None


def counted(lines: Sequence[Line], index: int) -> Joined | None:
    """The table that starts at a line, whose rows are numbered, or of as many lines as there are headings."""
    head = _head(lines, index)
    if head is None or (head.number is None and head.nature is not None):
        return None
    return _table(lines, index, head, _even if head.number is None else _numbered)


def _table(lines: Sequence[Line], index: int, head: _Head, form: _Form) -> Joined | None:
    rows = [(index, index + head.lines), *form(lines, index + head.lines, head)]
    if len(rows) <= _FEWEST:
        return None
    joined = [as_row(row) for at, (start, end) in enumerate(rows) for row in _rows(lines[start:end], head, at)]
    return joined, rows[-1][1]


def _rows(lines: Sequence[Line], head: _Head, row: int) -> Iterator[list[list[Line]]]:
    """The cells of what one number or one nature holds together: a row, or several with values column by column."""
    if len(lines) == 1:
        yield [[*lines], *([] for _ in range(head.columns - 1))]
        return
    values = [line for line in lines[:-1] if _is_value(line)] if row and head.number is None else []
    names, columns = lines[: len(lines) - 1 - len(values)], head.columns - 2
    if len(lines) <= head.columns or head.nature is None or not values or not names or len(values) % columns:
        yield _cells(lines, head, row)
        return
    count = len(values) // columns
    shared = names[: len(names) - count] if count > 1 else []
    for at in range(count):
        name = [*shared, names[len(shared) + at]] if count > 1 else [*names]
        yield [name, *([values[column * count + at]] for column in range(columns)), [lines[-1]]]


def _cells(lines: Sequence[Line], head: _Head, row: int) -> list[list[Line]]:
    """The lines of a row by cell: the last heading may have two, and so may the cells of a numbered row that its nature
    ends, where there are more lines than columns: first those of its category, then those of its values."""
    cells = [[line] for line in lines]
    if row == 0:
        while len(cells) > head.columns:
            cells[-2:] = [cells[-2] + cells[-1]]
        return cells
    blank = len(cells) > 3 and len(_said(cells[1])) > _SHORT_CATEGORY and bool(_VALUE.search(_said(cells[2])))
    width = head.columns - blank
    while len(cells) > width and len(_said(cells[1])) <= _SHORT_CATEGORY >= len(_said(cells[2])):
        cells[1:3] = [cells[1] + cells[2]]
    while len(cells) > width:
        pairs = range(len(cells) - 3, 2, -1)
        at = min(pairs, key=lambda pair: len(cells[pair]) + len(cells[pair + 1]), default=None)
        if at is None:
            break
        cells[at : at + 2] = [cells[at] + cells[at + 1]]
    return cells


def _said(cell: Sequence[Line]) -> str:
    return "".join(line.stripped for line in cell)


def _text(lines: Sequence[Line], index: int) -> str:
    return re.sub(r"\s", "", lines[index].text) if index < len(lines) else ""


def _head(lines: Sequence[Line], index: int) -> _Head | None:
    end = index
    while end < len(lines) and end - index < _MOST_COLUMNS and _is_heading(_text(lines, end)):
        end += 1
    texts = [_text(lines, at) for at in range(index, end)]
    if len(texts) < 3 or not any(_rule("named").fullmatch(text) for text in texts):
        return None
    if len(set(texts)) < len(texts):
        return None
    number = next((at for at, text in enumerate(texts) if _rule("number").fullmatch(text)), None)
    split = len(texts) > 4 and bool(_rule("nature").fullmatch(texts[-2] + texts[-1]))
    columns = len(texts) - split
    nature = columns - 1 if split or _rule("nature").fullmatch(texts[-1]) else None
    return _Head(columns, len(texts), number if number == 0 else None, nature)


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and "\t" not in text and bool(_rule("heading").fullmatch(text))


def _is_cell(lines: Sequence[Line], index: int) -> bool:
    """Whether a line may be a cell: short, no sentence, no heading of a section."""
    text = _text(lines, index)
    if not text or len(text) > _LONGEST_CELL or "\t" in lines[index].text or re.search(r"[。！？：]$", text):
        return False
    heading = heading_pattern().match(lines[index].text)
    return heading is None or heading.end() == len(lines[index].text.rstrip()) or bool(re.match(r"\d", text))


def _numbered(lines: Sequence[Line], index: int, head: _Head) -> Iterator[tuple[int, int]]:
    """Rows that begin with 1, 2, 3 …; a category before the number, once for several rows, is left out."""
    expected, start = 1, index
    while _text(lines, start) == str(expected):
        end = start + 1
        most = head.columns + (_WRAPPED if head.nature is not None else 0)
        while end < start + most and _is_cell(lines, end) and not _starts_next(lines, end, expected, start):
            end += 1
            if head.nature is not None and _rule("natures").fullmatch(_text(lines, end - 1)):
                break
        if end - start < 3 or (end - start > head.columns and not _rule("natures").fullmatch(_text(lines, end - 1))):
            return
        yield start, end
        start, expected = end, expected + 1
        if _text(lines, start) != str(expected) and _text(lines, start + 1) == str(expected):
            start += 1


def _starts_next(lines: Sequence[Line], index: int, expected: int, start: int) -> bool:
    return index - start >= 3 and _text(lines, index) == str(expected + 1)


def _ended(lines: Sequence[Line], index: int, head: _Head) -> Iterator[tuple[int, int]]:
    """Rows that each end in the nature of the indicator, below the titles of their groups (一、办学条件)."""
    start = index
    while True:
        titled = start + _is_title(lines, start)
        end = titled
        while (
            end < titled + head.columns + _WRAPPED
            and _is_cell(lines, end)
            and not _rule("natures").fullmatch(_text(lines, end))
        ):
            end += 1
        if end - titled < 2 or not _rule("natures").fullmatch(_text(lines, end)):
            return
        if end - titled >= head.columns and not _fits(lines[titled:end], head):
            return
        if titled > start:
            yield start, titled
        yield titled, end + 1
        start = end + 1


def _is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the title of a group of rows: a short heading that is no cell, and holds no value."""
    text = _text(lines, index)
    return 0 < len(text) <= _LONGEST_HEADING and not _is_cell(lines, index) and not _VALUE.search(text)


def _fits(lines: Sequence[Line], head: _Head) -> bool:
    """Whether the lines before a nature are names and then values that fill the columns between evenly."""
    first = next((at for at, line in enumerate(lines) if _is_value(line)), 0)
    values, columns = lines[first:], head.columns - 2
    if not first or columns < 1 or len(values) % columns or not all(map(_is_value, values)):
        return False
    return len(values) == columns or first - len(values) // columns in (0, 1)


def _is_value(line: Line) -> bool:
    return bool(_FIGURE.match(line.stripped)) and not _ITEM.match(line.stripped)


def _even(lines: Sequence[Line], index: int, head: _Head) -> Iterator[tuple[int, int]]:
    """Rows as long as the headings; none where the cells do not come out even."""
    end = index
    while end < len(lines) and _is_cell(lines, end):
        end += 1
    if (end - index) % head.columns == 0:
        yield from ((start, start + head.columns) for start in range(index, end, head.columns))
