"""Amounts in the cells of boxes and lists (新建中型水库10座) beside what the text says in the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from plankb import indicators, quantities
from plankb.checks.compare import Placed, compared, placed, same_level, specific
from plankb.checks.wording import of_targets
from plankb.model import Conflict, Plan, Target

_CLAUSE = re.compile(r"[^，。；：、\t\n（）()]+")
_SHORTEST = 6
"""Characters of a name that tells one thing from others."""


def unlike_cells(plans: Mapping[str, Plan], targets: Iterable[Target], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """One conflict for each amount of a cell that names what the text names, with another value in one unit; not where
    the text has the very amount too, or either names a time."""
    told: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for target in targets:
        if target.plan in plans and target.source == "prose" and target.value is not None and specific(target):
            one = placed(target, plans[target.plan])
            if one.place == one.home and not target.change:
                told[target.plan, one.indicator].append(one)
    for plan, text in texts.items():
        for cell in _amounts(plan, text) if plan in plans else ():
            one = placed(cell, plans[plan])
            beside = [other for other in told.get((plan, one.indicator), ()) if _of_one_kind(one, other)]
            if beside and not any(same_level(one, other) for other in beside):
                yield of_targets("internal", "warning", (beside[0], one), "E449")


def _of_one_kind(one: Placed, other: Placed) -> bool:
    same = one.level is not None and other.level is not None and one.level.unit == other.level.unit
    return same and one.target.op == other.target.op and one.scope == other.scope and other.target.per is None


def _amounts(plan: str, text: str) -> Iterator[Target]:
    """The clauses of cells that are a name and an amount and no more."""
    at = 0
    for line in text.split("\n"):
        for clause in _CLAUSE.finditer(line) if "\t" in line else ():
            found = quantities.find(clause.group())
            words = clause.group()[: found[-1].span[0]] if found else ""
            if len(words) < _SHORTEST or re.search(r"\d", words) or found[-1].span[1] < len(clause.group().rstrip()):
                continue
            indicator, amount = indicators.canonical(words), found[-1]
            if len(compared(indicator.id)) < _SHORTEST - 1 or amount.unknown or amount.value_max is not None:
                continue
            span = (at + clause.start(), at + clause.end())
            yield Target(
                id=f"{plan}-cell{span[0]}", plan=plan, section=(), quote=clause.group(), span=span, indicator=words,
                indicator_id=indicator.id, scope=indicator.scope, op=amount.op, value=float(amount.value),
                unit=amount.unit, normal=quantities.normal(float(amount.value), amount.unit), source="table",
            )  # fmt: skip
        at += len(line) + 1
