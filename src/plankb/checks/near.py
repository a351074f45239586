"""Figures under names so near that they may be of one measure: 报废汽车 and 报废机动车, 健康管理率 and 健康管理服务率.

A name that says more in words which the plan's own title says is the same one; one that only says more is likely so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

from plankb import indicators, rules
from plankb.checks import located
from plankb.checks.amounts_of_years import adds_up
from plankb.checks.compare import (
    Placed,
    binds,
    compare,
    compared,
    distinct,
    gist,
    kin,
    nearly,
    of_each_part,
    of_several_plans,
    placed,
    same_level,
    share_ended,
    specific,
)
from plankb.checks.levels import endowed, relative, satisfies
from plankb.checks.settled import one_thing
from plankb.checks.thesaurus import as_one
from plankb.checks.wording import of_targets
from plankb.in_force import comparable
from plankb.model import Conflict, Plan, Severity, Target
from plankb.register import Place
from plankb.register.places import COUNTRY

_LONG_ENOUGH, _SURE = 5, 9
"""Characters of a name that another one may say more than; of one that then is likely the same."""
_TWO = 2
"""Names of one measure that a plan may have: more of them are members of a list."""
_MORE = 0.7
"""How much longer, in shares of the short name, the long one may be."""


def near_names(plans: Mapping[str, Plan], targets: Iterable[Target]) -> Iterator[Conflict]:
    """One conflict for the targets of several plans of a place, for one time and scope, whose near names have other
    levels; plans that name the measure alike are compared elsewhere."""
    known = [placed(target, plans[target.plan]) for target in targets if target.plan in plans and specific(target)]
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in known:
        if one.place and one.level and one.place == one.home and one.when:
            change = (one.change, one.target.base_year if one.change else None, one.target.per)
            groups[nearly(one.indicator), one.place, one.scope, one.when, change, one.level.unit].append(one)
    for members in groups.values():
        pairs = [pair for pair in of_several_plans(members) if _apart(*pair)]
        if pairs:
            facts = distinct([one for one in members if any(one in pair for pair in pairs)])
            yield of_targets("conflict", "info", facts, "E438")
    yield from _of_one_kin([one for one in known if one.place and one.level and not one.target.stretch])
    yield from _saying_more([one for one in known if one.level and of_each_part(one) and not one.target.stretch])


def _of_one_kin(known: Iterable[Placed]) -> Iterator[Conflict]:
    """Targets whose names say one measure in other words: of one place apart, or weaker than a place above asks; once
    for each two plans."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in known:
        if one.place and one.level:
            said = _said(one)
            name = gist(said) if relative(one.level) else kin(said)
            groups[name, one.scope, one.due, one.change, one.level.unit].append(one)
    for found in groups.values():
        told: set[tuple[str, str]] = set()
        yield from _inside(found)
        for one, other in _related(_one_a_level(found)):
            pair = (one.plan.id, other.plan.id)
            if one.indicator == other.indicator or pair in told or not comparable(one.plan, other.plan):
                continue
            for conflict in _of_two_names(one, other):
                told |= {pair, pair[::-1]}
                yield conflict


def _inside(found: Sequence[Placed]) -> Iterator[Conflict]:
    """A row of a plan's table and what its text says of the measure in other words, for one year and apart."""
    for row in found:
        if row.target.source != "table" or not row.target.by or adds_up(row):
            continue
        own = [one for one in found if one.plan.id == row.plan.id and one.place == row.place and one.target.by]
        alike = [one for one in own if one.target.source != "table" and one.indicator != row.indicator]
        unlike = [one for one in alike if not same_level(one, row) and one_thing(one, row)]
        if unlike and len(unlike) == len(alike) and len({one.indicator for one in own}) == _TWO:
            yield of_targets("internal", "warning", (row, unlike[0]), "E438")
            return


def _said(one: Placed) -> str:
    """The name of what a target measures with its scope, which a word for the whole may begin with (农村改厕率); as it
    is printed where that holds such a word, which the forms of names cut through (灌区改造)."""
    printed, told = one.target.indicator, as_one(one.target.indicator)
    own = one.place == one.home and not one.scope and one.target.qualitative is None
    if own and told != printed and one.indicator == compared(one.target.indicator_id):
        return compared(indicators.indicator_id(told))
    return one.scope + one.indicator


