"""What must be settled before two facts of one plan are said to contradict: subject, place, year and kind.

Two facts of one section seldom contradict: mostly they are years, places, parts or members of a list read alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from plankb import rules
from plankb.checks import levels
from plankb.checks.amounts_of_years import adds_up
from plankb.checks.compare import Placed, same_level
from plankb.document.spans import overlap
from plankb.in_force import annual, comparable, years
from plankb.model import Target
from plankb.name_forms import squeezed

_PAIR, _TELLING, _IN_BOX = 2, 6, 4
"""Values that contradict one another; characters of a name that tells what is counted, in prose and in a box."""
_MANY = 12
"""Levels of one name in one plan from which on they are those of a list."""


def one_thing(one: Placed, other: Placed) -> bool:
    """Whether two targets of one plan and time speak of one thing, so that their levels contradict."""
    first, second = one.target, other.target
    if overlap(first.span, second.span):
        return False
    if first.section == second.section and not _alike_in_section(one, other):
        return False
    if adds_up(one) and (_same_words(first.indicator) != _same_words(second.indicator) or _siblings(one, other)):
        return False
    if any(map(_summed, (first, second))) and any(map(_of_year_alone, (first, second))):
        return False
    return not any(rules.union("comparing", "apart").search(each.quote) for each in (first, second))


def _siblings(one: Placed, other: Placed) -> bool:
    """Whether two amounts stand in sections beside one another, each on work of its own; goals are of all."""
    first, second = one.target.section, other.target.section
    beside = bool(first) and len(first) == len(second) and first[:-1] == second[:-1]
    goals = rules.union("comparing", "no_work")
    return beside and not any(goals.search(heading) for heading in (*first, *second))


def untimed_pairs(members: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Amounts of one plan in the same words, in chapters of their own, of which one names no time at least: 改造40所
    among the goals, 三年改造36所 among the tasks. Not where there are more than two, which are parts."""
    amounts = [one for one in members if _untimed_amount(one)]
    if len({one.level.value for one in amounts if one.level}) != _PAIR:
        return
    for one, other in combinations(amounts, _PAIR):
        first, second = one.target, other.target
        chapters = first.section[:1] != second.section[:1] and bool(first.section and second.section)
        chapters = chapters or first.source != second.source
        same = _same_words(first.indicator) == _same_words(second.indicator) and one.scope == other.scope
        timed = first.by is not None and second.by is not None
        if chapters and same and not timed and not same_level(one, other) and one_thing(one, other):
            yield one, other


def text_and_table(members: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """(what running text sets without a year, the row of the same plan's table for its last year) of one name whose
    levels differ; not where the text has the row's level elsewhere, nor of what adds up over the years."""
    rows = [one for one in members if one.target.source == "table" and one.target.by and one.level]
    for row in rows:
        own = [one for one in members if one.plan.id == row.plan.id and one.target.source == "prose" and one.level]
        said = [one for one in own if _is_row_of(row, one)]
        unlike = [one for one in said if not same_level(one, row) and not _fits(one, row)]
        if unlike and len(unlike) == len(said) and len({one.level for one in unlike}) == 1 and not adds_up(row):
            yield unlike[0], row


def _fits(one: Placed, row: Placed) -> bool:
    return bool(one.level and row.level and levels.satisfies(one.level, row.level))


def _is_row_of(row: Placed, one: Placed) -> bool:
    """Whether text without a year sets what a row of the table sets for the end of the plan, in the same words."""
    first, second = row.target, one.target
    span = years(one.plan)
    last = span is not None and first.by == str(span[1]) and second.by is None and one.due == first.by
    units = row.level is not None and one.level is not None and row.level.unit == one.level.unit
    same = squeezed(first.indicator) == squeezed(second.indicator) and row.scope == one.scope and row.place == one.place
    return last and units and same and row.change == one.change and not one.yearly and not row.yearly


def _untimed_amount(one: Placed) -> bool:
    """Whether a target is an amount of all years of its plan, in running text."""
    target = one.target
    whole = not one.yearly and target.per is None and one.when in (None, one.due) and one.place == one.home
    return (
        whole
        and adds_up(one)
        and target.source in ("prose", "box")
        and len(target.indicator) >= (_TELLING if target.source == "prose" else _IN_BOX)
    )


def many_levels(members: Sequence[Placed]) -> bool:
    """Whether targets of one name and time have so many levels that each speaks of another thing: 新建站点3座."""
    return len({one.level.value for one in members if one.level}) > _MANY


def _alike_in_section(one: Placed, other: Placed) -> bool:
    """In one section the same words are needed, prose beside a table, or a share: amounts there are parts."""
    same = squeezed(one.target.indicator) == squeezed(other.target.indicator)
    kinds = {one.target.source, other.target.source}
    share = one.level is not None and levels.relative(one.level) and "table" not in kinds
    return same and (len(kinds) > 1 or share)


def one_course(earlier: Placed, later: Placed) -> bool:
    """Whether a weaker later target goes back behind an earlier one.

    Not where the earlier is a reference figure from before its plan, or two plans never stood together; in one plan
    only where both speak of one thing in the same words.
    """
    if before_plan(earlier):
        return False
    if earlier.plan.id != later.plan.id:
        held = kept(later.target) or annual(earlier.plan)  # 99.3% this year beside 保持在99%以上
        return comparable(earlier.plan, later.plan) and not (held and _fits(earlier, later))
    same = squeezed(earlier.target.indicator) == squeezed(later.target.indicator)
    apart = earlier.target.span[0] != later.target.span[0]
    share = rules.one("checks", "bounded_share").search(earlier.target.indicator)  # growth may well slow down
    return same and not adds_up(earlier) and (apart or bool(share and earlier.level and earlier.level.unit == "%"))


def before_plan(one: Placed) -> bool:
    """Whether a target's time lies before its plan begins: a figure of reference, and no target."""
    span = years(one.plan)
    return span is not None and (one.target.by or "9") < str(span[0])


def dated(one: Placed) -> bool:
    """Whether a target's time is a date of its own: no level that is kept, no time that is only the plan's end."""
    if kept(one.target):
        return False
    end = (one.plan.period or "")[-4:]
    return one.target.by != end or bool(one.level and one.level.universal)


def kept(target: Target) -> bool:
    """Whether a target holds what there is, and so has no date of its own: 稳定在95%以上."""
    return rules.union("comparing", "kept").search(target.quote) is not None


def _summed(target: Target) -> bool:
    """Whether words say that an amount is the sum of all years."""
    return "累计" in target.quote


def _of_year_alone(target: Target) -> bool:
    """Whether an amount may be that of its year alone: 2027年新增10个, a column of a table that does not say 累计."""
    column = target.source == "table" and not _summed(target)
    return column or rules.pattern("draft_dates", "year_alone").match(target.quote) is not None


def _same_words(name: str) -> str:
    """A name without what only says that it is a sum: 累计新增."""
    return rules.one("comparing", "summed").sub(squeezed(name))
