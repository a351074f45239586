"""An amount of the text that no cell of the row of its name holds: 建成绿道50公里, and a row 建设绿道 of 10, 20, 45.

Only under the whole name of the row, right before the number, in the unit of the row, and of a year that the table has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plankb import rules
from plankb.checks.amounts import number
from plankb.checks.registry import Draft, Remark
from plankb.document import Table
from plankb.model import Span

_NAME, _NEAR, _ABOUT = 4, 1e-6, 0.1
"""Characters of the name of a row; how far, as a share, a figure may lie from a cell, and one that is said to be
about so much or at least so much."""
_SIZE = 30.0
"""How many times a figure may be the greatest cell of its row, or the least it, and still be of the same thing."""
_CAPTION = 60
"""Characters above a table in which the unit of all of it stands."""
_BRACKET = re.compile(r"[（(](?P<unit>[^（）()]{1,8})[）)]$")
_NUMBER = re.compile(
    r"[≥≤>＞<＜约]?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%％]|[\u4e00-\u9fff]{0,5}?)(?:以上|左右|以内|以下)?"
)
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row names, its unit and figures, the years of its table, how its figures and its name are printed."""

    name: str
    unit: str
    values: tuple[float, ...]
    years: frozenset[str]
    printed: str
    cell: str


def remarks(draft: Draft) -> Iterator[Remark]:
    """Each row against every sentence outside the tables; nothing where several amounts stand under its name."""
    for table in draft.tables:
        for row in _rows(draft.text, table):
            spans = [span for span in draft.full_sentences if draft.text.find(row.name, *span) >= 0]
            found = [one for span in spans for one in _mentions(draft.text, span, row)]
            apart = [one for one in found if not _in(one, row)]
            if len(apart) == 1 and len(found) <= 2:
                match = apart[0]
                details: dict[str, object] = {"name": row.name, "table": row.printed, "text": match["said"]}
                yield Remark(match.span(), "E361", details)


def _rows(text: str, table: Table) -> Iterator[_Row]:
    head, width = [each.strip() for each in table.rows[0].texts], len(table.rows[0].cells)
    named = next((at for at in range(width) if _is_name_column(head[at])), -1)
    units = next((at for at in range(width) if head[at] in ("单位", "计量单位")), -1)
    stated = rules.one("rows", "unit_stated").search(text[max(0, table.span[0] - _CAPTION) : table.span[0]])
    if named < 0 or any(_YEAR.search(row.texts[named]) for row in table.rows if len(row.cells) > named):
        return
    names = [row.texts[named].strip() for row in table.rows[1:] if len(row.cells) == width]
    for row in table.rows[1:]:
        cells = [each.strip() for each in row.texts]
        if len(cells) != width or names.count(cells[named]) > 1:
            continue
        own = _BRACKET.search(cells[named])
        unit = own["unit"] if own else cells[units] if units >= 0 else stated["unit"] if stated else ""
        name = _BRACKET.sub("", cells[named]).strip()
        for verbs in ("doing", "verb_of_row"):
            name = rules.one("rows", verbs).sub(name)
        found = [
            match
            for at in range(named + 1, width)
            if at != units and (match := _NUMBER.fullmatch(cells[at])) and (not match["unit"] or match["unit"] == unit)
        ]
        years = frozenset(year for each in head for year in _YEAR.findall(each))
        if unit and found and len(name) >= _NAME and not rules.one("rows", "no_row_name").search(name):
            values = tuple(number(match["number"]) for match in found)
            yield _Row(name, unit, values, years, "、".join(match["number"] for match in found) + unit, cells[named])


def _is_name_column(head: str) -> bool:
    forms = (rules.one("rows", "name"), rules.one("checks", "counted.indicator_column"))
    return any(form.regex.fullmatch(head) for form in forms)


def _mentions(text: str, span: Span, row: _Row) -> Iterator[re.Match[str]]:
    """Where a sentence says the name of a row and an amount in its unit behind it, all by itself."""
    lead, between = (rules.one("rows", part).expression for part in ("before_name", "before_figure"))
    said = rf"(?P<said>(?P<number>\d[\d,]*(?:\.\d+)?){re.escape(row.unit)})(?P<after>[^，。；]{{0,3}})"
    start_of = r"(?:^|(?<=[，；：、。\n的]))"
    form = rf"{start_of}(?P<lead>(?:{lead}){{0,4}}){re.escape(row.name)}(?P<verb>(?:{between}){{0,3}}){said}"
    for match in re.compile(form).finditer(text, *span):
        start = max(text.rfind(stop, span[0], match.start()) for stop in "。；") + 1
        clause = text[max(start, span[0]) : match.end()]
        years = set(_YEAR.findall(clause))
        flow = rules.one("rows", "flow")
        if flow.search(match["lead"]) and not flow.search(row.cell):
            continue  # 新建110个 beside the stock of a row
        part = rules.one("rows", "of_a_part").search(clause) or rules.one("rows", "of_a_part").search(match["after"])
        if not part and (not years or years <= row.years):
            yield match


def _in(match: re.Match[str], row: _Row) -> bool:
    """Whether a figure is one of a row, a part of one, or so far from all that it measures another thing."""
    said = number(match["number"])
    loose = re.search("约|近|超|左右|余|多|以[上下内]", match["verb"] + match["after"])
    slack = _ABOUT if loose else _NEAR
    top, least = max(row.values), min(row.values)
    far = said > _SIZE * top or (least and said * _SIZE < least)
    ends = [sum(row.values[:last]) for last in range(len(row.values) + 1)]
    sums = [end - start for start in ends for end in ends if end > start]
    return bool(far) or any(abs(said - value) <= slack * max(said, value) for value in (*row.values, *sums))
