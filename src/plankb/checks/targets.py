"""Rules on targets: against the plans in force, against the level above, and against the rest of the draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plankb.checks import amounts_of_years, compared, figures_of_rows, levels, said_twice
from plankb.checks.beside import known_targets, nearly, own_targets, remark
from plankb.checks.compare import Placed, binds, compare, of_each_part, specific
from plankb.checks.contradictions import is_late, slides
from plankb.checks.registry import Draft, Remark, rule
from plankb.checks.settled import many_levels, one_thing
from plankb.checks.sums_of_places import said, wrong_sums
from plankb.document.spans import overlap
from plankb.model import Severity, Target
from plankb.phrases import value

_EQUAL = 1e-6


@rule(
    "target-conflict",
    severity="warning",
    zh="与同一行政区现行规划的目标值不一致",
    en="a value other than in a plan in force of the same jurisdiction",
    example="草案绿色建筑占比80%，现行规划100%",
)
def target_conflict(draft: Draft) -> Iterator[Remark]:
    """Every target of the draft beside those on the same indicator, place, scope and time, and what else `conflicts`
    would say of it; a hint where the indicator bears a nearly equal name."""
    told = list(_other_levels(draft))
    yield from told
    yield from compared.remarks(draft, "target-conflict", told)


def _other_levels(draft: Draft) -> Iterator[Remark]:
    others = known_targets(draft)
    for one in own_targets(draft):
        alike = others.get(one.indicator, ())
        apart = _apart(one, alike)
        if apart and not _settled(one, draft):
            yield remark(one, apart, "E481")
        elif less := _apart(one, alike, floor=True):
            yield remark(one, less, "E481", "info")
        elif near := [*_apart(one, nearly(one, others)), *_apart(one, nearly(one, others), floor=True)]:
            yield remark(one, near, "E477", "info")


def _apart(one: Placed, others: Iterable[Placed], *, floor: bool = False) -> list[Placed]:
    """Those of the same jurisdiction that set another level; `floor`: whose plain level lies inside the draft's bound,
    which so asks for less (≥53.8% beside 55%)."""
    here = [other for other in others if one.place is not None and other.home == one.home]
    if floor:
        bound = one.level is not None and one.level.op in (">=", ">", "<=", "<")
        return [other for other in here if bound and compare(one, other) == "tighter"]
    return [other for other in here if compare(one, other) == "conflict"]


def _settled(one: Placed, draft: Draft) -> bool:
    """Whether the draft itself has the plain level beside this stretched one."""
    return one.target.stretch and any(
        not other.stretch and other.indicator_id == one.target.indicator_id and other.by == one.target.by
        for other in draft.targets
    )


@rule(
    "below-superior",
    severity="warning",
    zh="低于上级规划的要求，或完成时间晚于上级",
    en="weaker or later than the level above requires",
    example="省级规划要求2025年达到85%，草案80%",
)
def below_superior(draft: Draft) -> Iterator[Remark]:
    """Shares and intensities beside those of the places above, and what else `conflicts` would say; totals of a
    province say nothing about a city."""
    told = list(_below(draft))
    yield from told
    yield from compared.remarks(draft, "below-superior", told)


def _below(draft: Draft) -> Iterator[Remark]:
    others = known_targets(draft)
    own = own_targets(draft)
    for one in own:
        higher = [other for other in others.get(one.indicator, ()) if binds(other, one) and not other.target.stretch]
        binding = [other for other in higher if other.level and (of_each_part(other) or other.place == one.place)]
        weak = [other for other in binding if compare(one, other) == "looser"]
        near = [] if higher else [other for other in nearly(one, others) if binds(other, one)]
        near = [other for other in near if compare(one, other) == "looser"]
        if weak:
            yield remark(one, weak, "E482", _how_binding(one, weak))
        elif near:
            yield remark(one, near, "E476", "info")
        late = [other for other in binding if not weak and _late(one, other, own)]
        if late:
            yield remark(one, late, "E483", _how_binding(one, late))


def _how_binding(one: Placed, higher: list[Placed]) -> Severity | None:
    """A hint beside averages that nature decides; what a plan above sets for the place itself binds it."""
    return "info" if all(levels.endowed(other.target) and other.place != one.place for other in higher) else None


def _late(one: Placed, higher: Placed, own: list[Placed]) -> bool:
    same = [other for other in own if other.target.indicator_id == one.target.indicator_id]
    return is_late(one, higher, same)


@rule(
    "target-inconsistent",
    severity="warning",
    zh="草案内同一指标、同一时间出现两个数值，正文与表格不一致，后期目标弱于前期",
    en="two values for one indicator and time inside the draft; prose against table; a later level below an earlier",
    example="前文绿地率40%，指标表45%",
)
def target_inconsistent(draft: Draft) -> Iterator[Remark]:
    """The later of two values is remarked, with the earlier one beside it; a total beside the sum of its years; and
    what else `conflicts` would say."""
    told = list(_inconsistent(draft))
    told += compared.remarks(draft, "target-inconsistent", told)
    yield from told
    known = [span for one in told for span in (one.span, *(fact.span for fact in one.related))]
    yield from said_twice.remarks(draft)
    for one in figures_of_rows.remarks(draft):
        if not any(overlap(one.span, span) for span in known):
            yield one


def _inconsistent(draft: Draft) -> Iterator[Remark]:
    for members in _by_indicator(draft):
        own = amounts_of_years.marked(members)
        for same_time in _one_time(own):
            for index, one in enumerate(same_time):
                apart = [other for other in same_time[:index] if _contradict(draft, other, one)]
                if apart:
                    yield remark(one, apart, "E484", _surely(one, apart))
        for total, parts, added in amounts_of_years.wrong_totals(own):
            yield _of_years(total, parts, added, "E458")
        for total, mean, added in amounts_of_years.wrong_means(own, {draft.reading.plan.id: draft.text}):
            yield _of_years(total, [mean], added, "E417")
        yield from _slides(own)
    for wrong in wrong_sums(one for one in own_targets(draft) if specific(one.target)):
        whole, shares, _ = wrong
        related = tuple(each.target for each in shares)
        yield Remark(whole.target.span, "E446", said(wrong), related=related)


def _of_years(total: Placed, parts: list[Placed], added: float, code: str) -> Remark:
    """A total beside amounts of years that come to something else."""
    told = [(f"{each.target.by}年" if each.when else "每年" if each.yearly else "", each) for each in (total, *parts)]
    listed = "；".join(f"{when}{value(each.target)}" for when, each in told)
    details: dict[str, object] = {
        "indicator": total.target.indicator, "sum": levels.in_unit_of(total.target, added), "listed": listed
    }  # fmt: skip
    return Remark(total.target.span, code, details, related=tuple(each.target for each in parts))


def _slides(own: tuple[Placed, ...]) -> Iterator[Remark]:
    """Levels of one course of which a later one is weaker: 97% by 2027 and 96% by 2030."""
    for course in slides(own):
        *earlier, last = course
        listed = "；".join(f"{each.target.by}年{value(each.target)}" for each in course)
        details: dict[str, object] = {"indicator": last.target.indicator, "listed": listed}
        yield Remark(last.target.span, "E465", details, related=tuple(each.target for each in earlier))


def _by_indicator(draft: Draft) -> Iterable[list[Placed]]:
    """The draft's targets that say what is measured, by indicator, in the order of the text."""
    groups: dict[str, list[Placed]] = {}
    for one in own_targets(draft):
        if specific(one.target):
            groups.setdefault(one.indicator, []).append(one)
    return groups.values()


