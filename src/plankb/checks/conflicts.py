"""Conflicts: facts that cannot, or should not, both stand; three plans on one indicator are one conflict.

Targets are sorted into blocks of one indicator, and inside a block by place, so that nothing is compared that could
not be in conflict. Each kind of conflict is one function over a block; responsibility and task deadlines have blocks of
their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

from plankb.checks import levels, measures
from plankb.checks.compare import Placed, Verdict, above, binds, compare, obstacle, placed, same_level, specific
from plankb.errors import Language, message
from plankb.model import AnyFact, Conflict, Measurement, Plan, Severity, Target, Task, Words
from plankb.phrases import value
from plankb.register import Place

SHOWN = ("conflict", "looser", "backslide", "internal", "responsibility", "deadline")
"""The types that are shown by default; the rest are comparisons that found no conflict, with their reason."""
_ALIKE, _LONG_ENOUGH = 70.0, 6
COMPARISONS: tuple[Verdict, ...] = ("tighter", "other-period", "other-scope", "other-definition", "cannot-compare")


@dataclass(frozen=True)
class Block:
    """The targets on one indicator that bind one place, and those that bind the places above it."""

    place: Place | None
    own: tuple[Placed, ...]
    higher: tuple[Placed, ...]


def find_conflicts(
    plans: Iterable[Plan], targets: Iterable[Target], tasks: Iterable[Task] = (), *, everything: bool = False
) -> tuple[Conflict, ...]:
    """All conflicts, the gravest first. `everything` adds the comparisons that found none (tighter, …)."""
    from plankb.checks.responsibility import task_conflicts

    by_id = {plan.id: plan for plan in plans}
    targets = tuple(targets)
    found: dict[str, Conflict] = {}
    for block in blocks(by_id, targets):
        for kind in _KINDS:
            found |= {conflict.id: conflict for conflict in kind(block)}
        if everything:
            found |= {conflict.id: conflict for conflict in _comparisons(block)}
    led = task_conflicts(by_id, tuple(tasks), {target.id: target for target in targets})
    near = _near_indicators(by_id, targets) if everything else ()
    found |= {conflict.id: conflict for conflict in (*led, *near)}
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(found.values(), key=lambda c: (order[c.severity], (*SHOWN, *COMPARISONS).index(c.type), c.id)))


def blocks(plans: Mapping[str, Plan], targets: Iterable[Target]) -> Iterator[Block]:
    """Blocks by indicator and place; a target of a plan that is not there is left out."""
    by_indicator: dict[str, list[Placed]] = defaultdict(list)
    for target in targets:
        if target.plan in plans and specific(target):
            one = placed(target, plans[target.plan])
            by_indicator[one.indicator].append(one)
    for members in by_indicator.values():
        by_place: dict[Place | None, list[Placed]] = defaultdict(list)
        for member in members:
            by_place[member.place].append(member)
        for place, here in by_place.items():
            higher = [one for other, ones in by_place.items() if above(other, place) for one in ones]
            homes = {one.home for one in here}
            own = here if len(homes) == 1 else [one for one in here if not any(binds(one, other) for other in here)]
            higher += [one for one in here if one not in own] if own is not here else []
            if place is None:  # of plans whose place is unknown each is compared with itself alone
                for plan in {member.plan.id for member in own}:
                    yield Block(None, tuple(member for member in own if member.plan.id == plan), ())
            else:
                yield Block(place, tuple(own), tuple(higher))


def _same_thing(own: Sequence[Placed]) -> Iterator[tuple[Placed, ...]]:
    """Targets for one scope, time, kind and dimension."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        if one.level and one.target.by:
            change = (one.target.change, one.target.base_year if one.target.change else None)
            groups[one.scope, one.target.by, change, one.level.unit].append(one)
    yield from map(tuple, groups.values())


