"""Rules on targets: against the plans in force, against the level above, and against the rest of the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import indicators, quantities, rules
from plankb.checks import levels
from plankb.checks.compare import Placed, above, compare, placed, same_level, specific
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Plan, Severity, Target
from plankb.phrases import value

_BESIDE = "高于|低于|快于|超过|领先|好于|优于"
"""Words that set one thing beside another: 高于全省平均0.5个百分点 is right."""
_MANY, _NEARLY_ALL = 0.4, 0.75
"""Shares of a plan's numbers that have a time, from which on one without is worth a hint, or a warning."""


def _own(draft: Draft) -> list[Placed]:
    return [placed(target, draft.reading.plan) for target in draft.targets]


def _others(draft: Draft) -> dict[str, list[Placed]]:
    """The targets of the other plans by indicator; a plan of the same title is the draft itself, issued before."""
    plans = {plan.id: plan for plan in draft.known.plans if not _is_draft(plan, draft.reading.plan)}
    found: dict[str, list[Placed]] = {}
    for target in draft.known.targets:
        if target.plan in plans:
            one = placed(target, plans[target.plan])
            found.setdefault(one.indicator, []).append(one)
    return found


def _is_draft(plan: Plan, draft: Plan) -> bool:
    return plan.id == draft.id or (bool(plan.title) and plan.title == draft.title)


def _said(one: Placed) -> str:
    return f"{value(one.target)}（《{one.plan.title}》）"


@rule(
    "target-conflict",
    severity="warning",
    zh="与同一行政区现行规划的目标值不一致",
    en="a value other than in a plan in force of the same jurisdiction",
    example="草案绿色建筑占比80%，现行规划100%",
)
def target_conflict(draft: Draft) -> Iterator[Remark]:
    """Every target of the draft beside those on the same indicator, place, scope and time."""
    others = _others(draft)
    for one in _own(draft):
        apart = [
            other
            for other in others.get(one.indicator, ())
            if one.place is not None and other.place == one.place and compare(one, other) == "conflict"
        ]
        if apart and not _settled(one, draft):
            yield _remark(one, apart, "E481")


def _settled(one: Placed, draft: Draft) -> bool:
    """Whether the draft itself has the plain level beside this stretched one."""
    return one.target.stretch and any(
        not other.stretch and other.indicator_id == one.target.indicator_id and other.by == one.target.by
        for other in draft.targets
    )


def _remark(one: Placed, related: list[Placed], code: str, severity: Severity | None = None) -> Remark:
    related = [
        other
        for index, other in enumerate(related)
        if not any(other.plan.id == earlier.plan.id and same_level(other, earlier) for earlier in related[:index])
    ]
    details: dict[str, object] = {
        "indicator": one.target.indicator,
        "value": value(one.target),
        "others": "；".join(dict.fromkeys(_said(other) for other in related)),
        "by": one.target.by or "",
    }
    return Remark(one.target.span, code, details, severity, tuple(other.target for other in related))


@rule(
    "below-superior",
    severity="warning",
    zh="低于上级规划的要求，或完成时间晚于上级",
    en="weaker or later than the level above requires",
    example="省级规划要求2025年达到85%，草案80%",
)
def below_superior(draft: Draft) -> Iterator[Remark]:
    """Shares and intensities beside those of the places above; totals of a province say nothing about a city."""
    others = _others(draft)
    own = _own(draft)
    for one in own:
        higher = [other for other in others.get(one.indicator, ()) if above(other.place, one.place)]
        binding = [
            other for other in higher if other.level and levels.relative(other.level) and not other.target.stretch
        ]
        weak = [other for other in binding if compare(one, other) == "looser"]
        if weak:
            yield _remark(one, weak, "E482", _how_binding(weak))
        late = [other for other in binding if not weak and _late(one, other, own)]
        if late:
            yield _remark(one, late, "E483", _how_binding(late))


def _how_binding(higher: list[Placed]) -> Severity | None:
    return "info" if all(levels.endowed(other.target) for other in higher) else None


def _late(one: Placed, higher: Placed, own: list[Placed]) -> bool:
    from plankb.checks.conflicts import is_late

    same = [other for other in own if other.target.indicator_id == one.target.indicator_id]
    return is_late(one, higher, same)


