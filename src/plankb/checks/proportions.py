"""Amounts that are bound to one another and lie orders of magnitude apart: 40万亩 of orchards and 110吨 of fruit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from plankb import quantities, rules
from plankb.checks.registry import Draft, Remark
from plankb.model import Target
from plankb.phrases import value
from plankb.rules.kinds import Proportion

_NEAR = 400
"""Characters within which two amounts speak of one thing where neither names it."""


def remarks(draft: Draft) -> Iterator[Remark]:
    """One remark for each amount that its neighbour of the same section cannot go with."""
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
        first, second = _in(one, form.over_unit), _in(near[0], form.under_unit)
        if first and second and not form.least <= first / second <= form.most:
            details: dict[str, object] = {
                "over": one.indicator, "one": value(one), "under": near[0].indicator, "other": value(near[0])
            }  # fmt: skip
            yield Remark(one.span, "E350", details, related=(near[0],))


def _in(target: Target, unit: str) -> float | None:
    """An amount in a unit; None where it is of another dimension."""
    asked = quantities.normal(1.0, unit)
    given = target.normal or quantities.normal(float(target.value or 0), target.unit or "")
    return float(given.value) / float(asked.value) if given.unit == asked.unit else None
