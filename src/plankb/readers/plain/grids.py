"""Tables that lost their form: one cell a line, strokes or wide gaps between cells, quoted cells of several lines.

Such lines become rows again (cells separated by tabs), where a line of column headings shows what they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from plankb import rules
from plankb.document import heading_pattern
from plankb.readers.plain import wrapped
from plankb.readers.plain.lines import PIPE_ROW, Joined, Line, as_row, patterns

_BAR = "|"
_LONGEST_CELL, _FEW_BARS, _FEW_HEADINGS, _LONGEST_QUOTE = 400, 6, 3, 12
_LINES_OF_CELL = 12
"""The most lines of a cell that was wrapped, taken over the columns of its row."""
_SEPARATORS = (
    re.compile(r"[ \t\u3000]*[|｜][ \t\u3000]*"),
    re.compile(r"(?<=\S)(?: {2,}|\u3000+| \u3000+)(?=\S)"),
    re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)'),
)

_GAP, _PAIR = _SEPARATORS[1], 2


def closed(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of cells that signs close, quotation marks or lines of a stroke, made into rows."""
    return list(_between_bars(list(_quoted(lines))))


@cache
def _heading() -> re.Pattern[str]:
    return rules.one("text", "grid.heading").regex


@cache
def _behind() -> re.Pattern[str]:
    return rules.one("text", "grid.behind").regex


@cache
def _halves() -> re.Pattern[str]:
    return rules.one("text", "grid.halves").regex


@cache
def _actor() -> re.Pattern[str]:
    return rules.one("text", "grid.actor").regex


def _quoted(lines: Sequence[Line]) -> Iterator[Line]:
    """Cells in quotation marks that go over several lines, as spreadsheets give them, on one line."""
    index = 0
    while index < len(lines):
        line = lines[index]
        stop = index + 1
        if "\t" in line.text and line.text.count('"') % 2:
            while stop < min(len(lines), index + _LONGEST_QUOTE) and lines[stop].text.count('"') % 2 == 0:
                stop += 1
        closed = stop < len(lines) and stop > index and lines[stop].text.count('"') % 2 == 1
        if "\t" in line.text and line.text.count('"') % 2 and closed:
            yield _unquoted(_joined(lines[index : stop + 1]))
            index = stop + 1
        else:
            yield line
            index += 1


def _joined(lines: Sequence[Line]) -> Line:
    text = "".join(line.text.rstrip("\r\n") for line in lines)
    offsets = tuple(o for line in lines for o in line.offsets[: len(line.text.rstrip("\r\n"))])
    return Line(text, offsets, frozenset(), marked=True, closed=True)


def _unquoted(line: Line) -> Line:
    kept = [index for index, char in enumerate(line.text) if char != '"']
    text = "".join(line.text[index] for index in kept)
    return Line(text, tuple(line.offsets[i] for i in kept), frozenset(), marked=True, closed=True)


def _between_bars(lines: Sequence[Line]) -> Iterator[Line]:
    """Cells between lines that hold nothing but a stroke."""
    bars = [index for index, line in enumerate(lines) if line.stripped == _BAR]
    position = 0
    for run in _runs(bars):
        if len(run) < _FEW_BARS:
            continue
        yield from lines[position : run[0]]
        yield from _rows_of(lines, run)
        position = run[-1] + 1
    yield from lines[position:]


def _runs(bars: Sequence[int]) -> Iterator[list[int]]:
    """Bars near one another."""
    run: list[int] = []
    for bar in bars:
        if run and bar - run[-1] > _LONGEST_QUOTE:
            yield run
            run = []
        run.append(bar)
    if run:
        yield run


def _rows_of(lines: Sequence[Line], bars: Sequence[int]) -> Iterator[Line]:
    """Rows of as many cells as the first; two bars in a row end a full row, and are an empty cell in any other."""
    width = 0
    cells: list[Sequence[Line]] = []
    for left, right in pairwise(bars):
        if right == left + 1 and (not width or len(cells) >= width):
            width = width or len(cells)
            if any(cells):
                yield as_row(cells)
            cells = []
        else:
            cells.append(lines[left + 1 : right])
    if any(cells):
        yield as_row(cells)


def numbered(lines: Sequence[Line], index: int) -> Joined | None:
    """The table whose headings, then numbers and cells, stand one below the other; its first heading, 序号, is the line
    that it starts at."""
    head = _headings_from(lines, index)
    first = index + sum(map(len, head))
    title = int(bool(head) and _is_group(lines, first))
    rows = _numbered_rows(lines, first + title, head) if head else []
    if len(rows) < _PAIR:
        return None
    joined = [as_row(head), *lines[first : first + title]]
    for fitted, (_, aside) in zip(_fitted_rows([inside for inside, _ in rows], head), rows, strict=True):
        joined += [as_row(cells, parted=wrapped.parted_names(cells)) for cells in fitted]
        joined += aside
    return joined, first + title + sum(len(inside) + len(aside) for inside, aside in rows)


