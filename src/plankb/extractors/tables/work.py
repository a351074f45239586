"""The columns of a table that shares out work, and its rows put in line with them. Rules: `rules/task_tables.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from statistics import median

from plankb import rules
from plankb.document import Cell, Row, Table
from plankb.extractors.notes import vocabulary
from plankb.extractors.tables import columns

_said = partial(rules.pattern, "task_tables")
_SHORT = 30
_LONGEST_HEADING = 24
_LONGEST_SUBHEADING = 12
_ACTORS = ("lead", "support", "answer")
_WORDS = ("category", "content")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of work: its cells by column (blank ones carried down are the cells above), the groups it stands in, and
    the columns of its work item and of the measures of that."""

    row: Row
    cells: tuple[Cell, ...]
    groups: tuple[str, ...]
    title: int
    measures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """Columns by role, headings as printed, rows in order."""

    roles: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[TaskRow, ...]

    def all(self, *roles: str) -> tuple[int, ...]:
        """The columns of some roles."""
        return tuple(index for index, role in enumerate(self.roles) if role in roles)


def role_of(heading: str) -> str:
    """What a column holds by its heading; "other" when the rules do not say."""
    bare = re.sub(r"\s", "", heading)
    return next((rule.means for rule in rules.many("task_tables", "column") if rule.search(bare)), "other")


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table that shares out work, and the role of each column."""

    headings: tuple[str, ...]
    roles: tuple[str, ...]
    exact: bool = False
    """Whether the file gave the cells: then a blank one is blank, and what was merged is known."""


def header(table: Table) -> tuple[Header, Sequence[Row]] | None:
    """The header of a table and the rows below it; None for a table of another kind."""
    headings, body = _header(table.rows)
    measured = columns.layout(table)
    if measured is not None and columns.kind(measured) == "indicators":
        roles = tuple(_of_indicators(column) for column in measured.columns)
        return (Header(headings, roles, table.exact), body) if set(roles) & set(_ACTORS) else None
    roles = tuple(role_of(heading) for heading in headings)
    if any(_said("other").search(heading) for heading in headings) or not set(roles) & {"content", "category"}:
        return None
    if "lead" not in roles and any(_said("named_projects").search(heading) for heading in headings):
        return None
    if any(len(heading) > _LONGEST_HEADING for heading in headings):
        return None
    if not set(roles) & set(_ACTORS) and not ("time" in roles and "content" in roles):
        return None
    return Header(headings, roles, table.exact), body


def _of_indicators(column: columns.Column) -> str:
    """What a column of an indicator table is to a task: the indicator is what the bodies answer for."""
    if column.role == "actor":
        return role_of(column.heading)
    return {"name": "content", "category": "category", "number": "number"}.get(column.role, "remark")


def layout(head: Header, body: Sequence[Row]) -> TaskTable | None:
    """Rows of work under a header; None when there are none."""
    rows = list(_rows(body, head.roles))
    return _sorted(head, rows) if rows else None


def _header(rows: Sequence[Row]) -> tuple[tuple[str, ...], Sequence[Row]]:
    """The headings, those of a second row put under their first, and the rows below; a title row is passed over."""
    while len(rows) > 2 and len({cell.text for cell in rows[0].cells if cell.text}) == 1:
        rows = rows[1:]
    first = [re.sub(r"\s", "", cell.text) for cell in rows[0].cells]
    if len(rows) < 3:
        return tuple(first), rows[1:]
    second = [re.sub(r"\s", "", cell.text) for cell in rows[1].cells]
    said = [text for text in second if text]
    if len(said) == 1 and _said("cells.group").search(said[0]):
        return tuple(first), rows[1:]
    if not said or any(role_of(text) == "other" or len(text) > _LONGEST_SUBHEADING for text in said):
        return tuple(first), rows[1:]
    same = any(above == below for above, below in zip(first, second, strict=False) if below)
    if len(second) == len(first) and (same or len(said) < len(first)):
        return tuple(below or above for above, below in zip(first, second, strict=True)), rows[2:]
    over = next((i for i, text in enumerate(first) if _said("over").search(text)), None)
    if over is not None and len(second) < len(first):
        return (*first[:over], *said, *first[over + 1 :]), rows[2:]
    return tuple(first), rows[1:]


def _rows(body: Sequence[Row], roles: tuple[str, ...]) -> Iterator[tuple[Row, tuple[Cell, ...], str]]:
    """Rows in line with the columns, with the title of the group rows above them."""
    group = ""
    for row in body:
        filled = [cell for cell in row.cells if cell.text]
        texts = {cell.text for cell in filled}
        title = _group_title(row, roles, texts)
        if title is not None:
            group = title or group
            continue
        cells = _aligned(row, roles)
        if cells is not None:
            yield row, cells, group


def _group_title(row: Row, roles: tuple[str, ...], texts: set[str]) -> str | None:
    """The title of a group of rows, "" for a row that is none but no work either; None for a row of work."""
    if len(texts) == 1 and len(roles) > 2:
        (text,) = texts
        return re.sub(r"\s", "", text) if _said("cells.group").search(text) or len(text) <= _SHORT else ""
    if len(row.cells) != len(roles) or len(roles) < 4:
        return None
    said = {cell.text for cell, role in zip(row.cells, roles, strict=True) if cell.text and role != "number"}
    numbers = [cell.text for cell, role in zip(row.cells, roles, strict=True) if cell.text and role == "number"]
    if len(said) == 1 and numbers and _said("cells.group_number").fullmatch(numbers[0]):
        return re.sub(r"\s", "", said.pop())
    return None


def _aligned(row: Row, roles: tuple[str, ...]) -> tuple[Cell, ...] | None:
    """A cell for each column: those that a merged cell swallowed are put back as blanks where the rest fits best."""
    missing = len(roles) - len(row.cells)
    if missing <= 0:
        return row.cells[: len(roles)]
    if missing > len(roles) // 2:
        return None
    blank = Cell("", (row.span[0], row.span[0]))
    best: tuple[int, tuple[Cell, ...]] | None = None
    for left_out in combinations(range(len(roles)), missing):
        cells = iter(row.cells)
        placed = tuple(blank if index in left_out else next(cells) for index in range(len(roles)))
        fit = sum(_fits(cell.text, role) for cell, role in zip(placed, roles, strict=True))
        if best is None or fit > best[0]:
            best = fit, placed
    return best[1] if best else None


def _fits(text: str, role: str) -> int:
    """How well a cell's text suits a column, from -2 to 3."""
    if not text or _said("cells.empty").fullmatch(text):
        return -1 if role == "content" else 0
    if role == "number":
        return 3 if _said("cells.number").fullmatch(text) else -2
    if role in _ACTORS:
        pieces = [piece for piece in re.split(r"[、，,；;]", text) if piece]
        bodies = sum(vocabulary.is_name(piece) or vocabulary.is_collective(piece) for piece in pieces)
        return 2 if bodies * 2 > len(pieces) and "。" not in text else -2
    if role == "time":
        return 2 if _said("cells.time").search(text) and len(text) < _SHORT else -2
    if role == "content":
        return 1 + (len(text) > _SHORT)
    return 1 if len(text) <= _SHORT else -1