def _one_time(own: Iterable[Placed]) -> Iterator[list[Placed]]:
    """Targets of one indicator for one place and time; not where so many levels show that each is of another thing."""
    groups: dict[tuple[object, ...], list[Placed]] = {}
    for one in own:
        if one.target.by and one.level:
            groups.setdefault((one.place, one.scope, one.target.by), []).append(one)
    yield from (members for members in groups.values() if not many_levels(members))


def _contradict(draft: Draft, earlier: Placed, one: Placed) -> bool:
    return (
        earlier.place == one.place
        and compare(one, earlier) == "conflict"
        and one_thing(one, earlier)
        and not _reaches_further(one, earlier)
        and not _told_apart(draft, earlier.target, one.target)
    )


def _reaches_further(one: Placed, other: Placed) -> bool:
    """Whether one of two is a stretched target that lies beyond the plain one, as it should: 20%、力争21.6%."""
    if one.target.stretch == other.target.stretch or not one.level or not other.level:
        return False
    plain, stretched = sorted((one, other), key=lambda each: each.target.stretch)
    way = levels.direction(stretched.target) or "up"
    return bool(plain.level and stretched.level and not levels.weaker(stretched.level, plain.level, way))


def _told_apart(draft: Draft, one: Target, other: Target) -> bool:
    """Whether the text tells two values apart: columns of a table, members of 分别, a part of the first, a sum."""
    same_row = one.source == other.source == "table" and one.span[0] == other.span[0]
    listed = "分别" in one.quote and "分别" in other.quote and "。" not in draft.text[one.span[0] : other.span[0]]
    return same_row or listed or _part(draft, one, other) or _is_sum(draft, one, other) or _is_sum(draft, other, one)


def _is_sum(draft: Draft, total: Target, part: Target) -> bool:
    """Whether a value is the sum of those in the row of a table that the other stands in: 150 of 50, 50, 50."""
    if part.source != "table":
        return False
    row = [t.value for t in draft.targets if t.source == "table" and t.span[0] == part.span[0] and t.value is not None]
    return len(row) > 1 and total.value is not None and abs(sum(row) - total.value) < _EQUAL


def _part(draft: Draft, whole: Target, part: Target) -> bool:
    """Whether the later amount is a part of the earlier one: 三年共改造180万平方米，其中2026年改造80万平方米."""
    between = draft.text[whole.span[0] : part.span[1]]
    return (whole.unit or "") != "%" and "其中" in between and "。" not in between


def _surely(one: Placed, apart: list[Placed]) -> Severity | None:
    """An error only for shares, where the words for the indicator are the same and no value satisfies both."""
    certain = all(
        one.level
        and other.level
        and one.level.unit == "%"
        and levels.exclusive(one.level, other.level)
        and other.target.indicator == one.target.indicator
        for other in apart
    )
    return "error" if certain else None
