"""A figure in a row of a table whose digits the text says too, of the same thing, ten or ten thousand times greater.

投资（万元） 6500 in a box, 投资6.5亿元 in the text: a unit or a nought is wrong in one of the two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plankb import quantities, rules
from plankb.checks.asked import share_said
from plankb.checks.wording import make
from plankb.document import Row, text_rows
from plankb.model import Conflict, Plan, Span, Target, Words

_SENTENCE = re.compile(r"[^。；\n\t]+")
_BRACKET = re.compile(r"[（(]([^（）()]{1,16})[）)]$")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SAID, _NAME, _DIGITS, _LINES, _LEAST = 0.75, 3, 2, 2, 2
"""Share of a row's name that a sentence must say; characters of a name; digits that figures hardly share by chance;
lines before a table that lead it in; rows of a table in which there is nothing to add up."""
_TENS = (10.0, 100.0, 1000.0, 1e4, 1e5, 1e8)


@dataclass(frozen=True, slots=True)
class _Figure:
    """An amount: its value in canonical units, as it is printed, where it stands, and the words around it."""

    value: float
    unit: str
    printed: str
    span: Span
    words: str
    lead: Span = (0, 0)
    """The lines right before the table of a sum, which say what it is the sum of."""


def wrong_magnitudes(plans: Mapping[str, Plan], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each row whose figure the text of its plan says in another order of magnitude alone."""
    for plan, text in texts.items():
        if plan in plans and "\t" in text:
            rows = [*_in_rows(text), *_of_columns(text)]
            said = _by_digits(text) if rows else {}
            for row in rows:
                yield from _beside(plan, text, row, said.get((_digits(row.value), row.unit), ()))
            yield from _other_units(plan, text, rows, said)


def _beside(plan: str, text: str, row: _Figure, said: Sequence[_Figure]) -> Iterator[Conflict]:
    same = [one for one in said if _led_in(row, one) or _named_in(row.words, one)]
    if not same or any(_close(one.value, row.value) for one in same):
        return
    one = same[0]
    ratio = max(one.value, row.value) / min(one.value, row.value)
    alike = _NUMBER.match(one.printed), _NUMBER.match(row.printed)
    one_number = all(alike) and alike[0] and alike[1] and alike[0].group() == alike[1].group()
    if any(_close(ratio, ten) for ten in _TENS) and (len(_digits(row.value)) >= _DIGITS or one_number):
        facts = [_as_target(plan, text, one), _as_target(plan, text, row)]
        why = Words.of("errors.E397", name=row.words, table=row.printed, text=one.printed)
        yield make("internal", "warning", row.words, facts, why)


def _other_units(
    plan: str, text: str, rows: Sequence[_Figure], said: Mapping[tuple[str, str], Sequence[_Figure]]
) -> Iterator[Conflict]:
    """A figure of a row that the text says with the same digits in a unit of another kind: 30万立方米 and 30万吨."""
    by_number: dict[str, list[_Figure]] = defaultdict(list)
    for one in (figure for figures in said.values() for figure in figures):
        if found := _NUMBER.match(one.printed):
            by_number[found.group()].append(one)
    for row in rows:
        number = _NUMBER.match(row.printed)
        same = [
            one
            for one in by_number.get(number.group() if number else "", ())
            if len(row.words) > _NAME and share_said(row.words, one.words) >= _SAID
        ]
        kinds = {_kind(one) for one in same}
        if same and "" not in kinds | {_kind(row)} and _kind(row) not in kinds and not _PAIRS & {*kinds, _kind(row)}:
            facts = [_as_target(plan, text, same[0]), _as_target(plan, text, row)]
            why = Words.of("errors.E333", name=row.words, table=row.printed, text=same[0].printed)
            yield make("internal", "warning", row.words, facts, why)


def _kind(one: _Figure) -> str:
    """The dimension of a figure's unit; "" for counts, which have none."""
    unit = _NUMBER.sub("", one.printed, count=1)
    dimension = quantities.dimension(unit)
    return "" if dimension in ("", "count") else dimension


_PAIRS = frozenset({"share", "points", "money"})
"""Dimensions whose figures often stand beside others of one thing: its share, its cost."""


def _named_in(name: str, one: _Figure) -> bool:
    """Whether a sentence says most of a name, or a short one right before its figure: 计划投资12亿元."""
    if len(name) < _NAME:
        return f"{name}{one.printed}" in one.words
    return share_said(name.rstrip("额量数"), one.words) >= _SAID


