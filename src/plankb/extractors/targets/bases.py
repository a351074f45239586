"""What a value starts from: the A of 由A提高到B, of 在A的基础上, of 比2020年的A下降B, and the year it is of."""

from __future__ import annotations

import re
from dataclasses import replace

from plankb import quantities
from plankb.extractors.targets import phrase as phrases
from plankb.extractors.targets.clause import ClauseRecord, form
from plankb.model import Baseline
from plankb.quantities import Quantity
from plankb.times import Time

_BASELINE = re.compile(r"(?:由|从)[^，。；]{0,14}\Z")
_BASE_NOW = re.compile(
    r"(?:同比|(?:较|比)(?:峰值|高峰值?|基期|基准年|基准值?|历史同期|上年|去年|现状|目前|现有|上一年度?)|在(?:现有|目前|现状)[^，。；]{0,6})(?:基础上|水平上)?\Z|在[^，。；]{2,18}(?:基础上|水平上)\Z"
)
_AFTER_BASE = re.compile(
    r"(?:年)?(?:底|末|同期|水平|的|相比|基础上|基数|总体|分别|各自?|均|累计|平均|要|应|再|预期|预计|力争|约|全部|总共)*\Z"
)
_BARE_BASE = re.compile(
    r"(?:由|从)(?:现状|目前|(?P<year>(?:19|20)\d\d)年(?:底|末)?)?的?(?P<value>\d{1,30}(?:\.\d{1,30})?)\Z"
)
"""A number without a unit is no quantity by itself: 系数由2020年的0.55提高到0.58."""
_BASE_VALUE = re.compile(
    r"的?约?\d+(?:[.,]\d+)*(?P<unit>[^\d，。；：、（）()]{0,24}?)(?:(?P<joint>[、和及与])(?=约?\d)|(?=\d))"
)


def with_values(text: str, time: Time, end: int) -> Time:
    """A base with the values of then: 比2010年的12.4万吨、1.07万吨 (分别减少…) says one thing, since when it changes.

    Source of the form: the aims of the national plans on energy and emissions since the eleventh five years.
    """
    position = time.span[1]
    if not time.base or time.text.startswith(("由", "从")):
        return time
    while match := _BASE_VALUE.match(text, position, end):
        position = match.end()
        if not match["joint"]:
            said = phrases.predicate_at(match["unit"])
            after = match.start("unit") + said[0] if said else time.span[1]
            return replace(time, span=(time.span[0], after))
    return time


def is_baseline(clause: ClauseRecord, index: int) -> bool:
    """Whether a quantity is the A of 由A提高到B, or of 在A的基础上."""
    quantity = clause.quantities[index]
    left = clause.text[clause.span[0] : quantity.span[0]]
    if re.match(r"的?(?:基础上|水平上)", clause.text[quantity.span[1] : clause.span[1]]):
        return True
    if index + 1 >= len(clause.quantities) or not _BASELINE.search(left):
        return False
    between = clause.text[quantity.span[1] : clause.quantities[index + 1].span[0]]
    for time in clause.times:
        if time.by and quantity.span[1] <= time.span[0] and time.span[1] <= clause.quantities[index + 1].span[0]:
            lead = time.text[0] if time.text[0] in "到至" else ""
            between = clause.text[quantity.span[1] : time.span[0]] + lead
    return len(between) <= 10 and any(pattern.search(between) for pattern, _ in phrases.predicates("level"))


def cut_baseline(clause: ClauseRecord, edge: int, end: int, *, unit: str) -> tuple[int, Baseline | None]:
    """Where the phrase ends before 由A or 在A的基础上, and A in the unit of the target (None where it has no such)."""
    bare = _BARE_BASE.search(clause.text[edge:end])
    if bare:
        return edge + bare.start(), Baseline(value=float(bare["value"]), year=bare["year"])
    for index, quantity in enumerate(clause.quantities):
        if edge <= quantity.span[0] and quantity.span[1] <= end and is_baseline(clause, index):
            left = clause.text[edge : quantity.span[0]]
            lead = re.search(r"(?:由|从)[^由从，。；]{0,14}\Z", left) or re.search(
                r"(?:在|较|(?<!占)比)[^，。；]{0,14}\Z", left
            )
            if lead:
                start = edge + lead.start()
                years = [t for t in clause.times if start <= t.span[0] and t.span[1] <= quantity.span[1] and t.last]
                year = str(years[-1].last) if years else None
                value = quantities.converted(quantity.value, quantity.unit, unit) if quantity.unit else quantity.value
                return start, None if value is None else Baseline(value=value, year=year)
    return end, None


def subject_before_base(clause: ClauseRecord, index: int) -> int | None:
    """Where the subject of a value's 在A的基础上 ends; None when the value is no such base."""
    edge = clause.span[0]
    if not is_baseline(clause, index):
        return None
    end, _ = cut_baseline(clause, edge, clause.quantities[index].span[1], unit=clause.quantities[index].unit)
    return end if end < clause.quantities[index].span[0] else None


def cut_base(clause: ClauseRecord, edge: int, end: int) -> tuple[int, str | None]:
    """Where the phrase ends before 较2020年, and the year."""
    for time in clause.times:
        between = clause.text[time.span[1] : end]
        if time.base and edge <= time.span[0] and time.span[1] <= end and _AFTER_BASE.match(between):
            return time.span[0], str(time.last) if time.last else None
    now = _BASE_NOW.search(clause.text[edge:end])
    return (edge + now.start(), None) if now else (end, None)


def alone(clause: ClauseRecord) -> tuple[int, str] | None:
    """Where a subject ends before the base that closes its clause (能耗在2020年的基础上，), and its year; None where
    no base closes it. The subject may be empty."""
    for time in clause.times:
        said = clause.text[time.span[0] : clause.span[1]]
        if time.base and time.last and form("base.alone").fullmatch(said):
            return time.span[0], str(time.last)
    return None


def behind(text: str, quantity: Quantity) -> Baseline | None:
    """The baseline right behind a value, in its unit (达到14.5平方米，较2020年的12.1平方米增加…); None without one."""
    said = form("base.behind").match(text, quantity.span[1])
    if said is None:
        return None
    found = quantities.find(said["value"])
    if not found or found[0].span[0]:
        return Baseline(value=float(said["number"]), year=said["year"]) if said["value"] == said["number"] else None
    value = quantities.converted(found[0].value, found[0].unit, quantity.unit)
    return None if value is None else Baseline(value=value, year=said["year"])