@rule(
    "target-inconsistent",
    severity="warning",
    zh="草案内同一指标、同一时间出现两个数值，正文与表格不一致",
    en="two values for one indicator and time inside the draft; prose against table",
    example="前文绿地率40%，指标表45%",
)
def target_inconsistent(draft: Draft) -> Iterator[Remark]:
    """The later of two values is remarked, with the earlier one beside it."""
    seen: dict[str, list[Placed]] = {}
    for one in _own(draft):
        before = seen.setdefault(one.target.indicator_id, [])
        if specific(one.target) and one.target.by:
            apart = [
                other
                for other in before
                if other.place == one.place
                and compare(one, other) == "conflict"
                and other.target.stretch == one.target.stretch
                and not _same_row(other.target, one.target)
                and not _part(draft, other.target, one.target)
            ]
            if apart:
                yield _remark(one, apart, "E484", _surely(one, apart))
        before.append(one)


def _same_row(one: Target, other: Target) -> bool:
    """Whether two values stand in one row of a table, where columns, not the drafter, tell them apart."""
    return one.source == other.source == "table" and one.span[0] == other.span[0]


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


@rule(
    "below-baseline",
    severity="warning",
    zh="目标值弱于所列基期值",
    en="a target weaker than the baseline it gives",
    example="绿地率 2020年42%，2025年目标40%",
)
def below_baseline(draft: Draft) -> Iterator[Remark]:
    """One remark an indicator; a hint where a bound or floor (稳定在95%以上) lies below what is reached already."""
    reversed_ = tuple(_reversed(draft))
    yield from reversed_
    told: set[tuple[str, float]] = set()
    for target in draft.targets:
        if any(target.span[0] <= remark.span[1] and remark.span[0] <= target.span[1] for remark in reversed_):
            continue
        way = levels.direction(target)
        if target.baseline is None or target.value is None or target.change or way is None:
            continue
        key = (target.indicator_id, float(target.baseline.value))
        short = target.value < target.baseline.value if way == "up" else target.value > target.baseline.value
        if short and key not in told:
            told.add(key)
            details: dict[str, object] = {
                "indicator": target.indicator,
                "value": value(target),
                "baseline": f"{target.baseline.value}{target.unit or ''}",
            }
            yield Remark(target.span, "E485", details, None if levels.clearly_below(target) else "info")


def _reversed(draft: Draft) -> Iterator[Remark]:
    """由95%提高到92%: the numbers go the other way than the verb, whatever the indicator."""
    know = rules.load("checks")["from_to"]
    number = r"(?P<{0}>\d+(?:\.\d+)?)"
    base = r"(?:由|从)[^，。；\d]{0,8}(?:\d{4}年[^，。；\d]{0,6})?"
    start = rf"{base}{number.format('from')}(?P<unit>[^\d，。；、]{{1,8}}?)"
    end = rf"(?P<verb>{know['up']}|{know['down']})(?:到|至|为)(?:\d{{4}}年的?)?{number.format('to')}(?P=unit)"
    for match in re.finditer(start + end, draft.text):
        up = re.fullmatch(know["up"], match["verb"])
        if float(match["to"]) < float(match["from"]) if up else float(match["to"]) > float(match["from"]):
            details: dict[str, object] = {"verb": match["verb"], "from": match["from"], "to": match["to"]}
            yield Remark(match.span(), "E479", details)


@rule(
    "unit-mismatch",
    severity="warning",
    zh="计量单位与该指标不符，百分点与百分比混用",
    en="a unit of another dimension than the indicator has, 百分点 for %",
    example="森林蓄积量达到2700万平方米",
)
def unit_mismatch(draft: Draft) -> Iterator[Remark]:
    """By the last words of the indicator, and by the units that other plans and the rest of the draft give it."""
    others = _others(draft)
    points = tuple(_points(draft))
    yield from points
    seen: set[tuple[str, str | None]] = set()
    for one in _own(draft):
        target = one.target
        if (target.indicator_id, target.unit) in seen:
            continue
        seen.add((target.indicator_id, target.unit))
        told = any(target.span[0] <= remark.span[0] and remark.span[1] <= target.span[1] for remark in points)
        if target.value is None or not target.normal or told:
            continue
        if not target.change and target.unit and target.unit.endswith("百分点"):
            if not re.search(_BESIDE, target.quote):
                yield _unit_remark(target, "E487", "%")
        elif strange := _strange(target):
            yield _unit_remark(target, "E486", strange)
        elif not target.change:
            known = {
                other.level.unit for other in others.get(one.indicator, ()) if other.level and not other.target.change
            }
            if len(known) == 1 and target.normal.unit not in known:
                yield _unit_remark(target, "E488", known.pop())