def _led_in(row: _Figure, one: _Figure) -> bool:
    """Whether a sentence stands right before the table of a sum."""
    return row.lead[0] <= one.span[0] and one.span[1] <= row.lead[1]


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(one, other)


def _digits(value: float) -> str:
    """The digits of a number that are no noughts at its ends."""
    return f"{value:.9e}".partition("e")[0].replace(".", "").rstrip("0")


def _by_digits(text: str) -> Mapping[tuple[str, str], list[_Figure]]:
    """The figures of the running text by their digits and unit."""
    found: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    for sentence in _SENTENCE.finditer(text):
        if text[sentence.end() : sentence.end() + 1] == "\t" or text[sentence.start() - 1 : sentence.start()] == "\t":
            continue
        for quantity in quantities.find(sentence.group()):
            if quantity.unit and quantity.value and quantity.value_max is None and not quantity.unknown:
                normal = quantities.normal(float(quantity.value), quantity.unit)
                at = sentence.start()
                span = (at + quantity.span[0], at + quantity.span[1])
                one = _Figure(float(normal.value), normal.unit, text[slice(*span)], sentence.span(), sentence.group())
                found[_digits(one.value), one.unit].append(one)
    return found


def _in_rows(text: str) -> Iterator[_Figure]:
    """The figures of rows that have a name, with the unit that the cell, its heading or the row's name gives."""
    for head, row in text_rows.headed(text, lambda cells: None if any(map(_NUMBER.fullmatch, cells)) else cells):
        yield from _of_row(head, row.texts, row.span)


def _of_columns(text: str) -> Iterator[_Figure]:
    """What the rows of a column come to, by the name that heads it: 奶牛存栏（头） over 12 and 18."""
    for table in text_rows.rows(text, one_width=True):
        if len(table) > _LEAST:
            yield from _sums(table, _lead(text, table[0].span[0]))


def _lead(text: str, start: int) -> Span:
    """The last lines before a table, a caption among them, up to a heading's worth."""
    at = start
    for _ in range(_LINES):
        at = text.rfind("\n", 0, max(0, at - 1)) + 1
    return at, start


def _sums(table: Sequence[Row], lead: Span) -> Iterator[_Figure]:
    head, *below = table
    parts = [row.texts for row in below if not rules.one("checks", "sums.closing_row").search(row.texts[0])]
    for column, title in enumerate(head.texts):
        given, name = unit_in_brackets(title), rules.one("asked", "tail").sub(_BRACKET.sub("", title))
        values = [cells[column] for cells in parts]
        if given and name and len(values) > 1 and all(map(_NUMBER.fullmatch, values)):
            added = sum(float(value.replace(",", "")) for value in values)
            normal = quantities.normal(added, given)
            yield _Figure(float(normal.value), normal.unit, f"{added:g}{given}", head.span, name, lead)


def _of_row(head: Sequence[str], cells: Sequence[str], span: Span) -> Iterator[_Figure]:
    first = next((cell for cell in cells if len(cell) >= _NAME and not re.match(r"\d", cell)), "")
    bracket = _BRACKET.search(first)
    name = first[: bracket.start()] if bracket else first
    for title, cell in zip(head, cells, strict=True):
        timed = rules.one("rows", "of_a_time").search(title) and not rules.one("rows", "of_all_years").search(first)
        if not name or cell == first or not _NUMBER.fullmatch(cell) or timed:
            continue
        given = next((unit for words in (title, first) if (unit := unit_in_brackets(words))), "")
        if given:
            normal = quantities.normal(float(cell.replace(",", "")), given)
            yield _Figure(float(normal.value), normal.unit, cell + given, span, name)


def unit_in_brackets(words: str) -> str:
    """The unit in the bracket that closes a heading or a name; "" without."""
    found = _BRACKET.search(words)
    unit = re.split("[，,：:]", found[1])[-1] if found else ""
    return unit if unit and re.fullmatch(quantities.unit_pattern(), unit) else ""


def _as_target(plan: str, text: str, one: _Figure) -> Target:
    words = text[slice(*one.span)]
    return Target(
        id=f"{plan}-figure{one.span[0]}-{one.printed}", plan=plan, section=(), quote=words, span=one.span,
        indicator=one.words[:40], indicator_id=one.words[:40],
    )  # fmt: skip
