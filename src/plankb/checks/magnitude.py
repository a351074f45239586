"""Units left out or of another order of magnitude: 4.5； without 件, 62亿元 that becomes 90万元, 毫克 for 微克."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from plankb import quantities, rules
from plankb.checks.registry import Draft, Remark
from plankb.model import Span, Target
from plankb.phrases import value
from plankb.rules.kinds import Proportion

_FAR = 50.0
"""How many times one figure is the other from which on a unit is wrong, not a plan bold."""
_NEAR, _MANY = 400, 2
_CLAUSE_STOP = re.compile("[，。；：\n]")
"""Characters within which two amounts speak of one thing where neither names it; amounts in 万 that show how a draft
writes them."""


def remarks(draft: Draft) -> Iterator[Remark]:
    """Targets without their unit, far from their baseline or another mention, beyond what can be, or far from an amount
    that they are bound to."""
    yield from _missing(draft)
    yield from _far_from_start(draft)
    yield from _impossible(draft)
    yield from _apart(draft)
    yield from _fractions(draft)


def _fractions(draft: Draft) -> Iterator[Remark]:
    """2.3人, 1.2元: parts of what has none, and amounts that the rest of the draft gives in 万."""
    for start, end in draft.paragraphs:
        for match in rules.pattern("growth", "fraction").finditer(draft.text, start, end):
            clause = _CLAUSE_STOP.split(draft.text[start : match.start()])[-1]
            if rules.one("growth", "of_each").search(clause):
                continue
            unit = match["whole"] or match["part"]
            if match["whole"] or _in_myriads(draft.text, match, unit, clause):
                yield Remark(match.span(), "E806", {"words": match.group(), "unit": unit})


def _in_myriads(text: str, match: re.Match[str], unit: str, clause: str) -> bool:
    """Whether a draft gives all else of a unit in 万 or 亿; money that plans speak of always is."""
    money = unit == "元" and rules.one("growth", "of_money").search(clause) is not None
    large = len(re.findall(rf"\d[万亿]{unit}", text))
    area = unit in ("平方米", "亩") and rules.one("growth", "of_area").search(clause) is not None
    return money or area or (large >= _MANY and not re.search(rf"\d\.\d+{unit}", _without(text, match)))


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def _missing(draft: Draft) -> Iterator[Remark]:
    """A bare number that a stop follows, of what is measured in a unit; two at once show how the plan writes."""
    needed = rules.one("growth", "unit_needed")
    for target in draft.targets:
        bare = target.value is not None and not target.unit and target.source == "prose" and not target.change
        after = draft.text[target.span[1] : target.span[1] + 3]
        if bare and rules.one("growth", "closes_bare").match(after) and needed.search(target.indicator):
            yield Remark(target.span, "E369", {"indicator": target.indicator})


def _far_from_start(draft: Draft) -> Iterator[Remark]:
    """A target and its baseline, or what the draft tells of the time before, or its own amount elsewhere."""
    mentions: dict[str, list[Target]] = defaultdict(list)
    for figure in (*draft.told, *draft.targets):
        mentions[figure.indicator_id].append(figure)
    found: dict[Span, Remark] = {}
    for target in draft.targets:
        size = target.size
        if size and target.baseline and target.value and not target.change and target.source == "prose":
            before = size * float(target.baseline.value) / float(target.value)
            if before and max(size / before, before / size) >= _FAR:
                found[target.span] = _remark(target, f"{float(target.baseline.value):g}{target.unit or ''}")
    for members in mentions.values():
        for one, other in pairwise(sorted(members, key=lambda each: each.span)):
            if _one_printed_apart(one, other):
                found[other.span] = _remark(other, value(one))
    yield from found.values()


def _one_printed_apart(one: Target, other: Target) -> bool:
    """Whether one measure stands twice in units of one kind that differ by 万, 亿 or 千, and so far apart in size."""
    first, second = one.size, other.size
    if not first or not second or one.change or other.change or one.scope != other.scope:
        return False
    units = (one.unit or "", other.unit or "")
    alike = bool(one.normal and other.normal and one.normal.unit == other.normal.unit) and units[0] != units[1]
    return alike and max(first / second, second / first) >= _FAR and one.indicator == other.indicator


def _impossible(draft: Draft) -> Iterator[Remark]:
    """Levels that a unit a thousand times too great makes impossible: 26毫克/立方米 of PM2.5."""
    for form in rules.many("growth", "too_much"):
        for match in form.regex.finditer(draft.text):
            yield Remark(match.span(), "E365", {"words": match.group(), "unit": form.means})


def _remark(target: Target, one: str) -> Remark:
    details: dict[str, object] = {"indicator": target.indicator, "one": one, "other": value(target)}
    return Remark(target.span, "E377", details)


def _apart(draft: Draft) -> Iterator[Remark]:
    """Amounts bound to one another that lie orders of magnitude apart (40万亩 of orchards and 110吨 of fruit): one
    remark for each that its neighbour of the same section cannot go with."""
    sections: dict[tuple[str, ...], list[Target]] = defaultdict(list)
    for target in draft.targets:
        if target.value is not None and target.unit and not target.change:
            sections[target.section].append(target)
    for members in sections.values():
        for form in rules.many("growth", "proportion", Proportion):
            yield from _beside(form, members)


def _beside(form: Proportion, members: Sequence[Target]) -> Iterator[Remark]:
    over = [one for one in members if re.search(form.over, one.indicator)]
    under = [one for one in members if re.search(form.under, one.indicator)]
    for one in over:
        near = [other for other in under if other is not one and abs(other.span[0] - one.span[0]) < _NEAR]
        if len(near) != 1:
            continue
        first, second = _amount_in(one, form.over_unit), _amount_in(near[0], form.under_unit)
        if first and second and not form.least <= first / second <= form.most:
            details: dict[str, object] = {
                "over": one.indicator, "one": value(one), "under": near[0].indicator, "other": value(near[0])
            }  # fmt: skip
            yield Remark(one.span, "E350", details, related=(near[0],))


def _amount_in(target: Target, unit: str) -> float | None:
    """An amount in a unit; None where it is of another dimension."""
    asked = quantities.normal(1.0, unit)
    given = target.normal or quantities.normal(float(target.value or 0), target.unit or "")
    return float(given.value) / float(asked.value) if given.unit == asked.unit else None