def _sorted(head: Header, rows: list[tuple[Row, tuple[Cell, ...], str]]) -> TaskTable:
    """The columns of words told apart: those that group rows, the work item, and its measures."""
    roles = head.roles
    merged = _is_joined if head.exact else _is_merged
    words = [index for index, role in enumerate(roles) if role in _WORDS]
    single = [index for index in words if roles[index] == "content" and not merged(rows, index)]
    single = single or [index for index in _goals(roles) if words and merged(rows, words[-1]) and _is_full(rows, index)]
    single = single or words[-1:]
    single = [index for index in single if not _is_repeated(rows, index)] or single
    short = [index for index in single if median(len(cells[index].text) for _, cells, _ in rows) <= _SHORT]
    title = short[0] if short and len(single) > 1 else single[0]
    groups = tuple(index for index in words if index < title and index not in single)
    if head.exact:  # what stands before the work item and is no number, body or time groups the rows as well
        groups = tuple(i for i in range(title) if i in groups or (roles[i] == "other" and merged(rows, i)))
    measures = tuple(index for index in (*words, *_goals(roles)) if index not in (*groups, title))
    actors = () if head.exact else tuple(i for i, role in enumerate(roles) if role in _ACTORS)
    whole = _numbered_items(roles, groups, rows)
    filled = _carried(rows, groups, actors)
    made = []
    for index, (row, cells, group) in enumerate(filled):
        own, above = (groups[-1], groups[:-1]) if index in whole else (title, groups)
        below = (title, *measures) if index in whole else measures
        made.append(TaskRow(row, cells, _groups(group, cells, above), own, below))
    return TaskTable(roles, head.headings, tuple(row for row in made if row.cells[row.title].text))