def _points(draft: Draft) -> Iterator[Remark]:
    """183.1万辆，与119.06万辆相比，增加53.79个百分点: a relative change of amounts is in %, not in 百分点."""
    changed = re.compile(r"(?:增加|增长|提高|上升|下降|减少|降低)了?(?P<value>\d+(?:\.\d+)?)个?百分点")
    for start, end in draft.sentences:
        for match in changed.finditer(draft.text, start, end):
            amounts = [
                q for q in quantities.find(draft.text[start : match.start()]) if q.unit not in ("", "年", "月", "日")
            ]
            if len(amounts) < 2 or amounts[-1].unit != amounts[-2].unit or amounts[-1].unit in ("%", "％", "年"):
                continue
            one, other = (float(q.value) for q in amounts[-2:])
            if (
                other
                and one
                and any(
                    abs(abs(a - b) / b * 100 - float(match["value"])) < 0.1 for a, b in ((one, other), (other, one))
                )
            ):
                yield Remark(match.span(), "E480", {"value": match["value"]})


def _unit_remark(target: Target, code: str, expected: str) -> Remark:
    details: dict[str, object] = {"indicator": target.indicator, "unit": target.unit, "expected": expected}
    return Remark(target.span, code, details)


def _strange(target: Target) -> str:
    """The words of the indicator that the unit does not belong to, "" when it does."""
    if target.normal is None or (target.change and target.normal.unit == "%"):
        return ""  # a change of anything may be in percent
    if target.normal.unit == "%" and re.search("率|比例|占比|比重", target.quote):
        return ""  # the quote says a share, whatever the indicator was taken to be
    for entry in rules.load("checks")["measured"]:
        head = re.search(entry["head"], target.indicator)
        if head and target.normal.unit in entry["strange"]:
            return head.group()
    expected = indicators.canonical(target.indicator).dimension
    given = quantities.dimension(target.unit or "")
    foreign = expected and given and given != expected and not given.startswith((f"{expected}/", "per_"))
    return target.indicator[-4:] if foreign and given != "points" else ""


@rule(
    "no-deadline",
    severity="info",
    zh="有数值而没有时限的目标",
    en="a number without a time",
    example="绿地率达到40%（未写时限）",
)
def no_deadline(draft: Draft) -> Iterator[Remark]:
    """A hint where many targets of the plan have a time, a warning where nearly all have; standards need none."""
    numeric = [target for target in draft.targets if target.value is not None and target.source == "prose"]
    timed = sum(target.by is not None for target in numeric)
    if timed < _MANY * len(numeric):
        return  # a plan whose period or whose headings say when
    usual = len(numeric) >= 4 and timed >= _NEARLY_ALL * len(numeric) and not draft.reading.plan.period
    know = rules.load("checks")["standing"]
    for target in numeric:
        if target.by is None and not re.search(know["words"], target.quote):
            promised = usual and re.search(know["promise"], target.quote)
            details: dict[str, object] = {"indicator": target.indicator, "value": value(target)}
            yield Remark(target.span, "E489", details, "warning" if promised else None)


@rule(
    "vague-target",
    severity="info",
    zh="其他规划已有具体数值的指标，草案只作笼统表述",
    en="进一步提高 and the like where other plans give a figure for that indicator",
    example="到2030年资源化利用率进一步提高（省级规划为70%）",
)
def vague_target(draft: Draft) -> Iterator[Remark]:
    """A warning where a plan of the same place has the figure for the same year, a hint where one above has it."""
    vague = re.compile(rules.load("checks")["vague"]["words"])
    others = _others(draft)
    for one in _own(draft):
        target = one.target
        if target.value is not None or not vague.search(target.qualitative or ""):
            continue
        figures = [
            other
            for other in others.get(one.indicator, ())
            if other.target.value is not None
            and other.scope == one.scope
            and other.target.by == target.by
            and (other.place == one.place or (above(other.place, one.place) and not _total(other)))
        ]
        if figures:
            same_place = any(other.place == one.place for other in figures)
            yield _remark(one, figures, "E490", "warning" if same_place else None)


def _total(one: Placed) -> bool:
    return one.level is None or not levels.relative(one.level)
