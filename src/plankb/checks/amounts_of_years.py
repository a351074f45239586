"""Amounts of single years beside the total that they add up to: neither is the other, but their sum can be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plankb import in_force, numbers, rules
from plankb.checks import levels
from plankb.checks.amounts import number, scale
from plankb.checks.compare import Placed

_EQUAL, MEAN, _ROUGHLY = 1e-6, 0.03, 0.1
"""How far sums may lie from totals, and means times years from them: means are rounded, those with 左右 more."""
_PAIR, _FEW = 2, 3
"""A year's amount and the total; from how many years in a row amounts that rise and fall are yearly ones."""
_NUMBER_OF_YEARS = 8
"""Characters before a total in which the number of its years stands."""


def marked(own: Sequence[Placed]) -> tuple[Placed, ...]:
    """The targets on one indicator, those known that are amounts of one year."""
    parts = {_key(one) for series in _series(own) for one in series}
    return tuple(replace(one, yearly=True) if _key(one) in parts or says_so(one) else one for one in own)


def _key(one: Placed) -> tuple[object, ...]:
    """What makes two amounts the same one: a column of a table says again what prose said of the year."""
    level = one.level
    return one.plan.id, one.scope, one.target.by, one.target.change, level and (level.value, level.unit)


def adds_up(one: Placed) -> bool:
    """Whether a target counts what comes to be over the years, so that amounts of years can be added."""
    if one.level is None or levels.relative(one.level) or one.target.change:
        return False
    return any(rule.search(one.target.indicator) for rule in rules.many("comparing", "adds_up"))


def says_so(one: Placed) -> bool:
    """Whether the words of an amount say that it is one of each year."""
    target = one.target
    if one.level is not None and one.level.unit == "%" and not target.change:
        return False  # what share is visited each month is no amount of a month
    words = f"{target.indicator} {target.quote if len(target.quote) < 60 else ''}"
    return target.per == "year" or rules.union("comparing", "yearly").search(words) is not None