def _headings_from(lines: Sequence[Line], start: int) -> list[list[Line]]:
    """The column headings that follow one another from a line on, the first a 序号; none where they make no table."""
    if not rules.one("text", "grid.number").fullmatch(lines[start].stripped):
        return []
    found = [[lines[start]]]
    for line in lines[start + 1 :]:
        said = re.sub(r"\s", "", line.stripped)
        if len(found[-1]) == 1 and _halves().fullmatch(_said(found[-1]) + said):
            found[-1].append(line)
        elif _heading().fullmatch(said):
            found.append([line])
        else:
            break
    actors = any(_actor().search(_said(heading)) for heading in found)
    return found if len(found) >= _FEW_HEADINGS and actors else []


def _said(lines: Sequence[Line]) -> str:
    return re.sub(r"\s", "", "".join(line.stripped for line in lines))


def _numbered_rows(
    lines: Sequence[Line], start: int, head: Sequence[Sequence[Line]]
) -> list[tuple[list[Line], list[Line]]]:
    """The lines of every row that starts with the next number, and those that stand between it and the next."""
    rows: list[tuple[list[Line], list[Line]]] = []
    width, most = len(head), 0
    while start < len(lines) and _is_number(lines[start], len(rows) + 1):
        within = range(start + 1, min(len(lines), start + _LINES_OF_CELL * width))
        stop = next((i for i in within if _is_number(lines[i], len(rows) + 2)), None)
        last = stop is None
        inside = list(lines[start : stop if stop is not None else _end_of_last(lines, start, max(width, most), head)])
        aside: list[Line] = []
        while not last and len(inside) > width and heading_pattern().match(inside[-1].text):
            aside.insert(0, inside.pop())
        rows.append((inside, aside))
        most = max(most, len(inside))
        start += len(inside) + len(aside)
    return rows


def _is_group(lines: Sequence[Line], index: int) -> bool:
    """Whether a line between the headings of a table and its first number is the title of a group of rows."""
    before_first = index + 1 < len(lines) and _is_number(lines[index + 1], 1)
    return before_first and bool(heading_pattern().match(lines[index].text))


def _fitted_rows(rows: Sequence[list[Line]], head: Sequence[Sequence[Line]]) -> list[list[list[list[Line]]]]:
    """The cells of all rows, by what the columns hold where rows have more or fewer lines than columns; of each
    number the rows that stand beside a merged cell."""
    width = len(head)
    columns = wrapped.roles([_said(heading) for heading in head[1:]])
    if width < _FEW_HEADINGS or columns.count("body") == 0 or all(len(row) == width for row in rows):
        return [[_fitted(row, width)] for row in rows]
    inside = [list(_below_merged(row[1:], columns)) for row in rows]
    found = iter(wrapped.parted([list(_pages(part, head)) for parts in inside for part in parts], columns))
    numbers = [[row[:1], *([[]] * (len(parts) - 1))] for row, parts in zip(rows, inside, strict=True)]
    return [[[number, *next(found)] for number in each] for each in numbers]


def _below_merged(lines: list[Line], columns: Sequence[wrapped.Role]) -> Iterator[list[Line]]:
    """The lines of a number, parted where its last column, a time, is said and words follow that another time ends:
    rows beside one cell that goes over all of them."""
    times = [index for index, line in enumerate(lines) if wrapped.is_time(line.stripped)]
    if columns[-1] != "time" or not times or times[-1] != len(lines) - 1 or 1 in map(int.__sub__, times[1:], times):
        yield lines
        return
    yield from (lines[start:end] for start, end in pairwise((0, *(time + 1 for time in times))))


def _pages(lines: Sequence[Line], head: Sequence[Sequence[Line]]) -> Iterator[wrapped.Part]:
    """The lines of a row by page: a page break is where the headings come again, behind the number of the page."""
    again = [_said([line]) for heading in head for line in heading]
    parts: list[list[Line]] = [[]]
    index = 0
    while index < len(lines):
        if [_said([line]) for line in lines[index : index + len(again)]] == again:
            while parts[-1] and _is_page(parts[-1][-1]):
                parts[-1].pop()
            parts.append([])
            index += len(again)
        else:
            parts[-1].append(lines[index])
            index += 1
    yield from (wrapped.Part(part, goes_on=at < len(parts) - 1) for at, part in enumerate(parts))


def _is_page(line: Line) -> bool:
    """Whether a line above headings that come again is the number of a page, or says nothing."""
    return not line.stripped or bool(patterns().page_number.fullmatch(line.stripped))


