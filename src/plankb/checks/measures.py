"""Rule `unit-mismatch`: a unit of another dimension than the indicator has, and 百分点 for %."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plankb import quantities, rules
from plankb.checks import magnitude
from plankb.checks.beside import known_targets, own_targets
from plankb.checks.misfits import ALL, misfit
from plankb.checks.registry import Draft, Remark, rule
from plankb.model import Fix, Target
from plankb.phrases import value
from plankb.rules.kinds import Measured

_PAIR = re.compile(r"\d[^\d，。；/／]*[/／]\s*\d")
"""A thing in two units at once: 200万千瓦/400万千瓦时."""


@rule(
    "unit-mismatch",
    severity="warning",
    zh="计量单位与该指标不符，百分点与百分比混用",
    en="a unit of another dimension than the indicator has, 百分点 for %",
    example="森林蓄积量达到2700万平方米",
)
def unit_mismatch(draft: Draft) -> Iterator[Remark]:
    """By the last words of the indicator, and by the units that other plans and the rest of the draft give it."""
    others = known_targets(draft)
    points = (*_points(draft), *magnitude.remarks(draft))
    yield from points
    seen: set[tuple[str, str | None]] = set()
    for one in own_targets(draft):
        target = one.target
        if (target.indicator_id, target.unit) in seen:
            continue
        seen.add((target.indicator_id, target.unit))
        told = any(target.span[0] <= remark.span[0] and remark.span[1] <= target.span[1] for remark in points)
        if target.value is None or not target.normal or told or (target.change and target.unit in ("倍", "番")):
            continue  # 增长3倍 measures a change of anything
        if "。" in target.quote or "；" in target.quote:
            continue  # what was read over the end of a sentence measures nothing
        if _over_all(target):
            details: dict[str, object] = {"indicator": target.indicator, "value": value(target)}
            yield Remark(target.span, "E390", details, "error")
        elif not target.change and target.unit and target.unit.endswith("百分点"):
            if not rules.one("checks", "set_beside").search(target.quote):
                yield _unit_remark(target, "E487", "%", _as_share(target))
        elif (odd := misfit(target)) and not _PAIR.search(target.quote):
            yield _unit_remark(target, "E486", odd)
        elif not target.change and target.unit:  # a bare number may have the unit of its table
            known = {
                other.level.unit
                for other in others.get(one.indicator, ())
                if other.level and not other.target.change and (other.target.unit or not other.level.universal)
            }
            if len(known) == 1 and target.normal.unit not in known and not _in_either(target):
                yield _unit_remark(target, "E488", known.pop())


def _over_all(target: Target) -> bool:
    """Whether a share of all there is lies above 100% in a table; `contradictory-bound` says so of sentences."""
    share = target.unit in ("%", "％") and target.value is not None and float(target.value) > ALL
    bounded = rules.one("checks", "bounded_share").search(target.indicator)
    beyond = rules.one("bounds", "over_all").search(target.indicator)
    return share and target.source == "table" and not target.change and bounded is not None and beyond is None


def _in_either(target: Target) -> bool:
    """Whether what is measured is given in units of several dimensions, as energy is in cubic metres and standard coal,
    and the target's is one of them."""
    given = quantities.dimension(target.unit or "").partition("/")[0]
    heads = [entry for entry in rules.many("checks", "measured", Measured) if entry.regex.search(target.indicator)]
    return any(len(entry.allowed) > 1 and given in entry.allowed for entry in heads)


def _points(draft: Draft) -> Iterator[Remark]:
    """183.1万辆，与119.06万辆相比，增加53.79个百分点: a relative change of amounts is in %, not in 百分点."""
    changed = rules.one("checks", "changed_points").regex
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
                unit = Fix(span=(match.end("value"), match.end()), text="%")
                yield Remark(match.span(), "E480", {"value": match["value"]}, fixes=(unit,))


def _unit_remark(target: Target, code: str, expected: str, fixes: tuple[Fix, ...] = ()) -> Remark:
    details: dict[str, object] = {"indicator": target.indicator, "unit": target.unit, "expected": expected}
    return Remark(target.span, code, details, fixes=fixes)


def _as_share(target: Target) -> tuple[Fix, ...]:
    """百分点 after a level becomes %; () where the words say it more than once."""
    places = [*rules.one("checks", "points").finditer(target.quote)]
    at = target.span[0]
    return tuple(Fix(span=(at + m.start(), at + m.end()), text="%") for m in places) if len(places) == 1 else ()