def _distinct(members: Sequence[Placed]) -> tuple[Placed, ...]:
    """One target for each plan and level."""
    kept: list[Placed] = []
    for one in members:
        if not any(one.plan.id == other.plan.id and same_level(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _between_plans(block: Block) -> Iterator[Conflict]:
    """Plans that set different levels for the same thing: 80% and 100%."""
    for members in _same_thing(block.own):
        settled = _distinct([one for one in members if _says_most(one, members)])
        if len({one.plan.id for one in settled}) > 1 and not all(same_level(settled[0], one) for one in settled[1:]):
            yield _conflict("conflict", _gravity(settled), settled, "E461")


def _says_most(one: Placed, members: Sequence[Placed]) -> bool:
    """Whether a plan has no plain target beside this stretched one: of 20%、力争21.6% the plan's level is 20%."""
    plain = (other for other in members if other.plan.id == one.plan.id and not other.target.stretch)
    return not one.target.stretch or not any(plain)


def _gravity(members: Sequence[Placed]) -> Severity:
    apart = any(
        levels.exclusive(one.level, other.level)
        for one in members
        for other in members
        if one.level and other.level and one.plan.id != other.plan.id
    )
    return "error" if apart else "warning"


def _inside_plan(block: Block) -> Iterator[Conflict]:
    """Two values in one plan: prose against table, chapter against chapter."""
    for members in _same_thing(block.own):
        for plan in dict.fromkeys(one.plan.id for one in members):
            own = _distinct([one for one in members if one.plan.id == plan and _says_most(one, members)])
            if len(own) > 1:
                yield _conflict("internal", "error" if _gravity_inside(own) else "warning", own, "E462")


def _gravity_inside(members: Sequence[Placed]) -> bool:
    return any(
        levels.exclusive(one.level, other.level) for one in members for other in members if one.level and other.level
    )


def _below_higher(block: Block) -> Iterator[Conflict]:
    """A city's target below what its province requires, or later than the province's date."""
    for higher in _distinct(block.higher):
        weak = [one for one in block.own if _requires(higher, one) and compare(one, higher) == "looser"]
        if weak:
            yield _conflict("looser", _severity_below(higher, weak), (higher, *_distinct(weak)), "E463")
        late = [one for one in block.own if is_late(one, higher, block.own)]
        if late and not weak:
            yield _conflict("looser", _severity_below(higher, late), (higher, *_distinct(late)), "E464")


def _requires(higher: Placed, one: Placed) -> bool:
    """Whether the higher target says anything about a place below: a share or intensity does, a total does not."""
    if higher.level is None or one.level is None or higher.target.stretch:
        return False
    return levels.relative(higher.level) or higher.place == one.place


def _severity_below(higher: Placed, weak: Sequence[Placed]) -> Severity:
    if levels.endowed(higher.target) or (higher.level and higher.level.op == "~"):
        return "info"
    return "warning" if weak else "info"


def is_late(one: Placed, higher: Placed, own: Sequence[Placed]) -> bool:
    """Whether a place reaches the higher level only after the date, and has no target for that date."""
    if obstacle(one, higher) or not _requires(higher, one) or not (one.target.by and higher.target.by):
        return False
    if one.target.by <= higher.target.by or one.level is None or higher.level is None:
        return False
    way = levels.direction(one.target)
    on_time = any(
        other.target.by and other.target.by <= higher.target.by and not obstacle(other, higher) for other in own
    )
    reached = levels.same(one.level, higher.level) or (way and levels.weaker(one.level, higher.level, way))
    return bool(way and reached and not on_time)


def _in_time(block: Block) -> Iterator[Conflict]:
    """A later year weaker than an earlier one, and a target weaker than its own baseline."""
    yield from _below_baseline(block)
    for members in _one_course(block.own):
        way = levels.direction(members[0].target)
        if way is None:
            continue
        slides = [
            (earlier, later)
            for later in members
            for earlier in members
            if earlier.target.by and later.target.by and earlier.target.by < later.target.by
            and earlier.level and later.level and levels.weaker(later.level, earlier.level, way)
            and not _follows_conflict(earlier, later, members)
        ]  # fmt: skip
        if slides:
            facts = dict.fromkeys(one for pair in slides for one in pair)
            yield _conflict("backslide", "warning", _distinct(tuple(facts)), "E465")


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
        ):
            continue
        start = _baseline(one)
        if start.level and one.level and levels.weaker(one.level, start.level, way):
            yield _conflict("backslide", "warning", (start, one), "E465")


def _baseline(one: Placed) -> Placed:
    base = one.target.baseline
    scale = one.level.value / float(one.target.value) if one.level and one.target.value and base else 1.0
    fields: dict[str, object] = {"id": f"{one.target.id}-baseline", "op": "=", "value_max": None, "baseline": None}
    fields |= {"value": base.value, "by": base.year} if base else {}
    if one.level and base:
        fields["normal"] = Measurement(value=base.value * scale, unit=one.level.unit)
    return placed(one.target.model_copy(update=fields), one.plan)


def _one_course(own: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Targets that differ in time alone, in its order; changes are not set against one another over time."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in own:
        if one.level and one.target.by and not one.target.change:
            groups[one.scope, one.level.unit].append(one)
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
        if one.target.by and one.level:
            groups[one.scope, one.level.value, one.level.unit, one.target.change].append(one)
    for members in groups.values():
        dates: dict[str, set[str | None]] = defaultdict(set)
        for one in block.own:
            dates[one.plan.id].add(one.target.by)
        apart = [
            one
            for one in members
            if any(
                one.target.by not in dates[other.plan.id] and other.target.by not in dates[one.plan.id]
                for other in members
            )
        ]
        if apart:
            yield _conflict("deadline", "warning", _distinct(apart), "E466")


def _units(block: Block) -> Iterator[Conflict]:
    """One measure in units of two dimensions, of which one does not fit it: 5亿立方米 and 5亿平方米."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in block.own:
        if one.level and one.target.by and one.target.value is not None:
            groups[one.scope, one.target.by, one.target.change].append(one)
    for members in groups.values():
        strange = [one for one in members if measures.misfit(one.target)]
        units = {one.level.unit for one in members if one.level}
        if strange and len(units) > 1:
            yield _conflict("conflict", "warning", _distinct(members), "E470")


_KINDS: tuple[Callable[[Block], Iterator[Conflict]], ...] = (
    _between_plans,
    _inside_plan,
    _below_higher,
    _in_time,
    _deadlines,
    _units,
)


def _comparisons(block: Block) -> Iterator[Conflict]:
    """What was compared and is no conflict, one record a verdict, with the reason."""
    found: dict[Verdict, list[Placed]] = defaultdict(list)
    everyone = (*block.own, *block.higher)
    for index, one in enumerate(block.own):
        for other in (*block.own[index + 1 :], *block.higher):
            if one.plan.id == other.plan.id:
                continue
            verdict = compare(one, other)
            if verdict in COMPARISONS:
                found[verdict] += [each for each in (one, other) if each not in found[verdict]]
    for verdict, members in found.items():
        ordered = [one for one in everyone if one in members]
        yield _conflict(verdict, "info", _distinct(ordered), _REASONS[verdict])


def _near_indicators(plans: Mapping[str, Plan], targets: Iterable[Target]) -> Iterator[Conflict]:
    """Indicators of nearly the same words that measure something else, one record a pair in a place and year."""
    groups: dict[tuple[str, str, str], dict[str, Placed]] = defaultdict(dict)
    for target in targets:
        if target.plan in plans and target.by and target.value is not None and specific(target):
            one = placed(target, plans[target.plan])
            if one.place and one.level:
                groups[one.place.code, target.by, one.level.unit].setdefault(target.indicator_id, one)
    for members in groups.values():
        for one, other in combinations(members.values(), 2):
            if one.plan.id != other.plan.id and _alike(one.target.indicator_id, other.target.indicator_id):
                yield _conflict("other-definition", "info", (one, other), "E474")


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return len(one) >= _LONG_ENOUGH and fuzz.ratio(one, other, score_cutoff=_ALIKE) > 0


_REASONS: Mapping[str, str] = {
    "tighter": "E471",
    "other-period": "E472",
    "other-scope": "E473",
    "other-definition": "E474",
    "cannot-compare": "E475",
}


def _conflict(kind: str, severity: Severity, members: Sequence[Placed], code: str) -> Conflict:
    facts = tuple(one.target for one in members)
    first = members[0]
    measured = [fact.indicator for fact in facts if fact.value is not None]
    indicator = min(measured or [fact.indicator for fact in facts], key=len)
    place = first.place.name if first.place else ""

    def said(lang: Language) -> str:
        listed = ("；" if lang == "zh" else "; ").join(_listed(one, lang) for one in members)
        return message(code, lang, place=place, indicator=indicator, by=first.target.by or "", listed=listed)

    return make(kind, severity, indicator, facts, Words(zh=said("zh"), en=said("en")))


def _listed(one: Placed, lang: Language) -> str:
    when = f"{one.target.by}年" if one.target.by and lang == "zh" else one.target.by or ""
    words = (
        f"{when}{value(one.target, lang)}"
        if lang == "zh"
        else f"{value(one.target, lang)} by {when}".removesuffix(" by ")
    )
    return f"{words}（《{one.plan.title}》）" if lang == "zh" else f"{words} ({one.plan.title})"


def make(kind: str, severity: Severity, indicator: str, facts: Sequence[AnyFact], why: Words) -> Conflict:
    """A conflict whose id stays while its facts stay."""
    stem = blake2b("\x1f".join((kind, *sorted(fact.id for fact in facts))).encode(), digest_size=6).hexdigest()
    return Conflict(
        id=f"conflict-{stem}", type=kind, severity=severity, indicator=indicator, facts=tuple(facts), why=why
    )