def _is_number(line: Line, number: int) -> bool:
    return bool(re.fullmatch(rf"[（(]?{number}[）).．、]?", line.stripped))


def _end_of_last(lines: Sequence[Line], start: int, most: int, head: Sequence[Sequence[Line]]) -> int:
    """Where the last row ends: with no more lines than the others but what its last column says, before a heading or an
    empty line."""
    (last,) = wrapped.roles([_said(head[-1])])
    stop, farthest = start + 1, min(len(lines), start + _LINES_OF_CELL * len(head))
    while stop < min(len(lines), start + most) and not _ends(lines[stop]):
        stop += 1
    if last == "body":
        while stop < farthest and wrapped.is_body(lines[stop].stripped):
            stop += 1
    times = [at for at in range(start + 1, farthest) if wrapped.is_time(lines[at].stripped)] if last == "time" else []
    if times and times[0] >= stop and not any(_ends(line) for line in lines[stop : times[0]]):
        stop = times[0] + 1
    return stop


def _ends(line: Line) -> bool:
    return not line.stripped or bool(heading_pattern().match(line.text) or _behind().match(line.stripped))


def _fitted(lines: list[Line], width: int) -> list[list[Line]]:
    """Cells of a row: lines of one cell put together, those that stop in the middle first, then those of its text."""
    cells = [[line] for line in lines]
    for index in range(len(cells) - 1, 1, -1):
        if len(cells) > width and re.search(r"[、，,（(]$", cells[index - 1][-1].stripped):
            cells[index - 1] += cells.pop(index)
    while len(cells) > width:
        cells[1] += cells.pop(2)
    return cells


def separated(lines: Sequence[Line], index: int) -> Joined | None:
    """The table whose cells are parted by strokes, wide gaps or commas, below a line of headings parted alike."""
    separator = next((s for s in _SEPARATORS if _is_header(lines[index], s)), None)
    if separator is None:
        stop = _end_of_figures(lines, index)
        return ([_parted(line, _GAP) for line in lines[index:stop]], stop) if stop else None
    stop = index + 1
    while stop < len(lines) and len(_cells(lines[stop], separator)) > 1:
        stop += 1
    return ([_parted(line, separator) for line in lines[index:stop]], stop) if stop > index + 1 else None


def _end_of_figures(lines: Sequence[Line], start: int) -> int:
    """Where a table of figures ends whose columns are parted by wide gaps: a line of headings and two rows or more of
    as many cells, of which one column holds nothing but figures; 0 where there is none."""
    is_figure, is_year = (rules.pattern("text", f"cell.{kind}").fullmatch for kind in ("figure", "year"))
    head = _cells(lines[start], _GAP) if not PIPE_ROW.match(lines[start].text) else []
    if len(head) < _PAIR or any(is_figure(cell) and not is_year(cell) for cell in head):
        return 0
    rows: list[list[str]] = []
    for line in lines[start + 1 :]:
        cells = _cells(line, _GAP)
        if len(cells) != len(head):
            break
        rows.append(cells)
    figures = any(all(is_figure(row[column]) for row in rows) for column in range(1, len(head)))
    return start + 1 + len(rows) if len(rows) >= _PAIR and figures else 0


def _is_header(line: Line, separator: re.Pattern[str]) -> bool:
    if "\t" in line.text or PIPE_ROW.match(line.text) or len(line.stripped) > 120:
        return False
    cells = [re.sub(r"\s", "", cell) for cell in _cells(line, separator)]
    known = [cell for cell in cells if _heading().fullmatch(cell)]
    return len(cells) >= _FEW_HEADINGS and len(known) * 2 > len(cells) and any(_actor().search(c) for c in cells)


def _cells(line: Line, separator: re.Pattern[str]) -> list[str]:
    return [] if "\t" in line.text or len(line.text) > 4 * _LONGEST_CELL else separator.split(line.stripped)


def _parted(line: Line, separator: re.Pattern[str]) -> Line:
    """A line whose separators are tabs."""
    kept: list[tuple[str, int, bool]] = []
    position = len(line.text) - len(line.text.lstrip())
    for match in separator.finditer(line.text.rstrip(), position):
        kept += [(line.text[i], line.offsets[i], i in line.replaced) for i in range(position, match.start())]
        kept.append(("\t", line.offsets[match.start()], True))
        position = match.end()
    kept += [(line.text[i], line.offsets[i], i in line.replaced) for i in range(position, len(line.text.rstrip()))]
    kept = [part for part in kept if part[0] != '"'] if separator is _SEPARATORS[-1] else kept
    chars, offsets, swapped = zip(*kept, strict=True)
    replaced = frozenset(index for index, was in enumerate(swapped) if was)
    return Line("".join(chars), offsets, replaced, marked=True, closed=True)
