"""Tables of what a plan allots to the places inside its own: do they come to its total, and do the plans of these
places set as much, or of a cap no more?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from plankb import indicators, quantities, rules
from plankb.checks import levels, located
from plankb.checks.asked import share_said
from plankb.checks.compare import Placed, above
from plankb.checks.levels import Level
from plankb.checks.rows_of_magnitude import unit_in_brackets
from plankb.checks.wording import of_targets
from plankb.document import Row, text_rows
from plankb.in_force import comparable
from plankb.model import Conflict, Plan, Span, Target
from plankb.register import Place, places

_FEW, _EXACT, _CAPTION, _CAPTIONED = 3, 1e-6, 60, 0.8
"""Rows of places that are a table of what is allotted; characters before a table in which its caption says the unit;
share of a total's name that the caption then says."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_AREA = re.compile(r"[\u4e00-\u9fff]{1,10}(?:[区市县旗镇乡州盟]|街道|农场|林场|管委会)")
"""An area that no register holds, in a column of areas."""
_SIGNS = re.compile(r"[（(][^（）()]*[）)]|[\s“”]")
_CAPS = ("<=", "<")
_SHOWN = 300
"""Characters of a table that is quoted whole."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of amounts for places: name and unit, the amounts as they are printed, and where the rows stand."""

    name: str
    unit: str
    amounts: Mapping[Place, tuple[str, Span]]
    rest: float
    """What the rows for all other places hold, in that unit."""
    whole: bool
    """Whether the table says that it is all: by a row of its sum, or one for all other places."""
    head: Span
    table: Span
    """Its head and its rows; the head alone where there are many."""


def unlike_allotments(
    plans: Mapping[str, Plan], known: Iterable[Placed], texts: Mapping[str, str], found: Iterable[Conflict]
) -> Iterator[Conflict]:
    """One conflict for each column that does not come to the plan's own total, and for each place whose plan sets less
    than it is allotted; targets that `found` conflicts hold to be too low already are left out."""
    by_home: dict[tuple[Place, str], list[Placed]] = defaultdict(list)
    for one in known:
        if one.home and one.place == one.home and one.level and not levels.relative(one.level) and not one.yearly:
            by_home[one.home, one.level.unit].append(one)
    told = {getattr(fact, "id", "") for conflict in found if conflict.type == "looser" for fact in conflict.facts}
    for plan, text in texts.items():
        jurisdiction = plans[plan].jurisdiction if plan in plans else None
        if jurisdiction is None or "\t" not in text:
            continue
        home = located.of(jurisdiction)
        for column in _columns(text, home):
            unit = quantities.normal(1.0, column.unit).unit
            total = _total(column, [one for one in by_home[home, unit] if one.plan.id == plan], text)
            if total:
                yield from _wrong_sum(column, total, text)
            for place, (printed, span) in column.amounts.items() if total or len(_plain(column.name)) > _FEW else ():
                total = total or _unsaid(column, plans[plan], home)
                allotted = _placed(column, total, place, printed, span, text)
                for one in by_home[place, unit]:
                    if one.target.id not in told and _is_weaker(allotted, one):
                        yield of_targets("looser", "warning", (allotted, one), "E463")


def _total(column: _Column, own: Sequence[Placed], text: str) -> Placed | None:
    """The one total of the plan, due at its end, that says all that a column's name does (危桥改造, 改造农村危桥), or
    is what the caption of the table says that it allots: “农村危桥改造任务分解”."""
    name = _plain(column.name)
    start = text.rfind("\n", 0, max(0, column.head[0] - 1)) + 1
    caption = text[start : column.head[0]] if column.head[0] - start < _CAPTION else ""
    found = [
        one
        for one in own
        if one.target.source == "prose"
        and len(name) > 1
        and (set(name) <= set(one.target.indicator) or share_said(_thing(one), caption) >= _CAPTIONED)
        and one.plan.period
        and one.due == one.plan.period[-4:]
    ]
    return found[0] if len({one.target.indicator for one in found}) == 1 else None


def _thing(one: Placed) -> str:
    """What a total is of, without all that stands before it and the verb of building."""
    bare = _plain(rules.one("asked", "lead").sub(one.target.indicator))
    return rules.pattern("propositions", "builds").sub("", rules.one("comparing", "of_all_years").sub(bare)) or bare


def _unsaid(column: _Column, plan: Plan, home: Place) -> Placed:
    """The total of a column that the plan says nowhere else."""
    indicator = indicators.canonical(_plain(column.name))
    target = Target(
        id=f"{plan.id}-of{column.head[0]}", plan=plan.id, section=(), quote=column.name, span=column.head,
        indicator=_plain(column.name), indicator_id=indicator.id,
    )  # fmt: skip
    return Placed(target, plan, home, None, "", indicator.id, home)


