"""Targets of tables: indicator tables (a value for each target year) and the prose cells of task tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from plankb import quantities, rules, times
from plankb.document import Cell, Place, Row, Table
from plankb.extractors.table_layout import Column, Layout, continued, is_empty, kind, layout
from plankb.extractors.targets import coordination
from plankb.extractors.targets.reader import Recorder
from plankb.model import Baseline, Change, Nature, Target
from plankb.quantities import Quantity

_NOTE_DISTANCE = 200
_NUMBER = re.compile(
    r"(?P<before>≥|≤|>=|<=|＞|＜|>|<|⩾|⩽|约|不低于|不少于|不高于|不超过|小于|大于|低于|高于|超过)?\s*(?P<a>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s*(?P<u1>%|％)?\s*(?:-|—|–|－|~|～|至){1,2}\s*(?P<b>\d[\d,]*(?:\.\d+)?))?\s*(?P<unit>[^\d\s（()）\[\]]*?)?(?P<after>以上|以下|以内|左右|及以上)?"
)
_SECOND = re.compile(r"[（(]\s*(?:≥|≤|>|<|＞|＜)?\s*(\d[\d,]*(?:\.\d+)?)\s*[）)]")
_NAME_UNIT = re.compile(r"[（(]([^（）()]{1,12})[）)]$")


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a cell, its unit "" when the cell has none, and how it binds."""

    quantity: Quantity
    change: Change | None


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rules.load("tables")["notes"]["second"])


@cache
def _unbinding() -> re.Pattern[str]:
    return re.compile(rules.load("tables")["cells"]["unbinding"])


class IndicatorTable:
    """Reads indicator tables that stand at one place."""

    def __init__(self, text: str, place: Place, recorder: Recorder, since: int | None) -> None:
        self._text = text
        self._place = place
        self._recorder = recorder
        self._since = since

    def read(self, table: Table, found: Layout) -> Iterator[Target]:
        """The targets of a table whose layout is that of indicators; none when it is about what has been."""
        name_at = found.first("name")
        goals = [index for index in found.all("goal") if self._is_goal(found.columns[index], found)]
        if name_at is None or not goals or self._looks_back(found, goals):
            return
        bases = [i for i in (*found.all("base"), *found.all("goal")) if i not in goals]
        label = self._second_label(table)
        for row in found.rows:
            name = row.cells[name_at]
            if not name.text or is_empty().fullmatch(name.text):
                continue
            for index in goals:
                by = self._by(found.columns[index], table)
                yield from self._cell(row, name, index, by, found, bases, label)

    def _is_goal(self, column: Column, found: Layout) -> bool:
        """Whether a column of values lies ahead: a year before the plan's own is a base."""
        if column.time is None:
            return True
        year = column.time.last or 0
        if column.time.past or column.time.base or (self._since is not None and year < self._since):
            return False
        years = [c.time.last for c in found.columns if c.role in ("base", "goal") and c.time and c.time.last]
        marked = any(c.role == "base" for c in found.columns) or bool(re.search("目标|计划|预期", column.heading))
        return bool(self._since is not None or marked or len(years) < 2 or year != min(y for y in years if y))

    def _looks_back(self, found: Layout, goals: list[int]) -> bool:
        """Whether the table settles a plan that is over: it has what was reached for the target year itself."""
        ends = {found.columns[index].time.last for index in goals if found.columns[index].time}  # type: ignore[union-attr]
        return any(
            column.role == "base" and column.time is not None and column.time.last in ends for column in found.columns
        )

    def _by(self, column: Column, table: Table) -> str | None:
        if column.time is not None:
            return str(column.time.last)
        named = [time for time in times.find(table.caption) if time.last and not time.base]
        plan = re.search(r"十([一二三四五六七])五", table.caption)
        if named:
            return str(named[-1].last)
        return str(1955 + 5 * (10 + "零一二三四五六七".index(plan[1]))) if plan else None

    def _second_label(self, table: Table) -> str | None:
        """What a value in brackets stands for, from the note below the table."""
        end = table.span[1]
        match = _note().search(self._text[end : end + _NOTE_DISTANCE])
        return match["label"] if match else None

    def _cell(
        self, row: Row, name: Cell, index: int, by: str | None, found: Layout, bases: list[int], label: str | None
    ) -> Iterator[Target]:
        cell, time = row.cells[index], found.columns[index].time
        if not cell.text or is_empty().fullmatch(cell.text) or _unbinding().match(cell.text):
            return
        span = (name.span[0], cell.span[1])
        phrase, unit = self._name(name.text, self._unit(row, found))
        nature = self._nature(row, found)
        main, second = _values(cell.text, unit)
        for part in split_names(phrase):
            if main is None:
                yield self._recorder.words(part, cell.text, self._place, span, time, nature=nature, by=by)
                continue
            base = self._baseline(row, bases, found)
            change = main.change or _named_change(part)
            pairs = [(part, main.quantity, base), *([(label + part, second, None)] if second and label else [])]
            for title, quantity, baseline in pairs:
                yield self._recorder.number(
                    title, quantity, self._place, span, time, op=quantity.op, change=change, baseline=baseline,
                    nature=nature, by=by,
                )  # fmt: skip

    def _unit(self, row: Row, found: Layout) -> str:
        at = found.first("unit")
        unit = re.sub(r"\s", "", row.cells[at].text) if at is not None else ""
        return "" if is_empty().fullmatch(unit) or unit == "无量纲" else unit

    def _name(self, name: str, unit: str) -> tuple[str, str]:
        """The indicator's phrase and unit; a unit in brackets after the name is its unit."""
        phrase = re.sub(r"\s", "", name)
        phrase = re.sub(r"^(?:\d{1,2}[.、．]|其中[：:]?|[*#])", "", phrase)
        phrase = re.sub(r"[*]+$", "", phrase)
        match = _NAME_UNIT.search(phrase)
        if match and not unit and re.fullmatch(rf"{quantities.unit_pattern()}|%|‰", match[1]):
            return phrase[: match.start()], match[1]
        return phrase, unit

    def _nature(self, row: Row, found: Layout) -> Nature | None:
        at = found.first("nature")
        text = row.cells[at].text if at is not None else ""
        words = rules.load("tables")["nature"]
        if re.search(words["binding"], text):
            return "binding"
        return "expected" if re.search(words["expected"], text) else None

    def _baseline(self, row: Row, bases: list[int], found: Layout) -> Baseline | None:
        for index in sorted(bases, reverse=True):
            main, _ = _values(row.cells[index].text, "")
            if main is not None:
                time = found.columns[index].time
                return Baseline(value=main.quantity.value, year=str(time.last) if time and time.last else None)
        return None


