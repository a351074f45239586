"""What a plan tells of the time before it beside what it sets: less than there is already (已有96户 / 达到92户), and an
amount that a multiple of what was does not come to (900亿元, 较2020年翻一番 / 1500亿元)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from plankb import indicators, numbers, rules
from plankb.checks.amounts import number, plain
from plankb.checks.amounts_of_years import adds_up, says_so
from plankb.checks.asked import pairs_of, share_said
from plankb.checks.compare import Placed, placed
from plankb.checks.figures import told
from plankb.checks.levels import held, in_unit_of, relative
from plankb.checks.pieces import around
from plankb.checks.wording import of_targets
from plankb.in_force import comparable, years
from plankb.model import Conflict, Plan, Target

_EXACT, _FEW, _NEAR, _FAR = 1e-6, 2, 0.06, 0.4
"""How far figures that are one may lie apart; pairs of characters that tell a thing; the share by which a multiple may
miss its amount; that of the greater figure below which two are hardly of one thing."""
_BACK = 60
"""Characters from an amount to the words that say which multiple it is."""


def less_than_before(
    plans: Mapping[str, Plan], known: Iterable[Placed], texts: Mapping[str, str]
) -> Iterator[Conflict]:
    """One conflict for each level that a plan sets below what it, or another plan of its place, tells that there is,
    and for each amount that is not the multiple it is said to be of a figure told."""
    before: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for plan, text in texts.items():
        for figure in told(plans[plan], text, shortest=_FEW) if plan in plans else ():
            one = placed(figure, plans[plan])
            if one.level and one.place:
                before[one.place, one.level.unit].append(one)
    for one in known if before else ():
        start = before.get((one.place, one.level.unit), ()) if one.level else ()
        if start and one.place == one.home and not one.change:
            yield from _multiple(one, start, texts.get(one.plan.id, ""))
            yield from _fallen(one, start, texts.get(one.plan.id, ""))


def _fallen(one: Placed, start: Sequence[Placed], text: str) -> Iterator[Conflict]:
    """The latest figure that a level falls behind, where its words want more of the thing."""
    if not _rises(one, text):
        return
    alike = [each for each in start if _of_one(each, one) and _is_before(each, one)]
    last = max(alike, key=lambda each: each.target.by or "", default=None)
    if last is None or last.level is None or one.level is None:
        return
    if _FAR * last.level.value < one.level.value < last.level.value * (1 - _EXACT):
        kind = "backslide" if last.plan.id == one.plan.id else "conflict"
        yield of_targets(kind, "warning", (last, one), "E465")


def _rises(one: Placed, text: str) -> bool:
    """Whether a target is a level that is to be reached from below: a count of what there is, or a share."""
    target = one.target
    if target.value is None or target.op in ("<=", "<", "~") or one.yearly or says_so(one) or held(target):
        return False
    sentence = text[slice(*around(text, target.span))]
    falls = rules.one("growth", "falls").search(sentence)
    bad = "down" in (indicators.direction(target.indicator_id), indicators.direction(target.indicator))
    flows = adds_up(one) and not rules.one("growth", "stands").search(target.quote)
    return not (falls or bad or flows) and rules.one("growth", "reaches").search(sentence) is not None


def _is_before(told_: Placed, one: Placed) -> bool:
    due = one.due or ""
    before = told_.scope == one.scope and (told_.target.by or "9") < due[:4]
    return before and (told_.plan.id == one.plan.id or comparable(told_.plan, one.plan))


def _of_one(told_: Placed, one: Placed) -> bool:
    """Whether two names are one, or differ in words that stand around a thing alone."""
    if told_.indicator == one.indicator:
        return True
    first, second = (pairs_of(_bare(each.target.indicator)) for each in (told_, one))
    return len(first) > _FEW and first == second


@lru_cache(maxsize=8_192)
def _bare(name: str) -> str:
    return rules.one("comparing", "figure_frame").regex.sub("", rules.one("comparing", "summed").sub(name))


def _multiple(one: Placed, start: Sequence[Placed], text: str) -> Iterator[Conflict]:
    """An amount beside the words in its sentence that say how many times a year's figure it is."""
    level, (at, end) = one.level, one.target.span
    if level is None or relative(level):
        return
    sentence = around(text, (at, end))
    for match in rules.one("growth", "fold").regex.finditer(text, max(sentence[0], at - _BACK), sentence[1]):
        if match.start() > end + 2 or (match.end() < at - 1 and any(map(str.isdigit, text[match.end() : at]))):
            continue
        year = match["year"] or _year_before(one.plan)
        named = [each for each in start if each.target.by == year and _ends_alike(each, one)]
        same = [each for each in named if each.plan.id == one.plan.id] or named
        if len({each.level.value for each in same if each.level}) != 1 or not same[0].level:
            continue
        ratio = level.value / max(same[0].level.value, _EXACT)
        folds = _folds(match)
        more = match["least"] is not None and ratio > min(folds)
        if not more and all(abs(ratio - fold) > _NEAR * fold for fold in folds):
            details = {"from": _printed(same[0].target), "to": in_unit_of(one.target, level.value)}
            kind = "internal" if same[0].plan.id == one.plan.id else "conflict"
            yield of_targets(kind, "warning", (same[0], one), "E368", times=plain(round(ratio, 2)), **details)
            return


def _year_before(plan: Plan) -> str | None:
    """The year that a plan starts from, which its multiples are of where they name none: 五年翻一番."""
    span = years(plan)
    return str(span[0] - 1) if span else None


def _printed(target: Target) -> str:
    return f"{plain(float(target.value or 0))}{target.unit or ''}"


def _folds(match: re.Match[str]) -> set[float]:
    """How many times as much some words mean: 翻两番 four, 增长2倍 three (and two, as many write), 增长45% 1.45."""
    if match["more"]:
        more = float(numbers.parse(match["more"]) or 1)
        return {more + 1, more} if more > 1 else {2.0}
    if match["rate"]:
        return {1 + number(match["rate"]) / 100}
    return {2.0 ** int(numbers.parse(match["fold"] or "一") or 1)}


def _ends_alike(told_: Placed, one: Placed) -> bool:
    """Whether one name is the other's end, or says all of it: 核心产业增加值 and 数字经济核心产业增加值."""
    first, second = _bare(told_.target.indicator), _bare(one.target.indicator)
    short, long = sorted((first, second), key=len)
    if len(short) <= _FEW:
        return False
    return long.endswith(short) or (len(pairs_of(short)) > _FEW and share_said(short, long) >= 1.0)
