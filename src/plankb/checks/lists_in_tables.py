"""Lists of amounts in the text (甲县90公里、乙县110公里; 2026年5万亩、2027年6万亩) beside the row or column of a table
that says the same in all but one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plankb import rules
from plankb.checks.amounts import counted, number, scale
from plankb.checks.registry import Draft, Remark
from plankb.document import Table
from plankb.model import Span

_FEW, _ALIKE, _TELLING, _EXACT = 3, 2, 10, 1e-6
"""Members of a list that is compared; of these that must be alike; from which size on a number is alike by no chance
where a table does not say its unit; how far equal numbers lie apart, as a share."""
_LABEL, _CAPTION = 2, 60
"""Characters of a label that names one thing; of the lines above a table that hold its caption."""
_STOPS = re.compile(r"[，。；：、（）()\n]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_HEAD_UNIT = re.compile(r"[（(](?P<unit>[^（）()]{1,6})[）)]\s*$")


@dataclass(frozen=True, slots=True)
class _Amount:
    """One amount of a list in the text: the words before it, its value and unit, and where it stands."""

    words: str
    value: float
    unit: str
    printed: str
    span: Span


_Cells = Mapping[str, tuple[float, str, str]]
"""Label to value, unit ("" where it is not said) and the cell as printed: a row or a column."""


def remarks(draft: Draft) -> Iterator[Remark]:
    """Each list against each row and column; nothing where one of them fits the whole list."""
    series = [(table, cells) for table in draft.tables for cells in _series(draft.text, table)]
    if not series:
        return
    for span in draft.full_sentences:
        for listed in _lists(draft.text, span):
            pairs = [(table, _paired(listed, cells)) for table, cells in series]
            apart = [(table, _apart(pair)) for table, pair in pairs if len(pair) >= _FEW]
            if any(found == [] for _, found in apart):
                continue
            near = [(table, found[0]) for table, found in apart if found and len(found) == 1]
            if near:
                table, (amount, label, cell) = near[0]
                details: dict[str, object] = {"key": label, "text": amount.printed, "table": cell}
                details["table_name"] = _caption(draft.text, table)
                yield Remark(amount.span, "E330", details)


def _lists(text: str, span: Span) -> Iterator[Sequence[_Amount]]:
    """Amounts of one kind in a row, each with words of its own before it and a stop between them."""
    run: list[_Amount] = []
    for match in rules.pattern("checks", "sums.quantity").finditer(text, *span):
        start = max((stop.end() for stop in _STOPS.finditer(text, span[0], match.start())), default=span[0])
        words = text[start : match.start()]
        amount = _Amount(words, number(match["value"]), match["unit"], match.group(), (start, match.end()))
        if run and counted(run[-1].unit) != counted(amount.unit):
            yield from [run] if len(run) >= _FEW else []
            run = []
        run.append(amount)
    yield from [run] if len(run) >= _FEW else []


def _series(text: str, table: Table) -> Iterator[_Cells]:
    """The columns of a table by the labels of its rows, and its rows by the heads of its columns."""
    width = len(table.rows[0].cells)
    grid = [[cell.text.strip() for cell in row.cells] for row in table.rows if len(row.cells) == width]
    named = next((at for at in range(width) if not _numbers_of_rows(grid, at)), 0)
    heads = grid[0]
    units = [_unit(head) for head in heads]
    stated = rules.one("rows", "unit_stated").search(text[max(0, table.span[0] - _CAPTION) : table.span[0]])
    whole = stated["unit"] if stated else ""
    for at in range(named + 1, width):
        if not rules.one("checks", "sums.not_added").search(heads[at]):
            yield _numbers((row[named], row[at], units[at] or whole) for row in grid[1:])
    for row in grid[1:]:
        yield _numbers((heads[at], row[at], units[at] or whole) for at in range(named + 1, width))


def _numbers_of_rows(grid: Sequence[Sequence[str]], at: int) -> bool:
    return grid[0][at] in ("序号", "编号")


def _unit(head: str) -> str:
    found = _HEAD_UNIT.search(head)
    return found["unit"] if found else ""


def _numbers(cells: Iterator[tuple[str, str, str]]) -> _Cells:
    found: dict[str, tuple[float, str, str]] = {}
    for label, printed, unit in cells:
        name = _HEAD_UNIT.sub("", label)
        if len(name) >= _LABEL and _NUMBER.fullmatch(printed):
            found[name] = number(printed), unit, printed + unit
    return found


_Pair = tuple[_Amount, str, tuple[float, str, str]]


def _paired(listed: Sequence[_Amount], cells: _Cells) -> list[_Pair]:
    """The amounts whose words name a label, with its cell; [] where the units differ or a label is named twice."""
    pairs: list[_Pair] = []
    for amount in listed:
        labels = [label for label in cells if label in amount.words]
        label = max(labels, key=len, default="")
        if label and (not cells[label][1] or counted(cells[label][1]) == counted(amount.unit)):
            pairs.append((amount, label, cells[label]))
    return pairs if len({label for _, label, _ in pairs}) == len(pairs) else []


def _apart(pairs: Sequence[_Pair]) -> list[tuple[_Amount, str, str]] | None:
    """The pairs that differ; None where too few are alike to tell that list and cells say the same."""
    apart, telling = [], 0
    for amount, label, (value, unit, printed) in pairs:
        size = amount.value * (scale(amount.unit) / scale(unit) if unit else 1)
        if abs(size - value) > _EXACT * max(size, value):
            apart.append((amount, label, printed))
        elif unit or amount.value >= _TELLING or amount.value % 1:
            telling += 1
    return apart if telling >= _ALIKE and telling >= len(pairs) - 1 else None


def _caption(text: str, table: Table) -> str:
    """The nearest line above a table that is more than its unit; "" where that is a sentence."""
    lines = text[max(0, table.span[0] - _CAPTION) : table.span[0]].strip("\n").split("\n")
    named = [bare for line in lines if (bare := rules.one("rows", "unit_stated").sub(line).strip("（）() 　"))]
    return named[-1] if named and not named[-1].endswith("。") else ""
