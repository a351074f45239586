"""Each kind of conflict between targets: one function over a block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations, groupby

from plankb import rules
from plankb.checks import bases, levels
from plankb.checks.amounts_of_years import adds_up, wrong_means, wrong_totals
from plankb.checks.blocks import Block
from plankb.checks.compare import Placed, compare, distinct, obstacle, of_each_part, of_several_plans, over_cap
from plankb.checks.misfits import misfit
from plankb.checks.settled import before_plan, dated, many_levels, one_course, one_thing, text_and_table, untimed_pairs
from plankb.checks.wording import of_targets
from plankb.in_force import annual, comparable
from plankb.indicators import Direction
from plankb.model import Conflict, Severity
from plankb.phrases import value
from plankb.register import places

_TENS, _EXACT = (1e3, 1e4, 1e5, 1e6, 1e8), 1e-6
"""How many times as much a figure is whose 千, 万 or 亿 the other one lost."""


def _same_thing(own: Sequence[Placed], *, inside: bool) -> Iterator[tuple[Placed, ...]]:
    """Targets for one scope, time, kind and dimension. Without a time only what is said of every year or of a share;
    beside other plans what names no time is due at the end of its own."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        when = one.when if inside else one.due
        if one.level and (when or one.yearly or of_each_part(one)):
            change = (one.change, bases.start_year(one) if one.change else None)
            groups[one.scope, when, one.yearly, change, one.level.unit].append(one)
    yield from map(tuple, groups.values())


def _between_plans(block: Block) -> Iterator[Conflict]:
    """Plans that set different levels for the same thing: 80% and 100%."""
    for members in _same_thing(block.own, inside=False):
        settled = distinct(_settled(members))
        if any(comparable(a.plan, b.plan) and compare(a, b) == "conflict" for a, b in of_several_plans(settled)):
            yield of_targets("conflict", "warning", settled, "E461" if settled[0].target.by else "E457")


def _settled(members: Sequence[Placed]) -> list[Placed]:
    """Without the stretched targets of a plan that has plain ones beside them: of 20%、力争21.6% its level is 20%.

    What is striven for and asks for less than a plain target is a slip, and stays.
    """
    plain: dict[str, list[Placed]] = defaultdict(list)
    for one in members:
        if not one.target.stretch:
            plain[one.plan.id].append(one)
    return [
        one
        for one in members
        if not one.target.stretch or one.plan.id not in plain or any(map(partial(_asks_less, one), plain[one.plan.id]))
    ]


def _asks_less(one: Placed, other: Placed) -> bool:
    way = levels.direction(other.target)
    return bool(way and one.level and other.level and levels.weaker(one.level, other.level, way))


def _inside_plan(block: Block) -> Iterator[Conflict]:
    """Two values in one plan: prose against table, chapter against chapter."""
    for members in _same_thing(block.own, inside=True):
        for plan in dict.fromkeys(one.plan.id for one in members):
            here = [one for one in members if one.plan.id == plan]
            if many_levels(here):
                continue
            own = distinct(_settled(here))
            pairs = [pair for pair in combinations(own, 2) if one_thing(*pair)]
            if pairs:
                facts = [one for one in own if any(one in pair for pair in pairs)]
                cannot = any(a.level and b.level and levels.exclusive(a.level, b.level) for a, b in pairs)
                code = "E462" if facts[0].target.by else "E449"
                yield of_targets("internal", "error" if cannot else "warning", facts, code)


def _text_and_table(block: Block) -> Iterator[Conflict]:
    """A share or level that the text sets for no year, and the table of the plan otherwise for its last."""
    for pair in text_and_table(block.own):
        yield of_targets("internal", "warning", pair, "E449")


def _untimed(block: Block) -> Iterator[Conflict]:
    """Two amounts of one plan in the same words of which one names no time."""
    by_plan: dict[str, list[Placed]] = defaultdict(list)
    for one in block.own:
        if one.level:
            by_plan[one.plan.id].append(one)
    for members in by_plan.values():
        for pair in untimed_pairs(members):
            yield of_targets("internal", "warning", pair, "E449")


def _wrong_totals(block: Block) -> Iterator[Conflict]:
    """A total that the amounts of its years do not add up to."""
    for total, parts, added in wrong_totals(block.own):
        yield of_targets("internal", "warning", (total, *parts), "E458", sum=levels.in_unit_of(total.target, added))
    for total, mean, added in wrong_means(block.own, block.texts):
        yield of_targets("internal", "warning", (total, mean), "E417", sum=levels.in_unit_of(total.target, added))