def _named_change(phrase: str) -> Change | None:
    """An indicator that is itself a change: 单位生产总值能耗降低."""
    if re.search(r"(?:降低|下降|减少|削减)$", phrase):
        return "decrease"
    return "increase" if re.search(r"(?:年均增长|增长|增幅|增速)$", phrase) else None


def _values(text: str, unit: str) -> tuple[Value | None, Quantity | None]:
    """The number of a cell and a second one in brackets; None for words."""
    squeezed = re.sub(r"\s", "", text)
    inner = re.fullmatch(r"[\[［【〔（(](.+)[\]］】〕）)]", squeezed)
    squeezed = inner[1] if inner else squeezed
    second = _SECOND.search(squeezed)
    plain = squeezed[: second.start()] + squeezed[second.end() :] if second and second.start() else squeezed
    plain = re.sub(r"[（(][^（）()]*[）)]$", "", plain)
    match = re.search(r"[\d０-９]", plain)
    if not match or len(re.sub(r"[\d.,\-—~～至≥≤><＞＜%％]", "", plain)) > 12:
        return None, None
    found = quantities.find(plain)
    quantity = found[0] if found else _bare(plain, unit)
    if quantity is None:
        return None, None
    if unit and (quantity.unit == "" or (quantity.unit in "%％" and unit in "%％")):
        quantity = _with_unit(quantity, unit)
    words = plain[: quantity.span[0]]
    change: Change | None = (
        "decrease" if re.search(r"(?:降低|下降|减少|削减|压减)$", words)
        else "increase" if re.search(r"(?:提高|增长|增加|提升)$", words) else None
    )  # fmt: skip
    other = None
    if second and second.start():
        other = Quantity(second.group(), (0, 0), (0, 0), float(second[1].replace(",", "")), quantity.unit, quantity.op)
        other = _whole(other)
    return Value(quantity, change), other


def _bare(plain: str, unit: str) -> Quantity | None:
    """A number without a unit of its own: it has that of its row."""
    match = re.search(r"\d", plain)
    if not match:
        return None
    found = quantities.find(re.sub(r"(\d)(?=[^\d.,]*$)", rf"\1{'个'}", plain, count=1))
    return _with_unit(found[0], unit) if found else None


def _with_unit(quantity: Quantity, unit: str) -> Quantity:
    return Quantity(
        quantity.text, quantity.span, quantity.core, quantity.value, unit, quantity.op, quantity.value_max
    )  # fmt: skip


def _whole(quantity: Quantity) -> Quantity:
    value = int(quantity.value) if quantity.value == int(quantity.value) else quantity.value
    return Quantity(quantity.text, quantity.span, quantity.core, value, quantity.unit, quantity.op)


def split_names(phrase: str) -> list[str]:
    """The indicators of a name cell: two in one row (A减少B减少), and lists of what is measured apart."""
    twice = re.fullmatch(r"(.+?(?P<tail>减少|降低|下降|减排量|排放量|削减量))(.+(?P=tail))", phrase)
    pieces = [twice[1], twice[3]] if twice else [phrase]
    tail = twice["tail"] if twice else ""
    names: list[str] = []
    for piece in pieces:
        members = coordination.members(piece) if tail else coordination.split_apart(piece, share=True)
        names += [m if not tail or m.endswith(tail) else m + tail for m in members]
    return names


def of_table(table: Table, before: Layout | None = None) -> tuple[str, Layout] | None:
    """(kind, layout) of a table; None when it is none of targets or tasks. One without headings goes on from the table
    `before` it."""
    found = layout(table) or (continued(table, before) if before else None)
    if found is None:
        return None
    named = kind(found)
    return (named, found) if named != "other" else None
