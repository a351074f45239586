"""Which targets may be compared, and what the comparison says: comparable first, then a verdict.

Two targets are comparable when they measure one indicator for one scope in one place, or in places above one another,
at one time, as a level or as a change alike, in one dimension. Everything else has its own verdict that says why not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Literal

from plankb import in_force, indicators, rules
from plankb.checks import levels, located
from plankb.checks.levels import Level
from plankb.checks.thesaurus import name_as_one
from plankb.model import Plan, Target
from plankb.register import Place, places
from plankb.rules.kinds import Rewrite

_SHORTEST = 2
CAPS = ("<=", "<")
"""Operators of a cap."""
_FULL_NAMES, _SAYS_WHAT = "区县市州旗盟", 4
"""What the name of a place ends in; characters of a name that says what is measured."""
Verdict = Literal[
    "same", "conflict", "tighter", "looser", "other-period", "other-scope", "other-definition", "cannot-compare"
]


@dataclass(frozen=True)
class Placed:
    """A target with its plan, the place that it binds, and its level; None where one of these is not known."""

    target: Target
    plan: Plan
    place: Place | None
    level: Level | None
    scope: str
    indicator: str
    """The id of what it measures; that of the share where words say all of it: 全面执行绿色建筑标准."""
    home: Place | None = None
    """The place of its plan; above `place` where a province's plan sets a target for one of its cities."""
    yearly: bool = False
    """Whether it is the amount of one year, and so never the total."""

    @cached_property
    def when(self) -> str | None:
        """The time of its level; None for what is done every year of its plan, whatever year ends that; the end of its
        plan for what binds all there is of a thing and names no time."""
        span = in_force.years(self.plan)
        last = str(span[1]) if span else None
        if self.target.by is None and self.level is not None and self.level.universal:
            return last
        return None if self.target.per == "year" and self.target.by == last else self.target.by

    @cached_property
    def due(self) -> str | None:
        """The time of its level beside that of other plans: of one that names none the end of its plan."""
        span = in_force.years(self.plan)
        if self.when or self.target.per == "year" or self.yearly or span is None:
            return self.when
        return str(span[1])

    @cached_property
    def change(self) -> str | None:
        """Which way a change goes, also where the name says so: 能耗下降率 5%; None for a level."""
        if self.target.change or self.level is None or self.level.unit != "%":
            return self.target.change
        named = rules.one("comparing", "named_change").search(self.target.indicator)
        return None if named is None else "increase" if named["rise"] else "decrease"


_RANKS = {"国": "national", "省": "province", "市": "city"}


@located.kept(65_536)
def placed(target: Target, plan: Plan) -> Placed:
    """A target set in its place: that of its plan, or one that its scope names (a city, in a province's plan).

    Each kind of conflict asks for all of them; what was kept is let go of with the places (`located`).
    """
    home = located.of(plan.jurisdiction) if plan.jurisdiction else None
    place, scope = home, target.scope or ""
    if whole := rules.one("comparing", "whole").match(scope):
        place, scope = _whole(whole.group(), home), scope[whole.end() :]
        scope = rules.one("comparing", "every_place").sub(scope)
    elif each := rules.one("checks", "each_place").match(scope):
        scope = scope[each.end() :].removeprefix("城市")  # what a province asks of every city
    elif scope and (named := located.at_start(scope, within=home)):
        place, scope = named[0], scope[named[1] :].strip("市县区")
    name, level = measured(target), levels.level(target)
    if len(name) <= _SHORTEST and scope and place == home:  # 建成城市书房, of which an area took all but 书房
        name, scope = compared(rules.one("comparing", "summed").sub(target.indicator)), ""
    every = rules.one("comparing", "every").match(target.indicator)
    if every and target.value in (None, 1):  # 所有县均建成1所…: all of them
        name = compared(indicators.indicator_id(f"{every['of']}{every['do']}{every['what']}率"))
        level = Level(100.0, "%", "=", universal=True)
    if place == home and not scope and (part := _place_in(target.indicator, home)):
        place, name = part
    if place == home and not scope and (told := _place_of_heading(target.section, home)):
        place = told
    name, level = per_thousand(name, level)
    return Placed(target, plan, place, level, area(scope), name, home)


def per_thousand(name: str, level: Level | None) -> tuple[str, Level | None]:
    """A measure per ten thousand, hundred … of a thing as one per thousand, so that both can be set side by side."""
    said = rules.one("comparing", "per_many").match(name)
    if said is None or level is None or levels.relative(level):
        return name, level
    scale = 1000 / _MANY[said["many"]]
    upper = None if level.upper is None else level.upper * scale
    return f"每千{name[said.end() :]}", replace(level, value=level.value * scale, upper=upper)