def _below_higher(block: Block) -> Iterator[Conflict]:
    """Targets below what the level above requires, or later than its date: one line, however many plans ask."""
    asked = _binding(distinct(block.higher))
    pairs = [(higher, one) for one in block.own for higher in asked if comparable(higher.plan, one.plan)]
    weak = [(h, one) for h, one in pairs if _requires(h, one) and compare(one, h) == "looser"]
    short = {one.plan.id for _, one in weak}
    late = [(h, one) for h, one in pairs if one.plan.id not in short and is_late(one, h, block.own)]
    for found, code in ((weak, "E463"), (late, "E464")):
        if found:
            higher, lower = ([*dict.fromkeys(side)] for side in zip(*found, strict=True))
            of = {one.place for one in lower}
            severities = [_severity_below(h, weak=found is weak, allotted=h.place in of) for h in higher]
            severity = min(severities, key=("warning", "info").index)
            yield of_targets("looser", severity, (*higher, *distinct(lower)), code)


def _binding(higher: Sequence[Placed]) -> list[Placed]:
    """What binds a place of what plans above set: their own figure for it takes the place of their average."""
    allotted = {(one.plan.id, one.target.by) for one in higher if one.place != one.home}
    return [one for one in higher if one.place != one.home or (one.plan.id, one.target.by) not in allotted]


def _requires(higher: Placed, one: Placed) -> bool:
    """Whether the higher target says anything about a place below: a share or intensity does, a total does not."""
    if higher.level is None or one.level is None or higher.target.stretch:
        return False
    if higher.home == one.home and higher.place != one.place and not higher.level.universal:
        return False  # what a city itself sets for one of its counties is a part of what it sets for all
    return of_each_part(higher) or higher.place == one.place or over_cap(one, higher)


def _severity_below(higher: Placed, *, weak: bool, allotted: bool) -> Severity:
    """`allotted`: the level above set it for this very place, and for no average of all."""
    each = allotted or rules.one("checks", "each_place").search(higher.target.indicator) is not None
    if (levels.endowed(higher.target) and not each) or (higher.level and higher.level.op == "~"):
        return "info"
    everywhere = higher.level is not None and higher.level.universal
    if higher.place is places.COUNTRY and not everywhere:
        return "info"  # provinces share what the nation as a whole is to reach
    of_each = higher.level is not None and not levels.relative(higher.level) and of_each_part(higher)
    return "warning" if weak or everywhere or of_each else "info"


def is_late(one: Placed, higher: Placed, own: Sequence[Placed]) -> bool:
    """Whether a place reaches the higher level only after the date, and has no target for that date."""
    if obstacle(one, higher) or not _requires(higher, one) or not (one.target.by and higher.target.by):
        return False
    if one.target.by <= higher.target.by or one.level is None or higher.level is None:
        return False
    way = levels.direction(one.target) or ("up" if one.level.universal else None)
    on_time = any(
        other.target.by and other.target.by <= higher.target.by and not obstacle(other, higher) for other in own
    )
    reached = levels.same(one.level, higher.level) or (way and levels.weaker(one.level, higher.level, way))
    return bool(way and reached and not on_time)


def _in_time(block: Block) -> Iterator[Conflict]:
    """A later year weaker than an earlier one, and a target weaker than its own baseline."""
    yield from _below_baseline(block)
    for slide in slides(block.own):
        yield of_targets("backslide", "warning", slide, "E465")


def slides(own: Sequence[Placed]) -> Iterator[tuple[Placed, ...]]:
    """Targets of one course, in the order of their times, of which a later one is weaker than an earlier one."""
    for members in _one_course(own):
        way = levels.direction(members[0].target)
        if way is None or levels.capped(members[0].target):
            continue
        found: dict[int, Placed] = {}
        for earlier, later in _weaker_later(members, way):
            if id(earlier) in found and id(later) in found:
                continue
            if not _follows_conflict(earlier, later, members) and one_course(earlier, later):
                found |= {id(earlier): earlier, id(later): later}
        if found:
            yield distinct(tuple(dict.fromkeys(found.values())))


def _weaker_later(members: Sequence[Placed], way: Direction) -> Iterator[tuple[Placed, Placed]]:
    """(earlier, later) of members in the order of their times where the later one asks for less. Levels, of which there
    are fewer than targets, are held against one another, and none of one time."""
    asked: dict[levels.Level, list[int]] = defaultdict(list)
    for _, of_one_time in groupby(enumerate(members), key=lambda each: each[1].target.by):
        now = [(at, one, one.level) for at, one in of_one_time if one.level]
        weaker = {
            level: sorted(at for other, places in asked.items() if levels.weaker(level, other, way) for at in places)
            for level in {level for _, _, level in now}
        }
        for _, later, level in now:
            yield from ((members[at], later) for at in weaker[level])
        for at, _, level in now:
            asked[level].append(at)


