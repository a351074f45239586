"""Rule `below-baseline`: a target weaker than the level that it starts from, in numbers or in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import permutations

from plankb import indicators, rules
from plankb.checks import amounts_of_years, levels
from plankb.checks.compare import Placed, placed
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Baseline, Target
from plankb.phrases import value

_SAME = 1e-6


@rule(
    "below-baseline",
    severity="warning",
    zh="目标值弱于所列基期值",
    en="a target weaker than the baseline it gives",
    example="绿地率 2020年42%，2025年目标40%",
)
def below_baseline(draft: Draft) -> Iterator[Remark]:
    """One remark an indicator; a hint where a bound or floor (稳定在95%以上) lies below what is reached already."""
    reversed_ = tuple(_distinct((*_reversed(draft), *_falls_behind(draft), *_behind_told(draft))))
    yield from reversed_
    told: set[tuple[str, float]] = set()
    for target in draft.targets:
        if any(target.span[0] <= remark.span[1] and remark.span[0] <= target.span[1] for remark in reversed_):
            continue
        way = levels.direction(target)
        if target.baseline is None or target.value is None or target.change or way is None:
            continue
        if amounts_of_years.adds_up(placed(target, draft.reading.plan)) or _is_difference(draft, target):
            continue  # what five years add up to, or a column of changes, is not what was there before
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


def _is_difference(draft: Draft, target: Target) -> bool:
    """Whether a value is the difference of two others in its row of a table: 500, 1065, 565."""
    if target.source != "table" or target.value is None:
        return False
    paragraph = draft.reading.clean.paragraph_at(target.span[0])
    cells = draft.text[paragraph.start : paragraph.end].split("\t")
    numbers = [float(cell) for cell in cells if re.fullmatch(r"\d+(?:\.\d+)?", cell)]
    own = float(target.value)
    return any(abs(two - one - own) < _SAME for one, two in permutations(numbers, 2) if own not in (one, two))


def _reversed(draft: Draft) -> Iterator[Remark]:
    """由95%提高到92%: the numbers go the other way than the verb, whatever the indicator."""
    rises, falls = rules.one("checks", "from_to.up"), rules.one("checks", "from_to.down")
    number = r"(?P<{0}>\d+(?:\.\d+)?)"
    base = r"(?:由|从)[^，。；\d]{0,8}(?:\d{4}年[^，。；\d]{0,6})?"
    start = rf"{base}{number.format('from')}(?P<unit>[^\d，。；、]{{1,8}}?)"
    end = rf"(?P<verb>{rises.expression}|{falls.expression})(?:到|至|为)(?:\d{{4}}年的?)?{number.format('to')}(?P=unit)"
    for match in re.finditer(start + end, draft.text):
        up = rises.match(match["verb"] + "至")
        if float(match["to"]) < float(match["from"]) if up else float(match["to"]) > float(match["from"]):
            details: dict[str, object] = {"verb": match["verb"], "from": match["from"], "to": match["to"]}
            yield Remark(match.span(), "E479", details)


def _distinct(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Those that do not overlap an earlier one."""
    kept: list[Remark] = []
    for one in remarks:
        if not any(one.span[0] < other.span[1] and other.span[0] < one.span[1] for other in kept):
            kept.append(one)
            yield one


@cache
def _told_patterns() -> tuple[re.Pattern[str], ...]:
    know = {part: rules.one("checks", f"from_to.{part}").expression for part in ("up", "down", "now", "reach")}
    verbs = rf"(?P<verb>{know['reach']}|(?:{know['up']}|{know['down']})(?:到|至|为))"
    before, after = r"(?<![\d.])(?P<from>\d+(?:\.\d+)?)", r"(?<![\d.])(?P<to>\d+(?:\.\d+)?)"
    unit, year, what = r"(?P<unit>[^\d，。；、（）\s]{1,10}?)", r"(?P<when>20\d\d年底?)", r"(?P<what>[^，。；\d]{2,24})"
    moved = rf"[^，。；\d]{{0,8}}?(?P<moved>{know['up']}|{know['down']})"
    now = rf"(?:{know['now']})，?(?P<what>[^，。；\d]{{0,24}}?){before}{unit}(?:的基础上)?，"
    goal = rf"[^，。；\d较比与]{{0,8}}(?:到|至)?20\d\d年底?，?[^，。；\d]{{0,14}}?{verbs}{after}(?P=unit)"
    reached = rf"{what}(?P<verb>{know['reach']}){after}{unit}"
    return (
        re.compile(now + goal),
        re.compile(rf"{reached}，(?:比|较){year}的?{before}(?P=unit){moved}"),
        re.compile(rf"{reached}[（(]{year}(?:为|是|末)?{before}(?P=unit)[）)]"),
    )


def _falls_behind(draft: Draft) -> Iterator[Remark]:
    """2020年建成120座，到2025年达到100座; 达到20%，较2020年的25%提高: what is told before lies beyond the target."""
    for start, end in draft.full_sentences:
        for pattern in _told_patterns():
            for match in pattern.finditer(draft.text, start, end):
                if _is_behind(match):
                    details: dict[str, object] = {name: match[name] + match["unit"] for name in ("from", "to")}
                    yield Remark(match.span(), "E478", details)


def _is_behind(match: re.Match[str]) -> bool:
    """Whether the target lies on the wrong side of what was: by its verb, else by what is measured; more is better."""
    verb = match.groupdict().get("moved") or match["verb"]
    before, after = float(match["from"]), float(match["to"])
    if rules.one("checks", "from_to.down").match(verb):
        return after > before
    if rules.one("checks", "from_to.up").match(verb + "至"):
        return after < before
    less = rules.one("checks", "from_to.less").search(match["what"])
    falls = less or indicators.direction(match["what"]) == "down"
    return not falls and after < before


def _behind_told(draft: Draft) -> Iterator[Remark]:
    """Targets beside what the draft tells elsewhere of the time before: 2025年占比62% in a first chapter, 60% by 2030.

    Only of one name and scope, where it is known which way is better, and never for a floor or a bound.
    """
    plan = draft.reading.plan
    told: dict[tuple[object, ...], list[Target]] = {}
    for one in draft.told:
        told.setdefault(_measure(placed(one, plan)), []).append(one)
    for target in draft.targets if told else ():
        before = told.get(_measure(placed(target, plan)), [])
        way = levels.direction(target)
        if len(before) != 1 or target.value is None or way is None or target.change or target.baseline:
            continue
        figure = before[0]
        if not figure.value or not target.by or target.by <= (figure.by or "") or target.span[0] <= figure.span[1]:
            continue
        if amounts_of_years.adds_up(placed(target, draft.reading.plan)):
            continue
        known = target.model_copy(update={"baseline": Baseline(value=figure.value, year=figure.by)})
        worse = target.value < figure.value if way == "up" else target.value > figure.value
        if worse and levels.clearly_below(known):
            details: dict[str, object] = {"from": value(figure), "year": figure.by, "to": value(target)}
            yield Remark(target.span, "E378", details, related=(figure,))


def _measure(one: Placed) -> tuple[object, ...]:
    """What a level is of: measure, place, scope and unit."""
    return one.indicator, one.place, one.scope, one.target.unit