_MANY = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}


@located.kept(20_000)
def _place_in(indicator: str, home: Place | None) -> tuple[Place, str] | None:
    """The place inside `home` whose full name an indicator begins with, and what is measured there; else None."""
    named = located.at_start(indicator, within=home)
    if named is None or not above(home, named[0]):
        return None
    if rules.pattern("comparing", "of_place").match(indicator, named[1]):
        return named[0], compared(indicators.indicator_id(indicator))
    if indicator[named[1] - 1] not in _FULL_NAMES:
        return None
    rest = indicator[named[1] :].lstrip("的")
    return (named[0], compared(indicators.indicator_id(rest))) if len(rest) >= _SAYS_WHAT else None


@located.kept(20_000)
def _place_of_heading(headings: tuple[str, ...], home: Place | None) -> Place | None:
    """The one place inside `home` that the innermost heading names in full: 建设某县垃圾焚烧发电项目; None without."""
    if home is None or not headings:
        return None
    heading = headings[-1].partition("其中")[0]  # what is given to places is no heading of one
    named = {
        found[0]
        for start in range(len(heading) - 2)
        if (found := located.at_start(heading[start:], within=home))
        and above(home, found[0])
        and heading[start + found[1] - 1] in _FULL_NAMES
    }
    return named.pop() if len(named) == 1 else None


def _whole(scope: str, home: Place | None) -> Place | None:
    """The place that 全省 means: that of the plan, or the province that it lies in; 全国 is the country."""
    rank = _RANKS.get(scope[-1])
    if rank == "national":
        return places.COUNTRY
    if home is None or rank is None or home.rank == rank:
        return home
    return next((place for place in located.ancestors(home) if place.rank == rank), home)


def specific(target: Target) -> bool:
    """Whether an indicator says what is measured: 总长度 and 完成投资 mean another thing in every sentence."""
    name = measured(target)
    told = len(name) > _SHORTEST or len(target.indicator) >= _SAYS_WHAT
    return told and not rules.one("checks", "generic").search(name)


def above(one: Place | None, other: Place | None) -> bool:
    """Whether `one` is a level above `other`; the country is above every place in it."""
    if one is None or other is None or one == other:
        return False
    return one is places.COUNTRY or one in located.ancestors(other)


def in_one_line(one: Plan, other: Plan) -> bool:
    """Whether two plans are of one place, or of places above one another."""
    if one.jurisdiction is None or other.jurisdiction is None:
        return False
    first, second = located.of(one.jurisdiction), located.of(other.jurisdiction)
    return first == second or above(first, second) or above(second, first)


def binds(higher: Placed, one: Placed) -> bool:
    """Whether `higher` speaks from a level above: of a place above, or of the same place in a plan of one above."""
    return above(higher.place, one.place) or (higher.place == one.place and above(higher.home, one.home))


def is_bound(higher: Placed, one: Placed) -> bool:
    """Whether a plan has to follow what `higher` says: that speaks from above, or both plans are of one place."""
    return binds(higher, one) or (higher.home is not None and higher.home == one.home)


def obstacle(one: Placed, other: Placed) -> Verdict | None:
    """Why two targets on one indicator cannot be compared; None when they can be, whatever their times."""
    first, second = one.target, other.target
    if one.scope != other.scope:
        return "other-scope"
    if one.change != other.change or one.yearly != other.yearly:
        return "cannot-compare"
    if first.change and second.change and first.base_year != second.base_year and first.base_year and second.base_year:
        return "other-definition"
    if one.level is None or other.level is None or one.level.unit != other.level.unit:
        return "cannot-compare"
    return None


def counted_from_elsewhere(one: Placed, other: Placed) -> bool:
    """Whether two plans add up from other years what is new (新增床位2000张 of five years and 1500张 of three)."""
    starts = [placed.plan.period and placed.plan.period.partition("-")[0] for placed in (one, other)]
    if one.target.op in CAPS and other.target.op in CAPS:
        return False  # neither adds up
    adds_up = rules.one("checks", "adds_up").match(one.target.indicator_id)
    return bool(adds_up and all(starts) and starts[0] != starts[1])