def _wrong_sum(column: _Column, total: Placed, text: str) -> Iterator[Conflict]:
    """More than the total is wrong; less is where every place inside has its row, or the table says its sum."""
    parts = [_placed(column, total, place, printed, span, text) for place, (printed, span) in column.amounts.items()]
    added = sum(part.level.value for part in parts if part.level)
    added += float(quantities.normal(column.rest, column.unit).value)
    level = total.level.value if total.level else 0.0
    whole = column.whole or len(parts) >= _inside(total.home)
    apart = abs(added - level) > _EXACT * max(added, level)
    op = total.level.op if total.level else ""
    if apart and ((op == "=" and (whole or added > level)) or (op in _CAPS and added > level)):
        listed = Target(
            id=f"{total.plan.id}-column{column.head[0]}-{column.name}", plan=total.plan.id, section=(),
            quote=text[slice(*column.table)], span=column.table, indicator=column.name, indicator_id=column.name,
            qualitative=column.name,
        )  # fmt: skip
        members = (total, Placed(listed, total.plan, total.place, None, "", total.indicator, total.home))
        yield of_targets("internal", "warning", members, "E336", sum=levels.in_unit_of(total.target, added))


@cache
def _inside(home: Place | None) -> int:
    """How many places lie right below one."""
    return sum(place.parent == home.code for place in places.all_places()) if home else 0


def _is_weaker(allotted: Placed, one: Placed) -> bool:
    """Whether the plan of a place sets less than it is allotted, or a higher cap than its share of one."""
    if one.plan.id == allotted.plan.id or one.change or not (one.level and allotted.level):
        return False
    when = one.due is None or allotted.due is None or one.due <= allotted.due
    named = _plain(one.target.indicator) == _plain(allotted.target.indicator)
    value, share = one.level.value, allotted.level.value
    less = one.target.op in ("=", ">=") and value < share * (1 - _EXACT)
    over = one.target.op in _CAPS and value > share * (1 + _EXACT)
    return when and named and (less or over) and comparable(one.plan, allotted.plan)


def _plain(name: str) -> str:
    """A name without what says that it is of all years, or that it is a cap."""
    return rules.one("comparing", "cap_word").sub(rules.one("comparing", "summed").sub(name))


def _placed(column: _Column, total: Placed, place: Place, printed: str, span: Span, text: str) -> Placed:
    value = float(printed.replace(",", ""))
    normal = quantities.normal(value, column.unit)
    target = total.target.model_copy(update={
        "id": f"{total.plan.id}-allotted{span[0]}-{column.name}", "quote": text[slice(*span)], "span": span,
        "value": value,
        "unit": column.unit, "normal": normal, "scope": place.name, "source": "table",
    })  # fmt: skip
    return Placed(
        target, total.plan, place, Level(float(normal.value), normal.unit, "="), "", total.indicator, total.home
    )


def _columns(text: str, home: Place) -> Iterator[_Column]:
    """The columns of amounts of the tables whose rows are places inside `home`."""
    for table in text_rows.rows(text, one_width=True):
        if len(table) > _FEW:
            yield from _of_table(table, home, _unit_above(text, table[0].span[0]))


def _unit_above(text: str, start: int) -> str:
    """The unit that a caption right before a table gives: （单位：人）; "" without."""
    found = [*rules.pattern("parameters", "unit_of_table").finditer(text, max(0, start - _CAPTION), start)]
    return found[-1]["unit"] if found else ""


def _of_table(table: Sequence[Row], home: Place, given: str) -> Iterator[_Column]:
    head, body = table[0], [(row.texts, row.span) for row in table[1:]]
    of_places = bool(rules.one("comparing", "head_of_places").fullmatch(head.texts[0]))
    places_in = (at for at in range(len(head.cells)) if any(_place_in(cells[at], home) for cells, _ in body[:_FEW]))
    where = next(places_in, 0 if of_places else None)
    for index, title in enumerate(head.texts if where is not None else ()):
        unit = unit_in_brackets(title) or given
        amounts: dict[Place, tuple[str, Span]] = {}
        rest, whole, unlisted = 0.0, False, 0
        for cells, span in body:
            name, printed = cells[where or 0], cells[index]
            place = _place_in(name, home)
            if not _NUMBER.fullmatch(printed):
                break
            if place:
                amounts[place] = (printed, span)
            elif rules.one("comparing", "own_area").fullmatch(name) or (of_places and _AREA.fullmatch(name)):
                unlisted += 1
                rest += float(printed.replace(",", ""))
            elif rules.one("checks", "sums.rest").search(name):
                rest, whole = rest + float(printed.replace(",", "")), True
            elif rules.one("checks", "sums.closing_row").search(name):
                whole = True
            else:
                break
        else:
            if unit and len(amounts) + unlisted * of_places >= _FEW:
                start, end = head.span[0], table[-1].span[1]
                shown = (start, end) if end - start <= _SHOWN else head.span
                yield _Column(_SIGNS.sub("", title), unit, amounts, rest, whole, head.span, shown)


def _place_in(cell: str, home: Place) -> Place | None:
    named = located.at_start(cell, within=home)
    return named[0] if named and named[1] == len(cell) and above(home, named[0]) else None