def _below_baseline(block: Block) -> Iterator[Conflict]:
    """The baseline stands as a fact of its own beside the target, with the same quotation."""
    for one in block.own:
        target = one.target
        way = levels.direction(target)
        if (
            not target.baseline
            or target.change
            or way is None
            or target.value is None
            or not levels.clearly_below(target)
            or adds_up(one)
            or before_plan(one)
        ):
            continue
        start = bases.baseline(one)
        if start.level and one.level and levels.weaker(one.level, start.level, way):
            yield of_targets("backslide", "warning", (start, one), "E465")


def _one_course(own: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Targets that differ in time alone, in its order; changes only where they start from one year."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        from_one_year = one.target.change is None or one.target.base_year is not None
        if one.level and one.target.by and from_one_year and not one.yearly:
            change = (one.target.change, one.target.base_year if one.target.change else None)
            groups[one.scope, one.level.unit, change].append(one)
    for members in groups.values():
        yield sorted(members, key=lambda one: one.target.by or "")


def _follows_conflict(earlier: Placed, later: Placed, members: Sequence[Placed]) -> bool:
    """Whether the later plan has a level of its own for the earlier year: then that difference is the conflict."""
    return earlier.plan.id != later.plan.id and any(
        one.plan.id == later.plan.id and one.target.by == earlier.target.by for one in members
    )


def _deadlines(block: Block) -> Iterator[Conflict]:
    """The same result due at different times in different plans, neither of which has the other's date too."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in block.own:
        if one.target.by and one.level and not one.yearly and dated(one):
            groups[one.scope, one.level.value, one.level.unit, one.target.change].append(one)
    dates: dict[str, set[str | None]] = defaultdict(set)
    for one in block.own:
        dates[one.plan.id].add(one.target.by)
    for members in groups.values():
        apart = [
            one
            for one in members
            if any(
                one.target.by not in dates[other.plan.id]
                and other.target.by not in dates[one.plan.id]
                and comparable(one.plan, other.plan)
                and annual(one.plan) == annual(other.plan)
                for other in members
            )
        ]
        if apart:
            yield of_targets("deadline", "warning", distinct(apart), "E466")


def _units(block: Block) -> Iterator[Conflict]:
    """One measure in units of two dimensions, of which one does not fit it: 5亿立方米 and 5亿平方米."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in block.own:
        if one.level and one.target.by and one.target.value is not None:
            groups[one.scope, one.target.by, one.target.change].append(one)
    for members in groups.values():
        strange = [one for one in members if misfit(one.target)]
        units = {one.level.unit for one in members if one.level}
        told = distinct(members)
        if strange and len(units) > 1 and not _in_one_breath(told):
            yield of_targets("conflict", "warning", told, "E470")


def _in_one_breath(members: Sequence[Placed]) -> bool:
    """Whether one quotation gives a thing in both units: 200万千瓦/400万千瓦时."""
    spans = [(one.plan.id, *one.target.span) for one in members]
    return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a, b in combinations(spans, 2))


def _slips(block: Block) -> Iterator[Conflict]:
    """Amounts of one name and unit in the same digits, one a thousand times the other or more: a 万 is missing."""
    amounts = [one for one in block.own if one.level and one.level.value and not levels.relative(one.level)]
    told: set[tuple[str, str]] = set()
    for one, other in combinations(amounts, 2):
        pair = (one.plan.id, other.plan.id)
        same = one.home == other.home and one.scope == other.scope and pair not in told
        if same and _slipped(one, other) and (pair[0] == pair[1] or comparable(one.plan, other.plan)):
            told.add(pair)
            kind = "internal" if pair[0] == pair[1] else "conflict"
            said = {"one": value(one.target), "other": value(other.target)}
            yield of_targets(kind, "warning", (one, other), "E377", **said)


def _slipped(one: Placed, other: Placed) -> bool:
    if one.level is None or other.level is None or one.level.unit != other.level.unit or one.change != other.change:
        return False
    least, most = sorted((one.level.value, other.level.value))
    named = one.target.value == other.target.value
    return named and any(abs(most / least - ten) <= _EXACT * ten for ten in _TENS)


def _baselines(block: Block) -> Iterator[Conflict]:
    """What is told of one year past as a baseline, at different levels."""
    for members in bases.unlike_baselines(block.own):
        yield of_targets("conflict", "warning", distinct(members), "E436")


def _base_years(block: Block) -> Iterator[Conflict]:
    """One change by one time, counted from different years."""
    for members in bases.unlike_base_years(block.own):
        yield of_targets("conflict", "warning", members, "E437")
    for pair in bases.base_years_below(block.own, block.higher):
        yield of_targets("looser", "warning", pair, "E437")


KINDS: tuple[Callable[[Block], Iterator[Conflict]], ...] = (
    _between_plans,
    _inside_plan,
    _text_and_table,
    _untimed,
    _wrong_totals,
    _below_higher,
    _in_time,
    _deadlines,
    _units,
    _slips,
    _baselines,
    _base_years,
)