def compare(one: Placed, other: Placed) -> Verdict:
    """The verdict on two targets on one indicator; `tighter` and `looser` say what `one` is beside a higher `other`."""
    hindered = obstacle(one, other)
    if hindered:
        return hindered
    when, then = (one.when, other.when) if one.plan.id == other.plan.id else (one.due, other.due)
    if when != then:
        return "other-period" if when and then else "cannot-compare"
    if counted_from_elsewhere(one, other):
        return "other-period"
    assert one.level is not None  # noqa: S101  obstacle() has seen to it
    assert other.level is not None  # noqa: S101
    if levels.same(one.level, other.level):
        return "same"
    if one.place == other.place and one.home == other.home:
        return "tighter" if one.plan.id != other.plan.id and levels.satisfies(one.level, other.level) else "conflict"
    way = (
        levels.direction(other.target)
        or levels.direction(one.target)
        or ("up" if _is_work(one) or _allotted(one, other) else None)
    )
    if way is None or (one.place != other.place and not (of_each_part(one) or over_cap(one, other))):
        return "cannot-compare"
    return "looser" if levels.weaker(one.level, other.level, way) else "tighter"


def _allotted(one: Placed, other: Placed) -> bool:
    """Whether an amount is what a plan above allots to the place itself, of which less falls short: not a cap."""
    amount = one.level is not None and not levels.relative(one.level) and not levels.capped(other.target)
    return amount and one.place == other.place and one.home != other.home and other.target.op not in ("<=", "<")


def _is_work(one: Placed) -> bool:
    """Whether an amount is of work to be done (新建, 造林), of which less is the weaker."""
    return any(rule.search(one.target.indicator) for rule in rules.many("comparing", "adds_up"))


def over_cap(one: Placed, higher: Placed) -> bool:
    """Whether a part has, or lets have, more than a cap of the whole allows: of each or of all, it is too much."""
    if one.level is None or higher.level is None or one.level.unit != higher.level.unit:
        return False
    return higher.target.op in CAPS and one.level.value > higher.level.value


def of_each_part(one: Placed) -> bool:
    """Whether a level says as much of a part as of the whole: shares and what is measured per head, output, area do."""
    names = (one.target.indicator, one.target.indicator_id)
    intensive = any(rules.union("comparing", "of_each").search(name) for name in names)
    return one.level is not None and (levels.relative(one.level) or intensive)


def same_level(one: Placed, other: Placed) -> bool:
    """Whether two targets both ask for one level."""
    return one.level is not None and other.level is not None and levels.same(one.level, other.level)


def distinct(members: Sequence[Placed]) -> tuple[Placed, ...]:
    """One target for each plan and level."""
    kept: list[Placed] = []
    known: dict[tuple[str, bool], list[Level]] = defaultdict(list)
    for one in members:
        if one.level is None:
            kept.append(one)
            continue
        beside = known[one.plan.id, one.level.upper is None]
        at = bisect_left(beside, one.level.value, key=_value)
        near = beside[max(0, at - 1) : at + 1] if one.level.upper is None else beside  # what is close stands next to it
        if not any(levels.same(one.level, other) for other in near):
            beside.insert(at, one.level)
            kept.append(one)
    return tuple(kept)


def _value(level: Level) -> float:
    return level.value


def of_several_plans(members: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """The pairs of members, each once; none where all are of one plan, in which nothing is held against another."""
    return combinations(members, 2) if len({one.plan.id for one in members}) > 1 else iter(())


def measured(target: Target) -> str:
    """The name of what a target measures; that of the share where words say all of it: 全面执行绿色建筑标准."""
    ident = target.indicator_id
    if target.qualitative is not None:
        words = f"{target.indicator}：{target.qualitative}"
        share = _rewritten("as_share", words)
        ident = ident if share == words else indicators.indicator_id(share)
    return compared(ident)


def compared(ident: str) -> str:
    """The id of an indicator in the form in which it is compared."""
    return _rewritten("same", ident)


def area(scope: str) -> str:
    """The name of an area: 城市建成区 is 建成区."""
    return _rewritten("scope", scope)


def kin(name: str) -> str:
    """The form of a name that it shares with others that say the same measure in other words: 粪污 and 养殖废弃物."""
    return share_ended(_rewritten("kin", name_as_one(name)))


def share_ended(name: str) -> str:
    """A name whose end says in one form that it is a share: 配备比例 and 覆盖率."""
    return _rewritten("share_end", name)


@lru_cache(maxsize=50_000)
def gist(name: str) -> str:
    """The characters that the name of a share has in common with others that say it in another order or with more
    words: 建制村通客车率 and 建制村客车通达率."""
    return "".join(sorted(_rewritten("gist", kin(name))))


def nearly(name: str) -> str:
    """The form of a name that it shares with those so near that a person should look: 汽车 and 机动车."""
    return _rewritten("near", name)


@lru_cache(maxsize=50_000)
def _rewritten(section: str, name: str) -> str:
    """A name with the rewriting rules of a section applied, in their order."""
    for rule in rules.many("comparing", section, Rewrite):
        name = rule.regex.sub(rule.to, name)
    return name