def _series(own: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Amounts of several years in one section of one plan: columns of a list of tasks, 2024年…，2025年…."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        if one.level and one.target.by and not levels.relative(one.level) and not one.target.change and not _runs(one):
            groups[one.plan.id, one.scope, one.level.unit, one.target.section].append(one)
    for group in groups.values():
        members = _without_total(group)
        years = sorted({one.target.by or "" for one in members})
        if len(years) < _PAIR:
            continue
        if all(map(adds_up, members)) or _rise_and_fall(members, years) or _come_to_total(group, members):
            yield members


def _runs(one: Placed) -> bool:
    """Whether an amount counts all since the first year (a column 累计新增), so that years are not added."""
    return "累计" in one.target.quote.rpartition("其中")[2].partition("累计完成")[0] and one.target.by is not None


def _without_total(members: list[Placed]) -> list[Placed]:
    """The amounts of years without the total that stands beside them: of two in the last year the greater."""
    last = max(one.target.by or "" for one in members)
    final = [one for one in members if one.target.by == last]
    if len({one.target.by for one in members}) == 1 or len({one.level.value for one in final if one.level}) < _PAIR:
        return members
    most = max(one.level.value for one in final if one.level)
    return [one for one in members if one.target.by != last or (one.level and one.level.value < most)]


def _come_to_total(group: Sequence[Placed], members: Sequence[Placed]) -> bool:
    """Whether the amounts of years add up to the total that was told from them."""
    taken = {id(one) for one in members}
    totals = {one.level.value for one in group if id(one) not in taken and one.level}
    added = sum(one.level.value for one in members if one.level)
    return any(abs(added - total) <= _EQUAL * total for total in totals)


def _rise_and_fall(members: Sequence[Placed], years: Sequence[str]) -> bool:
    """Whether amounts of years that follow one another go neither up nor down all the way, as a level would."""
    if len(years) < _FEW or len(members) != len(years) or not all(year.isdecimal() for year in years):
        return False
    ordered = [one.level.value for one in sorted(members, key=lambda one: one.target.by or "") if one.level]
    return int(years[-1]) - int(years[0]) == len(years) - 1 and ordered not in (
        sorted(ordered),
        sorted(ordered, reverse=True),
    )


def wrong_totals(own: Sequence[Placed]) -> Iterator[tuple[Placed, list[Placed], float]]:
    """(total, the amounts of years up to its time, their sum) where a plan's total is not the sum of its years."""
    plans: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        if one.level and adds_up(one) and one.due:
            plans[one.plan.id, one.scope, one.level.unit].append(one)
    for members in plans.values():
        for series in _series([one for one in members if one.yearly]):
            for total in (one for one in members if not one.yearly):
                parts = _one_a_year([one for one in series if (one.target.by or "") <= (total.due or "")])
                added = sum(part.level.value for part in parts if part.level)
                if len(parts) > 1 and _misses(total, parts, added):
                    yield total, parts, added


def wrong_means(own: Sequence[Placed], texts: Mapping[str, str]) -> Iterator[tuple[Placed, Placed, float]]:
    """(total, the yearly amount, that times the years) where one item of a plan says both and they do not fit.

    The years are those that the text says right before the total (三年累计), else all of the plan.
    """
    yearly: dict[tuple[str, str, str], list[Placed]] = defaultdict(list)
    for one in own:
        if one.target.per == "year" and one.level:
            yearly[one.plan.id, one.scope, one.level.unit].append(one)
    for total in own if yearly else ():
        span = in_force.years(total.plan)
        if total.yearly or total.level is None or total.level.op != "=" or not span or total.due != str(span[1]):
            continue
        years = _years_said(total, texts) or span[1] - span[0] + 1
        for one in yearly[total.plan.id, total.scope, total.level.unit]:
            if one.level and _of_one_item(one, total):
                added = one.level.value * years
                gap = (added - total.level.value) / max(added, total.level.value)
                rounded = _ROUGHLY if one.level.op == "~" else MEAN
                if gap > rounded or (gap < -rounded and one.level.op == "="):
                    yield total, one, added


def _years_said(total: Placed, texts: Mapping[str, str]) -> int:
    """How many years a text says that a total is of, right before it; 0 where it says none."""
    start = total.target.span[0]
    before = texts.get(total.plan.id, "")[max(0, start - _NUMBER_OF_YEARS) : start]
    said = rules.one("comparing", "years_said").search(before)
    return int(numbers.parse(said["number"]) or 0) if said else 0


def _of_one_item(one: Placed, total: Placed) -> bool:
    """Whether a yearly amount and a total are of one measure in one plan, for one area, time and unit: in one item, or
    in the same words where neither names a part."""
    first, second = one.target, total.target
    same_time = first.by in (None, second.by) and first.change == second.change
    unit = one.level is not None and total.level is not None and one.level.unit == total.level.unit
    same = first.section == second.section or _same_words(first.indicator) == _same_words(second.indicator)
    return same and same_time and unit and one.plan.id == total.plan.id and one.scope == total.scope and adds_up(total)


def _same_words(name: str) -> str:
    """A name without what says that it is of each year, or the sum of all."""
    return rules.one("comparing", "summed").sub(rules.one("comparing", "of_each_year").sub(name))


def _one_a_year(parts: Sequence[Placed]) -> list[Placed]:
    """The parts where there is one for each year; [] where a year has several, whose sum nobody knows."""
    years = [one.target.by for one in parts]
    return sorted(parts, key=lambda one: one.target.by or "") if len(set(years)) == len(years) else []


def _misses(total: Placed, parts: Sequence[Placed], added: float) -> bool:
    """Whether a total cannot be the sum: it is less, or the years reach from the plan's first to the total's own."""
    if total.level is None or total.level.op != "=":
        return False
    gap = added - total.level.value
    own = rules.one("comparing", "own_total").search(parts[0].target.quote)
    if own and abs(number(own["total"]) * scale(own["unit"]) - added) <= _EQUAL * added:
        return False  # 新建6家、改扩建12家，共18家，其中2027年5家、…: the years are those of a total of their own
    if abs(gap) <= _EQUAL * max(added, total.level.value):
        return False
    start = (total.plan.period or total.plan.date or "")[:4]
    whole = parts[0].target.by == start and parts[-1].target.by == total.due
    return gap > 0 or (whole and len(parts) == int(total.due or 0) - int(start) + 1)