def _numbered_items(
    roles: tuple[str, ...], groups: tuple[int, ...], rows: list[tuple[Row, tuple[Cell, ...], str]]
) -> frozenset[int]:
    """The rows whose numbered group cell is the work item itself: where the numbers count such cells, which stand over
    several rows elsewhere, and it has but this one."""
    number = next((index for index, role in enumerate(roles) if role == "number"), None)
    if number is None or not groups or roles[groups[-1]] != "content":
        return frozenset()
    begins = [bool(cells[number].text and cells[groups[-1]].text) for _, cells, _ in rows]
    if all(begins):
        return frozenset()
    return frozenset(index for index, begun in enumerate(begins) if begun and all(begins[index + 1 : index + 2]))


def _is_joined(rows: list[tuple[Row, tuple[Cell, ...], str]], index: int) -> bool:
    """Whether a column of true cells has one over several rows."""
    return any(cells[index].merged for _, cells, _ in rows)


def _is_full(rows: list[tuple[Row, tuple[Cell, ...], str]], index: int) -> bool:
    """Whether every row says something of its own in a column."""
    texts = [cells[index].text for _, cells, _ in rows]
    return all(texts) and len(set(texts)) == len(texts)


def _is_repeated(rows: list[tuple[Row, tuple[Cell, ...], str]], index: int) -> bool:
    """Whether a column says the same again in the next row, as files do that have no merged cells."""
    texts = [cells[index].text for _, cells, _ in rows]
    return any(a and a == b for a, b in pairwise(texts))


def _goals(roles: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(index for index, role in enumerate(roles) if role == "goal")


def _is_merged(rows: list[tuple[Row, tuple[Cell, ...], str]], index: int) -> bool:
    """Whether a column has cells over several rows: blanks below a text, or the same text again."""
    texts = [cells[index].text for _, cells, _ in rows]
    return _is_repeated(rows, index) or (bool(texts[0]) and not all(texts))


def _carried(
    rows: list[tuple[Row, tuple[Cell, ...], str]], groups: tuple[int, ...], actors: tuple[int, ...]
) -> Iterator[tuple[Row, tuple[Cell, ...], str]]:
    """Rows with the blank cells of merged columns filled from above; bodies only where a row names none at all."""
    above: tuple[Cell, ...] | None = None
    for row, cells, group in rows:
        filled = list(cells)
        for index in groups:
            if above and not filled[index].text:
                filled[index] = above[index]
        if above and actors and not any(filled[index].text for index in actors):
            for index in actors:
                filled[index] = above[index]
        for index in actors:
            if above and _said("cells.same").fullmatch(filled[index].text):
                filled[index] = above[index]
        above = tuple(filled)
        yield row, above, group


def _groups(group: str, cells: tuple[Cell, ...], groups: tuple[int, ...]) -> tuple[str, ...]:
    named = [re.sub(r"\s", "", cells[index].text) for index in groups if cells[index].text]
    return tuple(dict.fromkeys(([group] if group else []) + named))