def _of_two_names(one: Placed, other: Placed) -> Iterator[Conflict]:
    if one.place == other.place and one.home == other.home:
        if _apart(one, other):
            yield of_targets("conflict", "warning", (one, other), "E438")
    elif binds(one, other) or binds(other, one):
        higher, lower = (one, other) if binds(one, other) else (other, one)
        if compare(lower, higher) == "looser":
            mild = endowed(higher.target) or higher.place is COUNTRY
            yield of_targets("looser", "info" if mild else "warning", (higher, lower), "E450")


def _saying_more(known: Iterable[Placed]) -> Iterator[Conflict]:
    """Shares of which one name says more than the other: of one place apart, or weaker than a place above asks."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in known:
        if one.place and one.level:
            groups[share_ended(one.indicator)[-2:], one.scope, one.when, one.change, one.level.unit].append(one)
    for found in groups.values():
        for one, other in _related(_one_a_level(found)):
            if one.plan.id == other.plan.id or not comparable(one.plan, other.plan) or same_level(one, other):
                continue
            if one.place == other.place and one.home == other.home:
                if _apart(one, other) and (severity := _alike(one, other)):
                    yield of_targets("conflict", severity, (one, other), "E438")
            elif binds(one, other) or binds(other, one):
                yield from _below(*((one, other) if binds(one, other) else (other, one)))


def _below(higher: Placed, lower: Placed) -> Iterator[Conflict]:
    """A hint where the level above is an average that binds no place; a warning where the names are surely of one."""
    severity = _alike(higher, lower) if compare(lower, higher) == "looser" else None
    if severity:
        bound = not endowed(higher.target) and higher.place is not COUNTRY
        yield of_targets("looser", severity if bound else "info", (higher, lower), "E450")


def _related(members: Iterable[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """The pairs of one place, and those of a place and one above it."""
    by_place: dict[Place, list[Placed]] = defaultdict(list)
    for one in members:
        if one.place:
            by_place[one.place].append(one)
    for place, here in by_place.items():
        yield from of_several_plans(here)
        for higher in (each for each in (*located.ancestors(place), COUNTRY) if each != place):
            yield from product(by_place.get(higher, ()), here)


def _one_a_level(found: Iterable[Placed]) -> list[Placed]:
    """One target for each plan, name and level: a table says again what prose said."""
    return [*{(one.plan.id, one.indicator, one.place, one.level): one for one in reversed(list(found))}.values()][::-1]


def _apart(one: Placed, other: Placed) -> bool:
    if one.indicator == other.indicator or one.plan.id == other.plan.id or same_level(one, other):
        return False
    met = one.level and other.level and satisfies(one.level, other.level)
    return not met and comparable(one.plan, other.plan)


def _alike(one: Placed, other: Placed) -> Severity | None:
    """How surely two names mean one measure: "warning", "info", or None where they do not."""
    short, long = sorted((share_ended(one.indicator), share_ended(other.indicator)), key=len)
    more = _more(short, long)
    if not more:
        return None
    title = "".join((one.plan.title, other.plan.title))
    elided = all(part in one.plan.title and part in other.plan.title for part in more)
    if elided and len(short) >= _LONG_ENOUGH:
        return "warning"
    others = [part for part in more if part not in title]
    if any(rules.one("checks", "telling").search(part) for part in others):
        return None
    return "warning" if len(short) >= _SURE else "info"


@lru_cache(maxsize=50_000)
def _more(short: str, long: str) -> tuple[str, ...]:
    """The pieces that a long name says more than a short one; () where it does not hold the short one, or says much
    more."""
    if not _LONG_ENOUGH <= len(short) < len(long) <= (1 + _MORE) * len(short):
        return ()
    found = SequenceMatcher(None, short, long, autojunk=False).get_opcodes()
    if any(what in ("delete", "replace") for what, *_ in found):
        return ()
    pieces = tuple(long[start:end] for what, _, _, start, end in found if what == "insert")
    return pieces if len(pieces) <= 2 and min(map(len, pieces)) > 1 else ()
