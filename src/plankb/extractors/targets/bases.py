"""What a value starts from, and since when it changes: the A of 由A提高到B, of 在A的基础上, of 比2020年的A下降B."""

from __future__ import annotations

from itertools import pairwise

from plankb import quantities
from plankb.extractors.targets.clause import ClauseRecord, Slot, form, joint, reaching
from plankb.indicators import naming
from plankb.model import Baseline
from plankb.quantities import Quantity


def of_list(slot: Slot, last: Baseline, size: int) -> list[Baseline | None]:
    """What each value of a list starts from (分别从20元、30元提高到25元、40元); of none where they are not as many."""
    starts = slot.clause.quantities[max(0, slot.index - size) : slot.index]
    gaps = [slot.text[a.span[1] : b.span[0]] for a, b in pairwise(starts)]
    if len(starts) < size or not all(joint().fullmatch(gap) for gap in gaps):
        return [None] * size
    values = [quantities.converted(start.value, start.unit, slot.quantity.unit) for start in starts]
    return [None if value is None else Baseline(value=value, year=last.year) for value in values]


def is_base(clause: ClauseRecord, index: int) -> bool:
    """Whether a quantity is the A of 由A提高到B, or of 在A的基础上."""
    quantity = clause.quantities[index]
    left = clause.text[clause.span[0] : quantity.span[0]]
    if form("base.on_it").match(clause.text[quantity.span[1] : clause.span[1]]):
        return True
    if index + 1 >= len(clause.quantities) or not form("base.from").search(left):
        return False
    between = clause.text[quantity.span[1] : clause.quantities[index + 1].span[0]]
    for time in clause.times:
        if time.by and quantity.span[1] <= time.span[0] and time.span[1] <= clause.quantities[index + 1].span[0]:
            between = clause.text[quantity.span[1] : time.span[0]] + reaching(time)
    return len(between) <= 10 and any(pattern.search(between) for pattern, _ in naming.predicates("level"))


def cut_value(clause: ClauseRecord, edge: int, end: int, *, unit: str) -> tuple[int, Baseline | None]:
    """Where the phrase ends before 由A or 在A的基础上, and A in the unit of the target (None where it has no such)."""
    bare = form("base.bare").search(clause.text[edge:end])
    if bare:
        return edge + bare.start(), Baseline(value=float(bare["value"]), year=bare["year"])
    for index, quantity in enumerate(clause.quantities):
        if edge <= quantity.span[0] and quantity.span[1] <= end and is_base(clause, index):
            left = clause.text[edge : quantity.span[0]]
            lead = form("base.from_last").search(left) or form("base.compared").search(left)
            if lead:
                start = edge + lead.start()
                years = [t for t in clause.times if start <= t.span[0] and t.span[1] <= quantity.span[1] and t.last]
                year = str(years[-1].last) if years else None
                value = quantities.converted(quantity.value, quantity.unit, unit) if quantity.unit else quantity.value
                return start, None if value is None else Baseline(value=value, year=year)
    return end, None


def subject_before(clause: ClauseRecord, index: int) -> int | None:
    """Where the subject of a value's 在A的基础上 ends; None when the value is no such base."""
    edge = clause.span[0]
    if not is_base(clause, index):
        return None
    end, _ = cut_value(clause, edge, clause.quantities[index].span[1], unit=clause.quantities[index].unit)
    return end if end < clause.quantities[index].span[0] else None


def cut_year(clause: ClauseRecord, edge: int, end: int) -> tuple[int, str | None]:
    """Where the phrase ends before 较2020年, and the year."""
    for time in clause.times:
        between = clause.text[time.span[1] : end]
        if time.base and edge <= time.span[0] and time.span[1] <= end and form("base.between").match(between):
            return time.span[0], str(time.last) if time.last else None
    now = form("base.now").search(clause.text[edge:end])
    return (edge + now.start(), None) if now else (end, None)


def base_alone(clause: ClauseRecord) -> tuple[int, str] | None:
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
